"""Contentstack Personalize: the profile's state in cookies, or sent to its edge (tag.md 7.5)."""

import json
from typing import Any

from playwright.sync_api import Request
from tag_page import ORIGIN, TagPage

SYNC: dict[str, Any] = {"contentstack": {"entitySync": {"disabled": False}}}
FLOWS = {"welcome": "step 2", "again": "step 1", "more": "step 2"}


def load(tag: TagPage) -> None:
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")


def cookies(tag: TagPage) -> list[str]:
    names = ("cs-personalize-user-uid", "cs-lytics-audiences", "cs-lytics-flows")
    found: list[str] = tag.run("(names) => names.map((name) => jstag.getCookie(name))", list(names))
    return found


def edge(tag: TagPage) -> list[Request]:
    return [request for request in tag.requests if "/edge/" in request.url]


def writes(tag: TagPage, name: str) -> int:
    return tag.payloads("cookies.written").count(name)


def test_7_5_entity_sync_keeps_the_state_in_cookies(tag: TagPage) -> None:
    tag.profile(segments=["vip", "all", "vip"], flows=FLOWS)
    tag.start(SYNC, "jstag.setid('v1');")
    load(tag)
    tag.page.wait_for_function("() => document.cookie.includes('cs-personalize-user-uid')")
    assert cookies(tag) == ["v1", "|all|vip|", "|step 1|step 2|"]
    lifetimes = {cookie["name"]: cookie["expires"] for cookie in tag.page.context.cookies()}
    left = lifetimes["cs-lytics-audiences"] - tag.run("Date.now() / 1000")
    assert 604_700 < left <= 604_800
    load(tag)
    assert writes(tag, "cs-lytics-audiences") == 1  # nothing new
    tag.run("() => jstag.deleteCookie('cs-lytics-audiences')")
    load(tag)
    assert cookies(tag)[1] == "|all|vip|"
    tag.profile(segments=[])
    tag.run("() => jstag.setCookie('cs-personalize-user-uid', 'theirs')")
    load(tag)
    assert cookies(tag) == ["theirs", "", ""]
    assert not [topic for topic in tag.topics() if "poll" in topic.lower()]
    assert tag.errors == []


def test_7_5_entity_sync_s_options_and_the_other_spelling(tag: TagPage) -> None:
    tag.profile(segments=["all"])
    part = {
        "disabled": False, "cookie": "uid", "segmentsCookie": "groups", "flowsCookie": "steps",
        "stateCookiesMaxAge": 60, "cookieDomain": "other.example", "cache": {"key": "mine"},
    }  # fmt: skip
    tag.start({"contentStack": {"entitySync": part}})
    load(tag)
    assert tag.run("[jstag.getCookie('groups'), JSON.parse(sessionStorage.mine).entitySync]") == [
        "",  # the browser refuses a cookie for another site
        json.dumps({"audiences": "|all|", "flows": ""}, separators=(",", ":")),
    ]
    assert cookies(tag) == ["", "", ""]
    tag.start({"contentstack": {"entitySync": {**part, "cookieDomain": None, "cache": {"disabled": True}}}})
    tag.run("() => sessionStorage.clear()")
    load(tag)
    load(tag)
    assert (writes(tag, "groups"), tag.run("sessionStorage.length")) == (2, 0)
    assert tag.run("[jstag.getCookie('groups'), jstag.config.contentstack.entitySync.flowsCookie]") == [
        "|all|",
        "steps",
    ]


def test_7_5_polling_loads_the_profile_again_and_again_later(tag: TagPage) -> None:
    tag.freeze()
    poll = {"disabled": False, "initialDelay": 1000, "maxAttempts": 3}
    config = {"contentstack": {"entitySync": {"disabled": False, "poll": poll}, "entityPush": {"disabled": False}}}
    tag.start(config)
    load(tag)
    assert tag.topics().count("contentstack.entitySync.pollStarted") == 1

    def loads_after(milliseconds: int) -> int:
        tag.page.clock.run_for(milliseconds)
        return tag.topics().count("entity.requested")

    assert [loads_after(ms) for ms in (999, 2, 2000, 4000)] == [1, 2, 3, 4]
    assert tag.topics().count("contentstack.entitySync.pollStopped") == 1
    assert loads_after(60_000) == 4
    tag.run("() => { jstag.call('resetPolling'); }")
    assert loads_after(1001) == 5
    tag.run("() => { jstag.call('resetPolling'); }")
    assert [loads_after(ms) for ms in (1001, 2000, 4000, 60_000)] == [6, 7, 8, 8]
    topics = [topic for topic in tag.topics() if "poll" in topic]
    assert topics == ["contentstack.entitySync.pollStarted", "contentstack.entitySync.pollStopped"] * 3
    assert tag.errors == []


def test_7_5_entity_push_tells_each_project_once(tag: TagPage) -> None:
    status = [500]
    tag.answers["/edge/"] = lambda route: route.fulfill(status=status[0], body="")
    part = {"disabled": False, "baseUrl": f"{ORIGIN}/edge", "personalizeProjectId": ["p1", "p2"]}
    tag.profile(segments=["vip", "all"], flows={"welcome": "two"})
    tag.start({"contentstack": {"entityPush": part}})
    load(tag)
    assert tag.payloads("contentstack.entityPush.carp") == ["no cs-personalize-user-uid"]
    tag.run("() => jstag.setCookie('cs-personalize-user-uid', 'u1')")
    load(tag)
    complaint = tag.wait_for_event("contentstack.entityPush.carp", 2)[1]
    assert complaint == f"Error: {ORIGIN}/edge/user-attributes answered 500: p1"
    status[0] = 200
    load(tag)
    tag.page.wait_for_function("() => sessionStorage.contentstack_personalize")
    load(tag)
    asked = edge(tag)
    assert [(request.method, request.url) for request in asked] == [("PATCH", f"{ORIGIN}/edge/user-attributes")] * 4
    headers = [request.headers for request in asked[2:]]
    assert [header["x-project-uid"] for header in headers] == ["p1", "p2"]
    assert {header["x-cs-personalize-user-uid"] for header in headers} == {"u1"}
    assert {header["content-type"] for header in headers} == {"application/json"}
    assert asked[3].post_data_json == {"lytics_audiences": "|all|vip|", "lytics_flows": "|two|"}
    tag.profile(segments=["all"])
    load(tag)
    tag.page.wait_for_function("() => !sessionStorage.contentstack_personalize.includes('vip')")
    assert len(edge(tag)) == 6
    tag.start({"contentstack": {"entityPush": {**part, "personalizeProjectId": []}}})
    load(tag)
    assert tag.payloads("contentstack.entityPush.carp") == ["no personalizeProjectId"]
    assert tag.errors == []


def test_2_2_both_are_off_by_default(tag: TagPage) -> None:
    tag.start()
    load(tag)
    assert cookies(tag) == ["", "", ""]
    defaults = tag.run("jstag.config.contentstack")
    shared = {
        "disabled": True, "cookie": "cs-personalize-user-uid", "cookieDomain": None,
        "poll": {"disabled": True, "initialDelay": 4000, "maxAttempts": 5},
    }  # fmt: skip
    assert defaults["entitySync"] | shared == defaults["entitySync"]
    assert defaults["entityPush"] | shared == defaults["entityPush"]
    assert defaults["entityPush"]["baseUrl"] == "https://personalize-edge.contentstack.com"
    assert defaults["entitySync"]["cache"] == {"disabled": False, "storage": {}, "key": "contentstack_personalize"}

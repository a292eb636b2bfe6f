"""Every plugin enabled, and a visitor who has not agreed (tag.md 8.6): nothing goes out and nothing is kept."""

from typing import Any

from tag_page import ORIGIN, TagPage

DOUBLES = """
    window.calls = [];
    const record = (name) => (...values) => void calls.push([name, ...values]);
    Object.assign(window, {
        __adroll: {record_user: record("adroll")}, ga: record("ga"), addthis: {}, digitalData: {a: 1},
        googletag: {cmd: {push: record("googletag")}}, dataLayer: [{user: "member"}],
    });
"""
ALL: dict[str, Any] = {
    "adroll": {"audiencePush": {"disabled": False}},
    "addThis": {"audiencePush": {"disabled": False}},
    "amazon": {"dsp": {"disabled": False, "pixelEu": "/pixel.gif", "pixelRest": "/pixel.gif"}},
    "contentstack": {
        "entitySync": {"disabled": False, "poll": {"disabled": False, "initialDelay": 1}},
        "entityPush": {"disabled": False, "baseUrl": f"{ORIGIN}/edge", "personalizeProjectId": "p"},
    },
    "customGlobals": {"disabled": False, "globals": ["digitalData"]},
    "facebook": {"ads": {"audiencePush": {"disabled": False}}},
    "google": {
        "analytics": {"properties": [{"dimension": "dimension1"}], "dimensionPush": {"disabled": False}},
        "dfp": {"audiencePush": {"disabled": False}},
        "tagManager": {"dataLayerPull": {"disabled": False}, "audiencePush": {"disabled": False}},
    },
    "lx": {"disabled": False},
    "entity": {"preload": True},
    "consent": {"required": True},
}
STORED = "[document.cookie, localStorage.length, sessionStorage.length]"
USE = """() => {
    document.body.append(Object.assign(document.createElement("button"), {id: "b"}));
    document.querySelector("#b").setAttribute("lx-trigger", "click");
    document.querySelector("#b").click();
    dataLayer.push({late: 1});
    jstag.recommend?.({limit: 1});
    jstag.call("resetPolling");
}"""


def test_8_6_no_plugin_does_anything_before_the_visitor_agrees_or_after_a_withdrawal(tag: TagPage) -> None:
    tag.freeze()
    tag.profile(segments=["all"])
    tag.open("src:/tag.js", DOUBLES)
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", ALL)
    tag.run(USE)
    tag.page.clock.run_for(70_000)
    assert [request.url for request in tag.requests] == [f"{ORIGIN}/page", f"{ORIGIN}/tag.js"]
    assert tag.run(STORED) == ["", 0, 0]
    assert tag.run("[calls, dataLayer]") == [[], [{"user": "member"}, {"late": 1}]]

    tag.run("() => { jstag.consent(true); }")
    tag.page.wait_for_function("() => document.cookie.includes('cs-personalize-user-uid')")
    assert tag.run("sessionStorage.length") == 1
    assert [call[0] for call in tag.run("calls")] == ["ga", "ga", "googletag", "adroll"]

    tag.run("() => { jstag.consent(false); window.calls.length = 0; }")
    before = len(tag.requests)
    tag.run("() => { window.fbq = (...values) => void calls.push(values); }")  # a push was still waiting for it
    tag.run(USE)
    tag.page.clock.run_for(70_000)
    assert [request.url for request in tag.requests[before:]] == []
    assert tag.run(STORED) == ["", 0, 0]
    assert tag.run("calls") == []
    assert tag.errors == []

"""Consent (tag.md 8.6, quality.md E5): where it is asked for and not given, the tag does and keeps nothing at all."""

import itertools
import json

import pytest
from tag_page import ORIGIN, TagPage, user

NO_STORAGE = """
    const refuse = () => { throw new DOMException("no"); };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {get: refuse});
    Object.defineProperty(document, "cookie", {get: refuse, set: refuse});
"""
ACCOUNT = {"consent": {"required": True}, "entity": {"preload": True}}
USE = """() => {
    jstag.send({n: 1});
    jstag.pageView();
    jstag.mock({n: 2});
    jstag.getid(() => { window.got = true; });
    jstag.setid("ann");
    jstag.loadEntity();
    jstag.call("setCookie", "mine", 1);
    jstag.getSegments().map(String);
    jstag.identify({long: "x".repeat(3000)});
    jstag.unblock();
}"""
LEFT = """() => {
    try { return [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean); }
    catch { return []; }
}"""
SETTLED = "() => new Promise((done) => setTimeout(done))"
STATES = ("unset", "deny", "grant", "withdraw")
MATRIX = list(itertools.product((False, True), repeat=3))


def tag_requests(tag: TagPage) -> list[str]:
    return [request.url for request in tag.requests if not request.url.endswith(("/page", "/page2", "/tag.js"))]


def say(tag: TagPage, state: str) -> None:
    if state != "unset":
        tag.run("(given) => jstag.consent(given)", state in {"grant", "withdraw"})
    tag.run(USE)


def settle(tag: TagPage, before: int) -> None:
    """Whatever the tag has put off is done: timers of the page come one after another, requests before this one."""
    tag.run(SETTLED)
    tag.run("(url) => fetch(url).catch(() => {})", f"{ORIGIN}/fence/{before}")


@pytest.mark.parametrize(("gpc", "dnt", "blocked"), MATRIX, ids=lambda on: "on" if on else "off")
def test_8_6_consent_matrix(tag: TagPage, gpc: bool, dnt: bool, blocked: bool) -> None:
    """Every state x GPC x DNT x closed storage; only what is granted, with no signal against it, does anything."""
    signals = {"globalPrivacyControl": gpc, "doNotTrack": "1" if dnt else None}
    tag.page.add_init_script(
        f"for (const [name, value] of Object.entries({json.dumps(signals)}))"
        "Object.defineProperty(navigator, name, {get: () => value});" + (NO_STORAGE if blocked else "")
    )
    tag.answers["/fence"] = lambda route: route.fulfill(body="")
    for state in STATES:
        tag.page.context.clear_cookies()
        tag.requests.clear()
        tag.start({}, settings=ACCOUNT)
        say(tag, state)
        if state in {"grant", "withdraw"} and not (gpc or dnt):
            tag.wait_for_event("collect.finished", 4)
            tag.wait_for_event("entity.loaded")
            assert tag.run("[got, jstag.isLoaded]") == [True, True]
            assert bool(tag.run(LEFT)) is not blocked
            if state == "grant":
                tag.run("() => localStorage.clear()") if not blocked else None
                continue
        if state == "withdraw":
            tag.run("() => jstag.consent(false)")
            tag.run(USE)
        before = len(tag_requests(tag))
        settle(tag, before)
        assert len(tag_requests(tag)) == before + 1, (state, tag_requests(tag)[before:])
        if state != "withdraw" or gpc or dnt:
            assert before == 0
        own = ["mine=1"] if state == "withdraw" and not (gpc or dnt or blocked) else []  # a cookie of the page's own
        assert tag.run(LEFT) == own
        assert len(tag.page.context.cookies()) == len(own)
        assert tag.run("jstag.isLoaded") is False
    assert tag.errors == []


def test_8_6_calls_wait_for_the_consent_and_refusal_drops_them(tag: TagPage) -> None:
    tag.start(
        {},
        "jstag.send({n: 1}); window.seen = jstag.consent(); jstag.send({n: 2}); jstag.consent(true);",
        settings={"consent": {"required": True}, "pageAnalysis": {"dataLayerPull": {"disabled": True}}},
    )
    assert [event.fields["n"] for event in tag.events(2)] == ["1", "2"]
    assert tag.run("[seen, jstag.consent()]") == [False, True]
    tag.start(
        {},
        "jstag.send({n: 3}); jstag.consent(false); jstag.send({n: 4}); jstag.consent(true); jstag.send({n: 5});",
        settings={"consent": {"required": True}, "pageAnalysis": {"dataLayerPull": {"disabled": True}}},
    )
    tag.wait_for_event("collect.finished")
    assert [event.fields["n"] for event in tag.to("/c/")] == ["1", "2", "5"]


def test_8_6_a_plain_call_withdraws_and_gives_again(tag: TagPage) -> None:
    """Without `required` the tag is the vendor's: it runs until the page withdraws."""
    tag.profile(segments=["vip"])
    tag.start({}, "jstag.setid('ann'); jstag.pageView({n: 1});", settings={"entity": {"preload": True}})
    tag.wait_for_event("entity.loaded")
    assert tag.run("jstag.getSegments()") == ["vip"]
    tag.events(2)
    tag.run("() => { const { send } = jstag; jstag.call('consent', false); send({n: 2}); jstag.send({n: 2}); }")
    assert tag.run(LEFT) == []
    assert tag.run("[jstag.getSegments(), jstag.getid(), jstag.loadEntity(() => {}), jstag.isLoaded]") == [
        [], None, None, False,
    ]  # fmt: skip
    tag.run("() => { jstag.consent(true); jstag.send({n: 3}); }")
    last = tag.events(3)[-1]
    assert last.fields["n"] == "3"
    assert last.fields["_uid"] != "ann"
    assert "_uido" not in last.fields
    assert [topic for topic in tag.topics() if "teardown" in topic] == [
        "lifecycle.teardown.requested",
        "lifecycle.teardown.done",
    ]


def test_8_6_withdrawal_stops_what_is_on_its_way(tag: TagPage) -> None:
    tag.hold("/api/personalize/")
    tag.answers["/c/"] = lambda route: route.fulfill(status=503)
    tag.start({}, "jstag.send({n: 1}); jstag.send({n: 2});", settings={"entity": {"preload": True}})
    tag.wait_for_event("collect.failed")
    assert tag.run("localStorage.jstag_outbox")
    tag.run("() => jstag.consent(false)")
    asked = len(tag.to("/c/"))
    tag.release("/api/personalize/", json=user(segments=["vip"]))
    tag.run("() => { dispatchEvent(new Event('online')); dispatchEvent(new PageTransitionEvent('pagehide')); }")
    tag.run(SETTLED)
    assert tag.run(LEFT) == []
    assert len(tag.to("/c/")) == asked
    assert "entity.loaded" not in tag.topics()


def test_8_6_a_refusal_on_the_next_page_clears_what_an_earlier_page_stored(tag: TagPage) -> None:
    tag.profile(segments=["vip"])
    tag.start({}, settings={"entity": {"preload": True}})
    tag.wait_for_event("entity.loaded")
    tag.events(1)
    assert len(tag.run(LEFT)) == 2
    tag.start({}, settings=ACCOUNT)
    assert len(tag.run(LEFT)) == 2  # nobody has said anything yet, and a visitor who agrees again is the same one
    tag.run("() => jstag.consent(false)")
    assert tag.run(LEFT) == []
    assert len(tag.to("/c/")) == 1


def test_8_6_consent_before_init_and_before_the_script(tag: TagPage) -> None:
    tag.open(
        "src:/tag.js",
        "jstag.consent(true); jstag.init({cid: 'acct'}); jstag.send({n: 1});",
        settings={"consent": {"required": True}},
    )
    assert "n" in tag.events(2)[1].fields
    tag.open("src:/tag.js", "jstag.consent(false); jstag.init({cid: 'acct'}); jstag.send({n: 2});", settings={})
    assert tag.run("jstag.isLoaded") is False


def test_8_6_onetrust_gates_by_init_and_by_consent(tag: TagPage) -> None:
    """Its callback runs on every page with the groups that are active, and again when the visitor changes them."""
    wrapper = """
        function OptanonWrapper() {{ const active = OnetrustActiveGroups.split(",").includes("C0002"); {then} }}
        function choose(groups) {{ window.OnetrustActiveGroups = groups; OptanonWrapper(); }}
        {before}
        choose(",C0001,");
    """
    gates = [
        ("if (active) jstag.init({cid: 'acct'});", ""),
        ("jstag.consent(active);", "jstag.init({cid: 'acct', consent: {required: true}});"),
    ]
    for then, before in gates:
        tag.page.context.clear_cookies()
        tag.requests.clear()
        tag.open("src:/tag.js", wrapper.format(then=then, before=before), settings={})
        assert tag.run(LEFT) == []
        assert tag_requests(tag) == []
        tag.run("() => choose(',C0001,C0002,')")
        tag.run("() => jstag.send({OnetrustActiveGroups})")
        assert [event.fields.get("OnetrustActiveGroups") for event in tag.events(2)] == [None, ",C0001,C0002,"]
    tag.run("() => choose(',C0001,')")
    assert tag.run(LEFT) == []


def test_8_6_the_vendor_s_own_ways_still_work(tag: TagPage) -> None:
    """Blocked until `unblock`, and `clearCookies` on withdrawal."""
    tag.start({"blocked": True}, "jstag.send({n: 1});")
    assert tag.to("/c/") == []
    tag.run("() => jstag.unblock()")
    tag.events(1)
    tag.run("() => jstag.clearCookies()")
    assert tag.page.context.cookies() == []


def test_8_6_signals_can_be_left_to_the_page(tag: TagPage) -> None:
    tag.page.add_init_script("Object.defineProperty(navigator, 'doNotTrack', {get: () => '1'});")
    tag.start({"consent": {"required": True, "dnt": False}}, "jstag.consent(true); jstag.send({n: 1});")
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]
    tag.start({}, "jstag.send({n: 2});")  # and count for nothing where no consent is asked for
    tag.wait_for_event("collect.finished")
    assert [event.fields["n"] for event in tag.to("/c/")] == ["1", "2"]

"""What pages in the field do wrong and expect to get away with (tag.md 9)."""

import pytest
from tag_page import TagPage


@pytest.mark.parametrize(
    "call",
    [
        "jstag.getid()",
        "jstag.getSegments(() => {})",
        "jstag.call('ready', () => {})",
        "jstag.on('ready', () => {})",
        "jstag.on('segments')",
        "jstag.once('getid')",
        "jstag.loadEntity('user', jstag.getid(), () => { window.called = true; })",
        "jstag.getEntity(() => {}).data.user",
        "jstag.entityReady()",
        "jstag.loadSegments()",
        "jstag.send(undefined, null)",
        "jstag.getCookieValue().toString()",
        "jstag.getSegments().map(String)",
        "jstag.unloadEntity()",
        "jstag.init(null)",
        "jstag.init('acct')",
        "jstag.collect({data: {}})",
        "jstag.collect({})",
        "jstag.collect()",
        "jstag.getEntity().getAt()",
        "jstag.setid(7)",
    ],
)
def test_misuse_throws_nothing(tag: TagPage, call: str) -> None:
    tag.start({}, "window.called = false;")
    tag.run(f"() => {{ {call}; }}")
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.errors == []
    assert tag.run("called") is call.startswith("jstag.loadEntity")


def test_3_calls_can_be_chained(tag: TagPage) -> None:
    tag.start({}, "jstag.pageView().send({n: 1}).identify({n: 2}).mock({n: 3}).unblock().page();")
    assert tag.errors == []
    tag.wait_for_event("collect.finished", 5)


def test_9_an_id_that_is_empty_is_nobody_s(tag: TagPage) -> None:
    # `setid(user.id)` before somebody has signed in: all of them would be one visitor.
    tag.start({}, "const user = {}; jstag.setid('ann'); jstag.setid(user.id); jstag.setid(null); jstag.setid('');")
    assert tag.run("jstag.getCookieValue()") == "ann"
    assert tag.payloads("getid.carp") == ["no id"] * 3


def test_5_5_a_field_s_value_that_is_empty_is_not_asked_for(tag: TagPage) -> None:
    for empty in ("", None):
        tag.requests.clear()
        tag.start({"entity": {"byFieldValue": empty}}, "jstag.setid('ann'); jstag.loadEntity(); jstag.recommend();")
        tag.wait_for_event("entity.loaded")
        tag.wait_for_event("recommend.failure")
        assert [asked.path for asked in tag.to("/api/")] == [
            "/api/personalize/acct/user/_uid/ann",
            "/api/content/recommend/acct/user/_uid/ann",
        ]


def test_3_1_an_account_that_is_empty_is_none(tag: TagPage) -> None:
    tag.start({"cid": ""})
    assert "cid" in tag.run("() => { try { jstag.send(); } catch (error) { return String(error); } }")


def test_3_pull_before_init_has_nothing_yet(tag: TagPage) -> None:
    tag.open("src:/tag.js", "jstag.pull((blank) => { window.pulled = blank; });", settings={"cid": "acct"})
    assert tag.run("window.pulled") == {}
    assert tag.run("() => { jstag.init(); jstag.pull(pulled); return pulled._ul; }") == "en-US"
    assert tag.errors == []


def test_methods_may_be_taken_off_the_tag(tag: TagPage) -> None:
    tag.start(
        {},
        "const { send, getSegments, call, init } = jstag; init(); send({n: 1}); call('getid'); getSegments();",
    )
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]


def test_a_page_that_replaced_the_image_constructor(tag: TagPage) -> None:
    tag.start({}, "window.Image = function () { throw new Error('no'); }; jstag.send({n: 1});")
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]


def test_the_tag_adds_one_global(tag: TagPage) -> None:
    tag.open(
        "window.before = new Set(Object.getOwnPropertyNames(window));", "src:/tag.js", "jstag.init({cid: 'acct'});"
    )
    assert tag.run("Object.getOwnPropertyNames(window).filter((name) => !before.has(name) && name !== 'before')") == [
        "jstag"
    ]

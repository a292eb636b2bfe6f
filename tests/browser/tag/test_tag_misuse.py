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
        "jstag.setid(7)",
    ],
)
def test_misuse_throws_nothing(tag: TagPage, call: str) -> None:
    tag.start({}, "window.called = false;")
    tag.run(f"() => {{ {call}; }}")
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.errors == []
    assert tag.run("called") is call.startswith("jstag.loadEntity")


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

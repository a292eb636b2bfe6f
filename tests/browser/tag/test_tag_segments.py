"""Audiences: entity, memory, default (tag.md 7.3)."""

import json

from tag_page import TagPage

LOAD = "() => new Promise((done) => jstag.loadSegments(done))"


def test_segments_of_the_entity_then_the_memory_then_the_default(tag: TagPage) -> None:
    tag.profile(segments=["all", "vip"])
    tag.start()
    assert tag.run("jstag.getSegments()") == ["all"]
    assert tag.run(LOAD) == ["all", "vip"]
    assert json.loads(tag.run("localStorage.lytics_segments")) == ["all", "vip"]
    tag.answers["/api/personalize/"] = lambda route: route.fulfill(status=500)
    tag.start()
    assert tag.run("jstag.getSegments()") == ["all", "vip"]
    assert tag.run(LOAD) == ["all", "vip"]


def test_an_empty_list_is_an_answer(tag: TagPage) -> None:
    tag.profile(segments=[])
    tag.start()
    tag.run("() => localStorage.setItem('lytics_segments', '[\"old\"]')")
    assert tag.run(LOAD) == []


def test_the_caller_may_change_the_list(tag: TagPage) -> None:
    tag.start()
    assert tag.run("() => { jstag.getSegments().push('mine'); return jstag.getSegments(); }") == ["all"]


def test_options(tag: TagPage) -> None:
    tag.profile(segments=["vip"])
    tag.start(
        {"segments": {"storageKey": "mine", "defaultSegments": ["nobody"]}},
        "jstag.config.segments.storage = sessionStorage;",
    )
    assert tag.run("jstag.getSegments()") == ["nobody"]
    tag.run(LOAD)
    assert tag.run("[sessionStorage.mine, localStorage.length]") == ['["vip"]', 0]
    tag.start({"segments": {"disabled": True}}, "localStorage.setItem('lytics_segments', '[\"old\"]');")
    assert tag.run("jstag.getSegments()") == ["all"]
    assert tag.run(LOAD) == ["vip"]
    assert tag.run("localStorage.lytics_segments") == '["old"]'


def test_somebody_else_s_text_in_the_memory(tag: TagPage) -> None:
    tag.start({}, "localStorage.setItem('lytics_segments', '{\"a\": 1');")
    assert tag.run("jstag.getSegments()") == ["all"]
    tag.run("() => localStorage.setItem('lytics_segments', '{\"a\": 1}')")
    assert tag.run("jstag.getSegments()") == ["all"]


def test_closed_storage(tag: TagPage) -> None:
    tag.profile(segments=["vip"])
    tag.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }});"
    )
    tag.start()
    assert tag.run("jstag.getSegments()") == ["all"]
    assert tag.run(LOAD) == ["vip"]
    assert tag.errors == []


def test_the_memory_is_not_the_next_visitor_s(tag: TagPage) -> None:
    tag.profile(segments=["vip"])
    tag.start({}, "jstag.setid('ann');")
    tag.run(LOAD)
    tag.run("() => jstag.setid('bob')")
    assert tag.run("localStorage.getItem('lytics_segments')") is None
    tag.run(LOAD)
    tag.run("() => jstag.clearCookies()")
    assert tag.run("localStorage.getItem('lytics_segments')") is None

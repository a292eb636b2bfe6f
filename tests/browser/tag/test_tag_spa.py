"""Single-page sites (tag.md 8.1): the plugin that notices route changes. The recipe by hand: `test_tag_pathfora`."""

import pytest
from tag_page import ORIGIN, TagPage
from test_tag_pathfora import ENABLED, SDK, candidates, experience

SETTINGS = {**ENABLED, "spa": {"disabled": False}}
GO = "(path) => { history.pushState({}, '', path); document.title = path; }"


@pytest.fixture
def site(tag: TagPage) -> TagPage:
    tag.serve("/static/pathfora.min.js", SDK)
    tag.serve("/api/experience/candidate/acct/config.js", candidates(experience("a")))
    tag.start({}, settings=SETTINGS)
    tag.wait_for_event("entity.loaded")
    tag.wait_for_event("pathfora.publish.done")
    return tag


def test_8_1_route_changes_are_page_views_and_evaluate_experiences_again(site: TagPage) -> None:
    site.serve("/api/experience/candidate/acct/config.js", candidates(experience("b")))
    site.run("() => { sdk.length = 0; }")
    site.run(GO, "/page/two?utm_source=route")
    site.wait_for_event("pathfora.publish.done", 2)
    site.wait_for_event("collect.finished")
    assert site.run("sdk") == [["clear", ["a"]], ["show", {"target": [["*", "b"]]}]]
    (view,) = site.to("/c/")
    assert (view.fields["_e"], view.fields["utm_source"]) == ("pv", "route")
    assert view.fields["url"] == "127.0.0.1:8099/page/two?utm_source=route"
    assert len(site.to("/api/personalize/")) == 2


def test_8_1_each_way_to_another_address_counts_once(site: TagPage) -> None:
    site.run(GO, "/page/two")
    site.wait_for_event("spa.changed")
    site.run("() => { history.replaceState({}, '', '/page/three'); history.replaceState({}, '', '/page/four'); }")
    site.wait_for_event("spa.changed", 2)
    site.run("() => { history.back(); }")
    site.wait_for_event("spa.changed", 3)
    site.run("() => { location.hash = 'part'; }")
    site.wait_for_event("spa.changed", 4)
    site.run("() => { history.replaceState({same: 1}, '', location.href); history.pushState({}, ''); }")
    site.run("() => new Promise((done) => setTimeout(done))")
    site.wait_for_event("collect.finished", 4)
    assert site.payloads("spa.changed") == [f"{ORIGIN}/page{path}" for path in ("/two", "/four", "", "#part")]
    assert [view.fields["url"].partition("8099")[2] for view in site.to("/c/")] == [
        "/page/two", "/page/four", "/page", "/page#part",
    ]  # fmt: skip
    assert site.run("history.state") == {}


def test_8_1_nothing_is_sent_while_it_is_off_or_without_consent(site: TagPage) -> None:
    site.run("() => { jstag.config.spa.disabled = true; }")
    site.run(GO, "/page/two")
    site.run("() => new Promise((done) => setTimeout(done))")
    site.run("() => { jstag.config.spa.disabled = false; jstag.consent(false); }")
    site.run(GO, "/page/three")
    site.run("() => new Promise((done) => setTimeout(done))")
    assert site.to("/c/") == []
    assert "spa.changed" not in site.topics()


def test_8_1_without_the_setting_history_is_the_browser_s_own(tag: TagPage) -> None:
    tag.start({}, settings=ENABLED)
    assert "[native code]" in tag.run("`${history.pushState}`")

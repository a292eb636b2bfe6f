"""What live messages do to the page that is open."""

import json
import re
from typing import Any

from panel_stage import Stage
from playwright.sync_api import expect

CANDIDATES = "/api/experience/candidate/shop/config.js"
SOURCE_DOUBLE = """
window.sources = [];
window.EventSource = class {
  static CLOSED = 2;
  constructor(url) { this.url = url; this.readyState = 1; sources.push(this); queueMicrotask(() => this.onopen?.()); }
  close() { this.readyState = 2; }
};
window.seen = (visible) => {
  Object.defineProperty(document, "visibilityState", { value: visible ? "visible" : "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
};
"""


def experience(headline: str = "Hello", **changes: Any) -> dict[str, Any]:
    widget = {"id": "vip-offer", "type": "message", "layout": "modal", "headline": headline}
    base = {"id": "vip-offer", "type": "message", "audience": "vip", "exclude": [], "widget": widget, "inverse": None}
    return {**base, **changes}


def publish(stage: Stage, *experiences: dict[str, Any]) -> None:
    stage.files[CANDIDATES] = (f"window._pfacfg = {json.dumps({'experiences': experiences})};", "text/javascript")


def arrange(stage: Stage, *experiences: dict[str, Any], open_widget: bool = False) -> None:
    """A page that shows what was published; `open_widget` says whether the widget stands in it."""
    publish(stage, *experiences)
    stage.open(body='<div id="vip-offer">old</div>' if open_widget else "")
    stage.page.evaluate(
        "(list) => { jstag.config.pathfora.publish.candidates.experiences = window.held = list }", list(experiences)
    )


def calls(stage: Stage, count: int) -> list[list[Any]]:
    stage.page.wait_for_function("(count) => calls.length >= count", arg=count)
    found: list[list[Any]] = stage.page.evaluate("calls")
    return found


def test_a_stylesheet_is_swapped_in_its_place_and_the_page_stays(stage: Stage) -> None:
    stage.open(head='<link rel="stylesheet" href="/other.css">')
    stage.page.evaluate("window.same = true")
    stage.files["/styles/brand.css"] = ("h1 { color: rgb(9, 9, 9) }", "text/css")
    stage.tell(type="css", href="/styles/brand.css?v=abc")
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(9, 9, 9)'")
    expect(stage.page.locator("link")).to_have_count(2)
    links = stage.page.locator("link").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert [link.split("/", 3)[-1] for link in links] == ["styles/brand.css?v=abc", "other.css"]
    assert stage.page.evaluate("same")


def test_a_stylesheet_that_is_imported_reaches_the_page(stage: Stage) -> None:
    stage.files["/styles/brand.css"] = ("@import '/styles/base.css';", "text/css")
    stage.files["/styles/base.css"] = ("h1 { color: rgb(1, 1, 1) }", "text/css")
    stage.open()
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 1, 1)'")
    stage.files["/styles/base.css"] = ("h1 { color: rgb(2, 2, 2) }", "text/css")
    stage.tell(type="css", href="/styles/base.css?v=2")
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(2, 2, 2)'")


def test_a_deleted_stylesheet_goes_and_comes_back(stage: Stage) -> None:
    stage.open()
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
    stage.tell(type="css", href="/styles/brand.css", removed=True)
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(0, 0, 0)'")
    stage.tell(type="css", href="/styles/brand.css?v=3")
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")


def test_a_stylesheet_that_fails_leaves_the_old_one(stage: Stage) -> None:
    stage.open()
    del stage.files["/styles/brand.css"]
    with stage.page.expect_response("**/styles/brand.css?v=4"):
        stage.tell(type="css", href="/styles/brand.css?v=4")
    expect(stage.page.locator("link")).to_have_count(1)
    assert stage.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(1, 2, 3)"


def test_an_open_widget_is_replaced_where_it_stands(stage: Stage) -> None:
    arrange(stage, experience("Old"), open_widget=True)
    publish(stage, experience("New"))
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    assert calls(stage, 1) == [["replaceWidget", "vip-offer", "New"]]
    assert stage.page.evaluate("held[0].widget.headline") == "New"  # the publish plugin clears by the list it holds
    assert stage.page.evaluate("jstag.config.pathfora.publish.candidates.experiences === held")
    expect(stage.page.locator("head script[src*='candidate']")).to_have_count(0)


def test_a_widget_that_is_not_open_is_decided_anew_for_its_audience(stage: Stage) -> None:
    arrange(stage, experience("Old"))
    publish(stage, experience("New", exclude=["staff"], inverse={"id": "other", "type": "form", "layout": "bar"}))
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    cleared, started = calls(stage, 2)
    assert cleared == ["clearById", ["vip-offer", "other"]]
    assert started[0] == "initializeWidgets"
    assert started[1]["target"][0]["segment"] == "vip"
    assert started[1]["target"][0]["widgets"][0]["config"]["headline"] == "New"
    assert started[1]["exclude"][0]["segment"] == "staff"
    assert started[1]["inverse"][0]["id"] == "other"
    assert started[2] == {"priority": "ordered"}


def test_an_open_widget_for_another_audience_or_layout_is_decided_anew(stage: Stage) -> None:
    arrange(stage, experience(), open_widget=True)
    publish(stage, experience(audience="*"))
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    assert [name for name, *_ in calls(stage, 2)] == ["clearById", "initializeWidgets"]
    slideout = {"id": "vip-offer", "type": "message", "layout": "slideout"}
    publish(stage, experience(audience="*", widget=slideout))
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    assert [name for name, *_ in calls(stage, 4)[2:]] == ["clearById", "initializeWidgets"]


def test_new_and_removed_experiences(stage: Stage) -> None:
    inverse = {"id": "gone-inverse", "type": "message", "layout": "bar"}
    arrange(stage, experience(id="gone", inverse=inverse, widget={"id": "gone", "type": "message"}))
    publish(stage, experience())
    stage.tell(type="experiences", ids=["vip-offer"], removed=["gone"])
    gone, fresh, started = calls(stage, 3)
    assert gone == ["clearById", ["gone", "gone-inverse"]]
    assert fresh == ["clearById", ["vip-offer", "vip-offer-inverse"]]
    assert started[0] == "initializeWidgets"
    stage.tell(type="experiences", ids=[], removed=["never-there"])
    assert calls(stage, 4)[3] == ["clearById", ["never-there", "never-there-inverse"]]


def test_a_widget_that_fails_is_named_and_its_neighbours_are_updated(stage: Stage) -> None:
    broken = experience(id="broken", widget={"id": "broken", "type": "carousel"})
    arrange(stage, experience("Old"), broken)
    publish(stage, experience("New"), broken)
    stage.tell(type="experiences", ids=["broken", "vip-offer"], removed=[])
    expect(stage.page.locator(".overlay")).to_contain_text("broken: the widget SDK on this page has no type carousel")
    assert calls(stage, 3)[2][1]["target"][0]["widgets"][0]["id"] == "vip-offer"


def test_a_candidate_script_that_does_not_load_is_named_until_it_does(stage: Stage) -> None:
    arrange(stage, experience("Old"))
    del stage.files[CANDIDATES]
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    expect(stage.page.locator(".overlay")).to_contain_text("config.js did not load")
    publish(stage, experience("New"))
    stage.tell(type="experiences", ids=["vip-offer"], removed=[])
    expect(stage.page.locator(".overlay")).to_be_hidden()


def test_after_missing_messages_whatever_differs_is_renewed(stage: Stage) -> None:
    same = experience(id="same", widget={"id": "same", "type": "message"})
    arrange(stage, experience("Old"), same)
    publish(stage, experience("New"), same)
    stage.files["/styles/brand.css"] = ("h1 { color: rgb(7, 7, 7) }", "text/css")
    stage.tell(type="missed")
    cleared, started = calls(stage, 2)
    assert cleared == ["clearById", ["vip-offer"]]
    assert started[1]["target"][0]["widgets"][0]["id"] == "vip-offer"
    stage.page.wait_for_function("getComputedStyle(document.querySelector('h1')).color === 'rgb(7, 7, 7)'")


def test_changed_audiences_have_the_profile_fetched(stage: Stage) -> None:
    stage.open()
    stage.tell(type="audiences", slugs=["vip"])
    assert calls(stage, 1) == [["loadEntity", None]]


def test_only_the_page_that_is_shown_is_loaded_again(stage: Stage) -> None:
    stage.open()
    stage.page.evaluate("window.same = true")
    stage.tell(type="page", path="/about.html", reason="changed")
    stage.tell(type="audiences", slugs=[])  # after it, the first one has been dealt with
    calls(stage, 1)
    assert stage.page.evaluate("same")
    for path in ("/index.html", "/doubles.js", "*"):
        with stage.page.expect_navigation():
            stage.tell(type="page", path=path, reason="changed")
        stage.page.wait_for_function("window.jstag !== undefined && window.same === undefined")


def test_problems_are_shown_until_they_are_fixed_or_put_away(stage: Stage) -> None:
    problem = {
        "path": "widgets/offer.yaml",
        "line": 7,
        "column": 3,
        "value": "headlin",
        "hint": "did you mean 'headline'?",
    }
    first = {**problem, "message": "unknown key 'headlin'"}
    stage.open()
    overlay = stage.page.locator(".overlay")
    expect(overlay).to_be_hidden()
    stage.tell(type="problems", problems=[first])
    expect(overlay).to_be_visible()
    expect(overlay).to_have_attribute("role", "alert")
    for text in ("widgets/offer.yaml:7:3", "unknown key 'headlin'", "did you mean 'headline'?", "last good version"):
        expect(overlay).to_contain_text(text)
    overlay.get_by_role("button", name="Dismiss").click()
    expect(overlay).to_be_hidden()
    stage.tell(type="problems", problems=[first, {**first, "line": 9}])
    expect(overlay).to_contain_text("2 problems in files")
    stage.tell(type="problems", problems=[])
    expect(overlay).to_be_hidden()


def test_the_panel_follows_the_workspace(stage: Stage) -> None:
    stage.open()
    stage.show("Personalization")
    body = stage.page.get_by_role("tabpanel", name="Personalization")
    expect(body).to_contain_text("Spring sale")
    stage.workspace["experiences"][1]["label"] = "Summer sale"
    stage.tell(type="experiences", ids=[], removed=[])
    expect(body).to_contain_text("Summer sale")


def test_a_page_without_tag_and_sdk_survives_every_message(stage: Stage) -> None:
    stage.open(tag=False)
    for message in (
        {"type": "experiences", "ids": ["a"], "removed": ["b"]},
        {"type": "audiences"},
        {"type": "unknown"},
    ):
        stage.tell(**message)
    stage.tell(
        type="problems", problems=[{"path": "x", "line": 0, "column": 0, "value": "", "message": "m", "hint": ""}]
    )
    expect(stage.page.locator(".overlay")).to_contain_text("m")


def test_a_page_in_the_background_lets_go_of_its_connection(stage: Stage) -> None:
    stage.page.add_init_script(SOURCE_DOUBLE)
    stage.open()
    stage.show("Status")
    body = stage.page.get_by_role("tabpanel", name="Status")
    expect(body).to_contain_text("Live updatesconnected")
    stage.page.evaluate("sources[0].onmessage({data: '{\"type\": \"hello\"}', lastEventId: 'run-7'}); seen(false)")
    assert stage.page.evaluate("sources.map((source) => source.readyState)") == [2]
    stage.page.evaluate("seen(true)")
    assert stage.page.evaluate("sources.map((source) => source.readyState)") == [2, 1]
    assert re.search(r"/__understudy__/live\?page=[a-z0-9-]+&last=run-7$", stage.page.evaluate("sources[1].url"))


def test_a_policy_that_forbids_the_connection_is_named(stage: Stage) -> None:
    stage.open(meta="<meta http-equiv=Content-Security-Policy content=\"connect-src 'none'\">")
    stage.show("Status")
    expect(stage.page.get_by_role("tabpanel", name="Status")).to_contain_text("blocked by the page's policy")

"""Slow networks, servers that are down, browsers that refuse: the widget shows, or something says why."""

import pytest
from playwright.sync_api import expect
from vendor_site import VendorSite

TAG = "**/latest.min.js"
SDK = "**/pathfora.min.js"
CANDIDATES = "**/config.js"
PROFILE = "**/api/personalize/**"
CSS = "**/pathfora.min.css"

COOKIES_THROW = """Object.defineProperty(Document.prototype, "cookie", {
  get() { throw new Error("denied"); }, set() { throw new Error("denied"); } });"""
COOKIES_VANISH = """Object.defineProperty(Document.prototype, "cookie", { get() { return ""; }, set() {} });"""
STORAGE_THROWS = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { throw new Error("denied"); } }); }"""
STORAGE_IS_NULL = """for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, { get() { return null; } }); }"""
STORAGE_IS_FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


@pytest.mark.parametrize("late", [TAG, SDK, CANDIDATES, PROFILE, CSS])
def test_whatever_comes_last_the_widgets_show(vendor: VendorSite, late: str) -> None:
    vendor.hold(late)
    with vendor.page.expect_request(late):
        vendor.page.goto(vendor.url + "tagged_a", wait_until="commit")
    expect(vendor.page.get_by_role("heading", name="Standard installation")).to_be_visible()
    if late == SDK:
        vendor.happened("poll.failed")
        assert "window.pathfora is not there" in vendor.happened("pathfora.publish.carp")[0]
    elif late == PROFILE:
        vendor.widget("welcome")
        vendor.page.wait_for_function("() => pathfora.explain('members')?.verdict === 'waiting'")
        assert vendor.reason("members") == "Waiting: profile is not known yet"
    elif late == CANDIDATES:
        vendor.happened("pathfora.install.done")
        vendor.happened("entity.loaded")
    elif late == CSS:
        vendor.happened("pathfora.publish.done")
    vendor.release()
    vendor.widget("welcome")
    assert vendor.verdict("members")
    expect(vendor.page.locator("#members, #members-inverse")).to_have_count(1)
    assert vendor.errors == []


@pytest.mark.parametrize(
    ("pattern", "status", "topic", "why"),
    [
        (CANDIDATES, 404, "pathfora.publish.carp", "config.js could not be loaded"),
        (CANDIDATES, 500, "pathfora.publish.carp", "config.js could not be loaded"),
        (SDK, 404, "pathfora.install.carp", "pathfora.min.js could not be loaded"),
        (PROFILE, 500, "entity.carp", "answered 500"),
    ],
)
def test_what_is_missing_is_named(vendor: VendorSite, pattern: str, status: int, topic: str, why: str) -> None:
    vendor.refuse(pattern, status)
    vendor.open("tagged_b")
    assert why in vendor.happened(topic)[0]
    if pattern == PROFILE:
        vendor.widget("welcome")
        assert vendor.reason("members") == "Waiting: profile is not known: the tag answered without one"
    else:
        expect(vendor.page.locator(".pf-widget")).to_have_count(0)


def test_a_profile_that_is_there_outlives_a_server_that_is_not(vendor: VendorSite) -> None:
    vendor.refuse(f"{PROFILE}?*down*", 503)
    vendor.open("spa")
    vendor.widget("members-inverse")
    vendor.run("() => new Promise((done) => jstag.loadEntity({ down: 1 }, done))")
    assert "answered 503" in vendor.happened("entity.carp")[0]
    assert vendor.run("jstag.getEntity().data.user.segments.includes('all')")
    vendor.happened("pathfora.publish.done", 2)
    vendor.widget("members-inverse")
    assert vendor.errors == []


@pytest.mark.parametrize(
    "script",
    [COOKIES_THROW, COOKIES_VANISH, STORAGE_THROWS, STORAGE_IS_NULL, STORAGE_IS_FULL],
    ids=["cookies throw", "cookies vanish", "storage throws", "storage is null", "storage is full"],
)
def test_a_browser_that_keeps_nothing(vendor: VendorSite, script: str) -> None:
    vendor.page.add_init_script(script)
    vendor.open("spa")
    vendor.widget("welcome").locator(".pf-widget-ok").click()
    expect(vendor.page.locator("#welcome")).to_have_count(0)
    vendor.widget("members-inverse")
    first, again = vendor.run("async () => [await new Promise(jstag.getid), await new Promise(jstag.getid)]")
    assert first == again != ""
    shown = [event["data"].get("pf-widget-event") for event in vendor.stored(first, 5)]
    assert {"show", "confirm"} <= set(shown)
    assert vendor.run("jstag.getSegments().includes('all')")
    assert vendor.errors == []


@pytest.mark.parametrize("generation", ["a", "b", "c"])
def test_widgets_asked_for_before_the_tag_has_loaded(vendor: VendorSite, generation: str) -> None:
    vendor.hold(TAG)
    vendor.page.goto(vendor.url + f"early_sdk_{generation}", wait_until="commit")
    vendor.page.wait_for_function("() => window.pathfora?.explain('ruled')?.verdict === 'waiting'")
    vendor.release()
    vendor.widget("aimed")
    vendor.widget("ruled")
    assert vendor.run("ruled") == [True]
    assert vendor.run("pathfora.callbacks.length") == 0
    assert vendor.errors == []


def test_widgets_asked_for_before_there_is_any_tag(vendor: VendorSite) -> None:
    vendor.open("late_tag")
    vendor.widget("aimed")
    vendor.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert vendor.run("called") == [True]
    assert vendor.errors == []

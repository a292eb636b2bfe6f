"""The extension in a full browser, on pages that have our tag from elsewhere, and no debugger of ours in them."""

import pytest
from extension_stage import PAGE, Watched, show
from playwright.sync_api import Route, expect
from support.axe import violations
from support.storefront import settled

# What each section draws last: from there on it stands still.
LAST = {
    "Status": "jstag.config",
    "Activity": "page view",
    "Profile": "Why is a field not there?",
    "Personalization": "vip-offer",
    "Lab": "Storage",
    "Tab": "page view",
}


def test_1_it_shows_a_page_of_any_site_and_changes_nothing_there(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    assert page.evaluate("document.querySelector('understudy-debugger')") is None
    assert page.evaluate("[...Object.keys(sessionStorage)].filter((key) => key.startsWith('understudy'))") == []
    show(panel, "Personalization")
    expect(panel.locator('[data-id="vip-offer"]')).to_be_visible()
    show(panel, "Activity")
    expect(panel.get_by_role("listbox", name="Activity")).to_contain_text("page view")
    page.evaluate("jstag.send({ colour: 'red' })")
    expect(panel.get_by_role("listbox", name="Activity")).to_contain_text("colour")
    show(panel, "Profile")
    expect(panel.get_by_role("tabpanel", name="Profile")).to_contain_text("in anonymous_profiles")
    show(panel, "Personalization")
    panel.get_by_role("button", name="Outline on the page").click()
    expect(page.locator("understudy-debugger")).to_have_count(1)


def test_7_3_6_the_worker_is_stopped_and_the_next_event_is_recorded(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    show(panel, "Tab")
    lines = panel.get_by_role("tabpanel", name="Tab").locator(".tab-line")
    expect(lines.filter(has_text="page view")).to_have_count(1)
    session = watched.context.new_cdp_session(panel)
    session.send("ServiceWorker.enable")
    states: list[str] = []
    session.on(
        "ServiceWorker.workerVersionUpdated",
        lambda event: states.extend(version["runningStatus"] for version in event["versions"]),
    )
    session.send("ServiceWorker.stopAllWorkers")
    while "stopped" not in states:
        panel.evaluate("1")  # lets the browser's messages in
    page.evaluate("jstag.send({ after: 'sleep' })")
    expect(lines.filter(has_text="after")).to_have_count(1)
    assert "running" in states[states.index("stopped") :]
    page.reload()
    settled(page)
    expect(panel.get_by_role("tabpanel", name="Tab")).to_contain_text("on 2 pages")
    expect(lines.filter(has_text="after")).to_have_count(1)
    panel.get_by_role("button", name="Clear").click()
    expect(lines).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_7_2_23_axe_finds_nothing_wrong_in_the_panel(watched: Watched, scheme: str) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    panel.set_viewport_size({"width": 390, "height": 800})
    panel.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for section in LAST:
        show(panel, section)
        expect(panel.get_by_role("tabpanel", name=section)).to_contain_text(LAST[section])
        expect(panel.get_by_role("tabpanel", name=section).locator("button:empty")).to_have_count(0)
        assert violations(panel, "body", without=()) == [], section
        assert panel.evaluate("document.documentElement.scrollWidth <= innerWidth"), section


# What the vendor's host answers for an account's tag, and what the panel says of it.
VENDORS: dict[str, tuple[str, str, list[str]]] = {
    "an old tag": (
        "window.jstag = { isLoaded: true, config: { version: '2.4.1', cid: ['old'] }, send() {}, on() {} };",
        '<script src="https://c.lytics.io/api/tag/old/io.js"></script>',
        ["The tag's version 2.4.1 is deprecated.", "Accountold"],
    ),
    "two tags": (
        "const made = (cid) => ({ isLoaded: true, config: { version: '3.0.35', cid: [cid] }, send() {}, on() {} });"
        "window.jstag = made('one'); window.jstag2 = made('two');",
        '<script src="https://c.lytics.io/api/tag/one/latest.min.js"></script>',
        ["The page has more than one tag: window.jstag, window.jstag2.", "Accountone"],
    ),
    "a tag in a frame": (
        "window.jstag = { isLoaded: true, config: { version: '3.0.35', cid: ['inner'] }, send() {}, on() {} };",
        "<iframe srcdoc='<script src=\"https://c.lytics.io/api/tag/inner/latest.min.js\"></script>'></iframe>",
        ["There is no tag on this page.", "A frame of this page has a tag too", "the frame srcdoc, with jstag"],
    ),
    "a malformed tag": (
        "window.jstag = 'hello';",
        '<script src="https://c.lytics.io/api/tag/bad/latest.min.js"></script>',
        ["window.jstag is a string, not the tag."],
    ),
    "no such tag": (
        "",
        '<script src="https://c.lytics.io/api/tag/none/latest.min.js"></script>',
        ["The tag did not load: https://c.lytics.io/api/tag/none/latest.min.js did not load."],
    ),
}


@pytest.mark.parametrize("name", VENDORS)
def test_7_2_24_a_tag_as_the_vendor_serves_it_is_judged_plainly(watched: Watched, name: str) -> None:
    script, html, said = VENDORS[name]
    asked: list[str] = []

    def vendor(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200 if script else 404, body=script, content_type="text/javascript")

    watched.context.route("https://c.lytics.io/**", vendor)
    try:
        _page, panel = watched.visit(watched.sites.page(PAGE.format(html)))
        status = panel.get_by_role("tabpanel", name="Status")
        for text in said:
            expect(status).to_contain_text(text)
        assert asked
    finally:
        watched.context.unroute("https://c.lytics.io/**")

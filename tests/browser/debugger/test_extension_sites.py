"""Which sites the extension watches: asked one by one, stopped again, all switched off; and what its button says."""

import json
from typing import Any
from urllib.parse import urlsplit

from extension_stage import PAGE, Watched, show
from playwright.sync_api import Page, expect
from support.axe import violations
from support.storefront import settled

# In the worker: until the button says so, or what it says instead.
SAYS = """async ([tabId, badge, title]) => {
  let said;
  for (let turn = 0; turn < 250; turn++) {
    said = [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
    if (said[0] === badge && said[1].includes(title)) return said;
    await new Promise((go) => setTimeout(go, 20));
  }
  return said;
}"""
LOADED = """async () => {
  while ((await chrome.tabs.query({ status: 'loading' })).length) await new Promise((go) => setTimeout(go, 20));
}"""
RECORDS = "async () => Object.values(await chrome.storage.session.get(null)).map(({ origin }) => origin)"
ALLOWED = "(origin) => chrome.permissions.contains({ origins: [origin + '/*'] })"
SCRIPTS = "Object.getOwnPropertySymbols(window).map(String).filter((name) => name.includes('understudy.extension'))"
# A press of the toolbar's button, which no headless browser has, tells the panel where it is.
TOLD = """const told = chrome.tabs.get;
chrome.tabs.get = async (id) => {{ const tab = await told(id); return {{ ...tab, url: tab.url ?? {0} }}; }};"""


def origin_of(address: str) -> str:
    return "://".join(urlsplit(address)[:2])


def tab_of(panel: Page) -> int:
    return int(panel.url.rpartition("=")[2])


def button_says(watched: Watched, panel: Page, badge: str, title: str) -> None:
    said: list[Any] = watched.worker().evaluate(SAYS, [tab_of(panel), badge, title])
    assert (said[0], title in said[1]) == (badge, True), said


def test_7_3_7_a_site_is_asked_for_alone_watched_stopped_and_watched_again(watched: Watched) -> None:
    origin = origin_of(watched.other)
    watched.allow(origin)
    page, panel = watched.visit(watched.other)
    assert page.evaluate(SCRIPTS) == []
    expect(panel.get_by_role("heading", name="Which site is in view is not known")).to_be_visible()
    assert panel.evaluate(ALLOWED, watched.sites.shop) is True
    assert panel.evaluate(ALLOWED, origin) is False  # another port of the same machine
    button_says(watched, panel, "", "does not watch this site")

    panel.add_init_script(TOLD.format(json.dumps(watched.other)))
    panel.reload()
    expect(panel.get_by_role("heading", name="This site is not watched")).to_be_visible()
    expect(panel.locator("main")).to_contain_text("Whether this page has a tag is not known")
    expect(panel.locator("main")).to_contain_text("A blocker of ads")
    assert violations(panel, "body", without=()) == []
    panel.get_by_role("button", name=f"Watch {origin}").click()
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    assert page.evaluate(SCRIPTS) == ["Symbol(understudy.extension)"]
    show(panel, "Tab")
    lines = panel.get_by_role("tabpanel", name="Tab").locator(".tab-line")
    expect(lines.filter(has_text="page view")).to_have_count(1)
    button_says(watched, panel, str(lines.count()), f"watches {origin}")

    twin = watched.context.new_page()
    twin.goto(watched.other)
    settled(twin)
    beside = watched.context.new_page()
    beside.goto(panel.url)
    show(beside, "Tab")
    beside.get_by_role("button", name="Stop watching this site").click()
    expect(beside.get_by_role("heading", name=f"{origin} is not watched any more")).to_be_visible()
    expect(beside.locator("section:focus")).to_have_count(1)  # for who uses it by keyboard
    expect(panel.get_by_role("heading", name="This site is not watched")).to_be_visible()
    assert panel.evaluate(ALLOWED, origin) is False
    page.wait_for_function(f"() => {SCRIPTS}.length === 0")
    settled(page)
    with twin.expect_response(lambda answer: "/c/" in answer.url):
        twin.evaluate("jstag.send({ after: 'stopped' })")
    assert origin not in panel.evaluate(RECORDS)
    button_says(watched, panel, "", "does not watch this site")

    beside.get_by_role("button", name=f"Watch {origin}").click()
    expect(beside.get_by_role("tabpanel", name="Tab").locator(".tab-line", has_text="page view")).to_have_count(1)
    beside.get_by_role("button", name="Stop watching this site").click()
    expect(beside.get_by_role("heading", name=f"{origin} is not watched any more")).to_be_visible()


def test_2_0_a_site_that_came_with_the_extension_can_be_stopped_too_and_says_whether_it_has_a_tag(
    watched: Watched,
) -> None:
    page, panel = watched.visit(watched.site)
    origin = origin_of(watched.site)
    show(panel, "Tab")
    with page.expect_event("load"):
        panel.get_by_role("button", name="Stop watching this site").click()
    expect(panel.get_by_role("heading", name="This site is not watched")).to_be_visible()
    assert panel.evaluate(ALLOWED, origin) is True  # the browser lets nobody give that back
    expect(panel.locator("main")).to_contain_text("There is a tag on this page: window.jstag")
    assert page.evaluate(SCRIPTS) == []
    page.goto(
        watched.sites.page(PAGE.format("<script>window.acme = { send() {}, config: { version: '3.1' } }</script>"))
    )
    expect(panel.locator("main")).to_contain_text("There is a tag on this page: window.acme, version 3.1.")
    page.goto(watched.sites.page(PAGE.format("")))
    expect(panel.locator("main")).to_contain_text("There is no tag on this page.")
    expect(panel.get_by_role("link", name="How a site gets a tag")).to_have_attribute("href", "help.html#tag")
    panel.get_by_role("button", name=f"Watch {origin}").click()
    expect(panel.get_by_role("tabpanel", name="Tab")).to_contain_text("No request of a tag was seen in this tab")
    button_says(watched, panel, "on", "0 requests")
    show(panel, "Status")
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("There is no tag on this page.")


def test_2_0_a_page_from_before_its_site_was_watched_is_loaded_again(watched: Watched) -> None:
    stop = "(stopped) => chrome.storage.local.set({ stopped })"
    page, panel = watched.visit(watched.sites.page(PAGE.format("")))
    panel.evaluate(stop, [watched.sites.shop])
    expect(panel.get_by_role("heading", name="This site is not watched")).to_be_visible()
    panel.evaluate("chrome.runtime.sendMessage({ type: 'renew' })")
    page.reload()
    panel.evaluate(stop, [])
    expect(panel.get_by_role("heading", name="The page does not answer")).to_be_visible()
    panel.evaluate("chrome.runtime.sendMessage({ type: 'renew' })")
    panel.get_by_role("button", name="Reload the page").click()
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("There is no tag on this page.")


def test_2_0_the_whole_extension_is_switched_off_and_on_by_keyboard(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    power = panel.get_by_role("switch", name="Extension on")
    expect(power).to_be_checked()
    panel.keyboard.press("Tab")
    expect(power).to_be_focused()
    panel.keyboard.press("Space")
    expect(panel.get_by_role("heading", name="Understudy is switched off")).to_be_visible()
    expect(power).not_to_be_checked()
    page.wait_for_function(f"() => {SCRIPTS}.length === 0")
    button_says(watched, panel, "off", "switched off")
    assert panel.evaluate(RECORDS) == []
    # On disk is what a person has said, and nothing of what was seen.
    assert set(panel.evaluate("chrome.storage.local.get(null)")) <= {"on", "stopped"}
    assert violations(panel, "body", without=()) == []
    panel.get_by_role("button", name="Switch on").focus()
    page.reload()
    settled(page)
    assert page.evaluate(SCRIPTS) == []
    panel.evaluate(LOADED)
    panel.keyboard.press("Enter")  # what is focused stays through a load of the page
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    expect(power).to_be_checked()
    assert page.evaluate(SCRIPTS) == ["Symbol(understudy.extension)"]


def test_2_0_help_comes_with_the_extension(watched: Watched) -> None:
    _page, panel = watched.visit(watched.site)
    with watched.context.expect_page() as opened:
        panel.get_by_role("link", name="Help").click()
    helped = opened.value
    expect(helped.get_by_role("heading", level=1)).to_have_text("Understudy beside a page")
    assert helped.url == f"{watched.base}/help.html"
    for scheme in ("light", "dark"):
        helped.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        helped.set_viewport_size({"width": 360, "height": 700})
        assert violations(helped, "body", without=()) == []
        assert helped.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_page_that_changes_its_address_keeps_what_the_panel_shows(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    show(panel, "Activity")
    panel.get_by_label("Filter activity").fill("page view")
    page.evaluate("history.pushState({}, '', '/elsewhere')")
    page.evaluate("jstag.pageView()")
    expect(panel.get_by_role("listbox", name="Activity")).to_contain_text("/elsewhere")
    expect(panel.get_by_label("Filter activity")).to_have_value("page view")


# A page that wants to hear what the extension's two halves say to each other, or to take the place of one.
EAVESDROPPER = """<script>
  window.heard = [];
  for (const type of ["understudy-port", "understudy-port-wanted", "message"])
    window.addEventListener(type, (event) => heard.push([type, event.ports?.length]), true);
  window.dispatchEvent(new Event("understudy-port-wanted"));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => heard.push(["by a port of the page", JSON.stringify(data)]);
  const forged = new MessageEvent("understudy-port", { ports: [port2], cancelable: true });
  window.taken = !window.dispatchEvent(forged);
</script>"""


def test_7_2_27_a_page_neither_hears_the_extension_nor_takes_the_place_of_a_half(watched: Watched) -> None:
    page, panel = watched.visit(watched.sites.page(PAGE.format(EAVESDROPPER)))
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("There is no tag on this page.")
    assert page.evaluate("taken") is False
    # What it has heard is its own two events, and no port was given for the asking.
    assert page.evaluate("heard") == [["understudy-port-wanted", None], ["understudy-port", 1]]
    assert page.evaluate("[typeof chrome?.runtime, document.documentElement.attributes.length]") == ["undefined", 1]

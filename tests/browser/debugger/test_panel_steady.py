"""What a reader has opened or taken stays, while events come and the page is loaded again (debugger.md 7.2)."""

import re

from playwright.sync_api import Page, expect
from support.storefront import become, open_panel, settled

COUNT_NEW = """() => {
  window.fresh = 0;
  const count = (node) => 1 + (node.querySelectorAll ? node.querySelectorAll("*").length : 0);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) window.fresh += count(node);
  }).observe(document.querySelector("understudy-debugger").shadowRoot.querySelector("[role=tabpanel]:not([hidden])"),
    { childList: true, subtree: true });
}"""
SEND = """(count) => Promise.all(Array.from({ length: count }, (_, number) =>
  new Promise((done) => jstag.send({ number }, done))))"""
EVENTS = 60


def test_7_2_21_status_makes_little_anew_while_events_come_and_what_is_open_stays_open(shop: Page) -> None:
    body = open_panel(shop, "Status").get_by_role("tabpanel", name="Status")
    branch = body.locator("details", has=shop.locator(":scope > summary", has_text="pageAnalysis"))
    branch.last.locator("summary").first.click()
    expect(body.get_by_text("dataLayerPull")).to_be_visible()
    shop.evaluate(COUNT_NEW)
    shop.evaluate(SEND, EVENTS)
    expect(body.locator("dl", has_text="Events sent")).to_contain_text(re.compile(rf"Events sent[{EVENTS}-9]\d"))
    expect(body.get_by_text("dataLayerPull")).to_be_visible()
    assert shop.evaluate("window.fresh") < 20 * EVENTS, (
        "the whole configuration, with each of them, is ten times as much"
    )


def test_7_2_10_a_snapshot_lasts_over_a_load_and_audiences_differ_by_their_names(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    panel.get_by_role("button", name="Compare with now").click()
    expect(panel.get_by_text("Take a snapshot first.")).to_be_visible()
    panel.get_by_role("button", name="Take a snapshot").click()
    taken = panel.get_by_text(re.compile(rf"^Taken on .*, of {re.escape(shop.url)}\.$"))
    expect(taken).to_be_visible()
    become(shop, "high_value")
    shop.reload()
    settled(shop)
    panel = open_panel(shop, "Lab")
    expect(taken).to_be_visible()
    panel.get_by_role("button", name="Compare with now").click()
    expect(panel.get_by_text("audiences.high_value – → in")).to_be_visible()  # noqa: RUF001
    expect(panel.get_by_text("widget vip-offer hidden → shown")).to_be_visible()
    expect(
        panel.locator("li.leaf", has_text=re.compile(r"^(profile\.segments|sessionStorage understudy:snap)"))
    ).to_have_count(0)

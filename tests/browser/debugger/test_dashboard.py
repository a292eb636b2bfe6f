"""The dashboard: it follows every open page of a world, and shows the server's half of each story."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from support.axe import violations
from support.serving import Serving, copy_storefront
from support.storefront import settled

BUYER = "{ order_count: 3, lifetime_value: 500 }"
# What each section draws last: from there on it stands still.
LAST = {
    "Server": "Webhooks until",
    "Status": "jstag.config",
    "Activity": "page view",
    "Profile": "Why is a field not there?",
    "Personalization": "vip-offer",
    "Lab": "Storage",
}
AWAY = """() => {
  let hidden = false;
  Object.defineProperty(document, "visibilityState", { get: () => (hidden ? "hidden" : "visible") });
  window.away = (now) => { hidden = now; document.dispatchEvent(new Event("visibilitychange")); };
}"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("dashboard") / "storefront")) as serving:
        yield serving


@pytest.fixture
def dashboard(page: Page, serving: Serving) -> Page:
    page.goto(f"{serving.url}__understudy__/")
    expect(page.get_by_role("img", name="Live updates: connected")).to_be_visible()
    return page


def opened(dashboard: Page, serving: Serving) -> Page:
    shop = dashboard.context.new_page()
    shop.goto(serving.url)
    settled(shop)
    return shop


def story(dashboard: Page, title: str) -> Locator:
    return dashboard.locator(".story", has_text=title).first


def test_1_2_pages_come_and_go_and_the_sections_are_theirs(dashboard: Page, serving: Serving) -> None:
    expect(dashboard.get_by_text("No page is open in this world. Open one of this server")).to_be_visible()
    dashboard.get_by_role("tab", name="Status").click()
    expect(dashboard.get_by_role("alert")).to_contain_text("No page is open in this world")
    shop = opened(dashboard, serving)
    page = dashboard.get_by_role("button", name=shop.title())
    expect(page).to_have_attribute("aria-pressed", "true")
    expect(dashboard.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    dashboard.get_by_role("tab", name="Personalization").click()
    card = dashboard.locator('[data-id="vip-offer"]')
    expect(card.locator(".chip").first).to_have_text("hidden")
    dashboard.get_by_role("tab", name="Lab").click()
    dashboard.locator('[data-persona="high_value"]').click()
    expect(shop.locator("#vip-offer")).to_have_count(1)
    dashboard.get_by_role("tab", name="Personalization").click()
    expect(card.locator(".chip").first).to_have_text("shown")
    other = opened(dashboard, serving)
    expect(dashboard.locator("[data-page]")).to_have_count(2)
    shop.close()
    expect(dashboard.locator("[data-page]")).to_have_count(1)
    expect(card.locator(".chip").first).to_have_text("hidden")
    other.close()
    expect(dashboard.locator("[data-page]")).to_have_count(0)


def test_1_2_what_the_chosen_page_pretends_is_said_and_ended(dashboard: Page, serving: Serving) -> None:
    shop = opened(dashboard, serving)
    strip = dashboard.locator(".strip")
    expect(dashboard.get_by_role("button", name=shop.title())).to_have_attribute("aria-pressed", "true")
    expect(strip).to_be_hidden()
    dashboard.get_by_role("tab", name="Lab").click()
    dashboard.locator('[data-persona="high_value"]').click()
    expect(strip).to_contain_text("as: High value")
    other = opened(dashboard, serving)
    dashboard.locator("[data-page]").first.click()
    expect(strip).to_be_hidden()
    other.close()
    expect(strip).to_contain_text("as: High value")
    strip.get_by_role("button", name="Back to the truth").click()
    expect(strip).to_be_hidden()
    expect(shop.locator("#vip-offer")).to_have_count(0)
    shop.close()


def test_1_2_what_a_tab_and_its_world_pretend_is_said_and_ended_from_a_phone(dashboard: Page, serving: Serving) -> None:
    dashboard.set_viewport_size({"width": 390, "height": 800})
    shop, other = opened(dashboard, serving), opened(dashboard, serving)
    strip, pages = dashboard.locator(".strip"), dashboard.locator("[data-page]")
    own = dashboard.locator("[data-page][aria-pressed=true]").get_attribute("data-page")
    theirs = dashboard.locator("[data-page][aria-pressed=false]").get_attribute("data-page")
    expect(pages).to_have_count(2)
    dashboard.get_by_role("tab", name="Lab").click()
    dashboard.get_by_label("Audience", exact=True).fill("high_value")
    dashboard.get_by_role("button", name="In it", exact=True).click()
    expect(shop.locator("#vip-offer")).to_have_count(1)
    expect(strip).to_contain_text("profile overridden")
    dashboard.get_by_role("button", name="+1 day").click()
    expect(strip).to_contain_text("profile overridden · another time")
    dashboard.get_by_label("Events are refused (500)").check()
    expect(strip).to_contain_text("profile overridden · another time · a fault is on")
    box = strip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert dashboard.evaluate("document.documentElement.scrollWidth") == 390
    dashboard.locator(f'[data-page="{theirs}"]').click()
    expect(strip).to_contain_text("another time · a fault is on")
    expect(strip).not_to_contain_text("overridden")
    expect(other.locator("#vip-offer")).to_have_count(0)
    dashboard.locator(f'[data-page="{own}"]').click()
    expect(strip).to_contain_text("profile overridden")
    strip.get_by_role("button", name="Back to the truth").click()
    expect(strip).to_be_hidden()
    expect(shop.locator("#vip-offer")).to_have_count(0)
    expect(dashboard.get_by_label("Events are refused (500)")).not_to_be_checked()
    for tab in (shop, other):
        tab.wait_for_function("Math.abs(Date.now() - performance.timeOrigin - performance.now()) < 60000")
    dashboard.locator(f'[data-page="{theirs}"]').click()
    expect(strip).to_be_hidden()
    shop.close()
    other.close()


def test_1_2_an_event_is_told_from_the_wire_to_the_webhook(dashboard: Page, serving: Serving) -> None:
    shop = opened(dashboard, serving)
    shop.evaluate(f"() => new Promise((done) => jstag.send({BUYER}, done))")
    event = story(dashboard, "lifetime_value")
    expect(event.locator(".chip", has_text="+ high_value")).to_be_visible()
    expect(story(dashboard, "webhook crm: delivered, 200")).to_be_visible()
    event.locator("summary").first.click()
    expect(event.locator(".wire")).to_contain_text("lifetime_value")
    expect(event.locator(".rows", has_text="lifetime_value")).to_contain_text("→ 500")
    expect(event.get_by_text("entered high_value")).to_be_visible()
    expect(event.locator("summary", has_text="crm: delivered, 200")).to_be_visible()
    hook = story(dashboard, "webhook crm: delivered, 200")
    hook.locator("summary").first.click()
    expect(hook.get_by_text("payload")).to_be_visible()
    dashboard.get_by_role("searchbox").fill("webhook crm")
    expect(dashboard.locator(".story", has_text="lifetime_value")).to_have_count(0)
    dashboard.get_by_role("searchbox").fill("")
    dashboard.get_by_label("Only the visitor of the chosen page").check()
    expect(event).to_be_visible()
    shop.request.post(f"{serving.url}__understudy__/api/clock", data={"advance": "40d"})
    moved = story(dashboard, "time moved a visitor")
    expect(moved).to_contain_text("out of")
    shop.request.post(f"{serving.url}__understudy__/api/clock", data={"mode": "real"})
    expect(story(dashboard, "the clock tells the real time")).to_be_visible()


def test_1_2_a_page_in_the_background_is_followed_while_a_dashboard_wants_it(page: Page, serving: Serving) -> None:
    page.context.add_init_script(f"({AWAY})()")
    page.goto(serving.url)
    settled(page)
    dashboard = page.context.new_page()
    dashboard.goto(f"{serving.url}__understudy__/")
    expect(dashboard.locator("[data-page]")).to_have_count(1)
    page.evaluate("away(true)")
    dashboard.get_by_role("tab", name="Status").click()
    page.evaluate("document.title = 'In the background'")
    expect(dashboard.locator("[data-page]")).to_have_count(1)
    page.evaluate("jstag.send({ far: 'away' })")
    dashboard.get_by_role("tab", name="Activity").click()
    expect(dashboard.get_by_role("tabpanel", name="Activity")).to_contain_text("far")
    last = dashboard.context.new_page()
    dashboard.close()
    last.goto(f"{serving.url}__understudy__/reports/")
    page.wait_for_function(
        "async (base) => (await (await fetch(base + '__understudy__/api/pages')).json()).pages.length === 0",
        arg=serving.url,
    )


def test_1_2_a_dashboard_that_was_not_connected_catches_up(page: Page, serving: Serving) -> None:
    page.add_init_script(f"delete window.BroadcastChannel; ({AWAY})()")
    page.goto(f"{serving.url}__understudy__/")
    shop = opened(page, serving)
    expect(page.locator("[data-page]")).to_have_count(1)
    page.evaluate("away(true)")
    other = opened(page, serving)
    other.close()
    shop.close()
    shop = opened(page, serving)
    page.evaluate("away(false)")
    page.get_by_role("tab", name="Status").click()
    expect(page.locator("[data-page]")).to_have_count(1)
    expect(page.get_by_role("button", name=shop.title())).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    shop.close()


def test_1_2_every_world_has_a_dashboard_of_its_own(dashboard: Page, serving: Serving) -> None:
    dashboard.request.post(f"{serving.url}__understudy__/api/worlds", data={"name": "left"})
    dashboard.reload()
    links = dashboard.get_by_role("navigation", name="Worlds").get_by_role("link")
    expect(links).to_have_text(["default", "left"])
    assert (links.nth(1).get_attribute("href") or "").startswith("http://left.localhost:")
    expect(links.first).to_have_attribute("aria-current", "page")
    for name, path in {"Reports": "reports/", "API": "api/docs"}.items():
        link = dashboard.get_by_role("navigation", name="Elsewhere").get_by_role("link", name=name)
        answer = dashboard.request.get(f"{serving.url}__understudy__/{path}")
        assert (link.get_attribute("href"), answer.status) == (f"/__understudy__/{path}", 200)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_7_2_23_axe_finds_nothing_wrong_wide_and_narrow(dashboard: Page, serving: Serving, scheme: str) -> None:
    dashboard.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    shop = opened(dashboard, serving)
    shop.evaluate(f"() => new Promise((done) => jstag.send({BUYER}, done))")
    event = story(dashboard, "lifetime_value")
    event.locator("summary").first.click()
    expect(event.locator(".wire")).to_be_visible()
    for width in (1200, 390):
        dashboard.set_viewport_size({"width": width, "height": 800})
        for section in LAST:
            dashboard.get_by_role("tab", name=section).click()
            expect(dashboard.get_by_role("tabpanel", name=section)).to_contain_text(LAST[section])
            expect(dashboard.get_by_role("tabpanel", name=section).locator("button:empty")).to_have_count(0)
            assert violations(dashboard, "body", without=()) == [], f"{section} at {width}"
            assert dashboard.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{section} at {width}"


def test_7_3_5_the_page_is_under_a_strict_policy(serving: Serving, page: Page) -> None:
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if "policy" in message.text.lower() else None)
    answer = page.goto(f"{serving.url}__understudy__/")
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    expect(page.get_by_role("tab", name="Server")).to_be_visible()
    assert blocked == []

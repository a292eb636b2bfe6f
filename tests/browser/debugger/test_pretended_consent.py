"""debugger.md 7.2, rank 2: a pretended consent holds in its tab, before the tag may do anything, until taken back."""

from urllib.parse import quote

from playwright.sync_api import Page, Route, expect
from support.serving import Serving
from support.storefront import open_panel, settled

TAG_IS_THERE = "() => typeof window.jstag?.history === 'function'"
ASKED = "performance.getEntriesByType('resource').filter(({ name }) => /\\/(c|api\\/personalize)\\//.test(name)).length"


def test_7_2_2_a_consent_withheld_is_withheld_after_a_reload_too(shop: Page) -> None:
    flips = open_panel(shop, "Lab").locator(".flips")
    expect(flips).to_contain_text("leaves ly_")
    open_panel(shop, "Lab").get_by_role("button", name="Consent withheld", exact=True).click()
    shop.wait_for_function("!jstag.isLoaded")
    shop.reload()
    shop.wait_for_function(TAG_IS_THERE)
    shop.wait_for_load_state("load")
    assert shop.evaluate("jstag.consent(true)") is False, "what the page says of it waits"
    assert shop.evaluate(f"[jstag.isLoaded, {ASKED}, document.cookie.includes('seerid=')]") == [False, 0, False]
    panel = open_panel(shop, "Lab")
    expect(flips).to_contain_text("Time alone changes nothing for this visitor.")
    panel.get_by_role("button", name="Consent given").click()
    shop.wait_for_function("jstag.isLoaded")
    panel.get_by_role("button", name="Consent withheld", exact=True).click()
    shop.wait_for_function("!jstag.isLoaded")
    panel.get_by_role("button", name="No longer: consent withheld").click()
    shop.wait_for_function("jstag.isLoaded && jstag.getEntity()?.data?.user")
    shop.evaluate("jstag.consent(false)")
    assert shop.evaluate("jstag.isLoaded") is False, "the page has its own say again"


def test_7_2_2_a_consent_given_by_the_address_is_there_before_the_tag_waits_for_it(
    page: Page, serving: Serving
) -> None:
    def asking(route: Route) -> None:
        """The page asks for consent, and never says a word of it."""
        text = route.fetch().text()
        route.fulfill(
            body=text.replace("jstag.init({", "jstag.init({ consent: { required: true },"), content_type="text/html"
        )

    page.route(lambda url: url.partition("?")[0] == serving.url, asking)
    page.goto(serving.url + "?understudy-pretend=" + quote('{"consent": true}'))
    settled(page)
    page.reload()
    settled(page)
    open_panel(page, "Lab").get_by_role("button", name="No longer: consent given").click()
    page.wait_for_function("!jstag.isLoaded && !document.cookie.includes('seerid=')")
    page.reload()
    page.wait_for_function(TAG_IS_THERE)
    assert page.evaluate("[jstag.isLoaded, Object.getOwnPropertyDescriptor(jstag, 'consent').value !== undefined]") == [
        False,
        True,
    ]

"""debugger.md 7.2, rank 2 and 7: what cannot be pretended is said where it was asked for; the truth is whole."""

from panel_stage import Stage
from playwright.sync_api import Page, expect
from support.storefront import open_panel


def test_7_2_2_what_is_missing_or_wrong_is_said_where_it_was_asked_for(stage: Stage) -> None:
    stage.open()
    stage.show("Lab")
    lab = stage.page.get_by_role("tabpanel", name="Lab")
    for button, text in {
        "In it": "Name an audience first.",
        "Set": "Name a field first.",
        "Go there": "Choose a date and a time first.",
    }.items():
        lab.get_by_role("button", name=button, exact=True).click()
        expect(lab.get_by_role("alert").filter(has_text=text)).to_be_visible()
    lab.get_by_label("Referrer").fill("::::")
    lab.get_by_role("button", name="Come from there").click()
    expect(lab.get_by_role("alert").filter(has_text='"::::" is no address')).to_be_visible()
    assert stage.page.evaluate("sessionStorage.getItem('understudy:overrides')") is None


def test_7_2_2_a_consent_that_was_pretended_is_as_it_was_in_the_truth(shop: Page) -> None:
    panel = open_panel(shop, "Lab")
    panel.get_by_role("button", name="Consent withheld").click()
    shop.wait_for_function("!jstag.isLoaded")
    panel.get_by_role("button", name="Back to the truth").first.click()
    shop.wait_for_function("jstag.isLoaded && jstag.getEntity()?.data?.user")
    panel.get_by_role("button", name="Consent withheld", exact=True).click()
    shop.wait_for_function("!jstag.isLoaded")
    panel.get_by_role("button", name="No longer: consent withheld").click()
    shop.wait_for_function("jstag.isLoaded")


def test_7_2_9_a_button_that_has_copied_keeps_its_width_so_that_the_next_one_can_be_pressed(stage: Stage) -> None:
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.page.set_viewport_size({"width": 390, "height": 844})
    stage.files["/c/shop/web"] = ("", "image/gif")
    stage.open()
    stage.page.evaluate("fetch('/c/shop/web?_e=pv')")
    stage.show("Activity")
    body = stage.page.get_by_role("tabpanel", name="Activity")
    body.locator(".row:not(.heading)").first.click()
    send = body.get_by_role("button", name="Copy as jstag.send")
    width = send.evaluate("(node) => node.getBoundingClientRect().width")
    send.click()
    copied = body.get_by_role("button", name="Copied")
    assert copied.evaluate("(node) => node.getBoundingClientRect().width") == width
    body.get_by_role("button", name="Copy JSON").click()
    stage.page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('{'))")

"""widgets.md 5.8, 5.9, 6.1, 8: sending a form."""

import pytest
from form_helpers import LEGACY, called, fill, last, present, press, send
from sdk_shop import Shop

TYPES = [("Form", "submit", LEGACY), ("SiteGate", "unlock", LEGACY), ("Subscription", "subscribe", {"email": "a@b.co"})]


@pytest.mark.parametrize(("factory", "event", "values"), TYPES)
def test_8_the_sequence(shop: Shop, factory: str, event: str, values: dict[str, str]) -> None:
    present(shop, factory)
    send(shop, **values)
    assert shop.events() == ["show", event, "confirm:default confirm"]
    keys = ["widget", "config", "event", "data"]
    calls = shop.run("calls")
    assert [call[:3] for call in calls] == [
        ["onSubmit", "formSubmitted", keys],
        ["confirmAction", "modalConfirm", keys],
        ["onModalClose", "modalClosed", keys[:3]],
    ]
    pairs = {pair["name"]: pair["value"] for pair in calls[0][3]}
    assert {name: pairs[name] for name in values} == values
    payload = last(shop, event)
    assert {name: payload[f"pf-form-{name}"] for name in values} == values
    assert shop.stored("PathforaConfirm_w").startswith("1|")
    shop.tick(500)
    assert not shop.there()


def test_6_1_every_built_in_field_is_in_the_event(shop: Shop) -> None:
    present(shop, "Form")
    send(shop, **LEGACY)
    named = {key for key in last(shop, "submit") if key.startswith("pf-form-")}
    assert named == {"pf-form-username", "pf-form-email", "pf-form-title", "pf-form-message"}


def test_5_8_what_is_not_right_is_shown_and_said(shop: Shop) -> None:
    present(shop, "Form")
    send(shop, username="", email="bad")
    assert shop.events() == ["show"]
    assert called(shop) == []
    read = """['username', 'email', 'title'].map((name) => {
      const field = document.querySelector(`#w [name=${name}]`);
      const error = document.getElementById(field.getAttribute('aria-describedby'));
      return [field.className.trim(), field.getAttribute('aria-invalid'), error?.textContent ?? null];
    })"""
    empty, email = "required", "Please include an '@' in the email address. 'bad' is missing an '@'."
    assert shop.run(read) == [["invalid", "true", empty], ["bad-validation", "true", email], ["", None, None]]
    voice = "document.querySelector('#w [role=status]').textContent.trim()"
    assert shop.run(voice) == f"Name: {empty} Email: {email}"
    assert shop.run("document.activeElement.name") == "username"
    send(shop, **LEGACY)
    assert shop.run(voice) == ""
    assert shop.run("document.querySelectorAll('#w .pf-widget-error, #w [aria-invalid=true]').length") == 0
    assert shop.events() == ["show", "submit", "confirm:default confirm"]


def test_5_8_an_error_goes_when_it_is_corrected(shop: Shop) -> None:
    present(shop, "Form")
    press(shop)
    shop.page.locator("#w [name=username]").fill("Ada")
    shop.page.locator("#w [name=email]").focus()
    assert shop.run("document.querySelectorAll('#w .pf-widget-error').length") == 1


def test_5_8_texts_are_configurable(shop: Shop) -> None:
    present(shop, "Form", texts={"required": "Bitte ausfüllen", "email": "So nicht"})
    send(shop, email="bad")
    errors = "[...document.querySelectorAll('#w .pf-widget-error')].map((error) => error.textContent)"
    assert shop.run(errors) == ["Bitte ausfüllen", "So nicht"]


def test_11_1_a_subscription_wants_an_address(shop: Shop) -> None:
    present(shop, "Subscription", layout="bar")
    send(shop, email="bad")
    assert shop.events() == ["show"]
    send(shop, email="a@b.co")
    assert shop.events() == ["show", "subscribe", "confirm:default confirm"]


def test_5_9_enter_sends(shop: Shop) -> None:
    present(shop, "Form")
    fill(shop, **LEGACY)
    shop.page.locator("#w [name=email]").press("Enter")
    assert shop.events()[-2:] == ["submit", "confirm:default confirm"]


def test_5_9_a_form_without_a_button_never_leaves_the_page(shop: Shop) -> None:
    present(shop, "Subscription", okShow=False)
    fill(shop, email="a@b.co")
    shop.page.locator("#w [name=email]").press("Enter")
    assert shop.events()[-2:] == ["subscribe", "confirm:default confirm"]


def test_6_1_use_of_fields_is_tracked(shop: Shop) -> None:
    present(shop, "Form", fields={"country": True})
    shop.page.locator("#w [name=username]").fill("Ada")
    shop.page.locator("#w [name=country]").focus()
    shop.page.locator("#w [name=country]").select_option("DE")
    shop.page.locator("#w .pf-widget-ok").hover()
    assert shop.events() == [
        "show",
        "focus:username",
        "form_start:username",
        "focus:country",
        "form_start:country",
        "hover:confirm",
    ]


@pytest.mark.parametrize("layout", ["modal", "slideout", "bar", "inline", "gate"])
def test_11_1_14_use_of_a_subscription_is_tracked_in_every_layout(shop: Shop, layout: str) -> None:
    host = {"positionSelector": "#host"} if layout == "inline" else {}
    present(shop, "Subscription", layout=layout, **host)
    field = shop.page.locator("#w [name=email]")
    field.focus()
    # Leaving it empty starts nothing; each change to a value does, and so does each return.
    shop.page.locator("#before").evaluate(
        "(node) => { node.inert = false; node.parentNode.inert = false; node.focus(); }"
    )
    assert shop.events() == ["show", "focus:email"]
    for value in ("a@b.co", "c@d.co"):
        field.fill(value)
        field.blur()
    field.evaluate("(node) => { node.value = ''; node.onchange(); }")
    assert shop.events() == ["show", "focus:email", *["focus:email", "form_start:email"] * 2]
    assert last(shop, "form_start") == {
        "pf-widget-id": "w",
        "pf-widget-type": "subscription",
        "pf-widget-layout": layout,
        "pf-widget-variant": "1",
        "pf-widget-event": "form_start",
        "pf-widget-action": "email",
    }
    send(shop, email="a@b.co")
    assert last(shop, "subscribe").items() >= {"pf-form-email": "a@b.co"}.items()


def test_6_1_a_field_that_the_form_itself_points_at_is_no_use_of_it(shop: Shop) -> None:
    present(shop, "Subscription")
    press(shop)
    assert shop.run("document.activeElement.name") == "email"
    assert shop.events() == ["show"]
    send(shop, email="a@b.co")
    assert "focus:email" not in shop.events()

"""widgets.md 11.8: the layout `gate`, for any type with a button, and what a form tells assistive technology."""

from typing import Any

import pytest
from form_helpers import LEGACY, called, fill, has_class, present, press, send
from sdk_shop import Shop

GATES: list[tuple[str, dict[str, str], str]] = [
    ("Message", {}, ""),
    ("Form", LEGACY, "submit"),
    ("Subscription", {"email": "a@b.co"}, "subscribe"),
]
CONTAINER = "document.querySelector('#w .pf-widget-container')"
VOICE = "document.querySelector('#w .pf-widget-announcement[role=status]').textContent"


@pytest.mark.parametrize(("factory", "values", "event"), GATES)
def test_11_8_a_gate_holds_until_it_is_answered_and_is_remembered(
    shop: Shop, factory: str, values: dict[str, str], event: str
) -> None:
    present(shop, factory, layout="gate", headline="Hi", msg="There")
    root = shop.run("document.getElementById('w').className")
    assert root == f"pf-widget pf-{factory.lower()} pf-widget-gate pf-widget-variant-1 pathfora opened"
    names = [["role", "dialog"], ["aria-modal", "true"], ["aria-labelledby", "w-pf-widget-headline"]]
    names.append(["aria-describedby", "w-pf-widget-message"])
    for name, value in names:
        assert shop.run(f"{CONTAINER}.getAttribute('{name}')") == value
    assert shop.run("document.querySelector('#w .pf-widget-close')") is None
    shop.page.keyboard.press("Escape")
    assert has_class(shop, "opened")
    assert shop.stored("PathforaUnlocked_w") is None
    if values:
        press(shop)
        assert shop.stored("PathforaUnlocked_w") is None
        fill(shop, **values)
    press(shop, ".pf-widget-ok")
    assert shop.events() == ["show", *([event] if event else []), "confirm:default confirm"]
    assert shop.stored("PathforaUnlocked_w") == "true"
    assert not has_class(shop, "opened")
    shop.open(keep=True)
    present(shop, factory, layout="gate")
    assert not shop.there()
    assert shop.explain()["reason"] == "Hidden: unlocked is true, needs false"


def test_11_8_a_gate_that_was_cancelled_comes_again(shop: Shop) -> None:
    present(shop, "Message", layout="gate")
    press(shop, ".pf-widget-cancel")
    assert not has_class(shop, "opened")
    assert shop.stored("PathforaUnlocked_w") is None


def test_11_8_a_modal_is_no_gate(shop: Shop) -> None:
    present(shop, "Form")
    send(shop, **LEGACY)
    assert shop.stored("PathforaUnlocked_w") is None


STATES: dict[str, Any] = {"success": {"headline": "Got it", "msg": "Thanks", "delay": 0}, "error": {"delay": 2}}


def wait_for(shop: Shop, layout: str) -> None:
    position = {"positionSelector": "#host"} if layout == "inline" else {}
    action = {"waitForAsyncResponse": True}
    present(shop, "Form", layout=layout, headline="Ask", msg="Us", formStates=STATES, confirmAction=action, **position)
    fill(shop, **LEGACY)
    shop.page.locator("#w form .pf-widget-ok").focus()
    press(shop)


@pytest.mark.parametrize(("layout", "holder"), [("modal", CONTAINER), ("gate", CONTAINER), ("slideout", "w")])
def test_11_8_an_outcome_gives_its_name_and_takes_the_focus(shop: Shop, layout: str, holder: str) -> None:
    node = holder if holder != "w" else "document.getElementById('w')"
    read = f"""[{node}.getAttribute('aria-labelledby'), {node}.getAttribute('aria-describedby'),
      document.activeElement === {node}, {VOICE}]"""
    wait_for(shop, layout)
    assert shop.run(VOICE) == ""
    shop.run("answer(false)")
    error = "Error. There was an error receiving with your submission."
    assert shop.run(read) == ["w-pf-error-headline", "w-pf-error-message", True, error]
    shop.tick(2000)
    assert shop.run(read) == ["w-pf-widget-headline", "w-pf-widget-message", True, ""]
    press(shop)
    shop.run("answer(true)")
    assert shop.run(read) == ["w-pf-success-headline", "w-pf-success-message", True, "Got it. Thanks"]
    assert shop.run("document.getElementById('w-pf-success-headline').textContent") == "Got it"


def test_11_8_an_inline_form_says_its_outcome_and_leaves_the_focus_alone(shop: Shop) -> None:
    wait_for(shop, "inline")
    assert shop.run(VOICE) == ""
    shop.run("document.getElementById('before').focus(); answer(true)")
    assert shop.run("document.activeElement.id") == "before"
    assert shop.run(VOICE) == "Got it. Thanks"
    assert shop.run(f"{CONTAINER}.getAttribute('role')") is None


def test_11_8_an_outcome_takes_no_focus_from_the_page(shop: Shop) -> None:
    wait_for(shop, "slideout")
    shop.run("document.getElementById('before').focus(); answer(true)")
    assert shop.run("[document.activeElement.id, document.querySelector('#w.success') !== null]") == ["before", True]


def test_8_a_double_press_sends_once(shop: Shop) -> None:
    present(shop, "Form", formStates=STATES)
    fill(shop, **LEGACY)
    shop.run("(() => { const ok = document.querySelector('#w form .pf-widget-ok'); ok.click(); ok.click(); })()")
    assert shop.events() == ["show", "submit", "confirm:default confirm"]
    assert called(shop) == ["onSubmit", "confirmAction"]


def test_8_an_answer_of_a_gate_that_is_gone_is_remembered(shop: Shop) -> None:
    present(shop, "SiteGate", confirmAction={"waitForAsyncResponse": True})
    send(shop, **LEGACY)
    shop.run("pathfora.closeWidget('w', true)")
    shop.run("answer(true)")
    shop.tick(500)
    assert not shop.there()
    assert shop.stored("PathforaUnlocked_w") == "true"


def test_2_8_a_bar_shows_its_outcome_and_leads_back(shop: Shop) -> None:
    states = {"error": {"delay": 0, "headline": "No"}}
    action = {"waitForAsyncResponse": True}
    present(shop, "Subscription", layout="bar", formStates=states, confirmAction=action)
    send(shop, email="a@b.co")
    shop.run("answer(false)")
    assert shop.page.locator("#w .error-state").inner_text().startswith("No")
    press(shop, ".error-state .pf-widget-ok")
    assert shop.events()[-1] == "error.confirm:error confirm"
    assert shop.page.locator("#w form").is_visible()

"""widgets.md 2.8, 7, 8: what comes of sending a form: its states, answers that are waited for, gates."""

from typing import Any

import pytest
from form_helpers import LEGACY, called, fill, has_class, present, press, send
from sdk_shop import EDITABLE, Shop

STATES: dict[str, Any] = {"success": {"headline": "Got it", "msg": "<b>Thanks</b>"}, "error": {}}


def test_2_8_success_in_place_then_a_silent_close(shop: Shop) -> None:
    present(shop, "Form", formStates=STATES)
    send(shop, **LEGACY)
    assert has_class(shop, "success")
    state = "document.querySelector('#w .success-state')"
    assert shop.run(f"[{state}.textContent, getComputedStyle({state}).display]") == ["Got itThanks", "block"]
    assert shop.run("getComputedStyle(document.querySelector('#w form')).display") == "none"
    shop.tick(2999)
    assert has_class(shop, "opened")
    shop.tick(1)
    assert not has_class(shop, "opened")
    shop.tick(500)
    assert not shop.there()
    assert called(shop) == ["onSubmit", "confirmAction"]
    assert "close:close" not in shop.events()


@pytest.mark.parametrize(("delay", "stays"), [(0, True), (1, False)])
def test_2_8_the_delay(shop: Shop, delay: int, stays: bool) -> None:
    present(shop, "Subscription", layout="slideout", formStates={"success": {"delay": delay}})
    send(shop, email="a@b.co")
    shop.tick(60_000)
    assert shop.there() == stays


def test_2_8_defaults_of_the_texts(shop: Shop) -> None:
    present(shop, "Form", formStates=STATES | {"success": {"okShow": True, "cancelShow": True}})
    texts = "[...document.querySelectorAll('#w [class$=-state] > *')].map((node) => node.textContent)"
    success = ["Thank You", "We have received your submission.", "Confirm", "Cancel"]
    assert shop.run(texts) == [*success, "Error", "There was an error receiving with your submission."]


def test_2_1_success_is_the_old_name(shop: Shop) -> None:
    present(shop, "Form", success={"headline": "Old"})
    send(shop, **LEGACY)
    assert shop.run("document.querySelector('#w.success .success-state h2').textContent") == "Old"


@pytest.mark.parametrize(("button", "kind", "record"), [("ok", "confirm", "Confirm"), ("cancel", "cancel", "Cancel")])
def test_2_8_buttons_of_a_state(shop: Shop, button: str, kind: str, record: str) -> None:
    state = {"okShow": True, "cancelShow": True, "delay": 0}
    present(shop, "Form", formStates={"success": state})
    send(shop, **LEGACY)
    before = len(called(shop))
    press(shop, f".success-state .pf-widget-{button}")
    assert shop.events()[-1] == f"success.{kind}:success {kind}"
    assert [call[:2] for call in shop.run("calls")[before:]] == [
        [f"state {kind}Action", f"modal{record}"],
        ["onModalClose", "modalClosed"],
    ]
    assert shop.stored(f"Pathfora{record}_w") is not None
    lists = {"confirm": "completedActions", "cancel": "cancelledActions"}
    assert shop.run(f"pathfora.getDataObject().{lists[kind]}.pop()['pf-widget-event']") == f"success.{kind}"


def test_2_8_a_dialog_takes_the_name_of_its_outcome(shop: Shop) -> None:
    present(shop, "Form", formStates=STATES, headline="Ask", msg="Us")
    fill(shop, **LEGACY)
    shop.page.locator("#w .pf-widget-ok").press("Enter")
    name = """(() => { const box = document.querySelector('#w [role=dialog]');
      return [document.getElementById(box.getAttribute('aria-labelledby')).textContent,
        document.activeElement === box, document.querySelector('#w [role=status]').textContent]; })()"""
    assert shop.run(name) == ["Got it", True, "Got it. Thanks"]
    assert (
        shop.run("document.querySelector('#w [role=dialog]').getAttribute('aria-labelledby')")
        == "w-pf-success-headline"
    )


def test_2_8_a_bar_says_its_outcome_too(shop: Shop) -> None:
    present(shop, "Subscription", layout="bar", formStates={"success": {}})
    send(shop, email="a@b.co")
    assert has_class(shop, "success")
    assert shop.page.locator("#w").inner_text().strip().endswith("Thank You. We have received your submission.")


def wait_for(shop: Shop, factory: str = "Form", values: dict[str, str] = LEGACY, **config: Any) -> None:
    present(shop, factory, confirmAction={"waitForAsyncResponse": True}, **config)
    send(shop, **values)


def test_8_the_answer_decides(shop: Shop) -> None:
    wait_for(shop, formStates=STATES)
    assert shop.run("calls[1][4]") == 1
    shop.tick(10_000)
    assert has_class(shop, "opened")
    assert not has_class(shop, "success")
    shop.run("answer(true)")
    assert has_class(shop, "success")
    assert called(shop) == ["onSubmit", "confirmAction"]


def test_8_no_second_press_while_it_waits(shop: Shop) -> None:
    wait_for(shop, formStates=STATES)
    assert shop.run("document.querySelector('#w .pf-widget-ok').getAttribute('aria-disabled')") == "true"
    press(shop)
    assert shop.events().count("submit") == 1


@pytest.mark.parametrize("way", ["delay", "button", "lone button"])
def test_11_1_after_an_error_the_form_is_there_again(shop: Shop, way: str) -> None:
    error = {"delay": {"delay": 2}, "button": {"okShow": True, "delay": 0}, "lone button": {"delay": 0}}[way]
    wait_for(shop, formStates={"error": error, "success": {}})
    shop.run("answer(false)")
    assert has_class(shop, "error")
    if way == "delay":
        shop.tick(2000)
    else:
        assert shop.run("document.querySelector('.error-state .pf-widget-ok').textContent") == "Confirm"
        press(shop, ".error-state .pf-widget-ok")
        assert shop.events()[-1] == "error.confirm:error confirm"
    assert not has_class(shop, "error")
    assert shop.run("document.querySelector('#w [name=username]').value") == "Ada"
    press(shop)
    shop.run("answer(true)")
    assert has_class(shop, "success")
    assert shop.events().count("submit") == 2


def test_8_an_answer_counts_once(shop: Shop) -> None:
    wait_for(shop, formStates=STATES)
    shop.run("answer(true); answer(false)")
    assert not has_class(shop, "error")


def test_8_a_callback_that_throws_has_answered_no(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([window.w = pathfora.Form({id: 'w', formStates: {error: {}},
      confirmAction: {waitForAsyncResponse: true, callback: () => { throw new Error('no'); }}})])""")
    send(shop, **LEGACY)
    assert has_class(shop, "error")
    shop.tick(3000)
    assert not has_class(shop, "error")
    assert shop.run("document.querySelector('#w .pf-widget-ok').getAttribute('aria-disabled')") == "false"


def test_8_an_answer_after_the_widget_is_gone_is_nothing(shop: Shop) -> None:
    wait_for(shop, formStates=STATES)
    shop.run("pathfora.clearAll(); answer(true)")
    assert not shop.there()


def test_7_a_gate_stays_open_once_unlocked(shop: Shop) -> None:
    present(shop, "SiteGate")
    send(shop, **LEGACY)
    assert shop.stored("PathforaUnlocked_w") == "true"
    shop.open(keep=True)
    present(shop, "SiteGate")
    assert not shop.there()
    gate = shop.gate("unlocked")
    assert (gate["pass"], gate["actual"]) == (False, True)
    assert shop.explain()["verdict"] == "hidden"


@pytest.mark.parametrize(("answer", "stored"), [("true", "true"), ("false", None)])
def test_11_1_a_gate_is_unlocked_by_the_answer(shop: Shop, answer: str, stored: str | None) -> None:
    wait_for(shop, "SiteGate")
    assert shop.stored("PathforaUnlocked_w") is None
    shop.run(f"answer({answer})")
    assert shop.stored("PathforaUnlocked_w") == stored
    assert has_class(shop, "opened") == (stored is None)


def test_5_2_a_gate_cannot_be_escaped(shop: Shop) -> None:
    present(shop, "SiteGate")
    shop.page.keyboard.press("Escape")
    assert has_class(shop, "opened")
    assert shop.events() == ["show"]


def test_8_inline_forms_stay(shop: Shop) -> None:
    present(shop, "Form", layout="inline", positionSelector="#host")
    send(shop, **LEGACY)
    shop.tick(5000)
    assert has_class(shop, "opened")
    assert called(shop) == ["onSubmit", "confirmAction"]


def test_8_close_false_stays(shop: Shop) -> None:
    present(shop, "Form", confirmAction={"close": False})
    send(shop, **LEGACY)
    shop.tick(5000)
    assert has_class(shop, "opened")


def test_replace_a_form_that_shows_its_outcome(shop: Shop) -> None:
    shop.open(entry=EDITABLE)
    present(shop, "Form", formStates={"success": {"headline": "Old", "delay": 0}})
    send(shop, **LEGACY)
    shop.run("pathfora.replaceWidget(pathfora.Form({id: 'w', formStates: {success: {headline: 'New'}}}))")
    assert has_class(shop, "success")
    assert shop.run("document.querySelector('#w .success-state h2').textContent") == "New"

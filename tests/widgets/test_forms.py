"""Forms, subscriptions and gates in experience files: every property is taken, and everything wrong is said."""

from typing import Any

import pytest

from understudy.widgets.candidates import candidates_of
from understudy.widgets.experience import read_experience
from understudy.widgets.form_rules import form_findings
from understudy.widgets.forms import day_fault

EVERYTHING = """
widget:
  type: sitegate
  showForm: true
  fields: {name: true, email: true, title: false, company: false, phone: true, country: true, referralEmail: false}
  required: {name: false, message: true}
  placeholders: {name: Who?, country: Where?}
  formElements:
    - {type: text, name: nick, label: Nick, placeholder: Ada, required: true, pattern: "^[a-z]+$"}
    - {type: date, name: day, minDate: today, maxDate: 12-31-2030}
    - {type: radio-group, name: colour, values: [{label: Red, value: r}]}
    - {type: select, name: size, values: [{value: s}]}
  formStates:
    success: {headline: Thanks, msg: Bye, delay: 0, okShow: true, okMessage: Fine, confirmAction: {name: fine}}
    error: {headline: Oh, delay: 1.5, cancelShow: true, cancelMessage: Later, cancelAction: {callback: "() => 1"}}
  success: {headline: Older}
  texts: {required: needed, invalid: wrong, email: c, date: d}
  onSubmit: "() => 1"
  confirmAction: {name: sent, waitForAsyncResponse: true}
"""


def problems(text: str) -> list[str]:
    _, found = read_experience(text.encode(), "offer.yaml")
    return [str(problem).removeprefix("offer.yaml:") for problem in found]


def test_everything_is_taken_and_handed_on() -> None:
    experience, found = read_experience(EVERYTHING.encode(), "offer.yaml")
    assert found == []
    assert experience
    widget: dict[str, Any] = next(candidates_of(experience))["widget"]
    assert widget["fields"]["referralEmail"] is False
    assert "message" not in widget["fields"]
    assert widget["formElements"][1] == {"type": "date", "name": "day", "minDate": "today", "maxDate": "12-31-2030"}
    assert widget["formStates"]["success"]["delay"] == 0
    assert widget["confirmAction"] == {"name": "sent", "waitForAsyncResponse": True}
    assert widget["onSubmit"].source == widget["formStates"]["error"]["cancelAction"]["callback"].source == "() => 1"


@pytest.mark.parametrize("text", ["today", "2026-02-28", "02-28-2026", "02/28/2026"])
def test_days(text: str) -> None:
    assert day_fault(text) == ""


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "28-02-2026"])
def test_no_days(text: str) -> None:
    assert day_fault(text) == "not a day"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("formElements: [{type: tel, name: a}]", "'widget.formElements[0].type' must be text, input, email, "),
        ("formElements: [{type: text}]", "'widget.formElements[0].name' is missing"),
        ("formElements: [{type: text, name: a, pattern: '('}]", "a '(' that is never closed, in '('"),
        ("formElements: [{type: date, name: a, minDate: soon}]", "not a day, in 'soon'"),
        ("formElements: [{type: text, name: a, lable: b}]", "unknown key 'lable' in 'widget.formElements[0]'"),
        ("fields: {nam: true}", "did you mean 'name'?"),
        ("required: {name: yes please}", "'widget.required.name' must be true or false"),
        ("formStates: {failure: {}}", "unknown key 'failure' in 'widget.formStates'"),
        ("formStates: {success: {delay: -1}}", "'widget.formStates.success.delay' must be 0 or more"),
        ("cancelAction: {waitForAsyncResponse: true}", "it belongs in 'widget.confirmAction'"),
        ("texts: {requird: x}", "did you mean 'required'?"),
    ],
)
def test_what_is_wrong(line: str, message: str) -> None:
    found = problems(f"widget:\n  type: form\n  {line}\n")
    assert len(found) == 1
    assert message in found[0]


def findings(**widget: Any) -> list[str]:
    return [finding.message for finding in form_findings(widget, ("widget",))]


@pytest.mark.parametrize(
    ("widget", "message"),
    [
        ({"type": "message", "fields": {}}, "'fields' means nothing to a message; it belongs to a form or sitegate"),
        ({"type": "subscription", "formElements": []}, "'formElements' means nothing to a subscription"),
        ({"type": "form", "showForm": False}, "'showForm' means nothing to a form; it belongs to a sitegate"),
        ({"type": "message", "confirmAction": {"waitForAsyncResponse": True}}, "a message has no form"),
        (
            {"type": "form", "formElements": [{"type": "text", "name": "a"}, {"type": "text", "name": "a"}]},
            "two elements of this form are named 'a'",
        ),
        ({"type": "form", "formElements": [{"type": "select", "name": "a"}]}, "a select needs values to choose from"),
        (
            {"type": "form", "formElements": [{"type": "radio-group", "name": "a", "values": [{"value": "1"}]}]},
            "a value of a radio-group needs a label",
        ),
    ],
)
def test_what_does_not_go_together(widget: dict[str, Any], message: str) -> None:
    (found,) = findings(**widget)
    assert found.startswith(message)


def test_values_of_a_wrong_type_are_left_to_the_models() -> None:
    assert findings(type="form", formElements=[3, {"type": "select", "name": "a", "values": 3}]) == []

"""widgets.md 2.7, 5.7: the elements of a form's own."""

from typing import Any

import pytest
from form_helpers import fill, has_class, last, present, press, send
from sdk_shop import ENTRY, Shop

TREE = """() => {
  const line = (node) => {
    const names = [...node.classList].map((name) => '.' + name).join('');
    const attributes = [...node.attributes].filter(({name}) => !['class', 'id'].includes(name))
      .map(({name, value}) => `[${name}=${value}]`).join('');
    const inner = [...node.childNodes].map((child) => child.nodeType === 3 ? child.data : line(child)).join(' ');
    return node.localName + names + (node.id ? '#' + node.id : '') + attributes + (inner ? `{${inner}}` : '');
  };
  return line(document.querySelector('#w .pf-custom-form > div'));
}"""

STAR = "span.required{*}"
REQUIRED = "div.pf-required-flag[aria-hidden=true]{required span}"
INVALID = "div.pf-invalid-flag[aria-hidden=true]{invalid span}"
CHOICES = [{"label": "Red", "value": "r"}, {"label": "<b>Blue</b>", "value": "b"}]

ELEMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "text": (
        {"type": "text", "label": "A <i>b</i>", "required": True, "placeholder": "P"},
        f"div.pf-form-required{{label.pf-form-label[for=n]{{A  i{{b}} {STAR}}} {REQUIRED} "
        "input.pf-has-label#n[type=text][name=n][placeholder=P][data-required=true][aria-required=true]}",
    ),
    "input": ({"type": "input", "placeholder": "P"}, "div{input#n[type=text][name=n][placeholder=P][aria-label=P]}"),
    "email": (
        {"type": "email", "label": "E"},
        f"div.pf-form-required{{label.pf-form-label[for=n]{{E}} {INVALID} "
        "input.pf-has-label#n[type=email][name=n][data-validate=true]}",
    ),
    "email with a pattern": (
        {"type": "email", "label": "E", "pattern": "x"},
        f"div.pf-form-required.pf-form-required-validation{{label.pf-form-label[for=n]{{E}} {INVALID} "
        "input.pf-has-label#n[type=email][name=n][data-validate=true][enforcepattern=x]}",
    ),
    "us-postal-code": (
        {"type": "us-postal-code", "label": "Z"},
        f"div.pf-form-required-validation{{label.pf-form-label[for=n]{{Z}} {INVALID} "
        "input.pf-has-label#n[type=text][name=n][data-validate=true][enforcepattern=^[0-9]{5}$]}",
    ),
    "date": (
        {"type": "date", "minDate": "2020-02-01", "maxDate": "12-31-2030"},
        "div.pf-form-required{input#n[type=date][max=2030-12-31][min=2020-02-01][name=n][aria-label=n][data-validate=true]}",
    ),
    "textarea": (
        {"type": "textarea", "placeholder": "P"},
        "div{textarea#n[rows=5][name=n][placeholder=P][aria-label=P]}",
    ),
    "select": (
        {"type": "select", "placeholder": "P", "values": CHOICES},
        "div{select.default#n[name=n][aria-label=P]{option[value=]{P} option[value=r]{Red} option[value=b]{b{Blue}}}}",
    ),
    "radio-group": (
        {"type": "radio-group", "label": "G", "required": True, "values": CHOICES[:1]},
        f"div.pf-widget-radio-group.pf-form-required{{span.pf-form-label#n{{G {STAR}}} {REQUIRED} "
        "div.pf-has-label[role=radiogroup][data-required=true][aria-required=true][aria-labelledby=n]"
        "{label.pf-widget-radio{input[type=radio][value=r][name=n] Red}}}",
    ),
    "checkbox-group": (
        {"type": "checkbox-group", "label": "G", "required": True, "values": CHOICES[1:]},
        f"div.pf-widget-checkbox-group.pf-form-required{{span.pf-form-label#n{{G {STAR}}} {REQUIRED} "
        "div.pf-has-label[role=group][data-required=true][aria-labelledby=n]"
        "{label.pf-widget-checkbox{input[type=checkbox][value=b][name=n] <b>Blue</b>}}}",
    ),
}


def show(shop: Shop, *elements: dict[str, Any], **config: Any) -> None:
    named = [{"name": "n", **element} if index == 0 else element for index, element in enumerate(elements)]
    present(shop, "Form", formElements=named, **config)


@pytest.mark.parametrize("case", ELEMENTS)
def test_5_7_the_wrapper(shop: Shop, case: str) -> None:
    element, tree = ELEMENTS[case]
    show(shop, element)
    assert shop.run(TREE) == tree


def test_2_7_elements_replace_the_fields_and_stand_before_ok(shop: Shop) -> None:
    show(shop, {"type": "text"}, {"type": "email", "name": "m"})
    children = "[...document.querySelector('#w form').children].map((c) => c.querySelector('input')?.name ?? c.value)"
    assert shop.run(children) == ["n", "m", "Send", "Cancel"]


def test_2_7_the_default_pattern_is_written_back(shop: Shop) -> None:
    show(shop, {"type": "us-postal-code"})
    assert shop.run("w.formElements[0].pattern") == "^[0-9]{5}$"


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ({"type": "tel"}, "Error: unrecognized form element type: tel"),
        ({"type": "radio-group", "values": [{"value": "1"}]}, "Error: radioform group values must contain labels"),
        (
            {"type": "checkbox-group", "values": [{"value": "1"}]},
            "Error: checkboxform group values must contain labels",
        ),
    ],
)
def test_2_7_what_cannot_be_built(shop: Shop, element: dict[str, Any], message: str) -> None:
    shop.run(
        "(element) => { try { pathfora.initializeWidgets([pathfora.Form({id: 'w', formElements: [element]})]); }"
        " catch (error) { window.refused = error.message; } }",
        element,
    )
    assert shop.run("refused") == message
    assert shop.events() == []


def test_2_7_today_is_a_day_of_the_visitors_calendar(shop: Shop) -> None:
    show(shop, {"type": "date", "minDate": "today", "maxDate": "some day"})
    today = "(() => { const d = new Date(); return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, '0')).join('-'); })()"  # noqa: E501
    assert shop.run("document.getElementById('n').min") == shop.run(today)
    send(shop, n="2999-12-31")
    assert "submit" in shop.events()


def test_5_7_ids_stay_unique_on_the_page(shop: Shop) -> None:
    shop.run("document.querySelector('p').id = 'n'")
    show(shop, {"type": "text", "label": "A"})
    assert shop.run("document.querySelector('#w [name=n]').labels[0].textContent") == "A"
    assert shop.run("document.querySelectorAll('#n').length") == 1


@pytest.mark.parametrize(
    ("element", "value", "right"),
    [
        ({"type": "email"}, "bad", False),
        ({"type": "email"}, "a@b.co", True),
        ({"type": "email"}, "", True),
        ({"type": "us-postal-code"}, "1234", False),
        ({"type": "us-postal-code"}, "12345", True),
        ({"type": "date", "minDate": "2020-02-01"}, "2020-01-31", False),
        ({"type": "date", "minDate": "2020-02-01"}, "2020-02-01", True),
        ({"type": "date", "maxDate": "2020-02-01"}, "2020-02-02", False),
        ({"type": "text", "pattern": "b+"}, "abba", True),
        ({"type": "text", "pattern": "^b+$"}, "abba", False),
        ({"type": "text", "pattern": "^b+$"}, "", True),
        ({"type": "text", "required": True}, " ", True),
        ({"type": "text", "required": True}, "", False),
        ({"type": "select", "required": True, "values": CHOICES, "placeholder": "P"}, "", False),
        ({"type": "select", "required": True, "values": CHOICES, "placeholder": "P"}, "r", True),
    ],
)
@pytest.mark.parametrize("label", ["", "Label"])
def test_5_8_values(shop: Shop, element: dict[str, Any], value: str, right: bool, label: str) -> None:
    show(shop, {**element, "label": label})
    send(shop, n=value)
    assert ("submit" in shop.events()) == right
    wrapper = "document.querySelector('#w .pf-custom-form > div').className"
    missing = element.get("required") and not value
    expected = "" if right else "invalid" if missing else "bad-validation"
    assert set(shop.run(wrapper).split()) & {"invalid", "bad-validation"} == ({expected} if expected else set())


@pytest.mark.parametrize("kind", ["radio-group", "checkbox-group"])
def test_5_8_a_required_group_wants_a_choice(shop: Shop, kind: str) -> None:
    show(shop, {"type": kind, "label": "G", "required": True, "values": CHOICES})
    press(shop)
    assert "submit" not in shop.events()
    assert shop.run("document.activeElement.value") == "r"
    shop.page.locator("#w [value=b]").check()
    assert shop.run("document.querySelector('#w .invalid')") is None
    press(shop)
    assert last(shop, "submit")["pf-custom-form"] == {"n": ["b"]}


def test_6_1_answers_of_an_own_form(shop: Shop) -> None:
    boxes = {"type": "checkbox-group", "name": "boxes", "values": CHOICES}
    show(shop, {"type": "text"}, boxes, {**boxes, "name": "none"})
    shop.run("for (const box of document.querySelectorAll('#w [name=boxes]')) box.checked = true")
    send(shop, n="x")
    assert last(shop, "submit")["pf-custom-form"] == {"n": "x", "boxes": ["r", "b"]}
    pairs = [{"name": "n", "value": "x"}, {"name": "boxes", "value": "r"}, {"name": "boxes", "value": "b"}]
    assert shop.run("calls[0][3]") == pairs


def test_11_3_a_pattern_that_is_none_is_reported_and_ignored(shop: Shop) -> None:
    show(shop, {"type": "text", "pattern": "("})
    send(shop, n="x")
    assert any(line.startswith('error: pathfora: widget "w" failed: SyntaxError') for line in shop.run("logged"))
    assert "submit" in shop.events()


def test_11_3_a_pattern_that_would_hang_the_page_is_reported_and_ignored(shop: Shop) -> None:
    shop.open(before="performance.now = Date.now = (() => { let t = 0; return () => (t += 30); })();", entry=ENTRY)
    show(shop, {"type": "text", "pattern": "^(a+)+$"})
    send(shop, n="a" * 60 + "!")
    assert "submit" in shop.events()
    assert any("^(a+)+$ takes too long" in line for line in shop.run("logged"))


def test_6_1_use_of_an_own_form_is_tracked(shop: Shop) -> None:
    show(shop, {"type": "text"})
    shop.page.locator("#w [name=n]").focus()
    fill(shop, n="x")
    shop.run("document.querySelector('#w [name=n]').onchange()")
    assert shop.events() == ["show", "focus:n", "form_start:n"]
    assert not has_class(shop, "success")


def test_12_a_configuration_that_the_page_has_frozen_is_no_trouble(shop: Shop) -> None:
    shop.run("""() => {
      const freeze = (value) => { if (value && typeof value === 'object') Object.values(value).forEach(freeze);
        return Object.freeze(value); };
      pathfora.initializeWidgets([pathfora.Form(freeze({ id: 'w', layout: 'slideout', headline: 'Hi {{name}}',
        confirmAction: { name: 'sent' }, displayConditions: { impressions: { total: 3 }, urlContains: ['*'] },
        colors: {}, theme: 'custom', formStates: { success: { delay: 0 } },
        formElements: [{ type: 'text', name: 'a', label: 'A' }, { type: 'radio-group', name: 'b', label: 'B',
          values: [{ label: 'x', value: '1' }] }] }))], null, freeze({ priority: 'ordered' }));
    }""")
    assert shop.run("document.querySelector('#w h2').textContent") == "Hi Ada"
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    assert shop.events() == ["show", "submit", "confirm:sent"]
    assert shop.run("document.getElementById('w').classList.contains('success')")

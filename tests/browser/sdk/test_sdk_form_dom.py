"""widgets.md 2.3, 2.6, 5.2-5.5: the nodes of forms, subscriptions and gates, and the built-in fields."""

from typing import Any

import pytest
from form_helpers import present
from sdk_shop import Shop
from test_sdk_dom import OUTLINE

FIELDS = "[...document.querySelectorAll('#w form [name]')].map((field) => field.name)"
SEND = "button.pf-widget-btn.pf-widget-ok[type=submit]{%s}"
CANCEL = "button.pf-widget-btn.pf-widget-cancel[type=button]{Cancel}"
VOICE = "span.pf-widget-announcement[role=status]"


NAME = (
    "input[type=text][name=username][placeholder=Name][aria-label=Name]"
    "[data-required=true][aria-required=true][autocomplete=name]"
)
EMAIL = (
    "input[type=email][name=email][placeholder=Email][aria-label=Email]"
    "[data-required=true][aria-required=true][data-validate=true][autocomplete=email]"
)
TITLE = "input[type=text][name=title][placeholder=Title][aria-label=Title][autocomplete=organization-title]"
COMPANY = "input[type=text][name=company][placeholder=Company][aria-label=Company][autocomplete=organization]"
MESSAGE = "textarea[rows=5][name=message][placeholder=Message][aria-label=Message]"
ADDRESS = f"span{{{EMAIL}}}"
FORM = f"form[novalidate=]{{{NAME} {EMAIL} {TITLE} {MESSAGE} {SEND % 'Send'} {CANCEL}}}"
FORM_INLINE = f"form[novalidate=]{{{NAME} {EMAIL} {TITLE} {MESSAGE} {SEND % 'Send'}}}"
GATE = f"form[novalidate=]{{{NAME} {EMAIL} {TITLE} {COMPANY} {SEND % 'Submit'}}}"
ASK = f"form[novalidate=]{{{SEND % 'Confirm'} {ADDRESS}}}"
TEXT = "p.pf-widget-message#w-pf-widget-message{There}"
HEAD = "h2.pf-widget-headline#w-pf-widget-headline{Hi}"
CLOSE = "button.pf-widget-close[type=button][aria-label=Close]{\u00d7}"


def modal(form: str, close: str = CLOSE + " ") -> str:
    return (
        "div.pf-widget-container[role=dialog][aria-modal=true][tabindex=-1]"
        "[aria-labelledby=w-pf-widget-headline][aria-describedby=w-pf-widget-message]"
        f"{{div.pf-va-middle{{div.pf-widget-content{{{close}div.pf-widget-text{{{HEAD} div.pf-widget-body{{"
        f"div.pf-va-middle{{{TEXT} {form} div.pf-widget-footer {VOICE}}}}}}}}}}}}}"
    )


def slideout(form: str) -> str:
    inner = f"{HEAD} {TEXT} {form} div.pf-widget-footer {VOICE}"
    return f"{CLOSE} div.pf-widget-body div.pf-widget-content{{{inner}}}"


def inline(form: str) -> str:
    inner = f"{HEAD} div.pf-widget-body{{div.pf-va-middle{{{TEXT} {form} {VOICE}}}}}"
    return f"div.pf-widget-container{{div.pf-va-middle{{div.pf-widget-content{{div.pf-widget-text{{{inner}}}}}}}}}"


TREES = {
    ("Form", "modal"): modal(FORM),
    ("Form", "slideout"): slideout(FORM),
    ("Form", "inline"): inline(FORM_INLINE),
    ("Subscription", "modal"): modal(ASK),
    ("Subscription", "slideout"): slideout(ASK),
    ("Subscription", "bar"): f"div.pf-widget-body {CLOSE} div.pf-bar-content{{{TEXT} {ASK} {VOICE}}}",
    ("Subscription", "inline"): inline(ASK),
    ("SiteGate", "modal"): modal(GATE, ""),
}


@pytest.mark.parametrize(("factory", "layout"), TREES)
def test_5_2_to_5_5_the_tree(shop: Shop, factory: str, layout: str) -> None:
    position = {"positionSelector": "#host"} if layout == "inline" else {}
    present(shop, factory, layout=layout, headline="Hi", msg="There", **position)
    assert shop.run(OUTLINE) == TREES[factory, layout]
    name = factory.lower()
    assert shop.run("document.getElementById('w').className").startswith(f"pf-widget pf-{name} pf-widget-{layout} ")


@pytest.mark.parametrize(
    ("factory", "layout"),
    [("Form", "bar"), ("Form", "button"), ("Subscription", "button"), ("SiteGate", "slideout"), ("SiteGate", "inline")],
)
def test_2_3_other_layouts_have_no_template(shop: Shop, factory: str, layout: str) -> None:
    shop.run(
        "([factory, layout]) => { try { pathfora.initializeWidgets([pathfora[factory]({id: 'w', layout})]); }"
        " catch (error) { window.refused = error.message; } }",
        [factory, layout],
    )
    assert shop.run("refused") == "Error: Could not get pathfora template based on type and layout."
    assert shop.events() == []


@pytest.mark.parametrize("key", ["name", "username"])
def test_2_6_fields_are_taken_out_by_either_name(shop: Shop, key: str) -> None:
    present(shop, "Form", fields={key: False, "message": False})
    assert shop.run(FIELDS) == ["email", "title"]


def test_2_6_all_fields_in_their_order(shop: Shop) -> None:
    everything = dict.fromkeys(["company", "phone", "country", "referralEmail", "message"], True)
    present(shop, "SiteGate", fields=everything)
    order = ["username", "email", "title", "company", "phone", "country", "referralEmail", "message"]
    assert shop.run(FIELDS) == order
    halves = "[...document.querySelectorAll('#w form [name]')].map((f) => f.className).slice(4, 7)"
    assert shop.run(halves) == ["pf-field-half-width", "pf-field-half-width default right", ""]


def test_2_6_placeholders_and_required(shop: Shop) -> None:
    present(
        shop, "Form", placeholders={"name": "Who?", "country": "Where?"}, required={"name": False, "title": True},
        fields={"country": True},
    )  # fmt: skip
    read = """['username', 'title', 'country'].map((name) => {
      const field = document.querySelector(`#w [name=${name}]`);
      return [field.getAttribute('placeholder'), field.getAttribute('aria-label'), field.dataset.required ?? null];
    })"""
    assert shop.run(read) == [["Who?", "Who?", None], ["Title", "Title", "true"], [None, "Where?", None]]
    assert shop.run("document.querySelector('#w option').textContent") == "Where?"


def test_2_6_countries(shop: Shop) -> None:
    present(shop, "Form", fields={"country": True})
    options = shop.run("[...document.querySelectorAll('#w option')].map((o) => [o.value, o.textContent])")
    assert options[0] == ["", "Country"]
    names = {name: value for value, name in options}
    pinned = {"Armenia": "AA", "Iran": "IA", "North Korea": "NK", "Somalia": "OI", "Turkmenistan": "TU"}
    pinned |= {"Vatican City": "VS", "Timor-Leste": "TM", "Mayotte": "ME", "Montenegro": "ME", "Guernsey": "GG"}
    pinned |= {"Germany": "DE", "United States": "US", "Nauru": "NU", "Niue": "NW", "Congo - Kinshasa": "ZR"}
    assert {name: names.get(name) for name in pinned} == pinned
    assert 240 < len(options) < 265
    pinned_once = {"Serbia": "RS", "France": "FR", "United Kingdom": "GB", "Russia": "RU", "Yemen": "YE", "Benin": "BJ"}
    assert {name: names.get(name) for name in pinned_once} == pinned_once
    assert not {"ZZ", "XA", "UN", "EZ"} & {value for value, _ in options}
    assert [name for _, name in options[1:]] == shop.run(
        "(names) => names.sort((a, b) => a.localeCompare(b, 'en-US'))", [name for _, name in options[1:]]
    )


def test_2_6_a_select_looks_like_a_placeholder_until_something_is_chosen(shop: Shop) -> None:
    present(shop, "Form", fields={"country": True})
    country = shop.page.locator("#w select")
    assert country.get_attribute("class") == "default"
    country.select_option("DE")
    assert country.get_attribute("class") == ""


def test_2_5_a_gate_without_a_form(shop: Shop) -> None:
    present(shop, "SiteGate", showForm=False)
    assert shop.run("[...document.querySelectorAll('#w form *')].map((n) => n.className)") == [
        "pf-widget-btn pf-widget-ok"
    ]


def test_11_1_a_gates_cancel_button_has_a_text(shop: Shop) -> None:
    present(shop, "SiteGate", cancelShow=True)
    assert shop.run("document.querySelector('#w .pf-widget-cancel').textContent") == "Cancel"


COLORS: dict[str, Any] = {"fieldBackground": "rgb(1, 2, 3)", "required": "rgb(4, 5, 6)", "requiredText": "rgb(7, 8, 9)"}


def test_9_3_colours_of_fields(shop: Shop) -> None:
    elements = [
        {"type": "text", "name": "a", "label": "A", "required": True},
        {"type": "text", "name": "b", "placeholder": "B", "required": True},
    ]
    present(shop, "Form", theme="custom", colors=COLORS, formElements=elements)
    read = """[['input', 'backgroundColor'], ['.pf-required-flag', 'backgroundColor'], ['.pf-required-flag', 'color'],
      ['.pf-required-flag span', 'borderRightColor'], ['span.required', 'color'], ['#b', 'borderTopColor']]
      .map(([selector, key]) => getComputedStyle(document.querySelector('#w ' + selector))[key])"""
    field_color, required, text = COLORS.values()
    assert shop.run(read) == [field_color, required, text, required, required, required]

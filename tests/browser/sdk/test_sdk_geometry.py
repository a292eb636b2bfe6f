"""widgets.md 2.4, 9.2: every number of the layouts, as the browser computes it. Many widgets on each page."""

from typing import Any

import pytest
from sdk_shop import Shop
from support.specimens import PICTURE, RECOMMENDED

BUILDS = ("readable",)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 700}

LOOK = """([selector, names]) => {
  const style = getComputedStyle(document.querySelector(selector));
  return Object.fromEntries(names.map((name) => [name, style[name]]));
}"""
BOX = """(selector) => {
  const { left, top, right, bottom, width, height } = document.querySelector(selector).getBoundingClientRect();
  return { left, top, right: innerWidth - right, bottom: innerHeight - bottom, width, height };
}"""


def place(shop: Shop, factory: str = "Message", **config: Any) -> None:
    """A widget that is in the page but not opened yet, in the place of the one before."""
    shop.page.wait_for_function("document.styleSheets.length > 0")
    shop.run(
        """([factory, config]) => { pathfora.clearAll();
        pathfora.initializeWidgets([pathfora[factory](config)]); }""",
        [factory, {"id": "w", "msg": "Text", **config}],
    )


def look(shop: Shop, selector: str, names: Any) -> dict[str, str]:
    return dict(shop.run(LOOK, [selector, list(names)]))


def has(shop: Shop, part: str, **wanted: str) -> None:
    selector = f"#w {part}".strip()
    assert (selector, look(shop, selector, wanted)) == (selector, wanted)


def box(shop: Shop, part: str = "") -> dict[str, float]:
    return dict(shop.run(BOX, f"#w {part}".strip()))


def near(found: dict[str, float], **wanted: float) -> None:
    assert {name: round(found[name]) for name in wanted} == wanted


@pytest.fixture
def phone(shop: Shop) -> Any:
    shop.page.set_viewport_size(PHONE)
    yield shop
    shop.page.set_viewport_size(DESKTOP)


def test_9_2_widgets_are_hidden_until_opened_and_above_the_page(shop: Shop) -> None:
    for layout in ("modal", "slideout", "bar", "button", "inline"):
        place(shop, layout=layout, positionSelector="#host")
        has(shop, "", visibility="hidden", opacity="0", zIndex="9999")
        shop.tick(50)
        has(shop, "", visibility="visible", opacity="1")
        has(shop, "", fontFamily='"Helvetica Neue", Helvetica, Arial, sans-serif', fontSize="15px")


def test_9_2_modals_and_gates_are_centred_boxes_over_a_veil(shop: Shop) -> None:
    for layout in ("modal", "gate"):
        place(shop, layout=layout, headline="Head", footerText="Foot")
        shop.tick(50)
        has(shop, "", position="fixed", backgroundColor="rgba(0, 0, 0, 0.5)")
        near(box(shop), left=0, top=0, width=1280, height=800)
        wanted = {"position": "fixed", "maxWidth": "780px", "padding": "40px", "borderRadius": "5px"}
        has(shop, ".pf-widget-content", **wanted, maxHeight="100%", overflowY="auto")
        has(shop, ".pf-widget-content", boxShadow="rgba(0, 0, 0, 0.5) 0px 4px 4px -4px")
        has(shop, ".pf-widget-headline", fontSize="28px")
        has(shop, ".pf-widget-message", fontSize="18px")
        has(shop, ".pf-widget-btn", fontSize="16px", lineHeight="45px")
        found = box(shop, ".pf-widget-content")
        assert abs(found["left"] - found["right"]) <= 1
        assert abs(found["top"] - found["bottom"]) <= 1
    place(shop, msg="long " * 2000)
    near(box(shop, ".pf-widget-content"), left=250, width=780, top=0, height=800)


@pytest.mark.parametrize("width", [737, 760])
def test_9_2_a_modal_is_never_wider_than_the_window(shop: Shop, width: int) -> None:
    shop.page.set_viewport_size({"width": width, "height": 800})
    place(shop, msg="long " * 200)
    near(box(shop, ".pf-widget-content"), left=0, right=0)
    shop.page.set_viewport_size(DESKTOP)


def test_9_2_modals_on_phones_have_less_padding(phone: Shop) -> None:
    place(phone, msg="long " * 20)
    has(phone, ".pf-widget-content", padding="40px 20px")
    near(box(phone, ".pf-widget-content"), left=16, right=16)


SLIDEOUTS = {
    "bottom-left": {"left": 50, "bottom": 50},
    "bottom-right": {"right": 50, "bottom": 50},
    "top-left": {"left": 50, "top": 50},
    "top-right": {"right": 50, "top": 50},
    "left": {"left": 50},
    "right": {"right": 50},
}


def test_9_2_slideouts_come_from_the_side_to_fifty_pixels_from_the_edge(shop: Shop) -> None:
    for position, wanted in SLIDEOUTS.items():
        side = position.split("-")[-1]
        place(shop, layout="slideout", position=position, headline="Head")
        has(shop, "", position="fixed", width="350px", borderRadius="4px", **{side: "-1280px"})
        shop.tick(50)
        near(box(shop), **wanted)
        has(shop, "", boxShadow="rgba(0, 0, 0, 0.5) 0px 4px 4px -4px")
        if position == side:
            found = box(shop)
            assert abs(found["top"] - found["bottom"]) <= 1
    has(shop, ".pf-widget-content", padding="30px")
    has(shop, ".pf-widget-headline", fontSize="20px")
    place(shop, "Form", layout="slideout")
    has(shop, "", width="370px")


def test_9_2_slideouts_from_below(shop: Shop) -> None:
    for position, side in (("bottom-left", "left"), ("bottom-right", "right")):
        place(shop, layout="slideout", position=position, origin="bottom")
        has(shop, "", bottom="-800px", **{side: "-1280px"})
        shop.tick(50)
        near(box(shop), bottom=50, **{side: 50})


def test_9_2_slideouts_on_phones_reach_the_edges(phone: Shop) -> None:
    for position, wanted in SLIDEOUTS.items():
        place(phone, layout="slideout", position=position)
        phone.tick(50)
        near(box(phone), width=350, **dict.fromkeys(wanted, 0))
    place(phone, "Form", layout="slideout")
    near(box(phone), width=350)
    phone.page.set_viewport_size({"width": 320, "height": 700})
    near(box(phone), width=320)


def test_9_2_bars_are_strips_of_at_least_59_pixels(shop: Shop) -> None:
    for position in ("top-absolute", "top-fixed", "bottom-fixed"):
        edge = position.split("-")[0]
        place(shop, layout="bar", position=position)
        has(shop, "", position="absolute" if position == "top-absolute" else "fixed", **{edge: "-50px"})
        has(shop, "", minHeight="59px", paddingTop="10px", paddingBottom="10px", paddingLeft="0px", paddingRight="0px")
        shop.tick(50)
        near(box(shop), left=0, right=0, **{edge: 0})
        sign = "" if edge == "top" else "-"
        has(shop, "", boxShadow=f"rgba(0, 0, 0, 0.5) 0px {sign}4px 4px -4px")
        assert box(shop)["height"] >= 59


def test_2_4_centred_bars_are_as_wide_as_their_text(shop: Shop) -> None:
    for edge in ("top", "bottom"):
        place(shop, layout="bar", position=f"{edge}-center")
        has(shop, "", position="fixed", **{edge: "-50px"})
        shop.tick(50)
        found = box(shop)
        near(found, **{edge: 0})
        assert found["width"] < 600
        assert abs(found["left"] - found["right"]) <= 1


def test_9_2_a_bar_pushes_the_page_down(shop: Shop) -> None:
    place(shop, layout="bar", position="top-fixed", pushDown="main")
    shop.tick(50)
    assert look(shop, "main", ["marginTop"]) == {"marginTop": "59px"}
    shop.page.set_viewport_size(PHONE)
    assert look(shop, "main", ["marginTop"]) == {"marginTop": "0px"}
    shop.page.set_viewport_size(DESKTOP)


def test_9_2_buttons_are_tabs_42_pixels_from_the_side(shop: Shop) -> None:
    for position in ("top-left", "top-right", "bottom-left", "bottom-right"):
        edge, side = position.split("-")
        place(shop, layout="button", position=position)
        has(shop, "", position="fixed", **{edge: "-50px"})
        shop.tick(50)
        near(box(shop), **{edge: -6, side: 42})
        shop.page.hover("#w button")
        near(box(shop), **{edge: -1, side: 42})
        shop.page.mouse.move(600, 400)


def test_9_2_side_buttons_are_turned(shop: Shop) -> None:
    for side, turn in (("left", "matrix(0, 1, -1, 0, 0, "), ("right", "matrix(0, -1, 1, 0, 0, ")):
        place(shop, layout="button", position=side)
        has(shop, "", top="80px", **{side: "-50px"})
        shop.tick(50)
        found = look(shop, "#w", ["transform"])["transform"].replace("-0,", "0,")
        assert found.startswith(turn[:20]), found
        near(box(shop), **{side: -6})
        assert box(shop)["height"] > box(shop)["width"]
        assert box(shop)["top"] >= 0
        shop.page.hover("#w button")
        near(box(shop), **{side: -1})
        shop.page.mouse.move(600, 400)


def test_9_2_a_long_text_on_a_button_ends_in_dots(shop: Shop) -> None:
    place(shop, layout="button", msg="A very long text for a small tab")
    has(shop, ".pf-widget-message", maxWidth="150px", overflow="hidden", textOverflow="ellipsis", whiteSpace="nowrap")
    near(box(shop, ".pf-widget-message"), width=192)
    assert shop.run("(n => n.scrollWidth > n.clientWidth)(document.querySelector('#w .pf-widget-message'))")


def test_9_2_inline_widgets_are_boxes_in_the_text(shop: Shop) -> None:
    place(shop, layout="inline", positionSelector="#host")
    has(shop, "", padding="20px", borderRadius="2px", position="relative")


def test_2_5_images_have_their_size_in_each_layout_and_show_in_variant_two(shop: Shop) -> None:
    sizes = {"modal": 140, "slideout": 100, "bar": 35, "inline": 100}
    for layout, size in sizes.items():
        place(shop, layout=layout, positionSelector="#host", image=PICTURE, variant=2)
        has(shop, ".pf-widget-img", display="block", width=f"{size}px", height=f"{size}px")
        place(shop, layout=layout, positionSelector="#host", image=PICTURE, variant=1)
        has(shop, ".pf-widget-img", display="none")
    place(shop, layout="bar", image=PICTURE, variant=2)
    has(shop, ".pf-widget-img", borderRadius="50%")


def test_9_2_a_recommendation_is_a_picture_beside_a_text(shop: Shop) -> None:
    for layout in ("modal", "inline"):
        place(shop, layout=layout, positionSelector="#host", variant=3)
        has(shop, ".pf-content-unit", display="none")
        place(shop, layout=layout, positionSelector="#host", **{**RECOMMENDED, "variant": 1})
        has(shop, ".pf-content-unit", display="none")
        place(shop, layout=layout, positionSelector="#host", msg="long " * 40, **RECOMMENDED)
        shop.tick(50)
        has(shop, ".pf-content-unit", display="flex", minHeight="135px")
        whole, image, text = (box(shop, f".pf-content-unit{part}")["width"] for part in ("", "-img", "-meta"))
        room = box(shop, ".pf-widget-message")["width"]
        shares = [round(part, 2) for part in (whole / room, image / whole, text / whole)]
        assert shares == [0.95, 0.4, 0.6], layout


def test_9_2_a_stacked_recommendation_has_its_picture_on_top(shop: Shop) -> None:
    place(shop, layout="slideout", **RECOMMENDED)
    has(shop, ".pf-content-unit", display="block")
    image, text = box(shop, ".pf-content-unit-img"), box(shop, ".pf-content-unit-meta")
    near(image, width=290, height=135)
    assert (text["width"], round(text["top"])) == (290, round(image["top"] + image["height"]))


def test_9_2_what_is_not_for_phones_is_away_at_either_limit(shop: Shop) -> None:
    place(shop, responsive=False)
    for width, height, display in ((737, 641, "block"), (736, 641, "none"), (737, 640, "none")):
        shop.page.set_viewport_size({"width": width, "height": height})
        has(shop, "", display=display)
    shop.page.set_viewport_size(DESKTOP)


def test_2_6_half_wide_fields_stand_side_by_side(shop: Shop) -> None:
    for layout in ("modal", "slideout", "inline"):
        place(shop, "Form", layout=layout, positionSelector="#host", fields={"phone": True, "country": True})
        phone, country, email = (box(shop, f"[name={name}]") for name in ("phone", "country", "email"))
        assert (round(phone["top"]), round(phone["width"])) == (round(country["top"]), round(country["width"]))
        assert (round(phone["left"]), round(country["right"])) == (round(email["left"]), round(email["right"]))
        assert round(country["left"] - phone["left"] - phone["width"]) == 12


def test_2_8_a_state_takes_the_place_of_the_form(shop: Shop) -> None:
    for layout in ("modal", "slideout", "inline"):
        for state in ("success", "error"):
            texts = {"headline": "H", "msg": "M", "delay": 0}
            place(shop, "Form", layout=layout, positionSelector="#host", formStates={state: texts})
            has(shop, f".{state}-state", display="none")
            shop.run("(state) => document.getElementById('w').classList.add(state)", state)
            has(shop, f".{state}-state", display="block")
            for part in ("form", ".pf-widget-headline"):
                has(shop, part, display="none")
            has(shop, f".{state}-state .pf-widget-headline", display="block")
            place(shop, "Subscription", layout="bar", formStates={state: texts})
            has(shop, f".{state}-state", display="none")
            shop.run("(state) => document.getElementById('w').classList.add(state)", state)
            has(shop, f".{state}-state", display="block")
            has(shop, "form", display="none")


def test_5_7_flags_stand_on_what_is_wrong_only(shop: Shop) -> None:
    elements = [{"type": "email", "name": "mail", "label": "E-mail", "required": True}]
    place(shop, "Form", formElements=elements)
    has(shop, ".pf-custom-form > div", position="relative")
    for name, shown, away in (("invalid", "required", "invalid"), ("bad-validation", "invalid", "required")):
        shop.run("(name) => { document.querySelector('#w form > div').className = name; }", name)
        has(shop, f".pf-{shown}-flag", display="block", position="absolute")
        has(shop, f".pf-{away}-flag", display="none")


def test_2_5_branding_stands_below_the_content(shop: Shop) -> None:
    for layout in ("modal", "slideout"):
        place(shop, layout=layout, branding=True)
        has(shop, ".branding", fontSize="12px", marginTop="20px")
    place(shop, branding=True, image=PICTURE, variant=2, msg="Text " * 200)
    below = shop.run("""() => {
      const [text, logo] = ['text', 'branding'].map((name) => document.querySelector(`#w [class$=${name}]`));
      return text.getBoundingClientRect().bottom - logo.getBoundingClientRect().bottom;
    }""")
    assert abs(below) < 1

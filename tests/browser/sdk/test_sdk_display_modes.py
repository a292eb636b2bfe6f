"""widgets.md 9.2, 11.2: what visitors and host pages do to the display, and that widgets stay whole in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from sdk_shop import ORIGIN, Shop
from support.specimens import ELEMENTS, FOOTER, PICTURE, TEXTS, specimens

BUILDS = ("readable",)
DESKTOP = {"width": 1280, "height": 800}
OVERLAYS = [specimen for specimen in specimens() if specimen.layout != "inline" and not specimen.state]

# Where everything of the widget is, to half a pixel.
PARTS = """() => [...document.querySelectorAll('#w, #w *:not(option)')].map((node) => {
  const { left, top, width, height } = node.getBoundingClientRect();
  return [node.localName, node.className, ...[left, top, width, height].map((value) => Math.round(value * 2) / 2)];
})"""
# What can be read or pressed and is not wholly within the window or the widget's own scroll area, to a pixel.
OUTSIDE = """() => {
  const scroller = document.querySelector('#w .pf-widget-content, #w');
  return [...document.querySelectorAll('#w *')].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.left < -1 || box.right > innerWidth + 1);
  }).map((node) => node.className || node.localName)
    .concat(scroller.scrollWidth > scroller.clientWidth + 1 ? ['scrolls sideways'] : []);
}"""


def show(shop: Shop, factory: str = "Message", **config: Any) -> None:
    shop.page.wait_for_function("document.styleSheets.length > 0")
    shop.run(
        """([factory, config]) => { pathfora.clearAll();
        pathfora.initializeWidgets([pathfora[factory](config)]); }""",
        [factory, {"id": "w", **TEXTS, **config}],
    )
    shop.tick(50)


@pytest.fixture
def media(shop: Shop) -> Iterator[Shop]:
    yield shop
    shop.page.emulate_media(media="null", forced_colors="null", reduced_motion="null", color_scheme="null")
    shop.page.set_viewport_size(DESKTOP)


HOSTS = {
    "universal reset": "<style>* { margin: 0; padding: 0; box-sizing: content-box; border: 0; font: inherit }</style>",
    "nothing left": "<style>body * { all: unset }</style>",
    "wide buttons": """<style>button { display: block; width: 100%; margin: 20px; padding: 30px; float: left;
      text-transform: uppercase; letter-spacing: 5px; min-height: 90px } button:hover { padding: 50px }</style>""",
    "big root": "<style>html { font-size: 40px } body { line-height: 3; letter-spacing: 4px; word-break: break-all;"
    " text-transform: uppercase; text-align: center; font: italic 30px/3 monospace }</style>",
    "styled elements": """<style>div { padding: 7px; border: 3px solid red; max-width: 200px }
      h2, p, label, form { margin: 40px; padding: 20px; font: 700 50px serif; text-align: right; float: right }
      input, select, textarea { width: 40px; height: 90px; margin: 30px; border: 9px solid; border-radius: 30px }
      a, span { display: block; font-size: 40px; margin: 10px } * { line-height: 3 }</style>""",
}


def parts(shop: Shop) -> list[list[Any]]:
    """All parts of four widgets that have about everything."""
    found = []
    for factory, config in (
        ("Form", {"layout": "modal", "formElements": ELEMENTS, **FOOTER}),
        ("Message", {"layout": "slideout", "image": PICTURE, "variant": 2}),
        ("Subscription", {"layout": "bar", "msg": "Hi"}),
        ("Message", {"layout": "button", "msg": "Help"}),
    ):
        show(shop, factory, **config)
        found.append(shop.run(PARTS))
    return found


def differences(found: list[list[Any]], wanted: list[list[Any]]) -> list[Any]:
    pairs = [pair for lists in zip(found, wanted, strict=True) for pair in zip(*lists, strict=True)]
    return [pair for pair in pairs if pair[0] != pair[1]]


@pytest.mark.parametrize("host", HOSTS)
def test_11_7_widgets_look_the_same_on_hostile_pages(shop: Shop, host: str) -> None:
    calm = parts(shop)
    shop.open(head=HOSTS[host])
    assert differences(parts(shop), calm) == []


def test_11_7_widgets_look_the_same_in_quirks_mode(shop: Shop) -> None:
    calm = parts(shop)
    shop.open()
    shop.html = shop.html.removeprefix("<!doctype html>")
    shop.page.goto(ORIGIN + "/")
    assert shop.run("document.compatMode") == "BackCompat"
    assert differences(parts(shop), calm) == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 568)])
def test_11_2_nothing_is_lost_at_four_hundred_percent(media: Shop, width: int, height: int) -> None:
    media.page.set_viewport_size({"width": width, "height": height})
    for specimen in specimens():
        if specimen.state:
            continue
        show(media, specimen.factory, **specimen.settings(None))
        assert (specimen.name, media.run(OUTSIDE)) == (specimen.name, [])
        reached = media.run("""() => {
          for (const node of [...document.querySelectorAll('#w button')].filter((node) => node.offsetWidth)) {
            node.scrollIntoView({ block: 'nearest' });
            const { left, top, width, height } = node.getBoundingClientRect();
            const hit = document.elementFromPoint(left + width / 2, Math.max(top + height / 2, 1));
            if (!node.contains(hit)) return node.className;
          }
        }""")
        assert (specimen.name, reached) == (specimen.name, None)
        assert media.run("document.documentElement.scrollWidth") == width


def test_11_2_the_longest_word_is_broken_at_four_hundred_percent_and_no_button(media: Shop) -> None:
    media.page.set_viewport_size({"width": 320, "height": 256})
    picture = {"image": PICTURE, "variant": 2}
    for factory, config in (("Message", picture), ("Message", {"layout": "bar"}), ("Subscription", {"layout": "bar"})):
        show(media, factory, **{"headline": "Rindfleisch" * 9, "msg": "Etikettierung" * 9, **config})
        assert (factory, config, media.run(OUTSIDE)) == (factory, config, [])
        heights = media.run("[...document.querySelectorAll('#w .pf-widget-btn')].map((node) => node.offsetHeight)")
        assert max(heights) < 60


def test_11_2_right_to_left_pages_mirror_what_is_within(shop: Shop) -> None:
    shop.run("document.documentElement.dir = 'rtl'")
    for layout in ("modal", "slideout", "bar"):
        show(shop, layout=layout)
        box = "(n => n.getBoundingClientRect())(document.querySelector('%s'))"
        surface = shop.run(box % ("#w .pf-widget-content" if layout == "modal" else "#w"))
        close = shop.run(box % "#w .pf-widget-close")
        assert close["right"] < surface["x"] + surface["width"] / 2, layout
        assert close["x"] - surface["x"] < 20, layout
        assert shop.run(OUTSIDE) == []
    show(shop, "Form", fields={"phone": True, "country": True})
    where = "document.querySelector('#w [name=%s]').getBoundingClientRect().left"
    assert shop.run(where % "phone") > shop.run(where % "country")
    show(shop, layout="slideout", position="bottom-left")
    assert shop.run("document.getElementById('w').getBoundingClientRect().left") == 50
    show(shop)
    left, right = shop.run("""(({left, right}) => [left, innerWidth - right])(
      document.querySelector('#w .pf-widget-content').getBoundingClientRect())""")
    assert abs(left - right) <= 1


def test_9_2_notches_and_home_bars_cover_nothing(media: Shop) -> None:
    media.page.set_viewport_size({"width": 390, "height": 844})
    session = media.page.context.new_cdp_session(media.page)
    insets = {"top": 47, "bottom": 34, "left": 0, "right": 0}
    session.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    style = "getComputedStyle(document.querySelector('#w')).%s"
    for position, edge, padding in (("top-fixed", "Top", "57px"), ("bottom-fixed", "Bottom", "44px")):
        show(media, layout="bar", position=position)
        assert media.run(style % f"padding{edge}") == padding
    show(media, layout="slideout")
    assert media.run(style % "paddingBottom") == "34px"
    show(media, msg="long " * 2000)
    assert media.run("document.querySelector('#w .pf-widget-content').getBoundingClientRect().top") >= 47
    media.page.set_viewport_size({"width": 844, "height": 390})
    session.send("Emulation.setSafeAreaInsetsOverride", {"insets": {"top": 0, "bottom": 21, "left": 47, "right": 47}})
    show(media, layout="slideout")
    assert media.run("document.querySelector('#w').getBoundingClientRect().left") == 47
    session.send("Emulation.setSafeAreaInsetsOverride", {"insets": dict.fromkeys(insets, 0)})


def test_11_2_forced_colours_keep_every_edge(media: Shop) -> None:
    media.page.emulate_media(forced_colors="active")
    edges = "[...document.querySelectorAll('%s')].map((n) => getComputedStyle(n)).map((s) => [s.%s, s.%s])"
    for layout, surface in (("modal", "#w .pf-widget-content"), ("slideout", "#w"), ("bar", "#w"), ("button", "#w")):
        show(media, layout=layout)
        [[style, colour]] = media.run(edges % (surface, "outlineStyle", "outlineColor"))
        assert (style, colour) == ("solid", "rgb(255, 255, 255)") or colour == "rgb(0, 0, 0)", layout
    show(media, "Form", formElements=ELEMENTS)
    for style, colour in media.run(
        edges % ("#w .pf-widget-btn, #w textarea, #w select", "borderTopStyle", "borderTopColor")
    ):
        assert style == "solid"
        assert "0, 0, 0, 0" not in colour


def test_11_2_focus_can_be_seen_on_any_colour(shop: Shop) -> None:
    show(shop, "Form", layout="slideout")
    rings = []
    for _ in range(4):
        shop.page.keyboard.press("Tab")
        rings.append(
            shop.run("""() => { const style = getComputedStyle(document.activeElement);
            return [document.activeElement.closest('#w') !== null, style.outlineStyle, style.outlineWidth,
              style.outlineColor, style.boxShadow]; }""")
        )
    within = [ring[1:] for ring in rings if ring[0]]
    ring = ["solid", "2px", "rgb(0, 0, 0)", "rgb(255, 255, 255) 0px 0px 0px 5px"]
    assert within
    assert within == [ring] * len(within)


def test_11_2_nothing_moves_by_itself(shop: Shop) -> None:
    for specimen in OVERLAYS:
        show(shop, specimen.factory, **specimen.settings(None))
        shop.run("document.getElementById('w').classList.add('success')")
        moving = shop.run("""[...document.querySelectorAll('#w, #w *')].filter((node) => {
          const style = getComputedStyle(node);
          return style.transitionDuration !== '0s' || style.animationName !== 'none'; }).length""")
        assert (specimen.name, moving) == (specimen.name, 0)


def test_9_2_overlays_are_not_printed_and_inline_widgets_are(media: Shop) -> None:
    media.page.emulate_media(media="print")
    for layout, display in (("modal", "none"), ("slideout", "none"), ("bar", "none"), ("inline", "block")):
        show(media, layout=layout, positionSelector="#host")
        assert media.run("getComputedStyle(document.getElementById('w')).display") == display


def test_9_2_fields_stay_light_on_dark_pages(media: Shop) -> None:
    media.open(head="<style>:root { color-scheme: dark }</style>")
    media.page.emulate_media(color_scheme="dark")
    show(media, "Form", formElements=ELEMENTS)
    assert media.run("getComputedStyle(document.querySelector('#w [type=date]')).colorScheme") == "light"


def test_9_2_overlays_shift_nothing(shop: Shop) -> None:
    shop.run("""() => { window.shifts = [];
      new PerformanceObserver((list) => shifts.push(...list.getEntries().map((entry) => entry.value)))
        .observe({ type: 'layout-shift', buffered: false }); }""")
    for specimen in OVERLAYS:
        show(shop, specimen.factory, **specimen.settings(None))
        shop.page.screenshot()
    # A shift of our own, to know that shifts are seen.
    shop.run(
        "document.querySelector('main').prepend(Object.assign(document.createElement('div'), {style: 'height: 99px'}))"
    )
    shop.page.screenshot()
    shop.page.wait_for_function("shifts.length > 0", polling=20)
    assert len(shop.run("shifts")) == 1


def test_platform_1_3_lone_classes_of_a_brand_win_over_the_reset(shop: Shop) -> None:
    shop.open(
        head="""<style>.pf-widget-headline { text-transform: uppercase } .pf-widget-btn { letter-spacing: 3px }
      .own { font-style: italic }</style>"""
    )
    show(shop, msg='<a class="own" href="#x">x</a>')
    for part, name, value in (
        (".pf-widget-headline", "textTransform", "uppercase"),
        (".pf-widget-btn", "letterSpacing", "3px"),
        (".own", "fontStyle", "italic"),
    ):
        assert shop.run(f"getComputedStyle(document.querySelector('#w {part}')).{name}") == value

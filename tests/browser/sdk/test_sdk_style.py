"""widgets.md 9: geometry, themes, contrast."""

from typing import Any

import pytest
from sdk_shop import Shop

BUILDS = ("readable",)

BOX = "(n => { const r = n.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom].map(Math.round); })"

# The colour of each text and the first opaque background under it, as a ratio (WCAG 2.2).
CONTRASTS = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = (color) => color.slice(0, 3).map((v) => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const under = (node) => {
    for (; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const hasText = (node) => [...node.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('#w *')].filter(hasText)
    .map((node) => {
      const [a, b] = [light(parse(getComputedStyle(node).color)), light(under(node))].sort((x, y) => y - x);
      return [node.className || node.localName, (a + 0.05) / (b + 0.05)];
    });
}"""

FULL = {"headline": "Head", "msg": 'Text with a <a href="/x">link</a>', "footerText": "Foot", "cancelMessage": "No"}


def ready(shop: Shop, **config: Any) -> None:
    shop.page.wait_for_function("[...document.styleSheets].length > 0")
    shop.show(**config)
    shop.tick(50)


@pytest.mark.parametrize("theme", [None, "light", "dark", "none"])
@pytest.mark.parametrize("layout", ["modal", "slideout", "bar", "button", "inline"])
def test_9_4_every_text_can_be_read(shop: Shop, layout: str, theme: str | None) -> None:
    ready(shop, layout=layout, theme=theme, positionSelector="#host", **FULL)
    low = [(name, round(ratio, 2)) for name, ratio in shop.run(CONTRASTS) if ratio < 4.5]
    assert low == []


def test_9_3_custom_colors_are_important_inline_styles(shop: Shop) -> None:
    colors = {
        "background": "rgb(1, 1, 1)",
        "headline": "rgb(2, 2, 2)",
        "text": "rgb(3, 3, 3)",
        "close": "rgb(4, 4, 4)",
        "actionBackground": "rgb(5, 5, 5)",
        "actionText": "rgb(6, 6, 6)",
        "cancelBackground": "rgb(7, 7, 7)",
        "cancelText": "rgb(8, 8, 8)",
    }
    shop.open(head="<style>.pf-widget * { color: red !important; background-color: red !important }</style>")
    ready(shop, theme="custom", colors=colors, **FULL)
    looks = [
        ("content", "backgroundColor", 1),
        ("headline", "color", 2),
        ("message", "color", 3),
        ("close", "color", 4),
        ("ok", "backgroundColor", 5),
        ("ok", "color", 6),
        ("cancel", "backgroundColor", 7),
        ("cancel", "color", 8),
    ]
    for name, prop, value in looks:
        found = shop.run(
            "([name, prop]) => getComputedStyle(document.querySelector('#w .pf-widget-' + name))[prop]", [name, prop]
        )
        assert found == f"rgb({value}, {value}, {value})", name


@pytest.mark.parametrize(
    ("layout", "selector"), [("modal", "#w .pf-widget-content"), ("slideout", "#w"), ("bar", "#w")]
)
def test_9_3_the_background_is_on_the_box(shop: Shop, layout: str, selector: str) -> None:
    ready(shop, layout=layout, theme="dark")
    assert shop.run(f"document.querySelector('{selector}').style.backgroundColor") == "rgb(51, 51, 51)"


def test_9_3_a_theme_of_ones_own(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w', layout: 'bar', theme: 'brand'})],
      {generic: {themes: {brand: {background: '#0a0b0c'}}}})""")
    assert shop.run("document.getElementById('w').style.backgroundColor") == "rgb(10, 11, 12)"
    assert shop.run("document.getElementById('w').classList.contains('pf-theme-brand')")


@pytest.mark.parametrize(
    ("config", "left", "right", "top", "bottom"),
    [
        ({}, 50, None, None, 750),
        ({"position": "bottom-right"}, None, 1230, None, 750),
        ({"position": "top-left"}, 50, None, 50, None),
        ({"position": "top-right"}, None, 1230, 50, None),
        ({"position": "bottom-left", "origin": "bottom"}, 50, None, None, 750),
    ],
)
def test_9_2_slideouts_stand_fifty_pixels_from_the_edge(
    shop: Shop, config: dict[str, str], left: int | None, right: int | None, top: int | None, bottom: int | None
) -> None:
    ready(shop, layout="slideout", **config)
    found = shop.run(BOX + "(document.getElementById('w'))")
    for have, want in zip(found, (left, top, right, bottom), strict=True):
        assert want is None or have == want
    assert found[2] - found[0] == 350


@pytest.mark.parametrize("position", ["left", "right"])
def test_9_2_side_slideouts_stand_in_the_middle(shop: Shop, position: str) -> None:
    ready(shop, layout="slideout", position=position)
    found = shop.run(BOX + "(document.getElementById('w'))")
    assert abs((found[1] + found[3]) / 2 - 400) <= 1


def test_9_2_modals_are_centred_over_a_veil(shop: Shop) -> None:
    ready(shop, headline="Hi", msg="x" * 20)
    left, top, right, bottom = shop.run(BOX + "(document.querySelector('#w .pf-widget-content'))")
    assert (abs((left + right) / 2 - 640) <= 1, abs((top + bottom) / 2 - 400) <= 1) == (True, True)
    assert right - left <= 780
    assert shop.run("getComputedStyle(document.getElementById('w')).backgroundColor") == "rgba(0, 0, 0, 0.5)"


@pytest.mark.parametrize(("position", "edge"), [("top-absolute", 1), ("top-fixed", 1), ("bottom-fixed", 3)])
def test_9_2_bars_span_the_window(shop: Shop, position: str, edge: int) -> None:
    ready(shop, layout="bar", position=position, msg="Hi")
    found = shop.run(BOX + "(document.getElementById('w'))")
    assert (found[0], found[2], found[edge]) == (0, 1280, 0 if edge == 1 else 800)
    assert found[3] - found[1] >= 59


@pytest.mark.parametrize("layout", ["modal", "slideout", "bar", "button"])
def test_9_2_hidden_until_opened(shop: Shop, layout: str) -> None:
    shop.page.wait_for_function("[...document.styleSheets].length > 0")
    shop.show(layout=layout)
    look = "(s => [s.visibility, s.opacity, s.zIndex])(getComputedStyle(document.getElementById('w')))"
    assert shop.run(look) == ["hidden", "0", "9999"]
    shop.tick(50)
    assert shop.run(look) == ["visible", "1", "9999"]


def test_9_2_on_a_phone_nothing_sticks_out(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 320, "height": 568})
    try:
        for layout in ("modal", "slideout", "bar", "inline"):
            shop.open()
            ready(
                shop,
                layout=layout,
                positionSelector="#host" if layout == "inline" else "",
                image="/a.png",
                variant=2,
                **FULL,
            )
            wide = shop.run("""[...document.querySelectorAll('#w, #w *')].filter((node) => {
              const box = node.getBoundingClientRect(); return box.width && (box.left < -1 || box.right > 321); })
              .map((node) => node.className)""")
            assert wide == [], layout
        shop.open()
        ready(shop, layout="bar", responsive=False)
        assert shop.run("getComputedStyle(document.getElementById('w')).display") == "none"
    finally:
        shop.page.set_viewport_size({"width": 1280, "height": 800})


def test_2_5_8_targets_are_large_enough(shop: Shop) -> None:
    for layout in ("modal", "slideout", "bar", "button"):
        shop.open()
        ready(shop, layout=layout, **FULL)
        small = shop.run("""[...document.querySelectorAll('#w button')]
          .map((node) => [node.className, node.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24).map(([name]) => name)""")
        assert small == [], layout


def test_2_5_images_show_in_variant_two_only(shop: Shop) -> None:
    for variant, display in ((1, "none"), (2, "block")):
        ready(shop, id=f"w{variant}", image="/a.png", variant=variant)
        assert shop.run(f"getComputedStyle(document.querySelector('#w{variant} img')).display") == display


@pytest.mark.parametrize(
    "rule",
    [
        ".pf-widget .pf-widget-ok { background-color: rgb(9, 9, 9) }",
        ".pf-widget.brand .pf-widget-content { background-color: rgb(9, 9, 9) }",
        ".pf-widget.brand .pf-widget-headline { background-color: rgb(9, 9, 9) }",
    ],
)
def test_platform_1_3_a_brand_rule_wins(shop: Shop, rule: str) -> None:
    selector = rule.partition(" {")[0]
    # Brand sheets stand after ours: the vendor's link is appended to the head while the page is being read.
    shop.open(body='<main id="host"></main><style>' + rule + "</style>")
    ready(shop, className="brand", headline="Hi")
    assert shop.run(f"getComputedStyle(document.querySelector('{selector}')).backgroundColor") == "rgb(9, 9, 9)"


def test_reduced_motion_has_nothing_to_reduce(shop: Shop) -> None:
    ready(shop, **FULL)
    moving = shop.run("""[...document.querySelectorAll('#w, #w *')].filter((node) => {
      const style = getComputedStyle(node);
      return style.transitionDuration !== '0s' || style.animationName !== 'none'; }).length""")
    assert moving == 0

"""widgets.md 9: themes, contrast, targets, and what brands change of them."""

from typing import Any

import pytest
from sdk_shop import Shop
from support.specimens import specimens

BUILDS = ("readable",)

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


def test_9_4_every_text_can_be_read(shop: Shop) -> None:
    for theme in (None, "light", "dark", "none"):
        for layout in ("modal", "slideout", "bar", "button", "inline"):
            shop.run("pathfora.clearAll()")
            ready(shop, layout=layout, theme=theme, positionSelector="#host", branding=True, **FULL)
            found = shop.run(CONTRASTS)
            assert found
            assert [(layout, theme, name) for name, ratio in found if ratio < 4.5] == []


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


def test_11_2_targets_are_large_enough(shop: Shop) -> None:
    for specimen in specimens():
        shop.run("pathfora.clearAll()")
        shop.run(
            "([factory, config]) => pathfora.initializeWidgets([pathfora[factory](config)])",
            [specimen.factory, specimen.settings(None)],
        )
        shop.tick(50)
        small = shop.run("""[...document.querySelectorAll('#w :is(button, input, select, textarea)')]
          .map((node) => [node.className || node.type, node.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.width < 24 || box.height < 24)).map(([name]) => name)""")
        assert (specimen.name, small) == (specimen.name, [])


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

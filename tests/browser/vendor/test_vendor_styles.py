"""Brand styles written for the vendor's widgets win, wherever their sheet stands (platform.md 1.2, 1.3)."""

import re
from pathlib import Path

import pytest
from vendor_site import VendorSite

from understudy.server.bundling.bundle import STATIC

WEIGHT = re.compile(r"\.|(?<!:):(?!:)|\[|#")  # classes, pseudo-classes, attributes; an id is at least as heavy
WEIGHTLESS = re.compile(r":where\((?:[^()]|\([^()]*\))*\)")

LOOKS = {
    ".pf-widget-ok": {"backgroundColor": "rgb(120, 40, 20)", "color": "rgb(255, 255, 255)", "borderRadius": "0px"},
    ".pf-widget-btn": {"fontSize": "13px", "lineHeight": "20px", "paddingLeft": "9px"},
    ".pf-widget-headline": {"color": "rgb(10, 20, 30)", "fontSize": "31px", "marginBottom": "3px"},
    ".pf-widget-message": {"color": "rgb(40, 50, 60)", "fontSize": "14px", "marginBottom": "4px"},
    ".pf-widget-close": {"color": "rgb(70, 80, 90)", "top": "2px", "right": "2px"},
    ".pf-widget-footer": {"height": "0px", "marginTop": "0px"},
    ".pf-widget-img": {"width": "60px", "height": "61px", "borderRadius": "7px"},
}
BOX = {"backgroundColor": "rgb(250, 240, 230)", "paddingTop": "11px", "paddingLeft": "11px"}


def look(vendor: VendorSite, selector: str, wanted: dict[str, str]) -> object:
    """The computed values of the properties that are wanted."""
    script = """([selector, names]) => {
      const style = getComputedStyle(document.querySelector(selector));
      return Object.fromEntries(names.map((name) => [name, style[name]]));
    }"""
    return vendor.run(script, [selector, list(wanted)])


@pytest.mark.parametrize("layout", ["modal", "slideout", "bar"])
def test_rules_with_the_brands_class_win_over_the_sheet_behind_them(vendor: VendorSite, layout: str) -> None:
    vendor.open(f"custom_css?{layout}")
    vendor.widget(f"custom-{layout}")
    assert vendor.run("document.head.lastElementChild.href") == "http://c.lytics.io/static/pathfora.min.css"
    root = f"#custom-{layout}"
    box = root if layout == "bar" else f"{root} .pf-widget-content"
    assert look(vendor, box, BOX) == BOX
    for part, wanted in LOOKS.items():
        if layout != "bar" or part not in {".pf-widget-headline", ".pf-widget-footer"}:
            assert (part, look(vendor, f"{root} {part}", wanted)) == (part, wanted)
    if layout == "slideout":
        assert look(vendor, root, {"width": ""}) == {"width": "460px"}


def test_an_image_that_fills_the_modal(vendor: VendorSite) -> None:
    vendor.open("custom_css?big")
    vendor.widget("custom-big")
    content, image = (
        vendor.page.locator(f"#custom-big .pf-widget-{part}").bounding_box() for part in ("content", "img")
    )
    assert content is not None
    assert image is not None
    assert (image["x"], image["y"], image["width"]) == (content["x"], content["y"], content["width"])
    assert image["height"] >= 200


def test_an_image_that_is_the_whole_card(vendor: VendorSite) -> None:
    vendor.open("custom_css?small")
    card = vendor.widget("custom-small").bounding_box()
    assert card is not None
    assert (card["width"], card["height"]) == (250, 250)
    assert vendor.page.locator("#custom-small .pf-widget-img").bounding_box() == card


@pytest.mark.parametrize(("width", "display"), [(1280, "flex"), (580, "none")])
def test_a_flat_strip_that_phones_do_not_show(vendor: VendorSite, width: int, display: str) -> None:
    vendor.page.set_viewport_size({"width": width, "height": 800})
    vendor.open("custom_css?preheader")
    vendor.page.wait_for_function("document.querySelector('#custom-preheader.opened')")
    wanted = {"minHeight": "0px", "paddingTop": "0px", "boxShadow": "none", "backgroundColor": "rgb(255, 179, 42)"}
    assert look(vendor, "#custom-preheader", wanted) == wanted
    assert look(vendor, "#custom-preheader", {"display": ""}) == {"display": display}
    assert look(vendor, "#custom-preheader .pf-widget-message", {"color": ""}) == {"color": "rgb(0, 0, 0)"}


def alternatives(selectors: str) -> list[str]:
    """The selectors of a list; what stands in :where() weighs nothing, :is() weighs what its alternatives do."""
    while (reduced := WEIGHTLESS.sub("", selectors)) != selectors:
        selectors = reduced
    if found := re.search(r":is\(([^()]*)\)", selectors):
        start, end = found.span()
        return [one for part in found[1].split(",") for one in alternatives(selectors[:start] + part + selectors[end:])]
    return [one.strip() for one in selectors.split(",")]


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.stem)
def test_no_selector_of_ours_weighs_more_than_two_classes(path: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    selectors = [one for text in re.findall(r"([^{};]+)\{", rules) if "@" not in text for one in alternatives(text)]
    assert len(selectors) > 0
    assert [one for one in selectors if len(WEIGHT.findall(one)) > 2] == []

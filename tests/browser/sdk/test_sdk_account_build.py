"""The account's own SDK shows its widgets as the whole one does."""

from typing import Any

import pytest
from sdk_shop import Shop

from understudy.server.bundle import STATIC
from understudy.server.sdk_build import needed_parts
from understudy.server.sdk_parts import read_parts

BUILDS = ("minified",)
WHOLE = read_parts(STATIC / "sdk" / "pathfora.js")
FACTORIES = {"message": "Message", "form": "Form", "subscription": "Subscription", "sitegate": "SiteGate"}
SHOW = """([factory, config, audience]) =>
  pathfora.initializeWidgets({ target: [{ segment: audience, widgets: [pathfora[factory](config)] }] })"""
WIDGETS: list[dict[str, Any]] = [
    {"type": "message"},
    {"type": "message", "layout": "bar", "theme": "dark", "msg": "<b>Now</b>", "pushDown": "main"},
    {"type": "message", "layout": "slideout", "displayConditions": {"showDelay": 1, "pageVisits": 1}, "branding": True},
    {"type": "message", "layout": "inline", "position": "#host", "variant": 2, "image": "/a.png"},
    {"type": "message", "headline": "Hello {{name}}", "okMessage": "R&amp;D"},
    {"type": "subscription", "layout": "bar"},
    {"type": "form", "formElements": [{"type": "date", "name": "d"}, {"type": "textarea", "name": "t"}]},
    {"type": "form", "layout": "slideout", "colors": {"background": "#fff"}, "theme": "custom"},
    {"type": "sitegate"},
]


def shown(shop: Shop, entry: str, widget: dict[str, Any], audience: str) -> Any:
    shop.open(entry=entry)
    shop.run(SHOW, [FACTORIES[widget["type"]], widget, audience])
    shop.tick(2000)
    assert shop.explain()["verdict"] == "shown"
    node = shop.run("document.getElementById('w').outerHTML")
    shop.run("document.querySelector('#w button').click()")
    shop.tick(1000)
    return node, shop.there(), shop.events()


@pytest.mark.parametrize("audience", ["*", "smt_new"])
def test_8_a_build_with_what_a_widget_needs_shows_it_as_the_whole_does(shop: Shop, audience: str) -> None:
    for settings in WIDGETS if audience == "*" else WIDGETS[:1]:
        widget = {"id": "w", "headline": "Hello", "msg": "Welcome", **settings}
        one = {"audience": audience, "exclude": [], "inverse": None, "widget": widget}
        entry = needed_parts(WHOLE, [one]).entry()
        assert len(entry) < 0.6 * len(WHOLE.entry())
        assert shown(shop, entry, widget, audience) == shown(shop, WHOLE.entry(), widget, audience), settings

"""The account's own SDK shows its widgets as the whole one does."""

from typing import Any

import pytest
from sdk_shop import Shop

from understudy.server.bundling.bundle import STATIC
from understudy.server.sdk.account_build import needed_parts
from understudy.server.sdk.parts import read_parts

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
    {"type": "message", "layout": "gate"},
    {"type": "message", "layout": "button", "position": "left"},
    {"type": "message", "positionSelector": "#host", "position": "middle-center"},
    {"type": "message", "origin": "top", "theme": "none", "className": "own", "responsive": False},
]
PLAIN = {"id": "w", "type": "message", "headline": "Hello"}
EARLY = """<script nonce="n">
  const { Message } = pathfora;
  const others = [Message({ id: 'w' }), Message({ id: 'b' }), Message({ id: 'b', msg: 'Again' }), null];
  const answered = (call) => { try { call(); return 'fine'; } catch (error) { return error.message; } };
  const start = (widgets, options) => answered(() =>
    pathfora.initializeWidgets({ target: [{ segment: '*', widgets }] }, undefined, options));
  window.answers = [
    start([Message({ id: 'w', headline: 'Hello' }), Message({ id: 'late' })], { priority: 'ordered' }),
    pathfora.explain('w').reason,
    start(others),
  ];
</script>"""


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


def early(shop: Shop, entry: str) -> Any:
    shop.open(entry=entry, head=EARLY)
    shop.tick(1000)
    shop.page.keyboard.press("Escape")
    trace = {one["id"]: (one["verdict"], one["reason"], gates_of(one)) for one in shop.run("pathfora.explain()")}
    return shop.run("answers"), trace, shop.events(), shop.run("logged")


def gates_of(decision: Any) -> list[Any]:
    """Without that of a condition that the small build does not have, as every widget passes it."""
    return [gate for gate in decision["gates"] if gate["gate"] != "showOnInit"]


def test_8_the_smallest_build_waits_ranks_and_refuses_as_the_whole_does(shop: Shop) -> None:
    """widgets.md 3.14 and 5.9: started in the head, one slot for two, an id twice, and something that is no widget."""
    parts = needed_parts(WHOLE, [{"audience": "*", "exclude": [], "inverse": None, "widget": PLAIN}])
    assert set(parts.without) == {path.stem for path in (STATIC / "sdk" / "without").iterdir()}
    whole = early(shop, WHOLE.entry())
    assert whole[0] == ["fine", "Waiting: host is missing, needs body", "Cannot add two widgets with the same id"]
    assert {name: verdict for name, (verdict, *_) in whole[1].items()} == {
        "w": "shown",
        "late": "hidden",
        "b": "closed",
        "w (again)": "failed",
        "b (again)": "failed",
    }
    assert early(shop, parts.entry()) == whole


def test_3_3_a_widget_that_no_condition_shows_hides_no_other(shop: Shop) -> None:
    kept: dict[str, Any] = {**PLAIN, "id": "kept", "displayConditions": {"showOnInit": False}}
    widgets: list[dict[str, Any]] = [kept, PLAIN]
    published = [{"audience": "*", "exclude": [], "inverse": None, "widget": widget} for widget in widgets]
    shop.open(entry=needed_parts(WHOLE, published).entry())
    shop.run("(widgets) => pathfora.initializeWidgets(widgets.map(pathfora.Message))", widgets)
    assert (shop.there("kept"), shop.there("w")) == (False, True)


def test_1_3_the_smallest_build_can_begin_anew_as_the_tag_does_when_a_profile_changes(shop: Shop) -> None:
    parts = needed_parts(WHOLE, [{"audience": "*", "exclude": [], "inverse": None, "widget": PLAIN}])
    shop.open(entry=parts.entry())
    begin = "pathfora.initializeWidgets({target: [{segment: '*', widgets: [pathfora.Message({id: 'w', msg: 'Hi'})]}]})"
    shop.run(f"() => {{ {begin} }}")
    shop.tick(1000)
    shop.run(f"() => {{ pathfora.clearById(['w', 'unknown']); window.left = !document.getElementById('w'); {begin} }}")
    shop.tick(1000)
    assert shop.run("left")
    assert (shop.there(), shop.explain()["verdict"]) == (True, "shown")

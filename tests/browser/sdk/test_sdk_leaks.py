"""Single-page apps re-initialise for days: over 5,000 cycles no widget leaves anything behind (widgets.md 1.3)."""

from typing import Any

import pytest
from sdk_shop import Shop

BUILDS = ("minified",)
CYCLES = 5000
SLOW = {"a form": 600, "routes": 1500}
FEW = {"ids of their own": 1500}

# What is alive: listeners (the same one added twice is one), timers, and what the page and the SDK hold.
COUNTERS = """
window.alive = { listeners: new Map(), timers: new Set() };
{
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const ids = new WeakMap();
  let last = 0;
  const idOf = (thing) => { if (!ids.has(thing)) ids.set(thing, ++last); return ids.get(thing); };
  const keyOf = (target, type, handler, options) =>
    [idOf(target), type, idOf(handler), Boolean(options?.capture ?? options)].join();
  EventTarget.prototype.addEventListener = function (type, handler, options) {
    const target = this ?? window;
    if (handler && (target === window || target === document)) {
      alive.listeners.set(keyOf(target, type, handler, options), type);
    }
    return add.call(target, type, handler, options);
  };
  EventTarget.prototype.removeEventListener = function (type, handler, options) {
    const target = this ?? window;
    if (handler) alive.listeners.delete(keyOf(target, type, handler, options));
    return remove.call(target, type, handler, options);
  };
  for (const [start, stop, once] of [['setTimeout', 'clearTimeout', true], ['setInterval', 'clearInterval', false]]) {
    const [begin, end] = [window[start], window[stop]];
    window[start] = (action, ...rest) => {
      const id = begin(() => { if (once) alive.timers.delete(id); action(); }, ...rest);
      alive.timers.add(id);
      return id;
    };
    window[stop] = (id) => { alive.timers.delete(id); end(id); };
  }
}
window.count = () => ({
  listeners: [...alive.listeners.values()].sort(),
  timers: alive.timers.size,
  nodes: document.querySelectorAll('*').length,
  callbacks: pathfora.callbacks.length,
  entries: pathfora.explain().length,
  dependencies: Object.keys(pathfora.getWidgetDependencies()).length,
  sheets: document.adoptedStyleSheets.length,
});
window.make = (id, more) => pathfora.Message({ id, layout: 'modal', msg: 'x', ...more });
window.conditions = [
  {}, { showDelay: 5 }, { hideAfter: 5 }, { manualTrigger: true }, { showOnExitIntent: true },
  { scrollPercentageToDisplay: 50, displayWhenElementVisible: 'main' }, { pageVisits: 99 },
];
"""

WAYS = {
    "clearById": """(i) => { pathfora.initializeWidgets([make('w', { displayConditions: conditions[i % 7] })]);
      pathfora.clearById(['w']); }""",
    "clearAll": """(i) => { pathfora.initializeWidgets({ target: [{ segment: 'all', widgets:
      [make('a', { displayConditions: conditions[i % 7] })] }], inverse: [make('b')] }); pathfora.clearAll(); }""",
    "the same object": """(i) => { window.same ??= make('w', { displayConditions: conditions[4], okMessage: 'x' });
      pathfora.initializeWidgets([same]); pathfora.clearById(['w']); }""",
    "a form": """(i) => { pathfora.initializeWidgets([pathfora.Form({ id: 'w', layout: 'slideout' }),
      pathfora.SiteGate({ id: 'g', layout: 'modal' })]); pathfora.clearById(['w', 'g']); }""",
    "routes": """(i) => { history.replaceState(null, '', '/route/' + i % 10); pathfora.clearAll();
      pathfora.initializeWidgets([make('page' + i % 10, { displayConditions: { urlContains: ['/route/'] } })]);
      pathfora.clearAll(); }""",
    "ids of their own": """(i) => { pathfora.initializeWidgets([make('w' + i + Math.random(), {
      displayConditions: { pageVisits: 99 } })]); pathfora.triggerWidgets(['t' + i % 10]); }""",
    "a tag that never answers": """(i) => { jstag.user = null; pathfora.initializeWidgets({ target: [{ segment: 'all',
      widgets: [make('w')] }] }); jstag.waiting.length = 0; pathfora.clearAll(); }""",
}


def measure(shop: Shop, way: str) -> tuple[Any, Any]:
    """What is alive after a few cycles, and after thousands."""
    script = (
        f"""(cycles) => {{ const turn = {WAYS[way]}; for (let i = 0; i < cycles; i += 1) turn(i); return count(); }}"""
    )
    return shop.run(script, FEW.get(way, 14)), shop.run(script, SLOW.get(way, CYCLES))


@pytest.mark.parametrize("way", WAYS)
def test_1_3_nothing_grows(shop: Shop, way: str) -> None:
    shop.open(before=COUNTERS)
    few, many = measure(shop, way)
    assert many == few
    assert "keydown" not in many["listeners"]
    assert not {"scroll", "mousemove", "mouseout"} & set(many["listeners"])


def test_1_3_after_clear_all_not_even_a_timer_is_left(shop: Shop) -> None:
    shop.open(before=COUNTERS)
    shop.tick(1)
    before = shop.run("count()")
    shop.run("""() => { pathfora.initializeWidgets(conditions.map((displayConditions, i) =>
      make('w' + i, { layout: i % 2 ? 'slideout' : 'modal', displayConditions }))); }""")
    shop.tick(100)
    shop.run("pathfora.closeWidget('w0'); pathfora.clearAll()")
    after = shop.run("count()")
    assert after == before


def test_11_1_12_ids_are_free_however_a_widget_ends(shop: Shop) -> None:
    ends = {
        "closed": "pathfora.closeWidget('w')",
        "timed out": None,
        "hidden": None,
        "failed": None,
        "cleared while it waits": "pathfora.clearById(['w'])",
    }
    conditions = {
        "timed out": {"hideAfter": 1},
        "hidden": {"pageVisits": 99},
        "cleared while it waits": {"showDelay": 9},
    }
    for end, script in ends.items():
        layout = {"layout": "unheard-of"} if end == "failed" else {}
        shop.run(
            "(c) => { try { pathfora.initializeWidgets([pathfora.Message(c)]); } catch { } }",
            {"id": "w", **layout, "displayConditions": conditions.get(end, {})},
        )
        if script:
            shop.run(script)
        shop.tick(1600)
        assert not shop.there(), end
        shop.show()
        assert shop.there(), end
        shop.run("pathfora.clearAll()")

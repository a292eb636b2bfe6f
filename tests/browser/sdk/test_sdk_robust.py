"""design.md: a broken widget never breaks the page or its neighbours; it is reported once, with its id."""

import pytest
from sdk_shop import Shop

BROKEN = {
    "callback": "{onInit() { throw new Error('mine'); }}",
    "host": "{positionSelector: '#none'}",
    "selector": "{positionSelector: '###'}",
    "layout": "{layout: 'folding'}",
    "pushDown": "{pushDown: 'main'}",
    "getter": "{get msg() { throw new Error('mine'); }}",
    "conditions": "{displayConditions: {date: {get start_at() { throw new Error('mine'); }}}}",
}


@pytest.mark.parametrize("broken", BROKEN)
def test_neighbours_are_shown(shop: Shop, broken: str) -> None:
    thrown = shop.run(f"""() => {{
      const broken = Object.defineProperties({{id: 'bad'}}, Object.getOwnPropertyDescriptors({BROKEN[broken]}));
      try {{
        pathfora.initializeWidgets([{{id: 'a'}}, broken, {{id: 'b'}}].map((config) => pathfora.Message(config)));
      }} catch (error) {{ return error.message; }}
    }}""")
    assert (shop.there("a"), shop.there("bad"), shop.there("b")) == (True, False, True)
    reports = [line for line in shop.run("logged") if 'pathfora: widget "bad" failed' in line]
    # Once: what the contract words is thrown to the caller, anything else goes to the console.
    assert (thrown is None) is (len(reports) == 1)
    entry = shop.explain("bad")
    assert entry["verdict"] == "failed"
    assert entry["gates"][-1]["pass"] is False


def test_a_failure_later_reaches_nobody(shop: Shop) -> None:
    shop.show(positionSelector="#none", displayConditions={"showDelay": 1})
    shop.tick(1000)
    assert [line for line in shop.run("logged") if 'pathfora: widget "w" failed' in line]
    assert shop.explain()["reason"] == "Failed: Widget could not be initialized in #none"


def test_a_tag_that_throws_is_reported(shop: Shop) -> None:
    shop.run("() => { jstag.send = () => { throw new Error('tag'); }; }")
    shop.show()
    assert shop.there()
    assert 'error: pathfora: widget "w" failed: Error: tag' in shop.run("logged")


def test_common_widgets_that_fail_do_not_stop_the_targeted(shop: Shop) -> None:
    shop.run("""() => { try { pathfora.initializeWidgets({common: [pathfora.Message({id: 'a', layout: 'x'})],
      target: [{segment: 'all', widgets: [pathfora.Message({id: 'b'})]}]}); } catch {} }""")
    assert shop.there("b")


def test_an_unknown_theme_warns(shop: Shop) -> None:
    shop.show(theme="sunset")
    assert shop.there()
    assert "warn: sunset is not a theme; register it as config.generic.themes.sunset" in shop.run("logged")


def test_thousands_of_cycles_leave_nothing(shop: Shop) -> None:
    left = shop.run("""() => {
      const set = window.setTimeout, clear = window.clearTimeout, live = new Set();
      window.setTimeout = (action, delay) => {
        const id = set(() => { live.delete(id); action(); }, delay);
        live.add(id);
        return id;
      };
      window.clearTimeout = (id) => { live.delete(id); clear(id); };
      for (let i = 0; i < 1000; i += 1) {
        pathfora.initializeWidgets(['modal', 'slideout', 'bar'].map((layout) =>
          pathfora.Message({id: layout, layout, displayConditions: {hideAfter: 9}})));
        pathfora.closeWidget('bar');
        pathfora.clearAll();
      }
      window.setTimeout = set; window.clearTimeout = clear;
      return [live.size, document.querySelectorAll('.pf-widget').length, pathfora.explain().length,
        Object.keys(pathfora.getWidgetDependencies()).length];
    }""")
    assert left == [0, 0, 0, 0]


def test_8_a_widget_that_is_cleared_in_its_on_init_does_not_open(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w', onInit: () => pathfora.clearById(['w'])})])""")
    shop.tick(100)
    assert not shop.there()
    assert shop.explain()["verdict"] == "closed"
    shop.show()
    assert shop.there()

"""widgets.md 4.1, 4.2, 4.6, 1.3: who sees which widget, and why not."""

import pytest
from sdk_shop import Shop

WIDGETS = "const [a, b, c] = ['a', 'b', 'c'].map((id) => pathfora.Message({id, layout: 'slideout'}));"


def begin(shop: Shop, targeting: str, options: str = "undefined") -> list[str]:
    """Initialise with `a`, `b`, `c` at hand; answers the ids of the widgets in the page."""
    shop.run(f"() => {{ {WIDGETS} pathfora.initializeWidgets({targeting}, undefined, {options}); }}")
    return present(shop)


def present(shop: Shop) -> list[str]:
    return list(shop.run("[...document.querySelectorAll('.pf-widget')].map((node) => node.id)"))


def verdicts(shop: Shop) -> dict[str, str]:
    return dict(shop.run("Object.fromEntries(pathfora.explain().map((entry) => [entry.id, entry.verdict]))"))


def reason(shop: Shop, widget: str) -> str:
    return str(shop.explain(widget)["reason"])


def test_target_by_segment(shop: Shop) -> None:
    assert begin(shop, "{target: [{segment: 'smt_new', widgets: [a]}, {segment: 'vip', widgets: [b]}]}") == ["a"]
    assert verdicts(shop) == {"a": "shown", "b": "hidden"}
    assert reason(shop, "b") == 'Hidden: audience is ["all","smt_new"], needs vip'
    gate = shop.gate("audience", "b")
    assert (gate["actual"], gate["required"]) == (["all", "smt_new"], "vip")


def test_target_by_rule(shop: Shop) -> None:
    rules = "pathfora.rules.eq('name', 'Ada')", "() => false", "(data) => data.none.none"
    entries = ", ".join(f"{{rule: {rule}, widgets: [{name}]}}" for rule, name in zip(rules, "abc", strict=True))
    assert begin(shop, f"{{target: [{entries}]}}") == ["a"]
    assert [shop.gate("audience", name)["pass"] for name in "abc"] == [True, False, False]
    assert shop.gate("audience", "c")["actual"].startswith("TypeError")


def test_star_and_common_do_not_wait_for_the_tag(shop: Shop) -> None:
    shop.open(tag="")
    star = "{segment: '*', widgets: [a]}, {segment: '*', widgets: [b]}"
    assert begin(shop, f"{{common: [c], target: [{star}]}}") == ["c", "a", "b"]


def test_without_a_tag_targeted_widgets_wait(shop: Shop) -> None:
    shop.open(tag="")
    assert begin(shop, "{target: [{segment: 'all', widgets: [a]}], inverse: [b]}") == []
    assert verdicts(shop) == {"a": "waiting", "b": "waiting"}
    assert reason(shop, "a") == "Waiting: profile is not known: no tag on this page yet"


def test_they_appear_when_the_tag_knows_the_visitor(shop: Shop) -> None:
    shop.open(user=None)
    assert begin(shop, "{target: [{segment: 'all', widgets: [a]}]}") == []
    assert reason(shop, "a") == "Waiting: profile is not known yet"
    assert shop.gate("profile", "a")["pass"] is None
    shop.run("jstag.arrive({name: 'Bo'})")
    assert present(shop) == ["a"]
    assert shop.gate("profile", "a")["pass"] is True
    assert shop.run("[pathfora.acctid, pathfora.callbacks.length]") == ["acc1", 0]


def test_a_tag_that_drains_the_queue_with_nothing_skips_rules(shop: Shop) -> None:
    shop.open(user=None)
    begin(shop, "{target: [{rule: () => true, widgets: [a]}, {segment: 'all', widgets: [b]}]}")
    shop.run("pathfora.callbacks.slice().forEach((callback) => callback())")
    assert present(shop) == ["b"]


def test_exclude(shop: Shop) -> None:
    targeting = "{target: [{segment: 'all', widgets: [a, b, c]}], exclude: [{segment: 'smt_new', widgets: [a, b]}]}"
    assert begin(shop, targeting) == ["c"]
    gate = shop.gate("exclude", "a")
    assert (gate["pass"], gate["actual"], gate["required"]) == (False, ["all", "smt_new"], "not smt_new")
    assert shop.gate("exclude", "b")["pass"] is False


def test_exclude_that_does_not_match(shop: Shop) -> None:
    assert begin(shop, "{target: [{segment: 'all', widgets: [a]}], exclude: [{segment: 'vip', widgets: [a]}]}") == ["a"]
    assert shop.gate("exclude", "a")["pass"] is True


def test_everyone_but_some(shop: Shop) -> None:
    targeting = "{target: [{segment: '*', widgets: [a, b]}], exclude: [{segment: 'smt_new', widgets: [a]}]}"
    assert begin(shop, targeting) == ["b"]
    gate = shop.gate("exclude", "a")
    assert (gate["pass"], gate["actual"], gate["required"]) == (False, ["all", "smt_new"], "not smt_new")


def test_inverse(shop: Shop) -> None:
    assert begin(shop, "{target: [{segment: 'vip', widgets: [a]}], inverse: [b]}") == ["b"]
    gate = shop.gate("inverse", "b")
    assert (gate["pass"], gate["actual"]) == (True, [])


def test_inverse_of_a_visitor_in_the_audience(shop: Shop) -> None:
    assert begin(shop, "{target: [{segment: 'all', widgets: [a]}], inverse: [b]}") == ["a"]
    gate = shop.gate("inverse", "b")
    assert (gate["pass"], gate["actual"]) == (False, ["a"])


def test_exclude_alone_shows_the_inverse_and_inverse_alone_nothing(shop: Shop) -> None:
    assert begin(shop, "{inverse: [c]}") == []
    assert begin(shop, "{exclude: [{segment: 'vip', widgets: [a]}], inverse: [b]}") == ["b"]
    shop.run("pathfora.clearAll()")
    assert begin(shop, "{exclude: [], inverse: [c]}") == ["c"]


def test_11_1_10_a_widget_in_two_entries_is_shown_once(shop: Shop) -> None:
    entries = "{segment: 'vip', widgets: [a]}, {segment: 'all', widgets: [a]}, {segment: 'smt_new', widgets: [a]}"
    assert begin(shop, f"{{target: [{entries}]}}") == ["a"]
    assert [gate["pass"] for gate in shop.explain("a")["gates"] if gate["gate"] == "audience"] == [True]


@pytest.mark.parametrize(
    ("targeting", "message"),
    [
        ("{target: [{widgets: [a]}]}", "All targeted widgets should have segment or rule function specified"),
        (
            "{target: [{segment: 'x', rule: () => 1, widgets: [a]}]}",
            "Widget cannot have both segment and rule function specified",
        ),
        ("{exclude: [{widgets: [a]}]}", "All excluded widgets should have segment specified"),
    ],
)
def test_errors(shop: Shop, targeting: str, message: str) -> None:
    script = f"""() => {{ {WIDGETS} try {{ pathfora.initializeWidgets({targeting}); }}
      catch (error) {{ return error.message; }} }}"""
    assert shop.run(script) == message


def test_4_2_segments_of_lio_win(shop: Shop) -> None:
    shop.run("pathfora.acctid = ''; window.lio = {loaded: true, data: {segments: ['old']}, account: {id: '5'}}")
    assert begin(shop, "{target: [{segment: 'old', widgets: [a]}, {segment: 'smt_new', widgets: [b]}]}") == ["a"]
    assert shop.run("pathfora.acctid") == "5"


def test_4_2_without_segments_everyone_is_in_all(shop: Shop) -> None:
    shop.run("delete jstag.getSegments")
    assert begin(shop, "{target: [{segment: 'all', widgets: [a]}]}") == ["a"]


@pytest.mark.parametrize(
    ("config", "account"),
    [("{cid: ['x', 'y']}", "x"), ("{cid: '123'}", "1"), ("{}", None), ("{cid: ['']}", None)],
)
def test_4_6_account(shop: Shop, config: str, account: str | None) -> None:
    script = f"""() => {{ {WIDGETS} jstag.config = {config}; pathfora.acctid = '';
      try {{ pathfora.initializeWidgets({{target: [{{segment: 'all', widgets: [a]}}]}}); return pathfora.acctid; }}
      catch (error) {{ return error.message; }} }}"""
    texts = {"{}": "Could not get account id from Lytics Javascript tag."}
    assert shop.run(script) == (account or texts.get(config, "Lytics Javascript tag returned an empty account id."))


def test_an_account_that_is_missing_later_does_not_reach_the_tag(shop: Shop) -> None:
    shop.open(user=None)
    begin(shop, "{target: [{segment: 'all', widgets: [a]}]}")
    shop.run("jstag.config = {}; jstag.arrive({name: 'Bo'})")
    assert any('widget "a" failed' in line for line in shop.run("logged"))


def test_1_3_clear_all_forgets_widgets_that_wait(shop: Shop) -> None:
    shop.open(user=None)
    begin(shop, "{target: [{segment: 'all', widgets: [a]}]}")
    shop.run("pathfora.clearAll(); jstag.arrive({name: 'Bo'})")
    assert present(shop) == []


def test_1_3_clear_by_id_forgets_one_that_waits(shop: Shop) -> None:
    shop.open(user=None)
    begin(shop, "{target: [{segment: 'all', widgets: [a, b]}]}")
    shop.run("pathfora.clearById(['a']); jstag.arrive({name: 'Bo'})")
    assert present(shop) == ["b"]


def test_the_pages_own_arrays_are_left_alone(shop: Shop) -> None:
    left = shop.run(f"""() => {{ {WIDGETS}
      const targeting = {{target: [{{segment: '*', widgets: [a]}}, {{segment: 'all', widgets: [b, c]}}],
        exclude: [{{segment: 'all', widgets: [b]}}]}};
      pathfora.initializeWidgets(targeting);
      return [targeting.target.length, targeting.target[1].widgets.length, targeting.exclude.length];
    }}""")
    assert left == [2, 2, 1]


def test_1_3_dependencies(shop: Shop) -> None:
    shop.open(user=None)
    begin(
        shop,
        "{target: [{segment: 's', widgets: [a]}, {segment: 't', widgets: [a]}, {rule: () => 1, widgets: [c]}, "
        "{segment: '*', widgets: [pathfora.Message({id: 'd'})]}], "
        "exclude: [{segment: 'x', widgets: [a]}], inverse: [b]}",
    )
    found = shop.run("pathfora.getWidgetDependencies()")
    assert found["a"] == {"segment": ["s", "t", "x"]}
    assert found["c"]["entityField"] == ["*"]
    assert set(found["b"]["segment"]) == {"s", "t", "x", None}
    assert "d" not in found
    shop.run("pathfora.clearById(['a'])")
    assert "a" not in shop.run("pathfora.getWidgetDependencies()")


def test_3_14_ordered_priority_shows_the_first_that_may(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets(['a', 'b', 'c'].map((id) => pathfora.Message(
      {id, displayConditions: {pageVisits: id === 'a' ? 9 : 0, manualTrigger: id === 'b'}})),
      null, {priority: 'ordered'})""")
    assert verdicts(shop) == {"a": "hidden", "b": "waiting", "c": "hidden"}
    gate = shop.gate("priority", "c")
    assert (gate["pass"], gate["actual"]) == (False, "b")


def test_3_14_unordered_shows_all(shop: Shop) -> None:
    assert begin(shop, "[a, b]", "{priority: 'unordered'}") == ["a", "b"]


def test_3_14_ordered_goes_on_after_a_failure(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([
      pathfora.Message({id: 'a', onInit: () => { throw new Error('no'); }}), pathfora.Message({id: 'b'})],
      null, {priority: 'ordered'})""")
    assert present(shop) == ["b"]


def test_1_5_a_snippet_whose_script_is_on_its_way_is_asked_through_its_queue(shop: Shop) -> None:
    stub = "window.queue = []; window.jstag = { call: (...values) => { queue.push(values); } };"
    shop.open(tag="", before=stub)
    shop.run("""() => {
      const widget = pathfora.Message({ id: "w", layout: "bar" });
      pathfora.initializeWidgets({ target: [{ segment: "all", widgets: [widget] }] });
    }""")
    assert not shop.there()
    assert set(shop.run("queue.map(([name]) => name)")) == {"entityReady"}
    answer = """() => { jstag.config = { cid: ['acc1'] };
      for (const [, callback] of queue) callback({ data: { user: { name: 'Ada' } } }); }"""
    shop.run(answer)
    assert shop.there()
    shop.run(answer)
    assert shop.run("document.querySelectorAll('#w').length") == 1

"""widgets.md 4.5: A/B tests."""

import pytest
from sdk_shop import Shop

START = """([type, value, more]) => {
  if (value !== null) pathfora.utils.write('PathforaTest_t', value);
  window.a = pathfora.Message({id: 'a', layout: 'bar'}); window.b = pathfora.Message({id: 'b', layout: 'slideout'});
  window.c = pathfora.Message({id: 'c', layout: 'button'});
  window.test = pathfora.ABTest({id: 't', type, groups: [[a], [b], [c]].slice(0, more?.weights?.length ?? 2), ...more});
  pathfora.initializeABTesting([test]);
  pathfora.initializeWidgets([a, b, c]);
  return ['a', 'b', 'c'].filter((id) => document.getElementById(id)).join('');
}"""


@pytest.mark.parametrize(
    ("kind", "value", "shown", "group"),
    [
        ("50/50", "0.2", "bc", 0),
        ("50/50", "0.5", "bc", 0),
        ("50/50", "0.51", "ac", 1),
        ("80/20", "0.79", "bc", 0),
        ("80/20", "0.81", "ac", 1),
        ("100", "0.99", "bc", 0),
        (100, "0.01", "bc", 0),
    ],
)
def test_4_5_the_drawn_group_is_the_hidden_one(shop: Shop, kind: str, value: str, shown: str, group: int) -> None:
    assert shop.run(START, [kind, value, None]) == shown
    assert shop.run("[a.hiddenViaABTests, a.abTestingGroup, b.abTestingGroup]") == [group == 0, 0, 1]
    assert shop.run("pathfora.getDataObject().abTestingGroups.t") == group
    assert shop.run("Array.isArray(pathfora.getDataObject().abTestingGroups)")
    assert shop.stored("PathforaTest_t") == value


@pytest.mark.parametrize(("value", "shown"), [("0.1", "a"), ("0.25", "b"), ("0.75", "b"), ("0.77", "c")])
def test_4_5_with_weights_the_drawn_group_is_the_one_that_shows(shop: Shop, value: str, shown: str) -> None:
    assert shop.run(START, ["", value, {"weights": [0.2, 0.56, 0.24]}]) == shown
    assert shop.run("test.type.groups.map((share) => share.toFixed(2)).join()") == "0.20,0.56,0.24"


def test_4_5_the_test_object_and_what_is_stored(shop: Shop) -> None:
    shop.run(START, ["80/20", None, None])
    assert shop.run("({...test, groups: test.groups.map((group) => group.map(({id}) => id))})") == {
        "id": "t",
        "cookieId": "PathforaTest_t",
        "groups": [["a"], ["b"]],
        "type": {"groups": [0.8, 0.2], "groupsNumber": 2},
    }
    assert 0 < float(shop.stored("PathforaTest_t")) < 1
    assert shop.run("JSON.parse(localStorage.PathforaTest_t)['@']").startswith("2031-")
    hidden, shown = sorted(("a", "b"), key=shop.there)
    assert shop.explain(hidden)["reason"] == f"Hidden: abTest is {'ab'.index(hidden)}"
    assert shop.explain(shown)["reason"] == "Shown: abTest"


def test_3_1_a_hidden_widget_is_asked_nothing_more_and_takes_no_slot(shop: Shop) -> None:
    shop.run("""() => {
      pathfora.utils.write('PathforaTest_t', 0.1);
      const displayConditions = {impressions: {session: 1}};
      const a = pathfora.Message({id: 'a', layout: 'bar', pushDown: '#host', displayConditions});
      const b = pathfora.Message({id: 'b'});
      pathfora.initializeABTesting([pathfora.ABTest({id: 't', type: '50/50', groups: [[a], [b]]})]);
      pathfora.initializeWidgets([a, b], {}, {priority: 'ordered'});
    }""")
    assert [shop.there("a"), shop.there("b")] == [False, True]
    assert shop.run("document.getElementById('host').className") == ""


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("pathfora.ABTest()", "Config object is missing"),
        ("pathfora.ABTest({id: 'x', type: '60/40', groups: []})", "Unknown AB testing type: 60/40"),
        (
            "pathfora.initializeABTesting([pathfora.ABTest({id: 'u', type: 100, groups: [[a]]})])",
            "Widget #a is defined in more than one AB test.",
        ),
        (
            "pathfora.initializeABTesting([pathfora.ABTest({id: 't', type: 100, groups: [[]]})])",
            "AB test with ID=t has been already defined.",
        ),
    ],
)
def test_4_5_errors(shop: Shop, script: str, message: str) -> None:
    shop.run(START, ["50/50", "0.1", None])
    assert shop.run(f"() => {{ try {{ {script}; }} catch (error) {{ return error.message; }} }}") == message


def test_12_after_clear_all_the_same_objects_can_be_tested_again(shop: Shop) -> None:
    shop.run(START, ["50/50", "0.1", None])
    shop.run("pathfora.clearAll()")
    shop.run("pathfora.initializeABTesting([test]); pathfora.initializeWidgets([a, b])")
    assert [shop.there("a"), shop.there("b")] == [False, True]

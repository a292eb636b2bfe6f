"""widgets.md 3: each display condition shows, hides, and says why."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sdk_shop import NOON, Shop

URLS = json.loads((Path(__file__).parents[2] / "contract" / "sdk_url_contains.json").read_text("utf-8"))
DAY = 24 * 3600 * 1000
NOW = datetime.fromtimestamp(NOON / 1000 + 1, UTC)


def stamp(days: float) -> str:
    return (NOW + timedelta(days=days)).isoformat()


def test_3_3_show_on_init(shop: Shop) -> None:
    shop.show(displayConditions={"showOnInit": False})
    assert not shop.there()
    assert shop.explain()["reason"] == "Hidden: showOnInit is false, needs true"


@pytest.mark.parametrize(
    ("span", "shown", "days"),
    [
        ({"start_at": stamp(-1), "end_at": stamp(1)}, True, 1),
        ({"start_at": stamp(1)}, False, 1),
        ({"end_at": stamp(-1)}, False, None),
        ({"start_at": stamp(0), "end_at": stamp(0)}, True, 0),
        ({"start_at": "soon", "end_at": "later"}, True, None),
    ],
)
def test_3_6_date(shop: Shop, span: dict[str, str], shown: bool, days: float | None) -> None:
    assert shop.run("Date.now()") == NOON + 1000
    shop.show(displayConditions={"date": span})
    assert shop.there() is shown
    gate = shop.gate("date")
    until = None if days is None else NOON + 1000 + days * DAY
    assert (gate["pass"], gate["until"], gate["required"]) == (shown, until, span)


def test_3_7_page_visits(shop: Shop) -> None:
    shop.show(displayConditions={"pageVisits": 2})
    assert not shop.there()
    assert shop.gate("pageVisits") == {
        "gate": "pageVisits",
        "pass": False,
        "actual": 1,
        "required": 2,
        "until": None,
    }
    assert shop.explain()["reason"] == "Hidden: pageVisits is 1, needs 2"
    shop.open(keep=True)
    shop.show(displayConditions={"pageVisits": 2})
    assert shop.there()


def test_3_10_url_contains(shop: Shop) -> None:
    for case in URLS:
        shop.run("(url) => { pathfora.clearAll(); history.replaceState(null, '', url); }", case["url"])
        # An empty list is truthy, so the condition is on.
        shop.show(displayConditions={"urlContains": case["rules"]})
        assert shop.there() is case["match"], case["name"]
        if case["name"] == "invalid regex":
            assert "Invalid regular expression" in shop.explain()["reason"]
            continue
        gate = shop.gate("urlContains")
        assert (gate["pass"], gate["actual"].endswith(case["url"])) == (case["match"], True), case["name"]


def test_3_10_a_regular_expression_keeps_its_flags(shop: Shop) -> None:
    shop.run("history.replaceState(null, '', '/SHOP')")
    shop.run("""pathfora.initializeWidgets([pathfora.Message(
      {id: 'w', displayConditions: {urlContains: [{match: 'regex', value: /shop$/i}]}})])""")
    assert shop.there()


def test_3_10_an_incomplete_rule_is_said(shop: Shop) -> None:
    shop.show(displayConditions={"urlContains": [{"value": "/"}]})
    assert "log: invalid display conditions" in shop.run("logged")


@pytest.mark.parametrize(
    ("rules", "shown"),
    [
        ([{"name": "a", "content": "1"}], True),
        ([{"name": "a", "content": "2"}], False),
        ([{"property": "none"}, {"name": "a"}], True),
        ([], False),
        ([{}], False),
        ("x", False),
    ],
)
def test_3_11_meta_contains(shop: Shop, rules: Any, shown: bool) -> None:
    shop.open(head='<meta name="a" content="1">')
    shop.show(displayConditions={"metaContains": rules})
    assert shop.there() is shown
    assert shop.gate("metaContains")["pass"] is shown


@pytest.mark.parametrize(
    ("record", "limit", "shown", "until"),
    [
        (None, {"hideCount": 1}, True, None),
        ("1|0", {"hideCount": 2}, True, None),
        ("2|0", {"hideCount": 2}, False, None),
        (f"1|{NOON - 5000}", {"duration": 10}, False, NOON + 5000),
        (f"1|{NOON - 50000}", {"duration": 10}, True, None),
        (f"1|{NOON - 5000}", {"hideCount": 5, "duration": 10}, False, NOON + 5000),
        (f"5|{NOON - 5000}", {"hideCount": 5, "duration": 10}, False, None),
    ],
)
def test_3_9_hide_after_action(
    shop: Shop, record: str | None, limit: dict[str, int], shown: bool, until: int | None
) -> None:
    if record:
        shop.run("(record) => pathfora.utils.write('PathforaClosed_w', record)", record)
    shop.show(displayConditions={"hideAfterAction": {"closed": limit}})
    gate = shop.gate("hideAfterAction")
    assert (gate["pass"], gate["until"], shop.there()) == (shown, until, shown)
    found = dict(zip(("count", "last"), map(int, record.split("|")), strict=True)) if record else None
    assert gate["actual"] == ({"closed": found} if found else {})


@pytest.mark.parametrize(
    ("record", "until"),
    [
        ("4|{}", None),
        ("5|{}", NOON + 5000),
        ("9|{}", NOON + 5000),
    ],
)
def test_11_1_21_a_count_and_then_a_pause(shop: Shop, record: str, until: int | None) -> None:
    shop.run("(record) => pathfora.utils.write('PathforaClosed_w', record)", record.format(NOON - 5000))
    limit = {"hideCount": 5, "duration": 10, "together": True}
    shop.show(displayConditions={"hideAfterAction": {"closed": limit}})
    gate = shop.gate("hideAfterAction")
    assert (shop.there(), gate["until"]) == (until is None, until)
    shop.tick(6000)
    shop.run("pathfora.clearAll()")
    shop.show(displayConditions={"hideAfterAction": {"closed": limit}})
    assert shop.there()


@pytest.mark.parametrize(("action", "control"), [("confirm", "ok"), ("cancel", "cancel"), ("closed", "close")])
def test_3_9_the_visitors_own_action_hides_it_next_time(shop: Shop, action: str, control: str) -> None:
    conditions = {"hideAfterAction": {action: {"hideCount": 1}}}
    shop.show(displayConditions=conditions)
    shop.run(f"document.querySelector('#w .pf-widget-{control}').click()")
    shop.open(keep=True)
    shop.show(displayConditions=conditions)
    assert not shop.there()
    gate = shop.gate("hideAfterAction")
    assert (gate["actual"][action]["count"], gate["required"]) == (1, conditions["hideAfterAction"])


def test_3_4_show_delay(shop: Shop) -> None:
    shop.show(displayConditions={"showDelay": 2}, okShow=False)
    assert not shop.there()
    assert (shop.explain()["verdict"], shop.explain()["reason"]) == ("waiting", "Waiting: showDelay needs 2")
    assert shop.gate("showDelay")["until"] == NOON + 3000
    assert shop.events() == []
    shop.tick(1999)
    assert not shop.there()
    shop.tick(1)
    assert shop.there()
    assert shop.gate("showDelay")["pass"] is True


def test_3_5_hide_after_counts_from_the_opening_and_is_silent(shop: Shop) -> None:
    shop.run("window.calls = []")
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w', onModalClose: () => calls.push(1),
      displayConditions: {showDelay: 1, hideAfter: 2}})])""")
    shop.tick(2999)
    assert shop.run("document.querySelector('#w').classList.contains('opened')")
    shop.tick(1)
    assert not shop.run("document.querySelector('#w').classList.contains('opened')")
    shop.tick(500)
    assert not shop.there()
    assert (shop.events(), shop.run("calls")) == (["show"], [])
    assert shop.explain()["reason"] == "Closed: by hideAfter after 2 s"


def test_3_5_hide_after_is_nothing_once_closed(shop: Shop) -> None:
    shop.show(displayConditions={"hideAfter": 2})
    shop.run("pathfora.closeWidget('w')")
    shop.tick(600)
    shop.show(displayConditions={})
    shop.tick(5000)
    assert shop.there()


def test_3_12_manual_trigger(shop: Shop) -> None:
    for widget in ("a", "b"):
        shop.show(id=widget, displayConditions={"manualTrigger": True})
    assert shop.explain("a")["reason"] == "Waiting: manualTrigger needs true"
    shop.run("pathfora.triggerWidgets(['a', 'later'])")
    assert (shop.there("a"), shop.there("b")) == (True, False)
    shop.show(id="later", displayConditions={"manualTrigger": True})
    assert shop.there("later")
    shop.run("pathfora.triggerWidgets()")
    assert shop.there("b")
    shop.show(id="last", displayConditions={"manualTrigger": True})
    assert shop.there("last")


def test_11_1_20_a_trigger_works_again_after_the_widget_was_closed(shop: Shop) -> None:
    for _ in range(2):
        shop.show(displayConditions={"manualTrigger": True})
        assert not shop.there()
        shop.run("pathfora.triggerWidgets(['w'])")
        assert shop.there()
        shop.run("pathfora.closeWidget('w')")
        shop.tick(500)


def test_3_2_impressions_are_asked_again_at_the_trigger(shop: Shop) -> None:
    shop.show(displayConditions={"manualTrigger": True, "impressions": {"session": 1}})
    shop.run("sessionStorage.PathforaImpressions_w = '1'; pathfora.triggerWidgets()")
    assert not shop.there()
    assert shop.gate("impressions")["pass"] is False


def test_2_1_an_unknown_condition_is_ignored_and_noted(shop: Shop) -> None:
    shop.show(displayConditions={"showOnMoonrise": True})
    assert shop.there()
    gate = shop.gate("showOnMoonrise")
    assert (gate["pass"], gate["actual"]) == (None, "unknown")


def test_3_1_later_conditions_are_not_asked(shop: Shop) -> None:
    shop.show(displayConditions={"pageVisits": 5, "impressions": {"global": {"total": 1, "duration": 9}}})
    assert shop.gate("impressions")["pass"] is None
    assert shop.run("Object.keys(localStorage)") == ["PathforaPageView"]


def test_11_1_12_a_hidden_widget_does_not_keep_its_id(shop: Shop) -> None:
    shop.show(displayConditions={"pageVisits": 5})
    shop.show()
    assert shop.there()

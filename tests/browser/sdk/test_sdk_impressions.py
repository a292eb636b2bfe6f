"""widgets.md 3.8: limits on how often a widget, or any widget, is shown."""

from typing import Any

import pytest
from sdk_shop import NOON, Shop

AGO = NOON - 10_000


def attempt(shop: Shop, limits: dict[str, Any], widget: str = "w") -> bool:
    shop.show(id=widget, displayConditions={"impressions": limits})
    shown = shop.there(widget)
    shop.run("(id) => pathfora.clearById([id])", widget)
    return shown


@pytest.mark.parametrize(
    "limits", [{"session": 2}, {"widget": {"session": 2}}, {"session": 9, "widget": {"session": 2}}]
)
def test_session(shop: Shop, limits: dict[str, Any]) -> None:
    assert [attempt(shop, limits) for _ in range(3)] == [True, True, False]
    gate = shop.gate("impressions")
    assert (gate["actual"], gate["required"]) == ({"limit": "widget.session", "found": 2}, 2)


def test_limits_survive_a_reload(shop: Shop) -> None:
    assert attempt(shop, {"total": 1})
    shop.open(keep=True)
    assert not attempt(shop, {"total": 1})
    assert shop.gate("impressions")["actual"] == {"limit": "widget.total", "found": 1}


def test_a_new_session_starts_from_zero_but_not_the_total(shop: Shop) -> None:
    assert attempt(shop, {"session": 1})
    shop.run("sessionStorage.clear()")
    assert attempt(shop, {"session": 1})
    assert not attempt(shop, {"total": 2})


def test_what_is_stored(shop: Shop) -> None:
    shop.show()
    assert shop.run("sessionStorage.PathforaImpressions_w") == "1"
    count, last = shop.stored("PathforaImpressions_w").split("|")
    assert (count, NOON < int(last) < NOON + 60_000) == ("1", True)


@pytest.mark.parametrize(
    ("record", "limits", "shown"),
    [
        (f"1|{AGO}", {"buffer": 60}, False),
        (f"1|{AGO}", {"buffer": 5}, True),
        (f"1|{AGO}", {"widget": {"buffer": 60}}, False),
        (f"5|{AGO}", {"widget": {"total": 5, "duration": 60}}, False),
        (f"5|{AGO}", {"widget": {"total": 5, "duration": 5}}, True),
        (f"6|{AGO}", {"widget": {"total": 5, "duration": 60}}, True),
        (f"5|{AGO}", {"total": 5, "duration": 60}, False),
        ("2,1493000000000", {"total": 3}, True),
        ("3,1493000000000", {"total": 3}, False),
        (None, {"total": 0}, False),
        (None, {"session": 0}, False),
        (f"5|{AGO}", {}, True),
    ],
)
def test_own_limits(shop: Shop, record: str | None, limits: dict[str, Any], shown: bool) -> None:
    if record:
        shop.run("(record) => pathfora.utils.write('PathforaImpressions_w', record)", record)
    assert attempt(shop, limits) is shown


def test_top_level_duration_is_not_the_widgets(shop: Shop) -> None:
    shop.run(f"pathfora.utils.write('PathforaImpressions_w', '6|{AGO}')")
    assert not attempt(shop, {"total": 5, "duration": 60})


@pytest.mark.parametrize(
    ("limits", "shown"),
    [
        ({"session": 3}, False),
        ({"session": 4}, True),
        ({"total": 7}, False),
        ({"total": 8}, True),
        ({"buffer": 60}, False),
        ({"buffer": 5}, True),
        ({"duration": 60}, True),
        ({"session": 0}, False),
    ],
)
def test_limits_over_all_widgets(shop: Shop, limits: dict[str, Any], shown: bool) -> None:
    shop.run(f"""() => {{
      sessionStorage.PathforaImpressions_a = '1'; sessionStorage.PathforaImpressions_b = '2';
      pathfora.utils.write('PathforaImpressions_a', '3|{AGO}');
      pathfora.utils.write('PathforaImpressions_b', '4|{AGO - 5000}');
      localStorage.PathforaImpressions_foreign = '0';
      pathfora.utils.store.setItem('PathforaImpressions_old', '9|1', new Date(0));
    }}""")
    assert attempt(shop, {"global": limits}) is shown


def test_a_window_over_all_widgets(shop: Shop) -> None:
    limits = {"global": {"total": 2, "duration": 60}}
    assert attempt(shop, limits)
    shop.show(id="other")
    assert not attempt(shop, limits)
    gate = shop.gate("impressions")
    assert gate["actual"] == {"limit": "global.duration", "found": 2}
    assert gate["required"] == 60
    assert gate["until"] == NOON + 61_000
    shop.tick(61_000)
    assert attempt(shop, limits)
    assert shop.stored("PathforaTotalImpressionsSince_w").startswith("1|")

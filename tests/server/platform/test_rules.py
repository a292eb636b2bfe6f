"""The mapping from events to profile fields: contract vectors, and the table itself."""

from datetime import UTC, datetime
from typing import Any

import pytest
from platform_vectors import read, typed

from understudy.server.platform.decoder import decode_fields
from understudy.server.platform.facts import event_time, facts_of
from understudy.server.platform.merge import OPERATORS
from understudy.server.platform.rules import FIELDS, RULES, is_own_field, kind_of, plan_for
from understudy.server.platform.state import MAX_FIELDS, ProfileState, operator_of

VECTORS = read("fields.json")
RECEIVED = datetime.fromisoformat(VECTORS["received"]).timestamp() * 1000


def profile(events: list[str], stream: str = "default") -> ProfileState:
    state = ProfileState("p")
    for order, raw in enumerate(events, 1):
        data = decode_fields(raw)
        state.feed(facts_of(data, stream, event_time(data, RECEIVED)), order)
    return state


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_fields(case: dict[str, Any]) -> None:
    values = profile(case["events"]).values()
    assert {name: values.get(name) for name in case["fields"]} == typed(case["fields"])
    for name, counts in case.get("counts", {}).items():
        counted = values[name]
        assert isinstance(counted, dict)
        assert sorted(counted.values()) == counts


def test_every_field_has_one_rule_and_an_operator() -> None:
    assert len(FIELDS) == len(RULES)
    assert {rule.operator for rule in RULES} <= OPERATORS.keys()
    assert (operator_of("visitct"), kind_of("visitct")) == (OPERATORS["sum"], "int")
    assert (operator_of("tier"), kind_of("tier")) == (OPERATORS["latest"], "any")


def test_rules_are_found_by_key_and_asked_once() -> None:
    rules, own = plan_for(("email", "pf-form-email", "pf-custom-form", "tier"))
    asked = [rule.field for rule in rules]
    assert own == ("tier",)
    assert asked.count("email") == 1
    assert "_created" in asked
    assert "devices" not in asked


@pytest.mark.parametrize(
    "key", ["", "_x", "pf-x", "formdata_x", "url", "email", "visitct", "utm_medium", "segments", ".days"]
)
def test_keys_that_make_no_field(key: str) -> None:
    assert not is_own_field(key)
    assert is_own_field("tier")


def test_only_visits_of_the_default_stream_are_visits() -> None:
    values = profile(["_uid=u"], stream="crm").values()
    assert "lastvisit_ts" not in values
    assert values["last_active_ts"] == datetime.fromtimestamp(RECEIVED / 1000, UTC)
    assert values["_streamnames"] == ["crm"]


def test_fields_of_ones_own_are_limited() -> None:
    state = ProfileState("p")
    state.feed(facts_of({f"k{n}": "1" for n in range(MAX_FIELDS + 50)}, "default", RECEIVED), 1)
    assert len(state.fields) == MAX_FIELDS
    state.feed(facts_of({"k0": "2", "late": "3"}, "default", RECEIVED), 2)
    assert state.values()["k0"] == "2"
    assert "late" not in state.values()


@pytest.mark.parametrize(
    ("kind", "event"),
    [("form", "submit"), ("sitegate", "unlock"), ("subscription", "subscribe"), ("message", "confirm")],
)
def test_a_sent_form_is_one_conversion(kind: str, event: str) -> None:
    sent = [f"pf-widget-id=w&pf-widget-type={kind}&pf-widget-event={name}" for name in ("show", event)]
    if kind != "message":
        sent.append(f"pf-widget-id=w&pf-widget-type={kind}&pf-widget-event=confirm")
    assert profile(sent).values()["ly_conversions"] == {"w": 1}

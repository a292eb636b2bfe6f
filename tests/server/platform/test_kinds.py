"""Typed fields: what a persona may state."""

from datetime import UTC, datetime

import pytest

from understudy.server.platform.codec import dumps, from_ms, is_time, loads, ordered_dumps, plain, to_ms
from understudy.server.platform.errors import FieldError, PlatformError
from understudy.server.platform.kinds import Kind, coerce

MOMENT = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("string", 5, "5"),
        ("string", True, "t"),
        ("int", "83", 83),
        ("int", 4.0, 4),
        ("number", "0.5", 0.5),
        ("bool", "t", True),
        ("time", "2026-01-31T12:00:00Z", MOMENT),
        ("time", MOMENT.replace(tzinfo=None), MOMENT),
        ("time", 1769860800000, MOMENT),
        ("set", "one", ["one"]),
        ("set", ["a", 1], ["a", "1"]),
        ("counts", {"desktop": "4"}, {"desktop": 4}),
        ("times", {"pv": "2026-01-31T12:00:00Z"}, {"pv": MOMENT}),
        ("values", {"a": "x", "b": 2}, {"a": "x", "b": 2}),
        ("any", "gold", "gold"),
        ("any", "2026-01-31", "2026-01-31"),
        ("any", "2026-01-31T12:00:00Z", MOMENT),
        ("any", ["a"], ["a"]),
    ],
)
def test_values_that_fit(kind: Kind, value: object, expected: object) -> None:
    assert coerce("field", kind, value) == expected


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("string", ["a"], "a text"),
        ("int", "lots", "a whole number"),
        ("int", 4.5, "a whole number"),
        ("number", True, "a number"),
        ("bool", "maybe", "true or false"),
        ("time", "soon", "a time such as"),
        ("set", [["a"]], "a list of texts"),
        ("counts", {"a": "x"}, "a mapping of names to whole numbers"),
        ("times", [1], "a mapping of names to times"),
        ("values", "x", "a mapping of names to values"),
        ("any", None, "a value"),
    ],
)
def test_values_that_do_not_fit(kind: Kind, value: object, wanted: str) -> None:
    with pytest.raises(FieldError) as caught:
        coerce("visitct", kind, value)
    assert f"visitct must be {wanted}" in str(caught.value)
    assert repr(value) in str(caught.value)
    assert isinstance(caught.value, PlatformError)


def test_times_survive_the_store_and_are_text_outside() -> None:
    value = {"a": [MOMENT, {"b": MOMENT}], "c": "x", "n": 1}
    assert loads(dumps(value)) == value
    assert plain(value) == {"a": ["2026-01-31T12:00:00.000Z", {"b": "2026-01-31T12:00:00.000Z"}], "c": "x", "n": 1}
    assert ordered_dumps({"b": 1, "a": 2}) == '{"a":2,"b":1}'
    assert from_ms(to_ms(MOMENT)) == MOMENT


def test_a_page_cannot_break_a_profile_with_our_mark() -> None:
    for value in ({"$time": "abc"}, {"$time": 1e300}, {"$time": True}, {"$time": 1, "x": 2}):
        assert loads(dumps(value)) == value
    assert not is_time(-1)
    assert not is_time("5")


def test_what_cannot_be_stored_says_so() -> None:
    with pytest.raises(TypeError, match="a set cannot be stored"):
        dumps({"a": {1}})

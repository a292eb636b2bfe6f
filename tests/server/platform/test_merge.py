"""Merge operators: joining fragments of a profile must not depend on the order in which they are joined."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.merge import CAPACITY, OPERATORS

KEYS = st.sampled_from("abc")
NUMBERS = st.integers(-9, 9)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda time: time.replace(tzinfo=UTC))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "latest": st.one_of(NUMBERS, st.text(max_size=2), st.lists(st.text(max_size=1), max_size=2), TIMES),
    "oldest": st.one_of(NUMBERS, st.text(max_size=2), TIMES),
    "min": TIMES,
    "max": TIMES,
    "sum": NUMBERS,
    "set": st.lists(KEYS, max_size=3),
    "mapsum": st.dictionaries(KEYS, NUMBERS),
    "mapmin": st.dictionaries(KEYS, TIMES),
    "mapmax": st.dictionaries(KEYS, TIMES),
    "mapoldest": st.dictionaries(KEYS, st.text(max_size=2)),
    "maplatest": st.dictionaries(KEYS, st.text(max_size=2)),
}
ADDING = {"sum", "mapsum"}
LESS_ROOM = ["set/2", "mapmax/2", "maplatest/2"]  # what these keep is the greater the more they know
VALUES |= {name: VALUES[name.partition("/")[0]] for name in LESS_ROOM}
CASES = st.sampled_from([*sorted(OPERATORS), *LESS_ROOM]).flatmap(
    lambda name: st.tuples(st.just(name), st.lists(st.tuples(VALUES[name], st.integers(0, 3)), min_size=3, max_size=3))
)


@given(CASES)
def test_join_is_commutative_and_associative(case: tuple[str, list[tuple[Any, int]]]) -> None:
    name, values = case
    operator = OPERATORS[name]
    a, b, c = (operator.lift(value, order) for value, order in values)
    assert operator.join(a, b) == operator.join(b, a)
    assert operator.join(operator.join(a, b), c) == operator.join(a, operator.join(b, c))
    if name not in ADDING:
        assert operator.join(a, a) == a


@given(CASES)
def test_join_leaves_its_arguments_alone(case: tuple[str, list[tuple[Any, int]]]) -> None:
    name, values = case
    operator = OPERATORS[name]
    a, b, _ = (operator.lift(value, order) for value, order in values)
    before = repr((a, b))
    operator.join(a, b)
    assert repr((a, b)) == before


@pytest.mark.parametrize(
    ("name", "first", "second", "expected"),
    [
        ("latest", "old", "new", "new"),
        ("latest", ["a"], ["b"], ["b"]),
        ("oldest", "old", "new", "old"),
        ("mapoldest", {"a": "x", "c": "z"}, {"a": "y", "b": "w"}, {"a": "x", "b": "w", "c": "z"}),
        ("min", 2, 1, 1),
        ("max", 2, 1, 2),
        ("sum", 2, 1, 3),
        ("set", ["b", "a"], ["c", "a"], ["a", "b", "c"]),
        ("mapsum", {"a": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 1}),
        ("mapmin", {"a": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 1}),
        ("mapmax", {"a": 1}, {"a": 2, "b": 1}, {"a": 2, "b": 1}),
        ("maplatest", {"a": "x", "c": "z"}, {"a": "y"}, {"a": "y", "c": "z"}),
    ],
)
def test_what_operators_mean(name: str, first: Any, second: Any, expected: Any) -> None:
    operator = OPERATORS[name]
    earlier, later = operator.lift(first, 1), operator.lift(second, 2)
    assert operator.read(operator.join(later, earlier)) == expected


def test_sets_keep_the_most_recent_values() -> None:
    operator = OPERATORS["set"]
    state = operator.lift(["first"], 0)
    for order in range(1, CAPACITY + 1):
        state = operator.join(state, operator.lift([f"v{order}"], order))
    values = operator.read(state)
    assert isinstance(values, list)
    assert len(values) == CAPACITY
    assert "first" not in values
    assert f"v{CAPACITY}" in values


def test_3_3_a_field_may_have_less_room() -> None:
    names = OPERATORS["set/2"]
    state = names.lift(["a", "b", "c"], 1)
    assert names.read(state) == ["b", "c"]
    assert names.read(names.join(state, names.lift(["a"], 2))) == ["a", "c"]
    latest, counts = OPERATORS["maplatest/1"], OPERATORS["mapsum/1"]
    assert latest.read(latest.join(latest.lift({"a": 1}, 2), latest.lift({"b": 2}, 1))) == {"a": 1}
    assert counts.join({"a": 1}, {"b": 5}) == {"b": 5}
    for odd in ("latest/2", "set/", "set/x", "none"):
        with pytest.raises(KeyError):
            OPERATORS[odd]

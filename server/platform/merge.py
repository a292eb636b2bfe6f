"""Merge operators: how a field takes in a new value, and how two profiles of one person become one (platform.md 3.3).

A field is kept as a *state* from which its value is read. Joining states is commutative and associative for every
operator, and idempotent for all but `sum` and `mapsum`, which add; so it does not matter in which order fragments are
joined. (Beyond `CAPACITY` keys this holds no more for maps that keep their largest values.)

`latest` means the latest to *arrive*, by the number of the event: the clocks of pages are wrong, or virtual in tests,
and a value that was sent last must be the one that is seen. Values of a persona have number 0 and give way to all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from understudy.server.platform.codec import ordered_dumps

CAPACITY = 1000  # values in a set or map (platform.md 3.3, "Limits")

State = Any
Join = Callable[[State, State], State]


@dataclass(frozen=True, slots=True)
class Operator:
    """`lift(value, order)` makes a state, `join(a, b)` one of two, `read(state)` gives the value back."""

    lift: Callable[[Any, int], State]
    join: Join
    read: Callable[[State], object]


def _later(one: State, other: State) -> State:
    """Of two `[order, value]` the one with the higher order; on a tie the greater text, so that both ways agree."""
    if one[0] != other[0]:
        return one if one[0] > other[0] else other
    return max(one, other, key=lambda state: ordered_dumps(state[1]))


def _earlier(one: State, other: State) -> State:
    """Of two `[order, value]` the one with the lower order; on a tie the smaller text."""
    if one[0] != other[0]:
        return one if one[0] < other[0] else other
    return min(one, other, key=lambda state: ordered_dumps(state[1]))


def _by_key(pick: Join, weight: Callable[[State], Any]) -> Join:
    """Join two maps key by key, keeping the `CAPACITY` heaviest entries."""

    def join(one: State, other: State) -> State:
        joined = dict(one)
        for key, value in other.items():
            joined[key] = pick(joined[key], value) if key in joined else value
        if len(joined) <= CAPACITY:
            return joined
        heaviest = sorted(joined.items(), key=lambda item: (weight(item[1]), item[0]), reverse=True)
        return dict(heaviest[:CAPACITY])

    return join


def _add(one: State, other: State) -> State:
    return one + other


def itself(value: Any, _order: int = 0) -> Any:
    """The `lift` and `read` of an operator whose state is the value."""
    return value


def _stamped(value: Any, order: int) -> State:
    return [order, value]


def _ordinal(value: State) -> Any:
    return value


OPERATORS: dict[str, Operator] = {
    "latest": Operator(_stamped, _later, lambda state: state[1]),
    "oldest": Operator(_stamped, _earlier, lambda state: state[1]),
    "min": Operator(itself, min, itself),
    "max": Operator(itself, max, itself),
    "sum": Operator(itself, _add, itself),
    "set": Operator(lambda values, order: dict.fromkeys(values, order), _by_key(max, _ordinal), sorted),
    "mapsum": Operator(itself, _by_key(_add, _ordinal), itself),
    "mapmin": Operator(itself, _by_key(min, _ordinal), itself),
    "mapmax": Operator(itself, _by_key(max, _ordinal), itself),
    "maplatest": Operator(
        lambda value, order: {key: [order, item] for key, item in value.items()},
        _by_key(_later, lambda state: state[0]),
        lambda state: {key: item for key, (_, item) in state.items()},
    ),
    "mapoldest": Operator(
        lambda value, order: {key: [order, item] for key, item in value.items()},
        _by_key(_earlier, lambda state: state[0]),
        lambda state: {key: item for key, (_, item) in state.items()},
    ),
}

"""Merge operators: how a field takes in a new value, and how two profiles of one person become one (platform.md 3.3).

A field is kept as a *state* from which its value is read. Joining states is commutative and associative for every
operator, and idempotent for all but `sum` and `mapsum`, which add; so it does not matter in which order fragments are
joined. (Beyond the capacity this holds no more for maps that keep their largest values.)

Sets and maps have room for `CAPACITY` values, or for fewer where a workspace says so: `set/20` has room for 20. What
came longest ago makes room, and of maps that compare or add their values the smallest.

`latest` means the latest to *arrive*, by the number of the event: the clocks of pages are wrong, or virtual in tests,
and a value that was sent last must be the one that is seen. Values of a persona have number 0 and give way to all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
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


def _by_key(pick: Join, weight: Callable[[State], Any], capacity: int) -> Join:
    """Join two maps key by key, keeping the heaviest entries."""

    def join(one: State, other: State) -> State:
        joined = dict(one)
        for key, value in other.items():
            joined[key] = pick(joined[key], value) if key in joined else value
        if len(joined) <= capacity:
            return joined
        heaviest = sorted(joined.items(), key=lambda item: (weight(item[1]), item[0]), reverse=True)
        return dict(heaviest[:capacity])

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


def _stamped_each(value: Any, order: int) -> State:
    return {key: [order, item] for key, item in value.items()}


def _items(state: State) -> object:
    return {key: item for key, (_, item) in state.items()}


@dataclass(frozen=True, slots=True)
class _Several:
    """An operator that keeps several values, to be made for as many as there is room for."""

    lift: Callable[[Any, int], State]
    pick: Join
    weight: Callable[[State], Any]
    read: Callable[[State], object]

    def operator(self, capacity: int) -> Operator:
        join, lift = _by_key(self.pick, self.weight, capacity), self.lift
        if capacity == CAPACITY:  # more than one event can bring
            return Operator(lift, join, self.read)
        return Operator(lambda value, order: join({}, lift(value, order)), join, self.read)


ROOMY: dict[str, _Several] = {
    "set": _Several(lambda values, order: dict.fromkeys(values, order), max, _ordinal, sorted),
    "mapsum": _Several(itself, _add, _ordinal, itself),
    "mapmin": _Several(itself, min, _ordinal, itself),
    "mapmax": _Several(itself, max, _ordinal, itself),
    "maplatest": _Several(_stamped_each, _later, lambda state: state[0], _items),
    "mapoldest": _Several(_stamped_each, _earlier, lambda state: state[0], _items),
}


@lru_cache(maxsize=256)
def _of_less_room(name: str) -> Operator:
    base, _, room = name.partition("/")
    if base not in ROOMY or not room.isdecimal():
        raise KeyError(name)
    return ROOMY[base].operator(int(room))


class _Operators(dict[str, Operator]):
    """Operators by name; those of less room are made when asked for."""

    def __missing__(self, name: str) -> Operator:
        return _of_less_room(name)


OPERATORS: dict[str, Operator] = _Operators(
    {
        "latest": Operator(_stamped, _later, lambda state: state[1]),
        "oldest": Operator(_stamped, _earlier, lambda state: state[1]),
        "min": Operator(itself, min, itself),
        "max": Operator(itself, max, itself),
        "sum": Operator(itself, _add, itself),
        **{name: several.operator(CAPACITY) for name, several in ROOMY.items()},
    }
)

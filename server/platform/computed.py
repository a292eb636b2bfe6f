"""Profile fields that are worked out from others when they are asked for, and not stored.

Some follow from what only the rest of the server knows, such as its content; some would change with every event. An
audience book carries what works them out, so that audiences follow at once when that changes. Nothing is worked out for
a profile unless an audience that reads such a field is decided, or somebody asks for it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

Parts = frozenset[int]
NONE: Parts = frozenset()


class Computed(Protocol):
    """Works out the fields `names` from those in `sources`, and from the same names where a profile states them."""

    @property
    def names(self) -> frozenset[str]:
        """The fields that it gives."""

    @property
    def sources(self) -> frozenset[str] | None:
        """The fields that it looks at, besides `names`; None when any may matter."""

    @property
    def digest(self) -> str:
        """Changes when the same profile may get another value."""

    def of(self, fields: Mapping[str, object]) -> dict[str, object]:
        """The values for a profile with these typed fields; a field without one is left out."""


@dataclass(frozen=True, slots=False)
class Computations:
    """Several that work out fields, each known by its place. They do not look at each other's."""

    all: tuple[Computed, ...] = ()

    @cached_property
    def names(self) -> frozenset[str]:
        """Every field that one of them gives."""
        return frozenset().union(*(one.names for one in self.all))

    def giving(self, names: Collection[str]) -> Parts:
        """Those that give any of these fields; `*` is every field."""
        if "*" in names:
            return frozenset(range(len(self.all)))
        if self.names.isdisjoint(names):
            return NONE
        return frozenset(place for place, one in enumerate(self.all) if not one.names.isdisjoint(names))

    def sources(self, parts: Parts) -> Iterable[frozenset[str] | None]:
        """What each of the parts looks at."""
        return (self.all[place].sources for place in parts)

    def digest(self, parts: Parts) -> str:
        """Changes when one of the parts may give the same profile another value."""
        return "".join(f"\n{self.all[place].digest}" for place in sorted(parts))

    def over(self, fields: Mapping[str, object], parts: Parts) -> Mapping[str, object]:
        """The fields, with what the parts give in place of what is stated."""
        if not parts:
            return fields
        return {**fields, **{name: value for place in parts for name, value in self.all[place].of(fields).items()}}

    def changed(self, change: Callable[[Computed], Computed]) -> "Computations":
        """The same with a change of each, or this one when nothing is changed."""
        others = tuple(map(change, self.all))
        same = all(one is other for one, other in zip(self.all, others, strict=True))
        return self if same else Computations(others)

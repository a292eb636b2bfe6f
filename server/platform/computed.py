"""Profile fields that are worked out from others when they are asked for, and not stored.

Some follow from what only the rest of the server knows, such as its content; some would change with every event. An
audience book carries what works them out, so that audiences follow at once when that changes. Nothing is worked out for
a profile unless an audience that reads such a field is decided, or somebody asks for it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

Names = frozenset[str]
NONE: Names = frozenset()


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

    def of(self, fields: Mapping[str, object], wanted: Names) -> Mapping[str, object]:
        """The values of at least the wanted `names` for a profile with these typed fields; one without is left out."""


@dataclass(frozen=True)
class Computations:
    """Several that work out fields. They do not look at each other's."""

    all: tuple[Computed, ...] = ()

    @cached_property
    def names(self) -> Names:
        """Every field that one of them gives."""
        return frozenset().union(*(one.names for one in self.all))

    def among(self, names: Collection[str]) -> Names:
        """Those of the names that one of them gives; `*` is every name."""
        return self.names if "*" in names else self.names.intersection(names)

    def sources(self, names: Names) -> Iterable[frozenset[str] | None]:
        """What these fields follow from, by whoever gives some of them."""
        return (one.sources for one in self._giving(names))

    def digest(self, names: Names) -> str:
        """Changes when one of these fields may have another value for the same profile."""
        return "".join(f"\n{one.digest}" for one in self._giving(names))

    def over(self, fields: Mapping[str, object], names: Names) -> Mapping[str, object]:
        """The fields with these ones, in place of what is stated."""
        if not names:
            return fields
        whole = dict(fields)
        for one in self._giving(names):
            whole.update(one.of(fields, names))
        return whole

    def changed(self, change: Callable[[Computed], Computed]) -> "Computations":
        """The same with a change of each, or this one when nothing is changed."""
        others = tuple(map(change, self.all))
        same = all(one is other for one, other in zip(self.all, others, strict=True))
        return self if same else Computations(others)

    def _giving(self, names: Names) -> Iterator[Computed]:
        return (one for one in self.all if not one.names.isdisjoint(names))

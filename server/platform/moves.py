"""What an event has changed in a profile, worked out when somebody asks: mostly nobody does."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from understudy.server.platform.state import DERIVED, ProfileState


class Moves(Mapping[str, tuple[object, object]]):
    """Field to its old and new value, for every field that is not the same; None stands for no value.

    Neither profile may be changed any more.
    """

    def __init__(self, before: ProfileState, after: ProfileState, touched: list[str]) -> None:
        self._before = before
        self._after = after
        self._touched = touched

    def __getitem__(self, name: str) -> tuple[object, object]:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return repr(self._found)

    @cached_property
    def _found(self) -> dict[str, tuple[object, object]]:
        before, new = self._before, self._after.values()
        old = (before.derived() if before.fields else {}) | {name: before.value(name) for name in self._touched}
        stated = self._after.fields.keys()  # a persona may state what is otherwise derived
        names = dict.fromkeys((*self._touched, *(name for name in DERIVED if name not in stated)))
        return {name: (old.get(name), new[name]) for name in names if name in new and old.get(name) != new[name]}


def touched_fields(before: ProfileState, after: ProfileState) -> list[str]:
    """The fields that may have another value: joining makes new states and leaves the old ones alone."""
    old = before.fields
    return [name for name, value in after.fields.items() if old.get(name) is not value]

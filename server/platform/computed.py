"""Profile fields that are worked out from others by what only the rest of the server knows, such as its content.

They are not stored. An audience book carries who works them out, so that audiences follow at once when that changes;
nothing is worked out for a profile unless an audience that reads such a field is decided, or somebody asks for it.
"""

from collections.abc import Mapping
from typing import Protocol


class Computed(Protocol):
    """Works out the fields `names` from those in `sources`, and from the same names where a profile states them."""

    @property
    def names(self) -> frozenset[str]:
        """The fields that it gives."""

    @property
    def sources(self) -> frozenset[str]:
        """The fields that it looks at, besides `names`."""

    @property
    def digest(self) -> str:
        """Changes when the same profile may get another value."""

    def of(self, fields: Mapping[str, object]) -> dict[str, object]:
        """The values for a profile with these typed fields; a field without one is left out."""


class _Nothing:
    names: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    digest = ""

    def of(self, _fields: Mapping[str, object]) -> dict[str, object]:
        return {}


NOTHING: Computed = _Nothing()

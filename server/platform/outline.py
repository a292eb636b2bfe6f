"""What reports look at of a profile: read for all of them, so without the rest of it."""

from dataclasses import dataclass

from understudy.server.platform.rules import FORMER
from understudy.server.platform.state import ProfileState

REFERRERS, DOMAINS, SOURCES = "refdomain", "domains", "utm_sources"
OUTLINED = (FORMER, REFERRERS, DOMAINS, SOURCES)  # sets, whose states have the values as keys

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outline:
    """A profile's id, the audiences it was last seen in and those it has left, and where its visits came from.

    `book` is the digest of the audiences that it was last seen by.
    """

    id: str
    members: list[str]
    book: str
    former: frozenset[str]
    referrers: frozenset[str]
    domains: frozenset[str]
    sources: frozenset[str]

    @property
    def ever(self) -> frozenset[str]:
        """The audiences it is in or was in at some time."""
        return self.former.union(self.members) if self.former else frozenset(self.members)


def outline_of(state: ProfileState) -> Outline:
    """The outline of a profile, of which no fields but `OUTLINED` need to be there."""
    found = (frozenset(kept) if (kept := state.fields.get(name)) else _NOTHING for name in OUTLINED)
    return Outline(state.id, state.members, state.book, *found)

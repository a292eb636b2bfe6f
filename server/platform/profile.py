"""Profiles as the rest of the server sees them; everything here is ready for JSON (times are ISO 8601 texts)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import plain, shallow
from understudy.server.platform.state import ProfileState

# Fields of the vendor's that say what `segments` does: here the slugs of all audiences. No audience can look at them.
MEMBERSHIPS = ("_segments", "_segs")


@dataclass(frozen=True, slots=True)
class Profile:
    """All of a profile: its `_id`, its fields, its identities as (kind, value), and every audience it is in now."""

    id: str
    fields: dict[str, object]
    identities: list[tuple[str, str]]
    segments: list[str]

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return shallow(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What personalization knows of a visitor: every field, and the public audiences. See `visible` for the fields."""

    fields: dict[str, object]
    segments: list[str]


def visible(fields: Mapping[str, object], allowed: Iterable[str]) -> dict[str, object]:
    """The fields that may leave for the browser, in the profile's order; `*` in `allowed` lets all of them."""
    names = set(allowed)
    return {name: value for name, value in fields.items() if name in names or "*" in names}


def profile_of(state: ProfileState, book: AudienceBook, now: datetime, *, computed: bool = True) -> Profile:
    """A stored profile with its `computed` fields, and its audiences as of `now`."""
    values = state.values(now)
    members = book.members(values, now)
    if computed:
        values = {**book.computed.over(values, book.computed.among("*")), **dict.fromkeys(MEMBERSHIPS, members)}
    return Profile(state.id, _plain(values), state.identities(), members)


def decision_of(state: ProfileState, book: AudienceBook, now: datetime, wanted: Iterable[str] = ()) -> Decision:
    """What a browser's request decides for the profile as of `now`, with computed fields if any of them is `wanted`."""
    values = state.values(now)
    members = book.members(values, now)
    whole = book.computed.over(values, book.computed.among(set(wanted)))
    return Decision(_plain(whole), book.public(members))


def recorded(state: ProfileState, book: AudienceBook, now: datetime) -> Decision:
    """What is on record of the profile, with nothing decided anew."""
    return Decision(_plain(state.values(now)), book.public(state.members))


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in values.items()}

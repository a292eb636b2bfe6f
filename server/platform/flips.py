"""What time alone will do next: who enters or leaves which audience, and when."""

from collections.abc import Iterator
from dataclasses import dataclass

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import from_ms, shallow, to_ms
from understudy.server.platform.identity import find_profile
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader

PROFILES = 20  # that are looked at: those whose moments are next
LOOKS = 12  # moments ahead for each of them
LOOKS_FOR_ONE = 60
_EVER = 2.0**60


@dataclass(frozen=True, slots=True)
class Turn:
    """A profile will enter an audience, or leave it, at a moment in unix milliseconds, unless an event comes first."""

    at: float
    profile: str
    identities: list[tuple[str, str]]
    audience: str
    enters: bool

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return shallow(self)


def turns(reader: Reader, book: AudienceBook, now: float, uid: str = "") -> list[Turn]:
    """The next turns in order: of one visitor, or of those profiles whose moments come first."""
    if uid:
        state = find_profile(reader, "_uid", uid)
        found = list(_turns_of(state, book, now, LOOKS_FOR_ONE)) if state else []
    else:
        states = [state for profile in reader.due(_EVER, PROFILES) if (state := reader.load(profile))]
        found = [turn for state in states for turn in _turns_of(state, book, now, LOOKS)]
    return sorted(found, key=lambda turn: (turn.at, turn.profile, turn.audience))


def _turns_of(state: ProfileState, book: AudienceBook, now: float, looks: int) -> Iterator[Turn]:
    values, moment = state.values(), from_ms(now)
    inside = set(book.members(values, moment))
    for _ in range(looks):
        following = book.next_moment(values, moment)
        if following is None:
            return
        moment = following
        then = set(book.members(values, moment))
        for slug in sorted(inside ^ then):
            yield Turn(to_ms(moment), state.id, state.identities(), slug, slug in then)
        inside = then

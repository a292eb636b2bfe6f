"""Which audiences a profile is in, found anew or by what has changed since it was last found."""

from collections.abc import Iterable, Mapping

from understudy.server.platform.audience import Decided
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import from_ms
from understudy.server.platform.state import ProfileState


def decide(
    state: ProfileState,
    book: AudienceBook,
    values: Mapping[str, object],
    now: float,
    touched: Iterable[str] | None = None,
) -> Decided:
    """Bring the audiences of a profile with these values up to date; `now` is in unix milliseconds.

    `touched` are the fields that have changed since the profile was read, if that is known.
    """
    last = None
    if touched is not None and state.book == book.digest and not state.joined and isinstance(state.decided, Decided):
        # Someone may have written other members meanwhile, with nothing said of where the values stood.
        last = state.decided if (state.decided.digest, state.decided.members) == (book.digest, state.members) else None
    found = book.decide(values, from_ms(now), last, touched or ())
    state.members, state.book, state.decided = found.members, book.digest, found
    return found

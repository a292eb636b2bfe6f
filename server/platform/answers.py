"""What the platform knows, asked for one visitor by an identity, and for all of them; nothing is changed by it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.clock import VirtualClock
from understudy.server.platform.codec import from_ms
from understudy.server.platform.event import StoredEvent
from understudy.server.platform.facts import DEFAULT_STREAM, event_time, facts_of
from understudy.server.platform.flips import Turn, turns
from understudy.server.platform.identity import find_profile, normal
from understudy.server.platform.outline import Outline
from understudy.server.platform.people import People
from understudy.server.platform.profile import Decision, Profile, decision_of, profile_of, recorded
from understudy.server.platform.schema import NO_SCHEMA
from understudy.server.platform.state import ProfileState, profile_id
from understudy.server.platform.store import Reader, Store
from understudy.server.platform.survey import Act, acts, outlines

_LAST = 2**63 - 1  # a payload that is tried out is later than any stored event


class Answers:
    """The reading half of the platform: it decides by the audiences, the schema and the clock that count when asked."""

    def __init__(self, store: Store, audiences: AudienceBook, clock: VirtualClock) -> None:
        self._store = store
        self._book = audiences
        self._schema = NO_SCHEMA
        self.clock = clock
        self.people = People(store, lambda: self._book, self._now)

    def profile(self, field: str, value: str, *, computed: bool = True) -> Profile | None:
        """The profile with that identity (`_uid`, `_uids`, `email`, `uuid`, or its `_id`), as last committed.

        Without `computed` it has only those fields that are stored, or that follow from them.
        """
        book, now = self._book, self._now()
        state = self._store.read(lambda reader: find_profile(reader, field, value))
        return None if state is None else profile_of(state, book, now, computed=computed)

    def personalize(
        self, field: str, value: str, payload: Mapping[str, object], wanted: Collection[str] = ()
    ) -> Decision:
        """Decide for a visitor as if `payload` were their next event; nothing is stored.

        A visitor who is not known yet is decided as a new profile with that one identity, because that is what they are
        a moment later: their first event is often still on its way. Such a visitor has no fields but those that the
        payload gives. An identity in the payload is a field like any other: it opens nobody else's profile. Fields that
        are not stored (see `computed`) are among the answer's when one of them, or `*`, is in `wanted`.
        """
        book, received = self._book, self.clock()
        known = self._store.read(lambda reader: find_profile(reader, field, value))
        state = known or _newcomer(field, value)
        if payload or known is None:
            time = self.clock.moment_of(event_time(payload, received))
            state.feed(facts_of(payload, DEFAULT_STREAM, time), _LAST, self._schema)
        decision = decision_of(state, book, from_ms(received), wanted)
        return decision if known or payload else Decision({}, decision.segments)

    def at_hand(self, field: str, value: str) -> Decision:
        """What is on record of a visitor: stored fields, and the public audiences as of the last event."""
        book, now = self._book, self._now()
        state = self._store.read(lambda reader: find_profile(reader, field, value))
        return Decision({}, []) if state is None else recorded(state, book, now)

    def events(self, field: str, value: str, limit: int = 200) -> list[StoredEvent]:
        """The visitor's events, newest first; empty for an unknown visitor."""

        def work(reader: Reader) -> list[StoredEvent]:
            state = find_profile(reader, field, value)
            return [] if state is None else reader.events(state.id, max(0, limit))

        return self._store.read(work)

    def turns(self, uid: str = "") -> list[Turn]:
        """What time alone will do next, to one visitor or to those who are next; see `flips`. Call it from a thread."""
        book, now = self._book, self.clock()
        return self._store.read(lambda reader: turns(reader, book, now, uid))

    def acts(self) -> Iterator[Act]:
        """All that happened with widgets; see `survey`. Go through it in a thread."""
        return acts(self._store)

    def outlines(self) -> Iterator[Outline]:
        """All profiles, as reports look at them; see `survey`. Go through them in a thread."""
        return outlines(self._store, self._book, self._now())

    @property
    def audiences(self) -> AudienceBook:
        """The audiences that profiles are decided by."""
        return self._book

    def audiences_with(self, audience: Audience) -> AudienceBook:
        """The audiences as they would be with this one."""
        others = [one for one in self._book.values() if one.slug != audience.slug]
        return AudienceBook([*others, audience], self._book.computed.all)

    def _now(self) -> datetime:
        return from_ms(self.clock())


def _newcomer(field: str, value: str) -> ProfileState:
    identity = normal(field, value)
    state = ProfileState(profile_id(identity or (field, value)))
    if identity:
        state.identify([identity])
    return state

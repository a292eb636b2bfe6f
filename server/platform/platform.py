"""The platform as the routes use it: collect events, answer for visitors, seed and forget them.

One store holds the profiles of one account; `RawEvent.account` is kept with each event for the record.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.clock import VirtualClock, system_clock
from understudy.server.platform.codec import dumps, from_ms
from understudy.server.platform.computed import Computed
from understudy.server.platform.erasing import Erasure, erase
from understudy.server.platform.errors import MAX_EVENT_BYTES, EventTooLarge, StoreError
from understudy.server.platform.event import RawEvent, Receipt, StoredEvent
from understudy.server.platform.facts import DEFAULT_STREAM, event_time, facts_of
from understudy.server.platform.flips import Turn, turns
from understudy.server.platform.identity import find_profile, normal
from understudy.server.platform.ingest import ingest
from understudy.server.platform.outbox import Outbox
from understudy.server.platform.outline import Outline
from understudy.server.platform.overlay import Overlay
from understudy.server.platform.people import People
from understudy.server.platform.profile import Decision, Profile, decision_of, profile_of, recorded
from understudy.server.platform.schema import NO_SCHEMA, Schema
from understudy.server.platform.seeding import plant, prepare
from understudy.server.platform.sqlite_store import SQLiteStore
from understudy.server.platform.state import ProfileState, profile_id
from understudy.server.platform.store import Reader, Session, Store
from understudy.server.platform.survey import Act, acts, outlines
from understudy.server.platform.timekeeper import Alarm, Moved, Timekeeper, settle
from understudy.server.platform.travelling import Change, travel

Clock = Callable[[], float]
Listener = Callable[[Receipt], None]
Watcher = Callable[[Moved], None]

_GROUP = 200  # events of an upload in one piece of work, so that others' are not kept waiting for long
_LAST = 2**63 - 1  # a payload that is tried out is later than any stored event

log = logging.getLogger("understudy")


class Platform:
    """Events, profiles and audiences over one store. `collect`, `seed` and `forget` answer after the commit.

    `clock` gives the unix milliseconds by which audiences are decided for requests; events bring their own.
    """

    def __init__(self, store: Store, audiences: AudienceBook, *, clock: Clock = system_clock) -> None:
        self._store = store
        self._given = self._book = audiences
        self._overlay = Overlay()
        self._schema = NO_SCHEMA
        self._travels = asyncio.Lock()
        self.clock = VirtualClock(clock)
        self._listeners: list[Listener] = []
        self._watchers: list[Watcher] = []
        self.outbox = Outbox(store)
        self.people = People(store, lambda: self._book, self._now)
        self._timekeeper = Timekeeper(store, lambda: self._book, self.clock, self._tell_moved, self.outbox)

    @classmethod
    def open(
        cls, path: Path | str, audiences: AudienceBook, *, synchronous: str = "NORMAL", clock: Clock = system_clock
    ) -> Self:
        """Open or make the store at `path` (`:memory:` for none); raises `StoreError`.

        `synchronous` is NORMAL, or FULL to survive a power cut without losing the last commits. `clock` gives the unix
        milliseconds at which audiences are decided for requests; events bring their own.
        """
        return cls(SQLiteStore(path, synchronous=synchronous), audiences, clock=clock)

    async def collect(self, event: RawEvent) -> Receipt:
        """Store an event, once if it has an id; returns after the commit.

        Raises `StoreError` or `EventTooLarge`, with nothing stored.
        """
        size = len(event.raw.encode("utf-8", "replace")) or len(dumps(event.data))
        if size > MAX_EVENT_BYTES:
            raise EventTooLarge(size)
        return await self._store.write(lambda session: self._ingest(session, event), self._tell)

    async def collect_all(self, events: Sequence[RawEvent]) -> list[Receipt]:
        """Store several events in the order given, a group at a time; returns after the last commit.

        Raises `StoreError`, whose message says how many of them are stored.
        """
        receipts: list[Receipt] = []
        for start in range(0, len(events), _GROUP):
            group = events[start : start + _GROUP]
            try:
                stored = await self._store.write(partial(self._ingest_all, group), self._tell_all)
            except StoreError as error:
                raise StoreError(f"{error} Of {len(events):,} events the first {start:,} are stored.") from error
            receipts += stored
        return receipts

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

    def acts(self) -> Iterator[Act]:
        """All that happened with widgets; see `survey`. Go through it in a thread."""
        return acts(self._store)

    def outlines(self) -> Iterator[Outline]:
        """All profiles, as reports look at them; see `survey`. Go through them in a thread."""
        return outlines(self._store, self._book, self._now())

    async def seed(self, identities: Mapping[str, str], fields: Mapping[str, object]) -> Profile:
        """Make the profile with these identities, in place of those that had any of them; their events are dropped.

        `fields` are typed values; `email` and `uuid` among them are identities too. Raises `FieldError` for a value
        that does not fit its field, or an identity that is none; then nothing has changed.
        """
        persona = prepare(identities, fields, self._schema)
        book, now = self._book, self.clock()

        def work(session: Session) -> tuple[ProfileState, float | None]:
            state = plant(session, persona)
            return state, settle(session, state, book, now)

        state, due = await self._store.write(work)
        if due is not None:
            self._timekeeper.notice(due)
        return profile_of(state, self._book, self._now())

    async def forget(self, field: str, value: str) -> int:
        """Delete a visitor's profile, events and identities; returns how many events there were."""

        def work(session: Session) -> int:
            state = find_profile(session, field, value)
            return 0 if state is None else session.delete(state.id)

        return await self._store.write(work)

    async def erase(self, field: str, value: str) -> Erasure | None:
        """As `forget`, with a receipt, and so that nothing of it is left in the store's files; None for nobody."""
        erasure = await self._store.write(lambda session: erase(session, field, value))
        await asyncio.to_thread(self._store.scrub)
        return erasure

    async def clear(self) -> None:
        """Forget everybody, every event, and what was done to audiences; the clock stays."""
        await self._store.write(lambda session: session.clear())
        self._store.scrub()
        self._overlay = Overlay()
        self.use_audiences(self._given)

    @property
    def audiences(self) -> AudienceBook:
        """The audiences that profiles are decided by."""
        return self._book

    def use_audiences(self, audiences: AudienceBook) -> None:
        """Decide by these audiences from now on, for every profile; what `put_audience` and its like did stays."""
        self._given = audiences
        self._book = self._overlay.over(audiences)
        self._timekeeper.books_changed()

    def use_schema(self, schema: Schema) -> None:
        """Read events by this addition to the mapping from now on; profiles keep what they have."""
        self._schema = schema

    def put_audience(self, audience: Audience) -> None:
        """Let one more audience count, or this in place of one with its slug."""
        self._overlay.put(audience)
        self.use_audiences(self._given)

    def remove_audience(self, slug: str) -> None:
        """Let an audience count no more."""
        self._overlay.remove(slug)
        self.use_audiences(self._given)

    def put_beside(self, audiences: Sequence[Audience]) -> None:
        """Let these audiences count beside the workspace's, in place of those put so before; files go before them."""
        self._overlay.beside = tuple(audiences)
        self.use_audiences(self._given)

    def recompute(self, change: Callable[[Computed], Computed]) -> None:
        """Have fields that are not stored worked out by what `change` makes of the workspace's own way to do so."""
        self._overlay.recompute = change
        self.use_audiences(self._given)

    def audiences_with(self, audience: Audience) -> AudienceBook:
        """The audiences as they would be with this one."""
        others = [one for one in self._book.values() if one.slug != audience.slug]
        return AudienceBook([*others, audience], self._book.computed.all)

    @asynccontextmanager
    async def keep_time(self, alarm: Alarm | None = None) -> AsyncIterator[None]:
        """While this is open, profiles enter and leave audiences at the moment a relative date says, without an event.

        `alarm(seconds, callback)` replaces the event loop's own, for tests.
        """
        self._timekeeper.start(alarm)
        try:
            yield
        finally:
            await self._timekeeper.stop()

    async def set_clock(self, change: Change) -> list[Moved]:
        """Set the clock by `change`, and decide anew whoever that moves; answers them, in order (see `travelling`)."""
        told: list[Moved] = []
        async with self._travels:
            ignore = self.subscribe_moved(told.append)
            try:
                await travel(self.clock, change, self._store, self._timekeeper)
            finally:
                ignore()
        return told

    async def pass_time(self) -> list[Moved]:
        """Decide every profile anew that time alone may have moved by now; answers those that it has.

        For whoever sets the clock; while `keep_time` is open this happens by itself.
        """
        return await self._timekeeper.pass_time()

    def turns(self, uid: str = "") -> list[Turn]:
        """What time alone will do next, to one visitor or to those who are next; see `flips`. Call it from a thread."""
        book, now = self._book, self.clock()
        return self._store.read(lambda reader: turns(reader, book, now, uid))

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each receipt, after the commit and before `collect` returns, on the loop that collected.

        Returns a function that ends the subscription.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def subscribe_moved(self, watcher: Watcher) -> Callable[[], None]:
        """Call `watcher` with each profile that time alone has moved; returns a function that ends the subscription."""
        self._watchers.append(watcher)

        def unsubscribe() -> None:
            if watcher in self._watchers:
                self._watchers.remove(watcher)

        return unsubscribe

    def close(self) -> None:
        """Finish what was collected, then close the store; may be called again."""
        self._store.close()

    def _now(self) -> datetime:
        return from_ms(self.clock())

    def _ingest(self, session: Session, event: RawEvent) -> Receipt:
        return ingest(session, event, self._book, self._schema, self.outbox.raising)

    def _ingest_all(self, events: Sequence[RawEvent], session: Session) -> list[Receipt]:
        return [self._ingest(session, event) for event in events]

    def _tell_all(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            self._tell(receipt)

    def _tell(self, receipt: Receipt) -> None:
        if receipt.due is not None:
            self._timekeeper.notice(receipt.due)
        if receipt.repeated:
            return
        for listener in tuple(self._listeners):
            try:
                listener(receipt)
            except Exception:
                log.exception("a listener failed for event %d, which is stored all the same", receipt.event_id)

    def _tell_moved(self, moved: Moved) -> None:
        for watcher in tuple(self._watchers):
            try:
                watcher(moved)
            except Exception:
                log.exception("a listener failed for profile %s, which has moved all the same", moved.profile)


def _newcomer(field: str, value: str) -> ProfileState:
    identity = normal(field, value)
    state = ProfileState(profile_id(identity or (field, value)))
    if identity:
        state.identify([identity])
    return state

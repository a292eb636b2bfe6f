"""The platform as the routes use it: collect events, answer for visitors (see `answers`), seed and forget them.

One store holds the profiles of one account; `RawEvent.account` is kept with each event for the record.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self

from understudy.server.platform.answers import Answers
from understudy.server.platform.audience import Audience
from understudy.server.platform.audience_times import AudienceTimes
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.clock import VirtualClock, system_clock
from understudy.server.platform.codec import dumps
from understudy.server.platform.computed import Computed
from understudy.server.platform.erasing import Erasure, erase
from understudy.server.platform.errors import MAX_EVENT_BYTES, EventTooLarge, StoreError
from understudy.server.platform.event import RawEvent, Receipt
from understudy.server.platform.identity import find_profile
from understudy.server.platform.ingest import ingest
from understudy.server.platform.listeners import Listeners
from understudy.server.platform.outbox import Outbox
from understudy.server.platform.overlay import ROOM, Overlay
from understudy.server.platform.profile import Profile, profile_of
from understudy.server.platform.schema import Schema
from understudy.server.platform.seeding import plant, prepare
from understudy.server.platform.sqlite_store import SQLiteStore
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Session, Store
from understudy.server.platform.timekeeper import Alarm, Moved, Timekeeper, settle
from understudy.server.platform.travelling import Change, travel

Clock = Callable[[], float]

_GROUP = 200  # events of an upload in one piece of work, so that others' are not kept waiting for long


class Platform(Answers):
    """Events, profiles and audiences over one store. `collect`, `seed` and `forget` answer after the commit.

    `clock` gives the unix milliseconds by which audiences are decided for requests; events bring their own.
    """

    def __init__(self, store: Store, audiences: AudienceBook, *, clock: Clock = system_clock) -> None:
        super().__init__(store, audiences, VirtualClock(clock))
        self._given = audiences
        self._overlay = Overlay(self.notes(ROOM))
        self._book = self._overlay.over(audiences)
        self.audience_times = AudienceTimes(self.clock, self._book)
        self._travels = asyncio.Lock()
        self._receipts = Listeners[Receipt](lambda receipt: f"event {receipt.event_id}, which is stored")
        self._moves = Listeners[Moved](lambda moved: f"profile {moved.profile}, which has moved")
        self.outbox = Outbox(store)
        self._timekeeper = Timekeeper(store, lambda: self._book, self.clock, self._moves.tell, self.outbox)

    @classmethod
    def open(
        cls, path: Path | str, audiences: AudienceBook, *, synchronous: str = "NORMAL", clock: Clock = system_clock
    ) -> Self:
        """Open or make the store at `path` (`:memory:` for none); raises `StoreError`.

        `synchronous` is NORMAL, or FULL to survive a power cut without losing the last commits. `clock` gives the unix
        milliseconds at which audiences are decided for requests; events bring their own.
        """
        store = SQLiteStore(path, synchronous=synchronous)
        try:
            return cls(store, audiences, clock=clock)
        except StoreError:
            store.close()
            raise

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
        sources = self._schema.sources
        erasure = await self._store.write(lambda session: erase(session, field, value, sources))
        await asyncio.to_thread(self._store.scrub)
        return erasure

    async def clear(self) -> None:
        """Forget everybody, every event, and what was done to audiences; the clock stays."""
        await self._store.write(lambda session: session.clear())
        self._store.scrub()
        self._overlay = Overlay()
        self.audience_times.see(AudienceBook([]))
        self.use_audiences(self._given)

    def use_audiences(self, audiences: AudienceBook) -> None:
        """Decide by these audiences from now on, for every profile; what `put_audience` and its like did stays."""
        self._given = audiences
        self._book = self._overlay.over(audiences)
        self.audience_times.see(self._book)
        self._timekeeper.books_changed()

    def use_schema(self, schema: Schema) -> None:
        """Read events by this addition to the mapping from now on; profiles keep what they have."""
        self._schema = schema

    async def put_audience(self, audience: Audience) -> None:
        """Let one more audience count, or this in place of one with its slug (see `overlay`); raises `StoreError`."""
        await self._change(audience.slug, audience, str(audience.statement))

    async def remove_audience(self, slug: str) -> None:
        """Let an audience count no more; raises `StoreError`."""
        await self._change(slug, None, "" if slug in self._given else None)

    async def _change(self, slug: str, audience: Audience | None, text: str | None) -> None:
        before = self._given.get(slug)
        noted = before is None or before.source is None
        if noted:
            await self.note(ROOM, slug, text)
        self._overlay.put(slug, audience, noted=noted)
        self.use_audiences(self._given)

    def notes(self, room: str) -> dict[str, str]:
        """What is on record of what the API made, by key."""
        return self._store.read(lambda reader: reader.notes(room))

    async def note(self, room: str, key: str, text: str | None) -> None:
        """Put on record what the API made; None takes it away. Raises `StoreError`."""
        await self.note_all(room, {key: text})

    async def note_all(self, room: str, texts: Mapping[str, str | None]) -> None:
        """As `note` for several keys of a room: all of them or none."""

        def work(session: Session) -> None:
            for key, text in texts.items():
                session.note(room, key, text)

        await self._store.write(work)

    def put_beside(self, audiences: Sequence[Audience]) -> None:
        """Let these audiences count beside the workspace's, in place of those put so before; files go before them."""
        self._overlay.beside = tuple(audiences)
        self.use_audiences(self._given)

    def recompute(self, change: Callable[[Computed], Computed]) -> None:
        """Have fields that are not stored worked out by what `change` makes of the workspace's own way to do so."""
        self._overlay.recompute = change
        self.use_audiences(self._given)

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

    def subscribe(self, listener: Callable[[Receipt], None]) -> Callable[[], None]:
        """Call `listener` with each receipt, after the commit and before `collect` returns, on the loop that collected.

        Returns a function that ends the subscription.
        """
        return self._receipts.add(listener)

    def subscribe_moved(self, watcher: Callable[[Moved], None]) -> Callable[[], None]:
        """Call `watcher` with each profile that time alone has moved; returns a function that ends the subscription."""
        return self._moves.add(watcher)

    def close(self) -> None:
        """Finish what was collected, then close the store; may be called again."""
        self._store.close()

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
        if not receipt.repeated:
            self._receipts.tell(receipt)

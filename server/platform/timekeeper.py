"""Keeping audiences true as time goes by: one alarm, for the first moment at which any profile may be moved.

Whoever was last here a week ago leaves "seen within a week" at the very second, though nothing happens to the profile
(platform.md 3.6, "Re-evaluation boundary"). The moments are on record with the profiles, so a server that was off looks
at once at what has come due; what a profile entered and left again in between is not told.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Protocol

from understudy.server.platform.audience import Decided
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.clock import VirtualClock
from understudy.server.platform.codec import shallow, to_ms
from understudy.server.platform.deciding import decide
from understudy.server.platform.errors import PlatformError
from understudy.server.platform.outbox import Change, Outbox, Raise, put_on_record
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Session, Store

BATCH = 5  # profiles in one piece of work, which events wait for
REST = 3  # times as long as a piece of work took is left to visitors before the next
LONGEST_S = 600.0  # a longer wait is taken up again, so that a machine's clock that was set is noticed
AGAIN_S = 30.0  # after a fault of the store

log = logging.getLogger("understudy")


@dataclass(frozen=True, slots=True)
class Moved:
    """A profile that time alone has moved: the slugs of audiences it has entered and left. `time` is in unix ms."""

    profile: str
    identities: list[tuple[str, str]]
    time: float
    entered: list[str]
    left: list[str]

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return shallow(self)


class Handle(Protocol):
    """An alarm that is set."""

    def cancel(self) -> None:
        """Let it not ring."""


Alarm = Callable[[float, Callable[[], None]], Handle]
Tell = Callable[[Moved], None]


def plan(session: Session, state: ProfileState, decided: Decided) -> float | None:
    """Put on record when the profile is to be looked at next; answers that moment in unix milliseconds."""
    if decided.due is None:
        return None
    at = to_ms(decided.due)
    session.plan(state.id, at)
    return at


def settle(session: Session, state: ProfileState, book: AudienceBook, now: float) -> float | None:
    """Put on record which audiences a profile is in for which no event was decided yet; answers its next moment."""
    decided = decide(state, book, state.values(), now)
    session.save(state)
    return plan(session, state, decided)


def catch_up(
    session: Session, book: AudienceBook, now: float, limit: int = BATCH, raising: Raise | None = None
) -> tuple[int, list[Moved]]:
    """Decide those profiles anew whose moment has come; answers how many were looked at, and which of them moved."""
    due = session.due(now, limit)
    moved = []
    for profile in due:
        state = session.load(profile)
        if state is None:
            session.replan(profile, None)
            continue
        values = state.values()
        before, known = state.members, state.book == book.digest
        decided = decide(state, book, values, now)
        members = decided.members
        # Unless it is known, the developer has moved it, which is nobody's entering or leaving.
        left = [slug for slug in before if slug not in members] if known else []
        if not known or members != before:
            state.leave(left)
            session.save(state)
        if known and members != before:
            entered = [slug for slug in members if slug not in before]
            moved.append(Moved(profile, state.identities(), now, entered, left))
            put_on_record(session, raising, Change(profile, now, values, members, entered, left))
        session.replan(profile, None if decided.due is None else to_ms(decided.due))
    return len(due), moved


class Timekeeper:
    """Runs on one event loop, from `start` to `stop`; `alarm(seconds, callback)` is its `call_later` or a test's own.

    Without `start`, `pass_time` does what has come due, when asked.
    """

    def __init__(
        self, store: Store, book: Callable[[], AudienceBook], clock: VirtualClock, tell: Tell, outbox: Outbox
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._book = book
        self._clock = clock
        self._tell = tell
        self._alarm: Alarm | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._handle: Handle | None = None
        self._at = float("inf")
        self._task: asyncio.Task[None] | None = None
        self._again = False

    def start(self, alarm: Alarm | None = None) -> None:
        """Begin with what has come due; further on, wait for the next moment."""
        self._loop = asyncio.get_running_loop()
        self._alarm = alarm or self._loop.call_later
        self._ring()

    async def stop(self) -> None:
        """End, when the piece of work under way is done."""
        self._alarm = None
        self._disarm()
        if self._task is not None:
            await self._task

    def notice(self, at: float) -> None:
        """A profile is to be looked at by that moment, which is on record. On the loop that `start` was called on."""
        if self._alarm is not None and at < self._at and not self._busy:
            self._arm(at)

    def books_changed(self) -> None:
        """Look whether other moments count now; may be called from any thread."""
        if self._loop is not None and self._alarm is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def clock_set(self) -> None:
        """Wait for the next moment by the clock as it is now; on the loop that `start` was called on."""
        self._ring()

    async def pass_time(self, *, everyone: bool = False) -> list[Moved]:
        """Decide every profile anew whose moment has come, or `everyone`; answers, and tells, which have moved."""
        if everyone:
            await self._plan_all("")  # no book's digest, so that all are planned
        return await self._catch_up(lambda: True, 0)

    async def _catch_up(self, wanted: Callable[[], bool], rest: float) -> list[Moved]:
        told: list[Moved] = []
        digest = self._book().clock_digest
        await self._plan_all(digest)
        while True:
            begun = perf_counter()
            book, now, raising = self._book(), self._clock(), self._outbox.raising
            count, moved = await self._store.write(partial(catch_up, book=book, now=now, raising=raising))
            for each in moved:
                self._tell(each)
            told += moved
            if count < BATCH or not wanted():
                return told
            await asyncio.sleep(rest * (perf_counter() - begun))

    async def _plan_all(self, digest: str) -> None:
        after = await self._store.write(lambda session: session.plan_all(digest))
        while after:
            after = await self._store.write(partial(_plan_more, digest, after))

    @property
    def _busy(self) -> bool:
        return self._task is not None and not self._task.done()

    def _ring(self) -> None:
        self._disarm()
        if self._alarm is None:
            return
        if self._busy:
            self._again = True
            return
        self._task = asyncio.ensure_future(self._work())

    async def _work(self) -> None:
        while True:
            self._again = False
            try:
                await self._catch_up(lambda: self._alarm is not None, REST)
                at = self._store.read(lambda reader: reader.next_due())
            except PlatformError as error:
                log.warning("audiences could not be kept up with the time: %s", error)
                at = self._clock() + AGAIN_S * 1000
            if not self._again:
                break
        if at is not None and self._alarm is not None:
            self._arm(at)

    def _arm(self, at: float) -> None:
        self._disarm()
        if self._alarm is not None and self._clock.runs:
            self._at = at
            self._handle = self._alarm(min(max(0.0, (at - self._clock()) / 1000), LONGEST_S), self._ring)

    def _disarm(self) -> None:
        self._at = float("inf")
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


def _plan_more(digest: str, after: str, session: Session) -> str:
    return session.plan_all(digest, after)

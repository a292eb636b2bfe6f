"""What a change of a profile is to make others do, put on record together with the change itself.

A server that dies right after an event is stored has the notices of that event on record too, and one that dies before
has neither. Whoever acts on them takes them from the record when that is done.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from understudy.server.platform.codec import from_ms
from understudy.server.platform.event import RawEvent

if TYPE_CHECKING:
    from understudy.server.platform.audiences import AudienceBook
    from understudy.server.platform.store import Reader, Session, Store

BATCH = 50  # profiles gone through in one piece of work, which events wait for
DONE = "done"


@dataclass(frozen=True, slots=True)
class Change:
    """What an event, or time alone, has done to a profile by `time` (unix ms); an event of nobody has no `profile`.

    `values` are its typed fields and `members` its audiences afterwards; `moved` holds old and new values.
    """

    profile: str | None
    time: float
    values: Mapping[str, object] = field(default_factory=dict)
    members: Sequence[str] = ()
    entered: Sequence[str] = ()
    left: Sequence[str] = ()
    moved: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    number: int = 0
    event: RawEvent | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to do by the one called `job`, in a text that only it needs to understand."""

    job: str
    profile: str | None
    time: float
    body: str
    number: int = 0


# Called within the piece of work that makes the change, perhaps twice: it says what follows, and does nothing itself.
Raise = Callable[["Reader", Change], Iterable[Notice]]


def put_on_record(session: "Session", raising: Raise | None, change: Change) -> None:
    """Put on record what follows from a change."""
    if raising is not None:
        for notice in raising(session, change):
            session.queue(notice)


class Outbox:
    """The notices of one store. `raising` says what follows from changes; while it is None, nothing does."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self.raising: Raise | None = None

    def waiting(self, job: str, after: int, limit: int) -> list[Notice]:
        """The notices of a job beyond a number, oldest first."""
        return self._store.read(lambda reader: reader.queued(job, after, limit))

    def sizes(self) -> dict[str, int]:
        """How many notices wait for each job."""
        return self._store.read(lambda reader: reader.queue_sizes())

    def known(self) -> list[str]:
        """The jobs of which anything is on record."""
        return self._store.read(lambda reader: reader.queueing())

    def progress(self, job: str) -> str:
        """How far a job has come with going through all profiles: `DONE`, or a text that sorts as they do."""
        return self._store.read(lambda reader: reader.progress(job))

    async def done(self, numbers: Sequence[int]) -> None:
        """Take notices from the record; returns after the commit."""
        await self._store.write(lambda session: session.unqueue(numbers))

    async def drop(self, job: str) -> None:
        """Forget a job with all that waits for it."""
        await self._store.write(lambda session: session.unqueue_all(job))

    async def go_through(self, job: str, book: "AudienceBook", now: float, raising: Raise) -> bool:
        """Let `raising` look at some more profiles, as if each had just entered its audiences; answers whether it was
        the last of them. How far that has come is on record too, so a restart goes on there (see `reached`)."""

        def work(session: "Session") -> bool:
            at = session.progress(job)
            states = [] if at == DONE else session.profiles(at, BATCH)
            for state in states:
                values = state.values()
                # What it was last told to be in; what has come due since is still to be told.
                members = state.members if state.book == book.digest else book.members(values, from_ms(now))
                put_on_record(session, raising, Change(state.id, now, values, members, entered=members))
            last = len(states) < BATCH
            session.set_progress(job, DONE if last else states[-1].id)
            return last

        return await self._store.write(work)


def reached(reader: "Reader", job: str, profile: str) -> bool:
    """Whether going through all profiles has come past this one."""
    at = reader.progress(job)
    return at == DONE or profile <= at

"""What the platform asks of a database. `SQLiteStore` is the one there is; another needs these methods and no more."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from understudy.server.platform.event import RawEvent, StoredEvent
from understudy.server.platform.outbox import Notice
from understudy.server.platform.outline import Outline
from understudy.server.platform.state import ProfileState

T = TypeVar("T")


class Reader(Protocol):
    """Reads within one consistent view of the database."""

    def find(self, kind: str, value: str) -> str | None:
        """The id of the profile with that identity."""

    def load(self, profile: str) -> ProfileState | None:
        """A copy of the profile with that id."""

    def events(self, profile: str, limit: int) -> list[StoredEvent]:
        """The profile's events, newest first."""

    def identities(self, profile: str) -> list[tuple[str, str]]:
        """Every (kind, value) that leads to the profile, sorted."""

    def profiles(self, after: str, limit: int, fields: tuple[str, ...] | None = None) -> list[ProfileState]:
        """Copies of the first profiles by id beyond `after`, with all their fields or only these."""

    def last_event(self) -> int:
        """The number of the event stored last; 0 when there is none."""

    def events_with(self, key: str, after: int, span: int) -> list[tuple[int, str, float, dict[str, object]]]:
        """Of the `span` numbers beyond `after`, the events of profiles that have a key, by number.

        Each as its number, its profile's id, when it happened (unix ms), and its data.
        """

    def outlines(self, after: str, limit: int) -> list[Outline]:
        """The outlines of the first profiles by id beyond `after`."""

    def due(self, now: float, limit: int) -> list[str]:
        """The ids of profiles whose moment has come, longest waiting first."""

    def next_due(self) -> float | None:
        """The first moment (unix ms) at which some profile is to be looked at; None when there is none."""

    def queued(self, job: str, after: int, limit: int) -> list[Notice]:
        """The notices of a job beyond a number, oldest first."""

    def queue_sizes(self) -> dict[str, int]:
        """How many notices each job has."""

    def queueing(self) -> list[str]:
        """The jobs of which anything is on record."""

    def progress(self, job: str) -> str:
        """How far a job has come with going through all profiles; empty when it has not begun."""

    def notes(self, room: str) -> dict[str, str]:
        """What is noted in a room, by key, in the order in which the keys came."""


class Session(Reader, Protocol):
    """Reads and writes within one piece of work, of which all is kept or nothing."""

    def claim(self, delivery: str, account: str) -> bool:
        """Put on record that an event with that id has come to an account; False when it has come before."""

    def add_event(self, profile: str | None, uid: str | None, time: float, event: RawEvent) -> int:
        """Store an event (happened at `time`, unix ms); returns its number, higher than any before it."""

    def save(self, state: ProfileState) -> None:
        """Store a profile, new or changed."""

    def point(self, kind: str, value: str, profile: str) -> None:
        """Let an identity lead to that profile, and to no other."""

    def unpoint(self, kind: str, value: str) -> None:
        """Let an identity lead to no profile."""

    def move(self, source: str, target: str) -> None:
        """Hand all events and identities of a profile to another, and delete it."""

    def delete(self, profile: str) -> int:
        """Delete a profile with its events and identities; returns how many events."""

    def plan(self, profile: str, at: float) -> None:
        """Have a profile looked at by a moment, sooner if that was planned before."""

    def replan(self, profile: str, at: float | None) -> None:
        """Have a profile looked at by this moment and no sooner, or not again."""

    def plan_all(self, digest: str, after: str = "") -> str:
        """Have every profile looked at now, unless that was asked for with this digest last.

        It may be done in several pieces of work: the answer is then what `after` is to be for the next, else empty.
        """

    def queue(self, notice: Notice) -> None:
        """Put a notice on record."""

    def unqueue(self, numbers: Iterable[int]) -> None:
        """Take notices from the record."""

    def unqueue_all(self, job: str) -> None:
        """Take every notice of a job from the record, and how far it has come."""

    def set_progress(self, job: str, at: str) -> None:
        """Put on record how far a job has come."""

    def note(self, room: str, key: str, text: str | None) -> None:
        """Note a text in place of the one before; None takes it away."""

    def clear(self) -> None:
        """Delete everything that is on record; events that come later have numbers higher than any before."""

    def delete_orphans(self, value: str, places: Sequence[str]) -> int:
        """Delete events of no profile that have a text, in any case, at one of these places; returns how many.

        Places are keys, with dots between those that lie within each other. Notices with that text go, too.
        """


class Store(Protocol):
    """A database. Pieces of work may be run again after a fault, so they must do nothing but call the session."""

    async def write(self, work: Callable[[Session], T], then: Callable[[T], None] | None = None) -> T:
        """Run `work`; returns when what it did is on record, after `then(result)` on the caller's event loop.

        `then` is called even when the caller has given up waiting; it must not raise.
        Raises `StoreError` when it could not be put on record (nothing of it is then), and what `work` itself raises.
        """

    def read(self, work: Callable[[Reader], T]) -> T:
        """Run `work` on what is on record; raises `StoreError`."""

    def scrub(self) -> None:
        """Leave nothing in the store's files of what was deleted; what other processes keep open is left to them."""

    def close(self) -> None:
        """Finish what was asked for, then let go of the database. Further calls do nothing."""

"""The writer's session: its transactions, and a memory of the profiles that it wrote last.

A visitor's events come one after another, and reading a profile back costs as much as deciding its audiences. What is
remembered is what is on record: it is dropped when a transaction is rolled back, and when another process has written.
"""

import contextlib
import sqlite3

from understudy.server.platform.sqlite_session import SQLiteSession
from understudy.server.platform.state import ProfileState

REMEMBERED = 3_000_000  # bytes of profiles as stored; one takes about a thousand, and ten times that in memory


class WritingSession(SQLiteSession):
    """See `store.Session`. `begin` first; then `commit`, or `roll_back` when any call has failed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._connection = connection
        self._profiles: dict[str, tuple[ProfileState, int]] = {}  # longest not written first
        self._size = 0
        self._planned: dict[str, int] = {}  # of those profiles, as far as it was said: an event mostly says no sooner
        self._version: int | None = None

    def begin(self) -> None:
        """Open a transaction, waiting a while for another process that has the file."""
        self._run("BEGIN IMMEDIATE")
        version = self._run("PRAGMA data_version").fetchone()[0]  # moves when another connection commits
        if version != self._version:
            self._forget()
            self._version = version

    def commit(self) -> None:
        """Put the transaction on record."""
        self._run("COMMIT")

    def roll_back(self) -> None:
        """Undo the transaction, which SQLite may have done itself."""
        self._forget()
        with contextlib.suppress(sqlite3.Error):  # the fault that led here is the one to tell
            if self._connection.in_transaction:
                self._run("ROLLBACK")

    def bring_in(self) -> None:
        """Bring the log into the file, to begin it anew; waits a while for those who read, or do the same."""
        with contextlib.suppress(sqlite3.Error):  # whoever writes next meets the same fault, and tells
            self._run("PRAGMA wal_checkpoint(RESTART)").fetchall()

    def load(self, profile: str) -> ProfileState | None:
        """A copy of the profile with that id."""
        remembered = self._profiles.get(profile)
        return super().load(profile) if remembered is None else remembered[0].copy()

    def save(self, state: ProfileState) -> None:
        """Store a profile, new or changed."""
        packed = state.packed()
        self._put(state.id, packed)
        self._size -= self._profiles.pop(state.id, (None, 0))[1]
        self._profiles[state.id] = (state.copy(), len(packed))
        self._size += len(packed)
        while self._size > REMEMBERED:
            self._drop(next(iter(self._profiles)))

    def move(self, source: str, target: str) -> None:
        """Hand all events and identities of a profile to another, and delete it."""
        super().move(source, target)
        self._drop(source)

    def delete(self, profile: str) -> int:
        """Delete a profile with its events and identities; returns how many events."""
        self._drop(profile)
        return super().delete(profile)

    def clear(self) -> None:
        """Delete everything that is on record."""
        self._forget()
        super().clear()

    def plan(self, profile: str, at: float) -> None:
        """Have a profile looked at by a moment, sooner if that was planned before."""
        if self._planned.get(profile, at + 1) > at:
            super().plan(profile, at)
            if profile in self._profiles:
                self._planned[profile] = int(at)

    def replan(self, profile: str, at: float | None) -> None:
        """Have a profile looked at by this moment and no sooner, or not again."""
        self._planned.pop(profile, None)
        super().replan(profile, at)

    def plan_all(self, digest: str, after: str = "") -> str:
        """Have every profile beyond `after` looked at now, some thousands at a time."""
        self._planned.clear()
        return super().plan_all(digest, after)

    def _drop(self, profile: str) -> None:
        self._planned.pop(profile, None)
        self._size -= self._profiles.pop(profile, (None, 0))[1]

    def _forget(self) -> None:
        self._profiles.clear()
        self._planned.clear()
        self._size = 0

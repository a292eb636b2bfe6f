"""What is still to be done, and how far those have come who go through all profiles, as SQL (see `outbox`)."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress

from understudy.server.platform.outbox import Notice

# AUTOINCREMENT: a number is never given again, so that it can be part of an id that receivers know a notice by.
OUTBOX = (
    """CREATE TABLE outbox (
      number INTEGER PRIMARY KEY AUTOINCREMENT, job TEXT NOT NULL, profile TEXT, time REAL NOT NULL, body TEXT NOT NULL
    )""",
    "CREATE INDEX outbox_by_job ON outbox (job, number)",
    "CREATE INDEX outbox_by_profile ON outbox (profile)",
    "CREATE TABLE progress (job TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
)
_QUEUE = "INSERT INTO outbox (job, profile, time, body) VALUES (?, ?, ?, ?)"
_QUEUED = "SELECT job, profile, time, body, number FROM outbox WHERE job = ? AND number > ? ORDER BY number LIMIT ?"
_PROGRESS = "INSERT INTO progress (job, at) VALUES (?, ?) ON CONFLICT (job) DO UPDATE SET at = excluded.at"


class SQLiteOutbox:
    """The part of `store.Session` that is about notices."""

    _run: Callable[..., sqlite3.Cursor]

    def queue(self, notice: Notice) -> None:
        """Put a notice on record."""
        body = notice.body.encode("utf-8", "replace").decode("utf-8")
        self._run(_QUEUE, (notice.job, notice.profile, notice.time, body))

    def queued(self, job: str, after: int, limit: int) -> list[Notice]:
        """The notices of a job beyond a number, oldest first."""
        return [Notice(*row) for row in self._run(_QUEUED, (job, after, limit)).fetchall()]

    def queue_sizes(self) -> dict[str, int]:
        """How many notices each job has."""
        rows = self._run("SELECT job, count(*) FROM outbox GROUP BY job").fetchall()
        return {str(job): int(count) for job, count in rows}

    def unqueue(self, numbers: Iterable[int]) -> None:
        """Take notices from the record."""
        for number in numbers:
            self._run("DELETE FROM outbox WHERE number = ?", (number,))

    def unqueue_all(self, job: str) -> None:
        """Take every notice of a job from the record, and how far it has come."""
        self._run("DELETE FROM outbox WHERE job = ?", (job,))
        self._run("DELETE FROM progress WHERE job = ?", (job,))

    def queueing(self) -> list[str]:
        """The jobs of which anything is on record."""
        rows = self._run("SELECT job FROM outbox UNION SELECT job FROM progress").fetchall()
        return [str(row[0]) for row in rows]

    def progress(self, job: str) -> str:
        """How far a job has come with going through all profiles; empty when it has not begun."""
        row = self._run("SELECT at FROM progress WHERE job = ?", (job,)).fetchone()
        return "" if row is None else str(row[0])

    def set_progress(self, job: str, at: str) -> None:
        """Put on record how far a job has come."""
        self._run(_PROGRESS, (job, at))

    def forget_notices(self, profile: str) -> None:
        """Take every notice about a profile from the record."""
        self._run("DELETE FROM outbox WHERE profile = ?", (profile,))

    def move_notices(self, source: str, target: str) -> None:
        """Let the notices about a profile be about another."""
        self._run("UPDATE outbox SET profile = ? WHERE profile = ?", (target, source))

    def forget_naming(self, value: str) -> None:
        """Take every notice from the record that is about no profile and has that text as a value."""
        rows = self._run("SELECT number, body FROM outbox WHERE profile IS NULL").fetchall()
        self.unqueue(number for number, body in rows if _names(body, value))


def _names(body: str, value: str) -> bool:
    """Whether a text is a value in a notice, in any case and however the notice writes its letters."""
    with suppress(ValueError, RecursionError):  # what is no JSON is searched as it is
        body = json.dumps(json.loads(body), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False).casefold() in body.casefold()

"""When to look at profiles again because time alone may have moved them, as SQL (see `timekeeper`).

A profile has one row. An event mostly puts its moment off, and then the row stays as it is: the profile is looked at
too early, once, and given its right moment, which is cheaper than a write for every event.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

AGENDA = (
    "CREATE TABLE agenda (profile TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE INDEX agenda_by_time ON agenda (at)",
)
_MARK = "audiences:"  # before a digest; no profile's id has a colon
_NEVER = 2**62
_PLAN = (
    "INSERT INTO agenda (profile, at) VALUES (?, ?) "
    "ON CONFLICT (profile) DO UPDATE SET at = excluded.at WHERE at > excluded.at"
)
_SET = "INSERT INTO agenda (profile, at) VALUES (?, ?) ON CONFLICT (profile) DO UPDATE SET at = excluded.at"
_SOME = (
    "INSERT INTO agenda (profile, at) SELECT id, 0 FROM profiles WHERE id > ? AND id <= ? "
    "ON CONFLICT (profile) DO UPDATE SET at = 0"
)
_AT_ONCE = 2000
_LAST = "\U0010ffff"  # sorts behind every id


class SQLiteAgenda:
    """The part of `store.Session` that is about moments to come."""

    _run: Callable[..., sqlite3.Cursor]

    def next_due(self) -> float | None:
        """The first moment of all profiles; None when none has one."""
        row: Any = self._run("SELECT at FROM agenda WHERE at < ? ORDER BY at LIMIT 1", (_NEVER,)).fetchone()
        return None if row is None else float(row[0])

    def due(self, now: float, limit: int) -> list[str]:
        """The ids of profiles whose moment has come, longest waiting first."""
        rows = self._run("SELECT profile FROM agenda WHERE at <= ? ORDER BY at LIMIT ?", (int(now), limit)).fetchall()
        return [str(row[0]) for row in rows]

    def plan(self, profile: str, at: float) -> None:
        """Have a profile looked at by a moment, sooner if that was planned before."""
        self._run(_PLAN, (profile, int(at)))

    def replan(self, profile: str, at: float | None) -> None:
        """Have a profile looked at by this moment and no sooner, or not again."""
        if at is None:
            self._run("DELETE FROM agenda WHERE profile = ?", (profile,))
        else:
            self._run(_SET, (profile, int(at)))

    def plan_all(self, digest: str, after: str = "") -> str:
        """Have every profile beyond `after` looked at now, some thousands at a time."""
        mark = _MARK + digest
        if not after and self._run("SELECT 1 FROM agenda WHERE profile = ?", (mark,)).fetchone():
            return ""
        row: Any = self._run(
            "SELECT id FROM profiles WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?", (after, _AT_ONCE)
        ).fetchone()
        last = str(row[0]) if row else _LAST
        self._run(_SOME, (after, last))
        if row:
            return last
        self._run("DELETE FROM agenda WHERE at = ?", (_NEVER,))
        self._run(_SET, (mark, _NEVER))
        return ""

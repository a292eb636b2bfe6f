"""The store's reads and writes as SQL, on one connection within one transaction."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from understudy.server.platform.codec import loads_plain
from understudy.server.platform.event import RawEvent, StoredEvent
from understudy.server.platform.packing import Packed, partly, unpack, written
from understudy.server.platform.sqlite_agenda import SQLiteAgenda
from understudy.server.platform.sqlite_notes import SQLiteNotes
from understudy.server.platform.sqlite_outbox import SQLiteOutbox
from understudy.server.platform.sqlite_survey import SQLiteSurvey
from understudy.server.platform.state import ProfileState

_CLAIM = "INSERT OR IGNORE INTO deliveries (id, account) VALUES (?, ?)"
_EVENT = "INSERT INTO events (profile, account, stream, uid, time, received, data, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_PROFILE = "INSERT INTO profiles (id, state) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET state = excluded.state"
_IDENTITY = (
    "INSERT INTO identities (kind, value, profile) VALUES (?, ?, ?) "
    "ON CONFLICT (kind, value) DO UPDATE SET profile = excluded.profile WHERE profile <> excluded.profile"
)
_EVENTS = (
    "SELECT id, account, stream, uid, time, received, data, raw FROM events WHERE profile = ? ORDER BY id DESC LIMIT ?"
)

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
_DELETE_ORPHANS = "DELETE FROM events WHERE profile IS NULL AND folded(?) IN ({})"
_AT = "folded(json_extract(data, ?))"


def _storable(text: str) -> str:
    """Text without lone surrogates, which cannot be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _folded(text: object) -> str | None:
    """A text without case, in any script; SQLite's own `lower` knows only ASCII."""
    return None if text is None else str(text).casefold()


def _event(row: Sequence[Any]) -> StoredEvent:
    number, account, stream, uid, time, received, data, raw = row
    return StoredEvent(number, account, stream, uid, time, received, loads_plain(data), raw)


class SQLiteSession(SQLiteAgenda, SQLiteOutbox, SQLiteNotes, SQLiteSurvey):
    """See `store.Session`; every method may raise `sqlite3.Error`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._run = connection.execute
        connection.create_function("folded", 1, _folded, deterministic=True)

    def find(self, kind: str, value: str) -> str | None:
        """The id of the profile with that identity."""
        row = self._run(
            "SELECT profile FROM identities WHERE kind = ? AND value = ?", (kind, _storable(value))
        ).fetchone()
        return None if row is None else str(row[0])

    def load(self, profile: str) -> ProfileState | None:
        """A copy of the profile with that id."""
        row = self._run("SELECT state FROM profiles WHERE id = ?", (_storable(profile),)).fetchone()
        return None if row is None else ProfileState.unpacked(row[0])

    def events(self, profile: str, limit: int) -> list[StoredEvent]:
        """The profile's events, newest first."""
        rows = self._run(_EVENTS, (profile, limit)).fetchall()
        return [_event(row) for row in rows]

    def identities(self, profile: str) -> list[tuple[str, str]]:
        """Every (kind, value) that leads to the profile, sorted."""
        rows = self._run("SELECT kind, value FROM identities WHERE profile = ? ORDER BY kind, value", (profile,))
        return [(str(kind), str(value)) for kind, value in rows.fetchall()]

    def profiles(self, after: str, limit: int, fields: tuple[str, ...] | None = None) -> list[ProfileState]:
        """Copies of the first profiles by id beyond `after`, with all their fields or only these."""
        rows = self._run("SELECT state FROM profiles WHERE id > ? ORDER BY id LIMIT ?", (_storable(after), limit))
        read = unpack if fields is None else partly(fields)
        return [ProfileState.unpacked(packed, read) for (packed,) in rows.fetchall()]

    def clear(self) -> None:
        """Delete everything that is on record."""
        for (table,) in self._run(_TABLES).fetchall():
            self._run(f'DELETE FROM "{table}"')

    def delete_orphans(self, value: str, places: Sequence[str]) -> int:
        """Delete events of no profile that have that text at one of these places; returns how many."""
        self.forget_naming(value)
        paths = ["$" + "".join(f'."{key}"' for key in place.split(".")) for place in places]
        return self._run(_DELETE_ORPHANS.format(", ".join([_AT] * len(paths))), (_storable(value), *paths)).rowcount

    def claim(self, delivery: str, account: str) -> bool:
        """Put on record that an event with that id has come; False when it has come before."""
        return self._run(_CLAIM, (_storable(delivery), _storable(account))).rowcount > 0

    def add_event(self, profile: str | None, uid: str | None, time: float, event: RawEvent) -> int:
        """Store an event; returns its number."""
        texts = (event.account, event.stream, uid)
        account, stream, visitor = (None if text is None else _storable(text) for text in texts)
        data, raw = written(event.data), _storable(event.raw)
        cursor = self._run(_EVENT, (profile, account, stream, visitor, time, event.received, data, raw))
        return int(cursor.lastrowid or 0)

    def save(self, state: ProfileState) -> None:
        """Store a profile, new or changed."""
        self._put(state.id, state.packed())

    def _put(self, profile: str, packed: Packed) -> None:
        self._run(_PROFILE, (profile, packed))

    def point(self, kind: str, value: str, profile: str) -> None:
        """Let an identity lead to that profile."""
        self._run(_IDENTITY, (kind, _storable(value), profile))

    def unpoint(self, kind: str, value: str) -> None:
        """Let an identity lead to no profile."""
        self._run("DELETE FROM identities WHERE kind = ? AND value = ?", (kind, _storable(value)))

    def move(self, source: str, target: str) -> None:
        """Hand all events and identities of a profile to another, and delete it."""
        self._run("UPDATE events SET profile = ? WHERE profile = ?", (target, source))
        self._run("UPDATE identities SET profile = ? WHERE profile = ?", (target, source))
        self._run("DELETE FROM profiles WHERE id = ?", (source,))
        self.replan(source, None)
        self.move_notices(source, target)

    def delete(self, profile: str) -> int:
        """Delete a profile with its events and identities; returns how many events."""
        deleted = self._run("DELETE FROM events WHERE profile = ?", (profile,)).rowcount
        self._run("DELETE FROM identities WHERE profile = ?", (profile,))
        self._run("DELETE FROM profiles WHERE id = ?", (profile,))
        self.replan(profile, None)
        self.forget_notices(profile)
        return deleted

"""What the API has made and no file says, as SQL: texts by the room they are for and their key in it."""

import sqlite3
from collections.abc import Callable

NOTES = (
    """CREATE TABLE notes (
      number INTEGER PRIMARY KEY, room TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (room, key)
    )""",
)
_NOTE = (
    "INSERT INTO notes (room, key, text) VALUES (?, ?, ?) ON CONFLICT (room, key) DO UPDATE SET text = excluded.text"
)


class SQLiteNotes:
    """The part of `store.Session` that is about notes."""

    _run: Callable[..., sqlite3.Cursor]

    def notes(self, room: str) -> dict[str, str]:
        """What is noted in a room, by key, in the order in which the keys came."""
        rows = self._run("SELECT key, text FROM notes WHERE room = ? ORDER BY number", (room,)).fetchall()
        return {str(key): str(text) for key, text in rows}

    def note(self, room: str, key: str, text: str | None) -> None:
        """Note a text in place of the one before; None takes it away."""
        if text is None:
            self._run("DELETE FROM notes WHERE room = ? AND key = ?", (room, key))
        else:
            self._run(_NOTE, (room, key, text.encode("utf-8", "replace").decode("utf-8")))

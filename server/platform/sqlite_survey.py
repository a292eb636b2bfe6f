"""Going through all that is stored, for reports, as SQL: what is not asked for is not read."""

import sqlite3
from collections.abc import Callable
from typing import Any

from understudy.server.platform.codec import loads_plain
from understudy.server.platform.outline import OUTLINED, Outline, outline_of
from understudy.server.platform.packing import partly, written
from understudy.server.platform.state import ProfileState

_OUTLINES = "SELECT state FROM profiles WHERE id > ? ORDER BY id LIMIT ?"
_outlined = partly(OUTLINED)
# `data` is JSON as `written` writes it, so a key stands in it as it stands in JSON (an ASCII one also as older stores
# have it); that it may stand in a value as well is for whoever reads the data.
_EVENTS_WITH = (
    "SELECT id, profile, time, data FROM events "
    "WHERE id > ? AND id <= ? AND profile IS NOT NULL AND instr(data, ?) ORDER BY id"
)


class SQLiteSurvey:
    """The part of `store.Reader` that reports read with."""

    _run: Callable[..., sqlite3.Cursor]

    def last_event(self) -> int:
        """The number of the event stored last; 0 when there is none."""
        row: Any = self._run("SELECT max(id) FROM events").fetchone()
        return int(row[0] or 0)

    def events_with(self, key: str, after: int, span: int) -> list[tuple[int, str, float, dict[str, object]]]:
        """Of the `span` numbers beyond `after`, the events of profiles that have the key."""
        rows = self._run(_EVENTS_WITH, (after, after + span, written(key) + ":")).fetchall()
        found = ((number, profile, time, loads_plain(data)) for number, profile, time, data in rows)
        return [each for each in found if key in each[3]]

    def outlines(self, after: str, limit: int) -> list[Outline]:
        """The outlines of the first profiles by id beyond `after`."""
        rows = self._run(_OUTLINES, (after.encode("utf-8", "replace").decode("utf-8"), limit)).fetchall()
        return [outline_of(ProfileState.unpacked(packed, _outlined)) for (packed,) in rows]

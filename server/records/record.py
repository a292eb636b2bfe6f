"""What of a site is on record, and bringing that up to date (see `rooms`).

The shelves that hold what the API did are asked for it after each request that may have changed some, and what is
another now is written before the answer goes out: to the store, so that no file of the workspace is touched. What
`Platform` and `TriggerDesk` note themselves (audiences, templates, subscriptions) is told of here too.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from understudy.server.platform.overlay import ROOM as AUDIENCES
from understudy.server.records.rooms import ROOMS, Room
from understudy.server.triggers.desk import ROOM as SUBSCRIPTIONS
from understudy.server.triggers.templates import ROOM as TEMPLATES

if TYPE_CHECKING:
    from understudy.server.site import Site

log = logging.getLogger("understudy")
OTHERS = ((AUDIENCES, "audience"), (TEMPLATES, "template"), (SUBSCRIPTIONS, "subscription"))
MOST_NAMED = 4
_NOTHING = object()  # not None, which a setting may have


@dataclass(frozen=True)
class Kept:
    """How much of one kind is kept, in words; the first few by name."""

    what: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        number = len(self.names)
        named = ", ".join(self.names[:MOST_NAMED]) + (", …" if number > MOST_NAMED else "")
        return f"{number} {self.what}{'s' if number > 1 else ''} ({named})"


class Record:
    """What the store has of one site."""

    def __init__(self) -> None:
        self._noted: dict[str, dict[str, Any]] = {room.name: {} for room in ROOMS}
        self.writing = asyncio.Lock()

    def restore(self, site: "Site") -> None:
        """Let a site be as the store has it."""
        for room in ROOMS:
            notes = site.platform.notes(room.name)
            if notes:
                room.restore(site, _read(room, notes))
                # What could not be read stays on record: the version that noted it may come back.
                values = room.values(site).items()
                self._noted[room.name] = {key: one for key, one in values if room.write(one) == notes.get(key)}

    async def write(self, site: "Site") -> None:
        """Put on record what has changed; raises `StoreError`, and then it is tried again the next time."""
        async with self.writing:
            for room in ROOMS:
                before, now = self._noted[room.name], dict(room.values(site))
                changed = {
                    key: None if key not in now else room.write(now[key])
                    for key in {**before, **now}
                    if before.get(key, _NOTHING) is not now.get(key, _NOTHING)
                }
                if changed:
                    await site.platform.note_all(room.name, changed)
                    self._noted[room.name] = now


def kept(site: "Site") -> list[Kept]:
    """What is on record of what the API did, by kind; those that the store has nothing of are left out."""
    rooms = [(room.name, room.what) for room in ROOMS if room.what] + list(OTHERS)
    found = [(what, name, tuple(site.platform.notes(name))) for name, what in rooms]
    return [Kept(what, tuple(map(_SHOWN.get(name, str), keys))) for what, name, keys in found if keys]


def _group_name(key: str) -> str:
    return " / ".join(filter(None, json.loads(key)))


_SHOWN: Mapping[str, Callable[[str], str]] = {"groups": _group_name}


def _read(room: Room, notes: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, text in notes.items():
        try:
            found[key] = room.read(key, text)
        except (ValueError, LookupError, TypeError) as error:  # noted by another version
            log.warning("the %s %r that the API made or changed is left out: %s", room.what or room.name, key, error)
    return found

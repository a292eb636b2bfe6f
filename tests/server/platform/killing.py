"""Kills a process that collects, again and again, and looks each time at what it has left; for a process of its own.

The modules are loaded once, and each process that dies is a fork: so two hundred deaths take seconds.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from itertools import count

from understudy.server.platform import AudienceBook, Platform, sqlite_checkpoints
from understudy.server.platform.decoder import decode_event
from understudy.server.platform.state import ProfileState

PRODUCERS = 6
BOOK = AudienceBook.with_defaults()


async def collect(path: str, told: int, life: int) -> None:
    """Collect without end; tell the id of each event that was acknowledged."""
    platform = Platform.open(path, BOOK)
    numbers = count()

    async def produce(uid: int) -> None:
        while True:
            delivery = f"{life}.{next(numbers)}"
            event = decode_event(f"_uid=u{uid}&_e=pv&_eid={delivery}", "acc", "default", 1_795_435_200_000.0)
            if not (await platform.collect(event)).repeated:
                os.write(told, f"{delivery}\n".encode())

    await asyncio.gather(*(produce(uid) for uid in range(PRODUCERS)))


def live_and_die(path: str, life: int, chance: random.Random) -> set[str]:
    """The events that one process acknowledged before it was killed, perhaps while it opened the store."""
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        os.close(heard)
        asyncio.run(collect(path, told, life))
    os.close(told)
    with os.fdopen(heard) as lines:
        found = [lines.readline() for _ in range(chance.randint(0, 40))]
        for _ in range(chance.randrange(100_000)):  # a moment within its work, not just after it has told something
            pass
        os.kill(child, signal.SIGKILL)
        found += lines.readlines()
    os.waitpid(child, 0)
    return {line.strip() for line in found if line.endswith("\n")}


def look(path: str, acknowledged: set[str]) -> None:
    """Raise unless the store is whole, and has each acknowledged event once."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    if connection.execute("PRAGMA user_version").fetchone() != (0,):  # else it died before it had made the store
        stored = [row[0] for row in connection.execute("SELECT json_extract(data, '$._eid') FROM events")]
        assert len(stored) == len(set(stored)), "an event is stored twice"
        assert acknowledged <= set(stored), f"{len(acknowledged - set(stored))} acknowledged events are lost"
        states = [ProfileState.unpacked(row[0]) for row in connection.execute("SELECT state FROM profiles")]
        assert sum(int(str(state.value("_num_events"))) for state in states) == len(stored)
    else:
        assert not acknowledged
    connection.close()


def main(folder: str, deaths: int, stores: int) -> None:
    """Let so many processes die, over a few stores; print how many events they had acknowledged."""
    sqlite_checkpoints.AFTER = 10  # so that some die while the log is brought in
    chance, everything = random.Random(7), 0
    for store in range(stores):
        path, acknowledged = f"{folder}/{store}.db", set[str]()
        for life in range(deaths // stores):
            acknowledged |= live_and_die(path, life, chance)
            look(path, acknowledged)
        everything += len(acknowledged)
    print(everything)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))

"""A disk that takes no more, truly and not by a setting of SQLite: what was acknowledged is there, and it goes on."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from understudy.server.platform import AudienceBook, Platform, StoreError

# The system refuses to let a file of this process grow beyond a size, as a full disk would, and then does not mind.
CHILD = """
import asyncio, json, resource, sys
from understudy.server.platform import AudienceBook, Platform, RawEvent, StoreError

async def story():
    platform = Platform.open(sys.argv[1], AudienceBook([]))
    event = lambda: RawEvent("acc", "default", {"_uid": "u1", "pad": "x" * 500}, 1.0)
    told, refused = [(await platform.collect(event())).event_id], []
    whole = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, whole[1]))
    while len(refused) < 3:
        results = await asyncio.gather(*(platform.collect(event()) for _ in range(5)), return_exceptions=True)
        for result in results:
            if isinstance(result, StoreError):
                refused.append(str(result))
            else:
                told.append(result.event_id)
    assert platform.profile("_uid", "u1") is not None
    resource.setrlimit(resource.RLIMIT_FSIZE, whole)
    told.append((await platform.collect(event())).event_id)
    platform.close()
    print(json.dumps([told, refused]))

asyncio.run(story())
"""


def test_3_3_a_file_that_cannot_grow_is_told_and_holds_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)], capture_output=True, text=True, timeout=120, check=False
    )
    assert child.returncode == 0, child.stderr
    acknowledged, refused = json.loads(child.stdout)
    assert all(f"Cannot write to the store {path}" in said and "has space left" in said for said in refused)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert [number for (number,) in connection.execute("SELECT id FROM events ORDER BY id")] == acknowledged
    connection.close()


def test_3_3_a_disk_without_any_space_is_told_when_the_store_is_opened(tmp_path: Path) -> None:
    (tmp_path / "store.db").symlink_to("/dev/full")  # whatever is written there is answered with ENOSPC
    with pytest.raises(StoreError, match=r"Cannot open the store .*The disk is full"):
        Platform.open(tmp_path / "store.db", AudienceBook([]))

"""The log is brought into the file beside the writer, and stays small."""

import asyncio
import threading
from pathlib import Path

import pytest
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent
from understudy.server.platform.sqlite_checkpoints import Checkpoints

BOOK = AudienceBook.with_defaults()


async def collect(platform: Platform, count: int) -> None:
    for start in range(0, count, 50):
        events = [
            RawEvent("acc", "s", {"_uid": f"u{n % 40}", "pad": "x" * 2000}, NOW) for n in range(start, start + 50)
        ]
        await asyncio.gather(*(platform.collect(event) for event in events))


def test_a_log_that_outgrows_its_limit_is_brought_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understudy.server.platform.sqlite_checkpoints.AFTER", 100)
    monkeypatch.setattr("understudy.server.platform.sqlite_checkpoints.LARGEST_LOG", 1_000_000)
    path = tmp_path / "store.db"
    platform = Platform.open(path, BOOK)
    asyncio.run(collect(platform, 3000))
    assert path.stat().st_size > 5_000_000
    assert Path(f"{path}-wal").stat().st_size < 8_000_000
    platform.close()
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]
    assert not [thread for thread in threading.enumerate() if thread.name == "understudy-checkpoints"]
    again = Platform.open(path, BOOK)
    assert len(again.events("_uid", "u3", 1000)) == 75
    again.close()


def test_a_store_that_was_deleted_is_not_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understudy.server.platform.sqlite_checkpoints.AFTER", 1)
    path = tmp_path / "gone.db"
    checkpoints = Checkpoints(str(path))
    assert not checkpoints.count(1)
    checkpoints.close()
    assert not path.exists()


def test_a_store_in_memory_needs_none() -> None:
    platform = Platform.open(":memory:", BOOK)
    asyncio.run(collect(platform, 1200))
    assert not [thread for thread in threading.enumerate() if thread.name == "understudy-checkpoints"]
    platform.close()

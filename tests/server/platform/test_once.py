"""An event that brings an id is stored once: across restarts, for each account, and never after it was forgotten."""

import asyncio
import sqlite3
from pathlib import Path

from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, Receipt

BOOK = AudienceBook.with_defaults()


def send(platform: Platform, delivery: str, *, account: str = "acc", uid: str = "ann") -> Receipt:
    data = {"_uid": uid, "_e": "pv", "_eid": delivery}
    return asyncio.run(platform.collect(RawEvent(account, "default", data, NOW)))


def test_a_repeat_is_known_after_a_restart_and_changes_nothing(tmp_path: Path) -> None:
    platform = Platform.open(tmp_path / "store.db", BOOK)
    first = send(platform, "p.1")
    platform.close()
    platform = Platform.open(tmp_path / "store.db", BOOK)
    before = platform.profile("_uid", "ann")
    second = send(platform, "p.1")
    assert (first.repeated, second.repeated, second.event_id, second.moved) == (False, True, 0, {})
    assert platform.profile("_uid", "ann") == before
    assert len(platform.events("_uid", "ann")) == 1
    platform.close()


def test_one_id_sent_to_two_accounts_is_two_events() -> None:
    platform = Platform.open(":memory:", BOOK)
    assert [send(platform, "p.1", account=account).repeated for account in ("a", "b", "a")] == [False, False, True]
    platform.close()


def test_an_event_of_a_forgotten_visitor_does_not_come_back() -> None:
    platform = Platform.open(":memory:", BOOK)
    send(platform, "p.1")
    asyncio.run(platform.forget("_uid", "ann"))
    assert send(platform, "p.1").repeated
    assert platform.profile("_uid", "ann") is None
    platform.close()


def test_repeats_that_arrive_at_once_are_one_event(tmp_path: Path) -> None:
    async def storm(platform: Platform) -> list[Receipt]:
        event = RawEvent("acc", "default", {"_uid": "ann", "_eid": "p.1"}, NOW)
        return await asyncio.gather(*(platform.collect(event) for _ in range(50)))

    platform = Platform.open(tmp_path / "store.db", BOOK)
    receipts = asyncio.run(storm(platform))
    assert sorted(receipt.repeated for receipt in receipts) == [False] + [True] * 49
    platform.close()


def test_a_store_of_the_first_format_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    platform = Platform.open(path, BOOK)
    send(platform, "", uid="old")
    platform.close()
    with sqlite3.connect(path) as connection:
        for table in ("deliveries", "agenda", "outbox", "progress", "notes"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("PRAGMA user_version=1")
    connection.close()
    platform = Platform.open(path, BOOK)
    assert [send(platform, "p.1").repeated for _ in range(2)] == [False, True]
    assert len(platform.events("_uid", "old")) == 1
    platform.close()

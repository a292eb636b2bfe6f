"""The writer's memory of profiles: never out of step with what is on record, and an event's cost does not grow."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, StoreError
from understudy.server.platform.ingest import ingest
from understudy.server.platform.sqlite_schema import open_database
from understudy.server.platform.sqlite_store import SQLiteStore
from understudy.server.platform.sqlite_writing import REMEMBERED, WritingSession
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Session

BOOK = AudienceBook.with_defaults()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def session(path: Path) -> Iterator[WritingSession]:
    connection = open_database(str(path), "NORMAL")
    yield WritingSession(connection)
    connection.close()


def event(uid: str, **data: object) -> RawEvent:
    return RawEvent("acc", "default", {"_uid": uid, "_e": "pv", **data}, NOW)


def page_views(platform: Platform, uid: str) -> object:
    profile = platform.profile("_uid", uid)
    return profile and profile.fields["pageviewct"]


def test_two_servers_on_one_store_lose_no_event(path: Path) -> None:
    one, other = Platform.open(path, BOOK), Platform.open(path, BOOK)

    async def collect() -> list[int]:
        receipts = [await platform.collect(event("a")) for _ in range(20) for platform in (one, other)]
        together = await asyncio.gather(*(platform.collect(event("a")) for _ in range(20) for platform in (one, other)))
        return [receipt.event_id for receipt in (*receipts, *together)]

    numbers = asyncio.run(collect())
    assert sorted(numbers) == list(range(1, 81))
    assert page_views(one, "a") == page_views(other, "a") == 80
    asyncio.run(one.forget("_uid", "a"))
    assert asyncio.run(other.collect(event("a"))).moved["pageviewct"] == (None, 1)
    one.close()
    other.close()


def test_what_was_rolled_back_is_not_remembered(path: Path) -> None:
    store = SQLiteStore(path)
    platform = Platform(store, BOOK)
    asyncio.run(platform.collect(event("a")))

    def fails_after_writing(session: Session) -> None:
        ingest(session, event("a"), BOOK)
        raise RuntimeError("after writing")

    with pytest.raises(RuntimeError, match="after writing"):
        asyncio.run(store.write(fails_after_writing))
    receipt = asyncio.run(platform.collect(event("a")))
    assert receipt.moved["pageviewct"] == (1, 2)
    assert receipt.event_id == 2
    platform.close()


def test_a_loaded_profile_is_a_copy(session: WritingSession) -> None:
    session.begin()
    state = ProfileState("p", {"x": [1, "old"]})
    session.save(state)
    state.fields["x"] = [2, "new"]
    loaded = session.load("p")
    assert loaded is not None
    loaded.fields["x"] = [3, "newer"]
    again = session.load("p")
    assert again is not None
    assert again.fields == {"x": [1, "old"]}
    session.commit()


def test_a_profile_that_is_gone_is_forgotten(session: WritingSession) -> None:
    session.begin()
    for name in ("moved", "deleted", "kept"):
        session.save(ProfileState(name))
    session.move("moved", "kept")
    session.delete("deleted")
    assert [session.load(name) is None for name in ("moved", "deleted", "kept")] == [True, True, False]
    session.commit()


def test_memory_is_bounded(session: WritingSession) -> None:
    session.begin()
    large = "x" * (REMEMBERED // 4)
    for number in range(8):
        session.save(ProfileState(f"p{number}", {"x": [number, large]}))
    session.save(ProfileState("p7", {"x": [8, "small"]}))
    remembered = session._profiles
    assert set(remembered) == {"p5", "p6", "p7"}
    assert session._size == sum(size for _, size in remembered.values()) <= REMEMBERED
    first = session.load("p0")
    assert first is not None
    assert first.fields["x"] == [0, large]
    session.commit()


def steps(session: WritingSession, incoming: RawEvent) -> tuple[int, int]:
    """The steps that SQLite took to store an event and read those of visitor `b`, and the rows it changed."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    rows = session._connection.total_changes
    session.begin()
    session._connection.set_progress_handler(count, 1)
    ingest(session, incoming, BOOK)
    others = session.events(str(session.find("_uid", "b")), 200)
    session._connection.set_progress_handler(None, 1)
    assert [each.event_id for each in others] == [1]
    session.commit()
    return taken, session._connection.total_changes - rows


def test_an_event_costs_the_same_however_many_there_were(session: WritingSession) -> None:
    def fresh() -> tuple[int, int]:
        session.roll_back()  # nothing remembered: the dearer way
        return steps(session, event("a"))

    session.begin()
    ingest(session, event("b"), BOOK)
    ingest(session, event("a"), BOOK)
    session.commit()
    few = fresh()
    session._connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "INSERT INTO events (profile, account, stream, uid, time, received, data, raw) "
        "SELECT (SELECT profile FROM identities WHERE value = 'a'), 'acc', 'default', 'a', i, i, '{}', '' FROM n"
    )
    assert fresh() == few == (few[0], 2)
    assert few[0] < 200
    assert steps(session, event("a"))[0] < few[0]


def test_a_profile_stops_growing(session: WritingSession) -> None:
    def size_after(first: int, last: int) -> int:
        session.begin()
        for number in range(first, last):
            ingest(
                session, event("a", url=f"shop.test/{number}", _ref=f"r{number}.test", **{f"own{number}": "x"}), BOOK
            )
        session.commit()
        (packed,) = session._connection.execute("SELECT state FROM profiles").fetchone()
        return len(packed)

    full = size_after(10_000, 11_200)
    assert size_after(11_200, 11_500) == pytest.approx(full, rel=0.02)


def test_a_store_that_another_process_has_is_told_to_all_that_wait(path: Path) -> None:
    store = SQLiteStore(path)
    store._writing.execute("PRAGMA busy_timeout=0")
    tries: list[str] = []
    store._writing.set_trace_callback(tries.append)
    other = open_database(str(path), "NORMAL")
    other.execute("BEGIN IMMEDIATE")
    store._writer._guard = held = threading.Lock()

    async def collect() -> list[object]:
        platform = Platform(store, BOOK)
        with held:  # until all have been lined up: one perhaps in a group of its own, then the others
            tasks = [asyncio.create_task(platform.collect(event(f"u{number}"))) for number in range(50)]
            await asyncio.sleep(0)
        return await asyncio.gather(*tasks, return_exceptions=True)

    results = asyncio.run(collect())
    assert len(results) == 50
    assert all(isinstance(result, StoreError) and "Another process" in str(result) for result in results)
    assert 1 <= tries.count("BEGIN IMMEDIATE") <= 2
    other.execute("ROLLBACK")
    other.close()
    store.close()


def test_a_fault_at_the_beginning_is_told_and_leaves_nothing_open(path: Path) -> None:
    store = SQLiteStore(path)
    platform = Platform(store, BOOK)

    def deny(_action: int, name: str | None, *_: object) -> int:
        return sqlite3.SQLITE_DENY if name == "data_version" else sqlite3.SQLITE_OK

    store._writing.set_authorizer(deny)
    with pytest.raises(StoreError, match="Cannot write to the store"):
        asyncio.run(platform.collect(event("a")))
    store._writing.set_authorizer(None)
    assert asyncio.run(platform.collect(event("a"))).event_id == 1
    platform.close()


def test_everyone_is_planned_some_at_a_time(session: WritingSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understudy.server.platform.sqlite_agenda._AT_ONCE", 2)
    session.begin()
    for name in "abcdefg":
        session.save(ProfileState(name))
        session.plan(name, 50.0)
    after, pieces = session.plan_all("one"), 1
    while after:
        assert session.due(0, 99) == [name for name in "abcdefg" if name <= after]
        after, pieces = session.plan_all("one", after), pieces + 1
    assert (pieces, session.due(0, 99)) == (3, list("abcdefg"))
    session.replan("a", 50.0)
    assert session.plan_all("one") == ""
    assert session.due(0, 99) == list("bcdefg")
    session.commit()

"""The store under load and faults (`test_sudden_death` has the rest)."""

import asyncio
import errno
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from understudy.server.platform import AudienceBook, Platform, RawEvent, Receipt, StoreError
from understudy.server.platform.sqlite_schema import APPLICATION_ID, VERSION
from understudy.server.platform.sqlite_store import SQLiteStore
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Session

BOOK = AudienceBook.with_defaults()


def event(uid: str, **data: object) -> RawEvent:
    return RawEvent("acc", "default", {"_uid": uid, "_e": "pv", **data}, 1_795_435_200_000.0)


def stored(path: Path) -> list[int]:
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        numbers = [row[0] for row in connection.execute("SELECT id FROM events ORDER BY id")]
    connection.close()
    return numbers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.mark.parametrize("where", ["file", ":memory:"])
def test_many_at_once_are_each_stored_once(path: Path, where: str) -> None:
    platform = Platform.open(path if where == "file" else where, BOOK)

    async def collect() -> list[Receipt]:
        return await asyncio.gather(*(platform.collect(event(f"u{number % 7}", n=number)) for number in range(700)))

    receipts = asyncio.run(collect())
    assert sorted(receipt.event_id for receipt in receipts) == list(range(1, 701))
    assert [receipt.data["n"] for receipt in receipts] == list(range(700))
    for uid in range(7):
        profile = platform.profile("_uid", f"u{uid}")
        assert profile is not None
        assert profile.fields["pageviewct"] == profile.fields["_num_events"] == 100
        assert len(platform.events("_uid", f"u{uid}", limit=1000)) == 100
    platform.close()


def test_reading_while_writing_sees_whole_events(path: Path) -> None:
    platform = Platform.open(path, BOOK)

    async def collect() -> None:
        async def read() -> None:
            for _ in range(50):
                profile = platform.profile("_uid", "u")
                if profile is not None:
                    seen = platform.events("_uid", "u", limit=1000)
                    assert len(seen) >= int(str(profile.fields["pageviewct"]))
                await asyncio.sleep(0)

        await asyncio.gather(read(), *(platform.collect(event("u")) for _ in range(100)))

    asyncio.run(collect())
    platform.close()


def test_several_loops_and_threads_share_a_store(path: Path) -> None:
    platform = Platform.open(path, BOOK)

    def collect(uid: str) -> None:
        async def several() -> None:
            await asyncio.gather(*(platform.collect(event(uid)) for _ in range(50)))

        asyncio.run(several())

    threads = [threading.Thread(target=collect, args=(f"u{number}",)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    platform.close()
    assert len(stored(path)) == 150


def test_everything_is_there_after_reopening(path: Path) -> None:
    first = Platform.open(path, BOOK)
    asyncio.run(first.collect(event("a", tier="gold")))
    before = first.profile("_uid", "a")
    first.close()
    again = Platform.open(path, BOOK)
    assert again.profile("_uid", "a") == before
    assert asyncio.run(again.collect(event("a"))).event_id == 2
    again.close()


def test_closing_finishes_what_was_collected(path: Path) -> None:
    before = set(threading.enumerate())
    platform = Platform.open(path, BOOK)

    async def collect_and_close() -> list[Receipt]:
        tasks = [asyncio.create_task(platform.collect(event("a"))) for _ in range(20)]
        await asyncio.sleep(0)
        platform.close()
        return await asyncio.gather(*tasks)

    assert len(asyncio.run(collect_and_close())) == 20
    assert len(stored(path)) == 20
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "understudy-writer"]


def test_a_failing_piece_of_work_leaves_its_neighbours_whole(path: Path) -> None:
    store = SQLiteStore(path)

    def bad(session: Session) -> None:
        session.save(ProfileState("half"))
        raise RuntimeError("halfway")

    async def write() -> list[object]:
        works = [
            store.write(lambda session: session.save(ProfileState("one"))),
            store.write(bad),
            store.write(lambda session: session.point("_uid", "u", "one")),
        ]
        return await asyncio.gather(*works, return_exceptions=True)

    results = asyncio.run(write())
    assert (results[0], str(results[1]), results[2]) == (None, "halfway", None)

    def check(reader: Reader) -> None:
        assert reader.load("one") is not None
        assert reader.load("half") is None
        assert reader.find("_uid", "u") == "one"

    store.read(check)
    store.close()


def test_a_full_disk_is_told_and_loses_nothing(path: Path) -> None:
    store = SQLiteStore(path)
    platform = Platform(store, BOOK)
    asyncio.run(platform.collect(event("a")))
    pages = store._writing.execute("PRAGMA page_count").fetchone()[0]
    store._writing.execute(f"PRAGMA max_page_count={pages + 3}")

    async def collect() -> list[Receipt | BaseException]:
        large = (platform.collect(event("a", note="x" * 5000)) for _ in range(20))
        return await asyncio.gather(*large, return_exceptions=True)

    results = asyncio.run(collect())
    failures = [result for result in results if isinstance(result, BaseException)]
    acknowledged = [result.event_id for result in results if isinstance(result, Receipt)]
    assert failures
    assert all(isinstance(failure, StoreError) for failure in failures)
    assert f"Cannot write to the store {path}" in str(failures[0])
    assert "Free some space" in str(failures[0])
    profile = platform.profile("_uid", "a")
    assert profile is not None
    assert profile.fields["pageviewct"] == 1 + len(acknowledged)
    store._writing.execute("PRAGMA max_page_count=100000")
    acknowledged.append(asyncio.run(platform.collect(event("a", note="x" * 5000))).event_id)
    platform.close()
    assert stored(path) == [1, *acknowledged]


def test_small_events_fit_beside_one_that_does_not(path: Path) -> None:
    store = SQLiteStore(path)
    platform = Platform(store, BOOK)
    asyncio.run(platform.collect(event("a")))
    pages = store._writing.execute("PRAGMA page_count").fetchone()[0]
    store._writing.execute(f"PRAGMA max_page_count={pages + 2}")

    async def collect() -> list[Receipt | BaseException]:
        works = [
            platform.collect(event("a")),
            platform.collect(event("a", x="y" * 60_000)),
            platform.collect(event("a")),
        ]
        return await asyncio.gather(*works, return_exceptions=True)

    first, large, last = asyncio.run(collect())
    assert isinstance(first, Receipt)
    assert isinstance(large, StoreError)
    assert isinstance(last, Receipt)
    platform.close()
    assert len(stored(path)) == 3


def test_a_read_only_file_is_told(path: Path) -> None:
    store = SQLiteStore(path)
    store._writing.execute("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match="read-only"):
        asyncio.run(Platform(store, BOOK).collect(event("a")))
    store._writing.execute("PRAGMA query_only=OFF")
    asyncio.run(Platform(store, BOOK).collect(event("a")))
    store.close()


def test_a_locked_file_is_told_and_works_again(path: Path) -> None:
    store = SQLiteStore(path)
    platform = Platform(store, BOOK)
    store._writing.execute("PRAGMA busy_timeout=0")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="Another process is writing"):
        asyncio.run(platform.collect(event("a")))
    assert platform.profile("_uid", "a") is None
    other.execute("ROLLBACK")
    other.close()
    assert asyncio.run(platform.collect(event("a"))).event_id == 1
    platform.close()


def test_a_new_file_can_be_opened_by_several_at_once(tmp_path: Path) -> None:
    for attempt in range(10):
        together = threading.Barrier(4)
        failures: list[Exception] = []

        def open_and_close(
            path: Path, together: threading.Barrier = together, failures: list[Exception] = failures
        ) -> None:
            together.wait()
            try:
                SQLiteStore(path).close()
            except StoreError as error:
                failures.append(error)

        threads = [threading.Thread(target=open_and_close, args=(tmp_path / f"{attempt}.db",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no database at all, but long enough to have a header of its own\n" * 20)
    with pytest.raises(StoreError, match="no SQLite database"):
        SQLiteStore(text)
    with pytest.raises(StoreError, match="Cannot open the store"):
        SQLiteStore(tmp_path)
    with pytest.raises(StoreError, match="Cannot open the store"):
        SQLiteStore(text / "below" / "store.db")
    with pytest.raises(StoreError, match="choose one of NORMAL and FULL"):
        SQLiteStore(tmp_path / "x.db", synchronous="OFF")
    assert text.read_text().startswith("no database")


def test_a_damaged_file_is_told(path: Path) -> None:
    platform = Platform.open(path, BOOK)
    asyncio.run(platform.collect(event("a")))
    platform.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match=f"Cannot read the store {path}.*damaged"):
        Platform.open(path, BOOK)
    damaged = SQLiteStore(path)
    with pytest.raises(StoreError, match=f"Cannot read the store {path}.*damaged"):
        damaged.read(lambda reader: reader.find("_uid", "a"))
    with pytest.raises(StoreError, match="damaged"):
        asyncio.run(damaged.write(lambda session: session.find("_uid", "a")))
    damaged.close()


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_was_deleted_while_open_takes_nothing_more(path: Path, replaced: bool) -> None:
    platform = Platform.open(path, BOOK)
    asyncio.run(platform.collect(event("a")))
    path.unlink()
    if replaced:
        path.write_bytes(b"another")
    with pytest.raises(StoreError, match=r"was deleted or replaced while it was in use.*Start the server again"):
        asyncio.run(platform.collect(event("a")))
    with pytest.raises(StoreError, match="was deleted or replaced"):
        platform.profile("_uid", "a")
    platform.close()


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EROFS, "read-only disk"),
        (errno.EACCES, "may not write there"),
        (errno.ENOTDIR, "where a folder is wanted"),
        (errno.ENOSPC, "Free some space"),
    ],
)
def test_what_the_system_refuses_comes_with_advice(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match=f"{os.strerror(number)}.*{advice}"):
        SQLiteStore(path)


def test_databases_of_others_and_of_other_versions(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    with pytest.raises(StoreError, match="database of another program"):
        SQLiteStore(foreign)
    path = tmp_path / "ours.db"
    SQLiteStore(path).close()
    for version, words in ((VERSION + 1, "a newer Understudy"), (0, "an older Understudy")):
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
            connection.execute(f"PRAGMA user_version={version}")
        connection.close()
        with pytest.raises(StoreError, match=words):
            SQLiteStore(path)


def test_lone_surrogates_can_be_stored_and_asked_for(path: Path) -> None:
    platform = Platform.open(path, BOOK)
    odd = RawEvent("a\ud800", "s\ud800", {"_uid": "u\ud800"}, 1.0, "raw\ud800")
    asyncio.run(platform.collect(odd))
    assert platform.events("_uid", "u\ud800")[0].raw == "raw?"
    assert platform.profile("_id", "x\ud800") is None
    platform.close()

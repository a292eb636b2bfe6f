"""What follows from a change is on record exactly when the change is (platform.md 4.1)."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, parse_audience
from understudy.server.platform.errors import StoreError
from understudy.server.platform.outbox import BATCH, Change, Notice, reached
from understudy.server.platform.store import Reader

BOOK = AudienceBook([parse_audience('FILTER tier = "gold" ALIAS gold')])
JOB = "a-job"


def tell(_reader: Reader, change: Change) -> Iterable[Notice]:
    for slug in change.entered:
        yield Notice(JOB, change.profile, change.time, f"enter {slug}")
    for slug in change.left:
        yield Notice(JOB, change.profile, change.time, f"exit {slug}")
    if change.profile is None and change.event is not None:
        yield Notice(JOB, None, change.time, f'{{"mail":"{change.event.data["mail"]}"}}')


def send(platform: Platform, **data: object) -> None:
    asyncio.run(platform.collect(RawEvent("acc", "default", data, NOW)))


def bodies(platform: Platform, after: int = 0) -> list[str]:
    return [notice.body for notice in platform.outbox.waiting(JOB, after, 1000)]


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    platform = Platform.open(tmp_path / "store.db", BOOK)
    platform.outbox.raising = tell
    yield platform
    platform.close()


def test_4_1_notices_are_on_record_until_they_are_done(platform: Platform, tmp_path: Path) -> None:
    send(platform, _uid="ann", tier="gold")
    send(platform, _uid="ann", tier="gold")
    send(platform, _uid="ann", tier="tin")
    platform.close()
    again = Platform.open(tmp_path / "store.db", BOOK)
    waiting = again.outbox.waiting(JOB, 0, 10)
    assert [(notice.body, notice.time) for notice in waiting] == [("enter gold", NOW), ("exit gold", NOW)]
    assert again.outbox.sizes() == {JOB: 2}
    asyncio.run(again.outbox.done([waiting[0].number]))
    assert bodies(again) == ["exit gold"]
    send(again, _uid="bob", tier="gold")
    assert again.outbox.sizes() == {JOB: 1}, "nobody raises here any more"
    asyncio.run(again.outbox.drop(JOB))
    assert again.outbox.sizes() == {}
    again.close()


def test_4_1_an_event_that_is_not_stored_leaves_no_notice(platform: Platform) -> None:
    def fail(reader: Reader, change: Change) -> Iterable[Notice]:
        yield from tell(reader, change)
        raise sqlite3.OperationalError("disk I/O error")

    platform.outbox.raising = fail
    with pytest.raises(StoreError):
        send(platform, _uid="ann", tier="gold")
    assert bodies(platform) == []
    assert platform.profile("_uid", "ann") is None


def test_4_1_time_alone_raises_too(tmp_path: Path) -> None:
    hour = parse_audience('FILTER last_active_ts > "now-1h" ALIAS lately')
    clock = [float(NOW)]
    platform = Platform.open(tmp_path / "store.db", AudienceBook([hour]), clock=lambda: clock[0])
    platform.outbox.raising = tell
    send(platform, _uid="ann")
    clock[0] += 3_600_001
    asyncio.run(platform.pass_time())
    assert bodies(platform) == ["enter lately", "exit lately"]
    platform.close()


def test_4_1_what_is_forgotten_or_joined_takes_its_notices_along(platform: Platform) -> None:
    send(platform, _uid="ann", tier="gold")
    send(platform, _uid="bob", tier="gold")
    send(platform, _uid="ann", email="a@example.com")
    send(platform, _uid="bob", email="a@example.com")  # they are one person
    (profile,) = {notice.profile for notice in platform.outbox.waiting(JOB, 0, 10)}
    joined = platform.profile("_uid", "bob")
    assert joined is not None
    assert joined.id == profile
    asyncio.run(platform.forget("_uid", "ann"))
    assert bodies(platform) == []


def test_4_1_erasing_a_person_takes_notices_that_name_them(platform: Platform) -> None:
    send(platform, mail="Zoë@example.com")
    send(platform, mail="other@example.com")
    assert len(bodies(platform)) == 2
    asyncio.run(platform.erase("email", "other@example.com"))
    assert bodies(platform) == ['{"mail":"Zoë@example.com"}']
    send(platform, mail="ZOË-1")
    asyncio.run(platform.erase("uuid", "zoë-1"))
    assert bodies(platform) == ['{"mail":"Zoë@example.com"}']  # whatever the case, also of letters that are not ASCII


def test_4_1_going_through_all_profiles_goes_on_after_a_restart(platform: Platform, tmp_path: Path) -> None:
    platform.outbox.raising = None
    for number in range(BATCH + 5):
        send(platform, _uid=f"v{number}", tier="gold" if number % 2 else "tin")
    assert asyncio.run(platform.outbox.go_through(JOB, BOOK, NOW, tell)) is False
    first = len(bodies(platform))
    platform.close()
    again = Platform.open(tmp_path / "store.db", BOOK)

    def is_reached(reader: Reader, change: Change) -> Iterable[Notice]:
        assert change.profile is not None
        yield Notice("seen", change.profile, NOW, str(reached(reader, JOB, change.profile)))

    again.outbox.raising = is_reached
    for number in range(BATCH + 5):
        send(again, _uid=f"v{number}")
    assert [notice.body for notice in again.outbox.waiting("seen", 0, 1000)].count("True") == BATCH
    assert asyncio.run(again.outbox.go_through(JOB, BOOK, NOW, tell)) is True
    assert asyncio.run(again.outbox.go_through(JOB, BOOK, NOW, tell)) is True, "and only once"
    told = again.outbox.waiting(JOB, 0, 1000)
    assert first < len(told) == (BATCH + 5) // 2 == len({notice.profile for notice in told})
    again.close()

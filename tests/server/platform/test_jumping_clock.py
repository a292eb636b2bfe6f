"""A clock that jumps, back and forth and far away: every event is kept, and audiences are those of that moment."""

import asyncio
from collections.abc import Iterator

import pytest
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, RawEvent, parse_audience
from understudy.server.platform.codec import from_ms

DAY = 86_400_000.0
BOOK = AudienceBook(
    parse_audience(f"FILTER {condition} ALIAS {slug}")
    for slug, condition in (
        ("today", 'last_active_ts > "now-1d"'),
        ("old", '_created < "now-30d"'),
        ("monthly", 'last_active_ts > "now-1M"'),
        ("busy", "_num_events > 3"),
    )
)
JUMPS = [0.0, 400 * DAY, -400 * DAY, 1.0, 5_000 * 366 * DAY, -20_000 * DAY, 31 * DAY, -1.0]


@pytest.fixture
def now() -> list[float]:
    return [NOW]


@pytest.fixture
def platform(now: list[float], tmp_path: object) -> Iterator[Platform]:
    platform = Platform.open(f"{tmp_path}/s.db", BOOK, clock=lambda: now[0])
    yield platform
    platform.close()


def test_e4_a_clock_that_jumps_loses_nothing(platform: Platform, now: list[float]) -> None:
    async def work() -> None:
        numbers = []
        for jump in JUMPS:
            now[0] = NOW + jump
            receipt = await platform.collect(RawEvent("acc", "default", {"_uid": "ann", "_e": "pv"}, now[0]))
            numbers.append(receipt.event_id)
            moment = from_ms(now[0])
            profile = platform.profile("_uid", "ann")
            assert profile is not None
            stored = platform._store.read(lambda reader: reader.load(str(profile.id)))  # noqa: B023
            assert stored is not None
            assert stored.members == BOOK.members(stored.values(), moment)
            assert profile.segments == BOOK.members(stored.values(moment), moment)
        assert numbers == sorted(numbers)

    asyncio.run(work())
    events = platform.events("_uid", "ann")
    assert [event.received for event in events] == [NOW + jump for jump in reversed(JUMPS)]
    profile = platform.profile("_uid", "ann")
    assert profile is not None
    assert profile.fields["_num_events"] == len(JUMPS)


def test_e4_who_is_moved_by_a_jump_is_told_once(platform: Platform, now: list[float]) -> None:
    async def work() -> list[tuple[list[str], list[str]]]:
        await platform.collect(RawEvent("acc", "default", {"_uid": "ann"}, NOW))
        told = []
        for jump in (2 * DAY, 2 * DAY, 0.0, 40 * DAY, -1.0, 40 * DAY):
            now[0] = NOW + jump
            told += [(moved.entered, moved.left) for moved in await platform.pass_time()]
        return told

    assert asyncio.run(work()) == [([], ["today"]), (["old"], ["monthly"])]

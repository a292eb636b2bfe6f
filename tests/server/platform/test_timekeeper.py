"""Time alone moves profiles (platform.md 3.6, "Re-evaluation boundary"), by a clock that the test turns."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from platform_support import NOW

from understudy.server.platform import AudienceBook, Platform, StoreError, parse_audience
from understudy.server.platform.decoder import decode_event
from understudy.server.platform.timekeeper import AGAIN_S, BATCH, LONGEST_S, Moved

HOUR, DAY = 3_600_000.0, 86_400_000.0
WEEK_BOOK = AudienceBook([parse_audience('FILTER lastvisit_ts > "now-1w" ALIAS recent')])
QUICK_BOOK = AudienceBook(
    [
        parse_audience('FILTER lastvisit_ts > "now-10s" ALIAS here'),
        parse_audience("FILTER NOT INCLUDE here ALIAS gone"),
        parse_audience("FILTER visitct > 0 ALIAS visited"),
    ]
)


@dataclass
class Ring:
    """An alarm that was set, and whether it still is."""

    seconds: float
    callback: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Clock:
    """A clock that stands still until it is turned, and the alarms that were set by it."""

    now: float = NOW
    rings: list[Ring] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def alarm(self, seconds: float, callback: Callable[[], None]) -> Ring:
        self.rings.append(Ring(seconds, callback))
        return self.rings[-1]

    @property
    def set(self) -> list[float]:
        return [ring.seconds for ring in self.rings if not ring.cancelled]

    async def turn(self, platform: Platform, ms: float) -> None:
        """Let time pass and the one alarm ring, and wait for what it does."""
        self.now += ms
        (ring,) = (ring for ring in self.rings if not ring.cancelled)
        ring.callback()
        await settled(platform)


async def settled(platform: Platform) -> None:
    """Wait for what the timekeeper has under way."""
    await platform._timekeeper._task  # type: ignore[misc]  # there is one from the start


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick(clock: Clock) -> Iterator[Platform]:
    platform = Platform.open(":memory:", QUICK_BOOK, clock=clock)
    yield platform
    platform.close()


async def visit(platform: Platform, uid: str, clock: Clock) -> None:
    await platform.collect(decode_event(f"_uid={uid}&_e=pv&_sesstart=1", "acc", "default", clock.now))


def members(platform: Platform, uid: str) -> list[str]:
    """The audiences on record, which are those that the last decision left there."""
    state = platform._store.read(lambda reader: reader.load(reader.find("_uid", uid) or ""))
    assert state is not None
    return state.members


def test_3_6_a_visitor_leaves_at_the_second_without_an_event(quick: Platform, clock: Clock) -> None:
    moved: list[Moved] = []

    async def run() -> None:
        quick.subscribe_moved(moved.append)
        async with quick.keep_time(clock.alarm):
            await settled(quick)
            assert clock.set == []
            await visit(quick, "a", clock)
            assert clock.set == [10.0]
            await clock.turn(quick, 9_999)
            assert (moved, members(quick, "a")) == ([], ["here", "visited"])
            assert clock.set == [pytest.approx(0.001)]
            await clock.turn(quick, 1)
        assert clock.set == []

    asyncio.run(run())
    (one,) = moved
    assert (one.entered, one.left, one.time) == (["gone"], ["here"], NOW + 10_000)
    assert one.identities == [("_uid", "a")]
    assert one.as_json()["left"] == ["here"]
    assert members(quick, "a") == ["gone", "visited"]


def test_3_6_one_alarm_for_the_nearest_of_all_profiles(quick: Platform, clock: Clock) -> None:
    async def run() -> None:
        async with quick.keep_time(clock.alarm):
            await settled(quick)
            await visit(quick, "a", clock)
            clock.now += 4_000
            await visit(quick, "b", clock)
            await visit(quick, "a", clock)
            assert clock.set == [10.0]  # no later one is set, however often they come
            await clock.turn(quick, 6_000)
            # The first visitor came again, so the alarm found nobody to move, and is set for the second.
            assert members(quick, "a") == members(quick, "b") == ["here", "visited"]
            assert clock.set == [4.0]
            await clock.turn(quick, 4_000)
            assert members(quick, "a") == members(quick, "b") == ["gone", "visited"]

    asyncio.run(run())


def test_3_6_what_is_told_as_time_goes_by_is_not_told_again_with_the_next_event(quick: Platform, clock: Clock) -> None:
    async def run() -> None:
        await visit(quick, "a", clock)
        clock.now += 60_000
        assert [moved.left for moved in await quick.pass_time()] == [["here"]]
        assert await quick.pass_time() == []
        receipt = await quick.collect(decode_event("_uid=a&_e=pv", "acc", "default", clock.now))
        assert (receipt.entered, receipt.left) == (["here"], ["gone"])
        assert "due" not in receipt.as_json()

    asyncio.run(run())


def test_3_6_a_persona_is_moved_by_time_too(quick: Platform, clock: Clock) -> None:
    async def run() -> None:
        async with quick.keep_time(clock.alarm):
            await settled(quick)
            await quick.seed({"_uid": "p"}, {"lastvisit_ts": "2026-11-23T11:59:55Z"})
            assert clock.set == [5.0]
            await clock.turn(quick, 5_000)
            assert members(quick, "p") == ["gone"]

    asyncio.run(run())


def test_3_6_a_server_that_was_off_catches_up_when_it_starts(tmp_path: Path, clock: Clock) -> None:
    async def first() -> None:
        for number in range(BATCH * 2 + 1):
            await visit(platform, f"u{number}", clock)

    async def second() -> list[Moved]:
        moved: list[Moved] = []
        platform.subscribe_moved(moved.append)
        async with platform.keep_time(clock.alarm):
            await settled(platform)
            return moved

    platform = Platform.open(tmp_path / "store.db", WEEK_BOOK, clock=clock)
    asyncio.run(first())
    platform.close()
    clock.now += 8 * DAY
    platform = Platform.open(tmp_path / "store.db", WEEK_BOOK, clock=clock)
    moved = asyncio.run(second())
    platform.close()
    assert len(moved) == BATCH * 2 + 1
    assert all(each.left == ["recent"] for each in moved)


def test_3_6_a_server_that_ends_does_not_wait_for_all_that_has_come_due(tmp_path: Path, clock: Clock) -> None:
    async def run() -> None:
        for number in range(BATCH * 3):
            await visit(platform, f"u{number}", clock)
        clock.now += 8 * DAY
        async with platform.keep_time(clock.alarm):
            pass
        assert 0 < len(await platform.pass_time()) <= BATCH * 2

    platform = Platform.open(tmp_path / "store.db", WEEK_BOOK, clock=clock)
    asyncio.run(run())
    platform.close()


def test_3_6_new_audiences_bring_new_moments_and_are_nobodys_doing(quick: Platform, clock: Clock) -> None:
    moved: list[Moved] = []

    async def run() -> None:
        quick.subscribe_moved(moved.append)
        async with quick.keep_time(clock.alarm):
            await settled(quick)
            await visit(quick, "a", clock)
            quick.use_audiences(WEEK_BOOK)
            while clock.set == [10.0] or not clock.set:
                await asyncio.sleep(0)
            assert clock.set == [LONGEST_S]  # a week, in pieces
            assert members(quick, "a") == ["recent"]
            clock.now += 7 * DAY - LONGEST_S * 1000
            await clock.turn(quick, LONGEST_S * 1000)
            assert members(quick, "a") == []

    asyncio.run(run())
    assert [(each.entered, each.left) for each in moved] == [([], ["recent"])]


def test_3_6_who_is_forgotten_or_joined_is_not_looked_at(quick: Platform, clock: Clock) -> None:
    async def run() -> list[Moved]:
        await visit(quick, "a", clock)
        await visit(quick, "b", clock)
        await visit(quick, "c", clock)
        await quick.forget("_uid", "a")
        await quick.collect(decode_event("_uid=b&_uido=c&_e=pv", "acc", "default", clock.now))
        clock.now += HOUR
        return await quick.pass_time()

    (moved,) = asyncio.run(run())
    assert moved.identities == [("_uid", "b"), ("_uid", "c")]
    assert quick._store.read(lambda reader: reader.next_due()) is None


def test_a_failing_watcher_and_store_end_nothing(
    quick: Platform, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[Moved] = []

    def fails(_moved: Moved) -> None:
        raise RuntimeError("no")

    async def run() -> None:
        end = quick.subscribe_moved(fails)
        quick.subscribe_moved(told.append)
        async with quick.keep_time(clock.alarm):
            await settled(quick)
            await visit(quick, "a", clock)
            await clock.turn(quick, 10_000)
            assert len(told) == 1
            end()
            end()
            await visit(quick, "a", clock)

            def full(_work: object) -> None:
                raise StoreError("the disk is full")

            with monkeypatch.context() as patched:
                patched.setattr(quick._store, "read", full)
                await clock.turn(quick, 10_000)
            assert clock.set == [AGAIN_S]

    asyncio.run(run())
    assert "a listener failed for profile" in caplog.text
    assert "could not be kept up with the time: the disk is full" in caplog.text

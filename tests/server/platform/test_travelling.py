"""Setting the clock moves visitors in and out of audiences (platform.md 3.6, "Re-evaluation boundary")."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from understudy.server.platform import AudienceBook, Platform, RawEvent, parse_audience
from understudy.server.platform import travelling as module
from understudy.server.platform.clock import VirtualClock
from understudy.server.platform.timekeeper import Moved

NOW = 1_800_000_000_000.0
DAY = 86_400_000.0
BOOK = AudienceBook(
    [
        parse_audience('FILTER lastvisit_ts > "now-7d" ALIAS week'),
        parse_audience('FILTER lastvisit_ts > "now-1d" ALIAS day'),
        # Entered and left again within one long jump.
        parse_audience('FILTER AND (lastvisit_ts < "now-1d", lastvisit_ts > "now-2d") ALIAS second'),
    ]
)
Step = tuple[str, float, list[str], list[str]]


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform.open(":memory:", BOOK, clock=lambda: NOW)
    yield platform
    platform.close()


async def visit(platform: Platform, uid: str, ago: float = 0) -> None:
    await platform.collect(RawEvent("acc", "default", {"_uid": uid, "_ts": NOW - ago * DAY}, platform.clock()))


def by(days: float) -> Callable[[VirtualClock], None]:
    return lambda clock: clock.set(clock() + days * DAY)


def steps(moves: list[Moved]) -> list[Step]:
    return [(one.identities[0][1], round((one.time - NOW) / DAY, 3), one.entered, one.left) for one in moves]


def members(platform: Platform, uid: str) -> list[str]:
    profile = platform.profile("_uid", uid)
    assert profile is not None
    return profile.segments


def test_3_6_a_jump_tells_every_move_in_order_at_its_own_time(platform: Platform) -> None:
    async def story() -> None:
        await visit(platform, "a")
        await visit(platform, "b", ago=0.5)
        heard: list[Moved] = []
        platform.subscribe_moved(heard.append)
        moved = await platform.set_clock(by(10))
        assert moved == heard
        assert [one.time for one in moved] == sorted(one.time for one in moved)
        joined: dict[str, dict[float, list[str]]] = {"a": {}, "b": {}}
        for uid, day, entered, left in steps(moved):
            joined[uid].setdefault(day, []).extend([*(f"+{slug}" for slug in entered), *(f"-{slug}" for slug in left)])
        assert {day: sorted(names) for day, names in joined["a"].items()} == {
            1: ["+second", "-day"],
            2: ["-second"],
            7: ["-week"],
        }
        assert list(joined["b"]) == [0.5, 1.5, 6.5]
        assert platform.clock() == NOW + 10 * DAY
        assert await platform.pass_time() == []

    asyncio.run(story())


def test_3_6_one_long_jump_tells_what_many_short_ones_do(platform: Platform) -> None:
    def told(moves: list[Moved]) -> list[tuple[str, str]]:
        entered = [(f"+{slug}", one.identities[0][1]) for one in moves for slug in one.entered]
        return sorted(entered + [(f"-{slug}", one.identities[0][1]) for one in moves for slug in one.left])

    async def story() -> None:
        for number in range(12):
            await visit(platform, f"u{number}", ago=number * 0.3)
        long = await platform.set_clock(by(9))
        await platform.set_clock(by(-9))
        short = [one for _ in range(90) for one in await platform.set_clock(by(0.1))]
        assert told(long) == told(short)
        assert len(long) > 12

    asyncio.run(story())


def test_3_6_back_again_all_are_as_they_were_at_that_time(platform: Platform) -> None:
    async def story() -> None:
        await visit(platform, "a")
        await platform.set_clock(by(10))
        assert members(platform, "a") == []
        (back,) = await platform.set_clock(by(-10))
        assert steps([back]) == [("a", 0, ["day", "week"], [])]
        assert members(platform, "a") == ["day", "week"]
        assert len(await platform.set_clock(by(10))) >= 3, "what was planned before the way back is told again"

    asyncio.run(story())


def test_3_6_beyond_so_many_moments_it_goes_straight_to_the_end(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_STEPS", 1)

    async def story() -> None:
        await visit(platform, "a")
        moved = await platform.set_clock(by(10))
        assert steps(moved)[-1][1] == 10
        assert members(platform, "a") == []

    asyncio.run(story())


def test_a_clock_that_cannot_be_set_stays_and_so_does_everybody(platform: Platform) -> None:
    async def story() -> None:
        await visit(platform, "a")
        with pytest.raises(ValueError, match="from 1970 to 9999"):
            await platform.set_clock(lambda clock: clock.set(-1))
        assert (platform.clock(), platform.clock.mode, members(platform, "a")) == (NOW, "real", ["day", "week"])

    asyncio.run(story())


def test_events_in_a_time_that_is_set_belong_to_it(platform: Platform) -> None:
    async def story() -> None:
        await platform.set_clock(by(30))
        await platform.collect(RawEvent("acc", "default", {"_uid": "a"}, platform.clock()))
        assert members(platform, "a") == ["day", "week"]
        await platform.set_clock(lambda clock: clock.resume())
        assert platform.clock() == NOW

    asyncio.run(story())


def test_a_clock_that_stands_still_sets_no_alarm_and_one_that_runs_does(platform: Platform) -> None:
    rings: list[float] = []

    class Ring:
        def cancel(self) -> None:
            pass

    def alarm(seconds: float, _callback: Callable[[], None]) -> Ring:
        rings.append(seconds)
        return Ring()

    async def settled() -> None:
        await platform._timekeeper._task  # type: ignore[misc]  # there is one from the start

    async def story() -> None:
        async with platform.keep_time(alarm):
            await settled()
            await platform.set_clock(lambda clock: clock.freeze())
            await settled()
            await visit(platform, "a")
            assert rings == []
            await platform.set_clock(by(0.9999))
            await settled()
            assert rings == []
            await platform.set_clock(lambda clock: clock.run())
            await settled()
            assert rings[-1] == pytest.approx(0.0001 * DAY / 1000, abs=1)

    asyncio.run(story())


def test_3_6_what_flips_next_is_told_in_order(platform: Platform) -> None:
    async def story() -> None:
        await visit(platform, "a")
        await visit(platform, "b", ago=0.5)
        turns = platform.turns()
        assert [turn.at for turn in turns] == sorted(turn.at for turn in turns)
        days = [(turn.audience, turn.enters, round((turn.at - NOW) / DAY, 3)) for turn in platform.turns("a")]
        assert sorted(days, key=lambda day: (day[2], day[1])) == [
            ("day", False, 1),
            ("second", True, 1),
            ("second", False, 2),
            ("week", False, 7),
        ]
        assert {turn.identities[0] for turn in turns} == {("_uid", "a"), ("_uid", "b")}
        assert platform.turns("nobody") == []
        moved = await platform.set_clock(by(10))
        told = {(one.profile, slug) for one in moved for slug in one.left}
        assert told == {(turn.profile, turn.audience) for turn in turns if not turn.enters}
        assert platform.turns() == []

    asyncio.run(story())

"""A clock that can be set."""

import pytest

from understudy.server.platform.clock import VirtualClock

REAL = 1_800_000_000_000.0
DAY = 86_400_000.0
SECOND = 1000.0


class Base:
    """The real time, as it suits."""

    def __init__(self) -> None:
        self.now = REAL

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def base() -> Base:
    return Base()


@pytest.fixture
def clock(base: Base) -> VirtualClock:
    return VirtualClock(base)


def test_it_is_real_until_it_is_set(clock: VirtualClock, base: Base) -> None:
    assert (clock(), clock.mode, clock.offset) == (REAL, "real", 0)
    base.now += SECOND
    assert clock() == REAL + SECOND


def test_set_it_runs_on_from_there_and_comes_back(clock: VirtualClock, base: Base) -> None:
    clock.set(REAL + DAY)
    base.now += SECOND
    assert (clock(), clock.mode, clock.offset) == (REAL + DAY + SECOND, "offset", DAY)
    clock.resume()
    assert (clock(), clock.mode, clock.offset) == (REAL + SECOND, "real", 0)


def test_frozen_it_stands_still_and_runs_on_from_there(clock: VirtualClock, base: Base) -> None:
    clock.set(REAL - DAY)
    clock.freeze()
    base.now += SECOND
    assert (clock(), clock.mode, clock.runs) == (REAL - DAY, "frozen", False)
    clock.set(REAL + DAY)
    assert (clock(), clock.mode) == (REAL + DAY, "frozen")
    clock.run()
    base.now += SECOND
    assert (clock(), clock.mode, clock.runs) == (REAL + DAY + SECOND, "offset", True)


@pytest.mark.parametrize("moment", [-1.0, 1e18, float("inf"), float("nan")])
def test_what_no_date_can_say_is_refused(clock: VirtualClock, moment: float) -> None:
    with pytest.raises(ValueError, match="from 1970 to 9999"):
        clock.set(moment)
    assert clock.mode == "real"


def test_a_copy_goes_its_own_way(clock: VirtualClock) -> None:
    copy = clock.copy()
    copy.set(REAL + DAY)
    assert clock() == REAL
    clock.become(copy)
    assert clock() == REAL + DAY


def test_a_page_that_has_not_followed_is_moved_along(clock: VirtualClock) -> None:
    assert clock.moment_of(REAL - SECOND) == REAL - SECOND
    clock.set(REAL + 30 * DAY)
    assert clock.moment_of(REAL - SECOND) == REAL + 30 * DAY - SECOND
    assert clock.moment_of(REAL + SECOND) == REAL + 30 * DAY + SECOND
    clock.freeze()
    assert clock.moment_of(REAL - SECOND) == REAL + 30 * DAY


@pytest.mark.parametrize("stated", [30 * DAY - SECOND, 30 * DAY, -40 * DAY, 10 * DAY])
def test_a_page_whose_clock_was_set_too_and_times_on_purpose_are_taken_at_their_word(
    clock: VirtualClock, stated: float
) -> None:
    clock.set(REAL + 30 * DAY)
    clock.freeze()
    assert clock.moment_of(REAL + stated) == REAL + stated


def test_of_two_clocks_that_are_close_the_nearer_is_the_pages(clock: VirtualClock) -> None:
    clock.set(REAL + 60 * SECOND)
    assert clock.moment_of(REAL + 10 * SECOND) == REAL + 70 * SECOND
    assert clock.moment_of(REAL + 59 * SECOND) == REAL + 59 * SECOND

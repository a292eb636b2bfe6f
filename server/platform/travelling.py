"""Setting the clock, with everything that follows for those who are in audiences by the time.

Forward, it goes from one moment at which some profile may move to the next, so that every move is told in order and at
its own time, those too that are undone before the end. After `MOST_STEPS` moments it goes straight to the end, and what
was entered and left again after that is not told. Back, all profiles are decided anew, as at that time.
"""

from collections.abc import Callable

from understudy.server.platform.clock import VirtualClock
from understudy.server.platform.store import Store
from understudy.server.platform.timekeeper import Timekeeper

MOST_STEPS = 1_000

Change = Callable[[VirtualClock], None]


async def travel(clock: VirtualClock, change: Change, store: Store, timekeeper: Timekeeper) -> None:
    """Set the clock by `change`. Raises what that does, with the clock as it was."""
    begin, goal = clock(), clock.copy()
    change(goal)
    end = goal()
    try:
        if end >= begin:
            await _step(clock, end, store, timekeeper)
    finally:
        clock.become(goal)
    await timekeeper.pass_time(everyone=end < begin)
    timekeeper.clock_set()


async def _step(clock: VirtualClock, end: float, store: Store, timekeeper: Timekeeper) -> None:
    for _ in range(MOST_STEPS):
        at = store.read(lambda reader: reader.next_due())
        if at is None or at > end:
            return
        if at > clock():
            clock.freeze()
            clock.set(at)
        await timekeeper.pass_time()

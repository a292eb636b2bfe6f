"""A clock that can be set: real, shifted by some time, or standing still at a moment."""

import time
from collections.abc import Callable
from typing import Literal

Mode = Literal["real", "offset", "frozen"]
# From 1970 to the end of 9999, which is what dates can say; a day is left for time zones.
FIRST_MS, LAST_MS = 0.0, 253_402_214_400_000.0
SAME_CLOCK_MS = 3_600_000.0


def system_clock() -> float:
    """Now in unix milliseconds."""
    return time.time() * 1000


class VirtualClock:
    """Call it for unix milliseconds. `base` is what it follows unless it stands still."""

    def __init__(self, base: Callable[[], float] = system_clock) -> None:
        self.base = base
        self.mode: Mode = "real"
        self._offset = 0.0
        self._moment = 0.0

    def __call__(self) -> float:
        """Now, by this clock."""
        if self.mode == "real":
            return self.base()
        return self._moment if self.mode == "frozen" else self.base() + self._offset

    @property
    def runs(self) -> bool:
        """Whether time goes by."""
        return self.mode != "frozen"

    @property
    def offset(self) -> float:
        """Milliseconds by which it is ahead of what it follows."""
        return self() - self.base() if self.mode != "real" else 0.0

    def set(self, moment: float) -> None:
        """Say another time from now on, and go on from there unless the clock stands still.

        Raises `ValueError` for a moment that no date can say.
        """
        if not FIRST_MS <= moment <= LAST_MS:
            raise ValueError(f"the clock cannot be set to {moment:.0f}: choose a moment from 1970 to 9999")
        if self.mode == "frozen":
            self._moment = moment
        else:
            self._offset, self.mode = moment - self.base(), "offset"

    def freeze(self) -> None:
        """Stand still at this moment."""
        self._moment, self.mode = self(), "frozen"

    def run(self) -> None:
        """Go on from this moment, when the clock stands still."""
        if self.mode == "frozen":
            self._offset, self.mode = self._moment - self.base(), "offset"

    def resume(self) -> None:
        """Tell the real time again."""
        self.mode = "real"

    def copy(self) -> "VirtualClock":
        """A clock that tells the same time."""
        other = VirtualClock(self.base)
        other.become(self)
        return other

    def become(self, other: "VirtualClock") -> None:
        """Tell the time as another clock does."""
        self.mode, self._offset, self._moment = other.mode, other._offset, other._moment

    def moment_of(self, stated: float) -> float:
        """When something happened by this clock that a page says happened at `stated`.

        A page has a clock of its own. While this one is set, a page whose clock is nearer to the real time (within an
        hour, which leaves room for events that were kept and sent later) has not followed, so that its times are moved
        along with this clock; at a clock that stands still, to that very moment. Any other time is taken at its word: a
        test has set the page's clock too, or states a time on purpose.
        """
        if self.mode == "real":
            return stated
        real, now = self.base(), self()
        behind = abs(stated - real)
        if behind > SAME_CLOCK_MS or behind > abs(stated - now):
            return stated
        return now if self.mode == "frozen" else stated + now - real

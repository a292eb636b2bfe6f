"""`timewindow`: so many times or more within so many days (platform.md 3.6).

The vendor knows it in its index alone, where a field of kind `[]timebucket` holds for each threshold and window the
days from which and up to which it holds. Here a list of such buckets (maps) is read as that says, and a plain list of
times is counted, which is what the buckets are made of. Days are whole days since 1970 (UTC), as theirs are.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function

NAME = "timewindow"
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@function(NAME, 3, moving=True)
def timewindow(context: Context, value: object, fewest: object, days: object) -> object:
    """Whether the field's times, or its buckets, say: so many or more within the last so many days."""
    threshold, window, today = values.to_number(fewest), values.to_number(days), day_of(context.now)
    if threshold is None or window is None or not values.is_list(value):
        return UNKNOWN
    if buckets := _buckets(value, threshold, window):
        return any(enter <= today <= leave for enter, leave in buckets)
    times = [item for item in values.elements(value) if isinstance(item, datetime)]
    return sum(0 <= today - day_of(item) < window for item in times) >= threshold


def window_days(value: object, fewest: object, days: object) -> Iterator[datetime]:
    """The beginnings of the days on which the answer of `timewindow` can change."""
    threshold, window = values.to_number(fewest), values.to_number(days)
    if threshold is None or window is None or not values.is_list(value):
        return
    for enter, leave in _buckets(value, threshold, window):
        yield from (_start(enter), _start(leave + 1))
    for item in values.elements(value):
        if isinstance(item, datetime):
            yield from (_start(day_of(item)), _start(day_of(item) + window))


def day_of(moment: datetime) -> int:
    """The number of the day since 1970."""
    return (moment - _EPOCH) // _DAY


def _start(day: float) -> datetime:
    try:
        return _EPOCH + -(-day // 1) * _DAY
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _buckets(value: object, threshold: float, window: float) -> list[tuple[float, float]]:
    found = []
    for item in values.elements(value):
        if isinstance(item, dict) and item.get("threshold") == threshold and item.get("window") == window:
            enter, leave = values.to_number(item.get("enter")), values.to_number(item.get("exit"))
            if enter is not None and leave is not None:
                found.append((enter, leave))
    return found

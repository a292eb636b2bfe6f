"""When a condition's answer can change although no field does (platform.md 3.6, "Re-evaluation boundary").

A relative date passes a time of the profile at a moment that follows from both, so nothing is tried out. As with the
vendor `=` and `!=` have no such moment. A condition on the clock's own hour, day or month (`hourofday(now()) = 9`) can
change whenever an hour begins; finer readings of the clock are not followed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.compiler import Check, compile_operand
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.datemath import RELATIVE, Reach, reach_of
from understudy.server.platform.filterql.functions_window import NAME as TIMEWINDOW
from understudy.server.platform.filterql.functions_window import window_days
from understudy.server.platform.filterql.nodes import Between, Binary, Call, Literal, Many, Operand
from understudy.server.platform.filterql.reads import Node, parts

Moments = Callable[[Context], Iterable[datetime]]

_END = datetime.max.replace(microsecond=0, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_HOURS, _DAYS = 7 * 24, 366  # how far ahead the clock's own hours and days are looked at
_SWAPPED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_CALLS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}
_LATE = (">=", "<")  # what holds, or does not yet, in the very second of the date


@dataclass(frozen=True, slots=True)
class Watch:
    """Something in a condition that time changes; `key` is the same for two that always change together.

    `moments` gives those at which it may, past ones among them, in no order. None of them comes sooner than `soonest`
    after each time that `read` gives, and with `exact` just that is the moment.
    """

    key: str
    moments: Moments
    read: Check | None = None
    soonest: timedelta = timedelta()
    exact: bool = False

    def after(self, context: Context) -> Iterator[datetime]:
        """The moments that are still to come."""
        return (moment for moment in self.moments(context) if moment > context.now)


def watches(node: Node) -> list[Watch]:
    """All watches of a condition. INCLUDEs are not followed."""
    found = [watch for one, op, other in _comparisons(node) if (watch := _compared(one, op, other))]
    if isinstance(node, Call):
        found += _of_call(node)
    return found + [watch for part in parts(node) for watch in watches(part)]


def earliest(wanted: Iterable[Watch], context: Context, best: datetime | None = None) -> datetime | None:
    """The first moment to come at which one of them may change, or `best` when none will before that."""
    now = context.now
    # This runs for every event, so the common case, one time in UTC and a fixed distance, is worked out on the spot.
    for watch in wanted:
        value = watch.read(context) if watch.read else None
        if type(value) is datetime and value.tzinfo is UTC:
            try:
                moment = value.replace(microsecond=0) + watch.soonest
            except OverflowError:
                continue
            if best is not None and moment >= best:
                continue
            if watch.exact:
                best = moment if moment > now else best
                continue
        elif watch.read and value is UNKNOWN:
            continue
        first = min(watch.after(context), default=None)
        best = first if best is None or (first is not None and first < best) else best
    return best


def _comparisons(node: Node) -> list[tuple[Operand, str, Operand]]:
    """The orderings that a node is made of, as (left, operator, right)."""
    if isinstance(node, Binary) and node.op in _SWAPPED and not isinstance(node.right, Many):
        return [(node.left, node.op, node.right)]
    if isinstance(node, Between):
        return [(node.subject, ">", node.low), (node.subject, "<", node.high)]
    if isinstance(node, Call) and node.name in _CALLS:
        return [(node.args[0], _CALLS[node.name], node.args[1])]
    return []


def _compared(left: Operand, op: str, right: Operand) -> Watch | None:
    here, there = _relative(left), _relative(right)
    if (here is None) == (there is None):
        return None
    subject, date, relative = (left, right, there) if here is None else (right, left, here)
    if (reach := reach_of(str(relative))) is None:
        return None
    extra = _SECOND if (op if here is None else _SWAPPED[op]) in _LATE else timedelta()
    # Against a date that a function gives, a text or a number is a date too.
    loose = isinstance(date, Call)
    read = compile_operand(subject)
    # The clock is ahead of a date so many months ago by as many months, none of which is shorter than 28 days.
    days = -(31 if reach.months > 0 else 28) * reach.months
    soonest = timedelta(days=days) if reach.months else -reach.fixed
    return Watch(
        f"{subject} {relative} {extra} {loose}",
        _passings(read, reach, extra, loose),
        read,
        soonest + extra,
        exact=not reach.months,
    )


def _passings(read: Check, reach: Reach, extra: timedelta, loose: bool) -> Moments:
    def moments(context: Context) -> Iterator[datetime]:
        value = read(context)
        for item in values.elements(value) if values.is_list(value) else (value,):
            time = item if isinstance(item, datetime) or not loose else _date(item, context)
            if isinstance(time, datetime):
                # At the beginning of a month the date may jump, with or without the extra second.
                for moment in reach.passings(_whole(time)):
                    yield from (moment, moment + extra) if extra and moment < _END else (moment,)

    return moments


def _whole(time: datetime) -> datetime:
    """The second that the comparison sees, in UTC."""
    if time.tzinfo is not UTC:
        time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return time.replace(microsecond=0)


def _date(value: object, context: Context) -> datetime | None:
    return None if value is UNKNOWN else values.to_time(value, context)


def _relative(operand: Node) -> str | None:
    """The relative date that an operand is, whether as a text or by `now` or `todate`; None when it is none."""
    if isinstance(operand, Literal):
        return operand.value if isinstance(operand.value, str) and RELATIVE.match(operand.value) else None
    if not isinstance(operand, Call):
        return None
    if operand.name == "now":
        return "now"
    if operand.name != "todate" or len(operand.args) > 1:
        return None
    (arg,) = operand.args
    if isinstance(arg, Literal) and isinstance(arg.value, str) and arg.value[:1] in ("+", "-"):
        return f"now{arg.value}"
    return _relative(arg)


def _of_call(node: Call) -> list[Watch]:
    if node.name == TIMEWINDOW:
        args = [compile_operand(arg) for arg in node.args]
        return [Watch(str(node), lambda context: window_days(*(arg(context) for arg in args)))]
    if node.name in _CALLS or _relative(node) is not None:
        return []
    return [Watch("clock", _clock)] if any(_relative(arg) is not None for arg in node.args) else []


def _clock(context: Context) -> Iterator[datetime]:
    now = context.now.astimezone(UTC)
    hour = now.replace(minute=0, second=0)
    yield from (hour + _HOUR * step for step in range(1, _HOURS + 1))
    day = hour.replace(hour=0)
    yield from (day + _DAY * step for step in range(_HOURS // 24, _DAYS + 1))

"""Comparing values: the coercions of platform.md 3.6, "Evaluation semantics".

Every function here answers True, False or UNKNOWN. Where the table is silent: `!=` is the opposite of `=` whenever `=`
has an answer; texts for booleans are those Go reads ("true", "t", "1" …), since `is_mobile` holds "t" and "f"; a time
against a number takes the number as unix milliseconds; CONTAINS and LIKE on numbers, booleans and maps have no answer.
"""

import operator
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.datemath import from_number

Compare = Callable[[Any, Any], bool]

ORDER: dict[str, Compare] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
_PLAIN = (str, int, float)  # the common cases, which need no coercion
_NUMBERS = (int, float)
_LONGEST_NUMBER = 300
_WILDCARDS = re.compile(r"[*%]+")
_BOOLEANS = {
    **dict.fromkeys(("1", "t", "T", "true", "TRUE", "True"), True),
    **dict.fromkeys(("0", "f", "F", "false", "FALSE", "False"), False),
}


def is_number(value: object) -> bool:
    """Whether this is an int or a float; booleans are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_list(value: object) -> bool:
    """Whether this is a list-like value: list, tuple or set."""
    return isinstance(value, list | tuple | set | frozenset)


def to_number(value: object) -> int | float | None:
    """A number, or what a numeric text says; None for anything else."""
    if isinstance(value, str):
        if len(value) > _LONGEST_NUMBER or not _NUMBER.fullmatch(value):
            return None
        return float(value) if any(mark in value for mark in ".eE") else int(value)
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def to_time(value: object, context: Context) -> datetime | None:
    """A time, or what a text ("now-3d", "2026-01-02") or a number (unix ms) says; None for anything else."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return context.date(value)
    number = to_number(value)
    return None if number is None else from_number(number)


def to_bool(value: object) -> bool | None:
    """A boolean, or what a text says; None for anything else."""
    if isinstance(value, bool):
        return value
    return _BOOLEANS.get(value) if isinstance(value, str) else None


def to_text(value: object) -> str | None:
    """A scalar as text, booleans as "true" and "false", times in ISO 8601; None for a list, a map, and nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, int) and value.bit_length() > _LONGEST_NUMBER * 3:
        return None  # Python refuses to write very long numbers
    return str(value) if isinstance(value, str | int | float) else None


def equal(left: object, right: object, context: Context) -> object:
    """`left = right` for any two values."""
    if type(left) is type(right) and type(left) in _PLAIN:
        return left == right
    if is_list(right) and not is_list(left):
        left, right = right, left
    if is_list(left):
        return _list_equal(list(left), right, context)  # type: ignore[call-overload]  # is_list has just said so
    pair = _pair(left, right, context)
    return UNKNOWN if pair is None else pair[0] == pair[1]


def unequal(left: object, right: object, context: Context) -> object:
    """`left != right`: the opposite of `equal` where that has an answer; in a list of times, some element differs."""
    if is_list(left) and (times := _times(left)):
        return any(unequal(time, right, context) is True for time in times)
    same = equal(left, right, context)
    return UNKNOWN if same is UNKNOWN else not same


def ordered(op: str, left: object, right: object, context: Context) -> object:
    """`left < right` and its kind: numbers and times only; for a list of times, whether some element satisfies it."""
    if type(left) in _NUMBERS and type(right) in _NUMBERS:
        return ORDER[op](left, right)
    if type(left) is datetime and type(right) is str:  # as most conditions on times are
        moment = context.date(right)
        return UNKNOWN if moment is None else ORDER[op](int(left.timestamp()), int(moment.timestamp()))
    if is_list(left):
        if not left:
            return False
        times = _times(left)
        return any(ordered(op, time, right, context) is True for time in times) if times else UNKNOWN
    pair = _pair(left, right, context)
    if pair is None or isinstance(pair[0], str | bool):
        return UNKNOWN
    return ORDER[op](*pair)


def between(value: object, low: object, high: object, context: Context) -> object:
    """`value BETWEEN low AND high`, ends excluded: numbers and times only."""
    if not is_number(value) and not isinstance(value, datetime):
        return UNKNOWN
    above = ordered(">", value, low, context)
    below = ordered("<", value, high, context)
    return UNKNOWN if above is UNKNOWN or below is UNKNOWN else above is True and below is True


def among(value: object, choices: object, context: Context) -> object:
    """`value IN choices` and INTERSECTS: some element (or map key) of one side equals some element of the other."""
    wanted = elements(choices)
    for item in elements(value):
        for choice in wanted:
            if equal(item, choice, context) is True:
                return True
    return False


def contains(value: object, part: object, context: Context) -> object:
    """`value CONTAINS part`: a piece of a text; in a list, of some text in it, or some number that is equal."""
    if is_list(value):
        return any(
            equal(item, part, context) is True if is_number(item) else contains(item, part, context) is True
            for item in elements(value)
        )
    if not isinstance(value, str) or is_list(part) or isinstance(part, dict | bool):
        return UNKNOWN
    return str(part) in value


def like(value: object, pattern: object, context: Context) -> object:
    """`value LIKE pattern`: `*` and `%` stand for any run of characters, and the whole text must match."""
    if is_list(value):
        return any(like(item, pattern, context) is True for item in elements(value))
    if not isinstance(value, str) or not isinstance(pattern, str):
        return UNKNOWN
    return _glob(_WILDCARDS.split(pattern), value)


def _glob(pieces: list[str], text: str) -> bool:
    """Whether the pieces fill the text in order, first and last at its ends. No pattern makes this slow."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    position, end = len(first), len(text) - len(last)
    for piece in middle:
        position = text.find(piece, position, end)
        if position < 0:
            return False
        position += len(piece)
    return True


def elements(value: object) -> list[object]:
    """The items of a list, the keys of a map, a single value on its own."""
    if isinstance(value, dict):
        return list(value)
    return list(value) if is_list(value) else [value]  # type: ignore[call-overload]  # is_list has just said so


def _times(values: object) -> list[datetime]:
    items: Iterable[object] = elements(values)
    return [item for item in items if isinstance(item, datetime)]


def _list_equal(items: list[object], right: object, context: Context) -> object:
    if times := _times(items):
        return any(equal(time, right, context) is True for time in times)
    return False if all(isinstance(item, str) for item in items) else UNKNOWN


def _pair(left: object, right: object, context: Context) -> tuple[object, object] | None:
    """Both values as one type that can be compared, or None when they have none in common."""
    if isinstance(left, str) and isinstance(right, str):
        return left, right
    pair: tuple[object | None, object | None]
    if isinstance(left, datetime) or isinstance(right, datetime):
        times = to_time(left, context), to_time(right, context)
        pair = tuple(None if time is None else int(time.timestamp()) for time in times)  # type: ignore[assignment]
    elif isinstance(left, bool) or isinstance(right, bool):
        pair = to_bool(left), to_bool(right)
    else:
        pair = to_number(left), to_number(right)
    return None if pair[0] is None or pair[1] is None else (pair[0], pair[1])

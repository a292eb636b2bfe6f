"""Kinds of profile fields, and reading a written value as one of them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from understudy.server.platform.errors import FieldError
from understudy.server.platform.filterql.datemath import from_number, parse_date
from understudy.server.platform.filterql.values import to_bool, to_number

Kind = Literal["any", "string", "int", "number", "bool", "time", "set", "counts", "times", "values"]

# The last three are maps, named for what their keys lead to.
_WANTED: dict[Kind, str] = {
    "string": "a text",
    "int": "a whole number",
    "number": "a number",
    "bool": "true or false",
    "time": "a time such as 2026-01-31T12:00:00Z",
    "set": "a list of texts",
    "counts": "a mapping of names to whole numbers",
    "times": "a mapping of names to times",
    "values": "a mapping of names to values",
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")


def coerce(name: str, kind: Kind, value: object) -> object:
    """`value` as the kind of field that `name` is; raises `FieldError` when it cannot be.

    A field of kind `any` keeps its value, but a full ISO 8601 date and time becomes a time: what is not a time cannot
    be compared with "now-3d".
    """
    result = _any(value) if kind == "any" else _CASTS[kind](value)
    if result is None:
        raise FieldError(f"{name} must be {_WANTED.get(kind, 'a value')}, but is {value!r}. Change the value.")
    return result


def _any(value: object) -> object:
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return parse_date(value) or value
    return _time(value) if isinstance(value, datetime) else value


def _string(value: object) -> str | None:
    if isinstance(value, bool):
        return "t" if value else "f"  # as the vendor writes is_mobile and is_bot (platform.md 3.2)
    return str(value) if isinstance(value, str | int | float) else None


def _int(value: object) -> int | None:
    number = to_number(value)
    return None if number is None or number != number // 1 else int(number)


def _time(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, str):
        return parse_date(value)
    number = to_number(value)
    return None if number is None else from_number(number)


def _set(value: object) -> list[str] | None:
    texts = [_string(item) for item in (value if isinstance(value, list | tuple) else [value])]
    return None if None in texts else [text for text in texts if text is not None]


def _map(cast: Callable[[object], object]) -> Callable[[object], dict[str, object] | None]:
    def read(value: object) -> dict[str, object] | None:
        if not isinstance(value, dict):
            return None
        items = {str(key): cast(item) for key, item in value.items()}
        return None if None in items.values() else items

    return read


_CASTS: dict[Kind, Callable[[object], object]] = {
    "string": _string,
    "int": _int,
    "number": to_number,
    "bool": to_bool,
    "time": _time,
    "set": _set,
    "counts": _map(_int),
    "times": _map(_time),
    "values": _map(_any),
}

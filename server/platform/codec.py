"""Profile values as JSON: in the store, where a time keeps its type, and outside, where it is an ISO 8601 text."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_TIME = "$time"
_SIMPLE = (str, int, float, bool)
_LATEST_MS = 253_402_300_799_000  # the last second of the year 9999


def from_ms(ms: float) -> datetime:
    """Unix milliseconds to a time, which must be one that `is_time` accepts."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def rfc3339(ms: float) -> str:
    """Unix milliseconds as the vendor's payloads write times: RFC 3339 with digits of a second, if any but zeros."""
    text = from_ms(ms).isoformat(timespec="milliseconds")[:-6]
    return text.rstrip("0").rstrip(".") + "Z"


def to_ms(moment: datetime) -> float:
    """A time to unix milliseconds."""
    return round(moment.timestamp() * 1000)


def is_time(ms: object) -> bool:
    """Whether a number is a time between the years 1970 and 9999 in unix milliseconds."""
    return isinstance(ms, int | float) and not isinstance(ms, bool) and 0 <= ms <= _LATEST_MS


def _encode(value: object) -> object:
    if isinstance(value, datetime):
        return {_TIME: to_ms(value)}
    raise TypeError(f"a {type(value).__name__} cannot be stored: {value!r}")


def _decode(value: dict[str, object]) -> object:
    # A page can send an object with this key, too; only what `_encode` can have written is a time.
    if len(value) == 1 and _TIME in value and is_time(ms := value[_TIME]):
        return from_ms(float(str(ms)))
    return value


# Made once: `json.dumps` with arguments makes an encoder anew for each call.
dumps = json.JSONEncoder(default=_encode, separators=(",", ":")).encode
ordered_dumps = json.JSONEncoder(default=_encode, separators=(",", ":"), sort_keys=True).encode
loads = json.JSONDecoder(object_hook=_decode).decode
loads_plain = json.JSONDecoder().decode  # for what a page sent, where `{"$time": 5}` is an object like any other


def plain(value: object) -> object:
    """A profile value ready for JSON: times as `2026-01-02T03:04:05.678Z`, the rest as it is (and not copied)."""
    if type(value) in _SIMPLE:
        return value
    if isinstance(value, datetime):
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.isoformat(timespec="milliseconds")[:-6] + "Z"
    if isinstance(value, dict):
        return value if _all_simple(value.values()) else {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return value if _all_simple(value) else [plain(item) for item in value]
    return value


def _all_simple(values: Iterable[object]) -> bool:
    # A loop, since this runs for every map of every event and `all` with a generator takes twice as long.
    for value in values:  # noqa: SIM110
        if type(value) not in _SIMPLE:
            return False
    return True


def shallow(record: "DataclassInstance") -> dict[str, object]:
    """A dataclass as a mapping of its fields, whose values are not copied."""
    return {field.name: getattr(record, field.name) for field in fields(record)}

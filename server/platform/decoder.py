"""The one way from the wire to an event: a query string, or the text of a posted form's `_js` field (tag.md 5.2-5.4).

Decisions where the wire is ambiguous:

- A key that comes several times makes a list. An array's companions `<key>_len` and `<key>_json` are folded into it
  when they agree (the JSON is a list of that length): the list is then the JSON's, so its numbers and objects survive.
- Dotted keys open into objects: `user.id=12` is `{"user": {"id": "12"}}`. Where a key is both a value and an object
  (`a=1&a.b=2`), where a part is empty, or below eight levels, the dotted key stays as it is.
- `+` is a space, as in every query string; the tag itself sends `%20`.
- A bad escape stays as written, bytes that are not UTF-8 become U+FFFD, a key without `=` has the value "".
  Nothing makes decoding fail but the size, and the text itself is kept as `RawEvent.raw`.
"""

import json
import math
from collections.abc import Iterable
from typing import NoReturn
from urllib.parse import unquote_plus

from understudy.server.platform.errors import MAX_EVENT_BYTES, EventTooLarge
from understudy.server.platform.event import RawEvent

__all__ = ["MAX_EVENT_BYTES", "EventTooLarge", "decode_event", "decode_fields", "nested", "refuse_constant", "sound"]

MAX_DEPTH = 8
_MAX_JSON_DEPTH = 32


def decode_event(raw: str, account: str, stream: str, received: float) -> RawEvent:
    """An event from its text; `received` is unix milliseconds. Raises `EventTooLarge`."""
    return RawEvent(account, stream, decode_fields(raw), received, raw)


def decode_fields(raw: str) -> dict[str, object]:
    """The decoded fields of a query string or `_js` text, in the order sent. Raises `EventTooLarge`."""
    size = len(raw.encode("utf-8", "replace"))
    if size > MAX_EVENT_BYTES:
        raise EventTooLarge(size)
    return nested(_without_companions(_pairs(raw)))


def _pairs(raw: str) -> dict[str, object]:
    values: dict[str, object] = {}
    verbatim = raw.isascii()
    for pair in raw.removeprefix("?").split("&"):
        if not pair:
            continue
        key, _, value = pair.partition("=")
        if not verbatim or "%" in pair or "+" in pair:
            key, value = _unescaped(key), _unescaped(value)
        if key not in values:
            values[key] = value
        elif isinstance(earlier := values[key], list):
            earlier.append(value)
        else:
            values[key] = [earlier, value]
    return values


def _unescaped(text: str) -> str:
    # A lone surrogate cannot be written as UTF-8, so not stored; `replace` turns it into "?".
    return unquote_plus(text).encode("utf-8", "replace").decode("utf-8")


def _without_companions(flat: dict[str, object]) -> dict[str, object]:
    lists: dict[str, list[object]] = {}
    for key in flat:
        base = key.removesuffix("_json")
        if base != key and (items := _companion_list(flat.get(key), flat.get(f"{base}_len"))) is not None:
            lists[base] = items
    if not lists:
        return flat
    folded: dict[str, object] = {}
    for key, value in flat.items():
        array = next((base for base in _bases(key) if base in lists), None)
        folded[key if array is None else array] = value if array is None else lists[array]
    return folded


def _companion_list(text: object, length: object) -> list[object] | None:
    if not isinstance(text, str) or not isinstance(length, str):
        return None
    try:
        items = json.loads(text, parse_constant=refuse_constant)
        return items if isinstance(items, list) and str(len(items)) == length and sound(items) else None
    except (ValueError, RecursionError):
        return None


def refuse_constant(name: str) -> NoReturn:
    """For `json.loads`: NaN and the infinities, which are no JSON."""
    raise ValueError(f"{name} is no JSON")


def sound(value: object, depth: int = 0) -> bool:
    """Whether a value can be stored: not nested too deep, every text writable as UTF-8, every number finite."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, float):
        return math.isfinite(value)  # 1e999 is JSON, but infinite
    if isinstance(value, dict):
        return depth < _MAX_JSON_DEPTH and all(map(sound, value)) and _all_sound(value.values(), depth + 1)
    if isinstance(value, list):
        return depth < _MAX_JSON_DEPTH and _all_sound(value, depth + 1)
    return True


def _all_sound(values: Iterable[object], depth: int) -> bool:
    for value in values:  # noqa: SIM110  (for all that is uploaded: `all` with a generator takes twice as long)
        if not sound(value, depth):
            return False
    return True


def _bases(key: str) -> list[str]:
    """The arrays that a key can belong to: as a companion, as the array itself, or as a field of its items."""
    parts = key.split(".", MAX_DEPTH)
    outer = [".".join(parts[:count]) for count in range(1, len(parts))]
    return [*outer, key, key.removesuffix("_json"), key.removesuffix("_len")]


def nested(flat: dict[str, object]) -> dict[str, object]:
    """The fields with dotted keys opened into objects, where nothing stands in the way."""
    if not any("." in key for key in flat):
        return flat
    result: dict[str, object] = {}
    for key, value in flat.items():
        parts = key.split(".", MAX_DEPTH)
        opens = len(parts) > 1 and all(parts) and parts[0] not in flat
        if not opens or not _place(result, parts, value):
            result[key] = value
    return result


def _place(result: dict[str, object], parts: list[str], value: object) -> bool:
    """Put a value at its place in nested objects; False, and nothing done, when something else is in the way."""
    place = result
    for index, part in enumerate(parts[:-1]):
        if part not in place:
            opened: object = value
            for inner in reversed(parts[index + 1 :]):
                opened = {inner: opened}
            place[part] = opened
            return True
        inner_place = place[part]
        if not isinstance(inner_place, dict):
            return False
        place = inner_place
    if parts[-1] in place:
        return False
    place[parts[-1]] = value
    return True

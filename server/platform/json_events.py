"""Events that come as JSON: an object, an array of them, or one on each line (tag.md 5.2).

They end as the same fields that the query string of `decoder` gives, with the types that JSON has. What the vendor's
mobile SDKs put on the wire is UNKNOWN; an object with a map of `identifiers` is taken for one of theirs:

- `identifiers`, `attributes` and `properties` are laid out flat, as the tag would have sent them; of one key in several
  the identifier counts, then the attribute;
- `name` beside them is the event's, so it becomes `_e`; a person's name is among the attributes;
- `consent` stays a map, which is how `consent_status` reads it.

One message that is no event (not an object, nested too deep, a number that is infinite, over the limit) does not keep
the others out: it is answered with the reason.
"""

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from understudy.server.platform.decoder import nested, refuse_constant, sound
from understudy.server.platform.errors import MAX_EVENT_BYTES, EventTooLarge
from understudy.server.platform.packing import written

MAX_MESSAGES = 10_000  # in one body
_FLAT = ("properties", "attributes", "identifiers")  # later ones win


class Message(NamedTuple):
    """One message of a body: its fields and its own text, or why it was refused."""

    data: dict[str, object]
    raw: str
    refused: str = ""


def looks_like_json(text: str) -> bool:
    """Whether a body without a telling type is JSON: no query string of the tag's begins so."""
    return text.lstrip()[:1] in {"{", "["}


def decode_messages(text: str) -> list[Message]:
    """Every message of a body; raises `ValueError` when it is no JSON at all, or has too many."""
    found = [message_of(value) for value in _values(text)]
    if len(found) > MAX_MESSAGES:
        raise ValueError(f"{len(found):,} messages are over the limit of {MAX_MESSAGES:,} for one request. Send fewer.")
    return found


def _values(text: str) -> Iterable[object]:
    try:
        value = _parsed(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise ValueError(f"The body is not JSON: {error}. Send an object, or an array of objects.") from error
        return map(_line, lines)
    return value if isinstance(value, list) else [value]


def _line(text: str) -> object:
    try:
        return _parsed(text)
    except ValueError:
        return text  # which is no object, so this line is refused and the others are not


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def message_of(value: object) -> Message:
    """A value as a message, or why it is none."""
    if not isinstance(value, dict):
        return Message({}, "", f"a message must be an object, not {json.dumps(value)[:80]}")
    if not sound(value):
        return Message(
            {}, "", "a message may not be nested over 32 levels, nor hold an infinite number or half a surrogate"
        )
    raw = written(value)
    if (size := len(raw.encode())) > MAX_EVENT_BYTES:
        return Message({}, "", str(EventTooLarge(size)))
    return Message(nested(dict(_flattened(value))), raw)


def _flattened(value: dict[str, object]) -> Iterator[tuple[str, object]]:
    if not isinstance(value.get("identifiers"), dict):
        yield from value.items()
        return
    for key, item in value.items():
        if key not in _FLAT:
            yield ("_e" if key == "name" and "_e" not in value else key), item
    for part in _FLAT:
        inner = value.get(part)
        if isinstance(inner, dict):
            yield from inner.items()
        elif part in value:
            yield part, inner

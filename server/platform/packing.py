"""Profiles as bytes: MessagePack, which takes a tenth of JSON's time and has times of its own.

What it cannot hold, half a surrogate or a number over 64 bits that a page has sent, makes the whole profile JSON. Text
is JSON wherever it is read, as stores of earlier formats have it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from understudy.server.platform.codec import dumps, loads

Packed = bytes | str


_UNFIT = re.compile(r"[\\\"\x00-\x1f\ud800-\udfff]")  # what no name of a field of msgspec's may have in it
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
_write = msgspec.json.Encoder().encode


def pack(parts: list[object]) -> Packed:
    """A list of anything that a profile holds, as bytes, or as a text."""
    try:
        return _encode(parts)
    except (UnicodeEncodeError, OverflowError):
        return dumps(parts)


def unpack(packed: Packed) -> list[Any]:
    """The reverse of `pack`."""
    found: list[Any] = loads(packed) if isinstance(packed, str) else _decode(packed)
    return found


def written(data: object) -> str:
    """What a page sent, as JSON, in a fifth of the time that `codec.dumps` takes; that one writes what cannot be."""
    try:
        return _write(data).decode()
    except (UnicodeEncodeError, OverflowError):
        return dumps(data)


@lru_cache(maxsize=64)
def partly(names: tuple[str, ...]) -> Callable[[Packed], list[Any]]:
    """A function like `unpack` that leaves out all fields of a profile but these, in a fifth of the time."""
    if any(_UNFIT.search(name) for name in names):
        return lambda packed: _some(packed, names)
    attributes = {f"field{place}": name for place, name in enumerate(dict.fromkeys(names))}
    fields = msgspec.defstruct("Fields", [(each, Any, None) for each in attributes], rename=attributes)
    decode: Callable[[bytes], Any] = msgspec.msgpack.Decoder(_shape(fields)).decode
    wanted = list(attributes.items())

    def read(packed: Packed) -> list[Any]:
        if isinstance(packed, str):
            return _some(packed, names)
        found = decode(packed)
        present = {name: value for each, name in wanted if (value := getattr(found.fields, each)) is not None}
        return [found.id, present, found.members, found.book, found.seeded, found.operators]

    return read


def _some(packed: Packed, names: tuple[str, ...]) -> list[Any]:
    identifier, every, *more = unpack(packed)
    return [identifier, {name: every[name] for name in names if every.get(name) is not None}, *more]


def _shape(fields: type) -> type:
    """A profile as `ProfileState.packed` lays it out."""
    parts: list[Any] = [("id", str), ("fields", fields), ("members", list[str]), ("book", str), ("seeded", bool)]
    return msgspec.defstruct(
        "Profile", [*parts, ("operators", dict[str, str], msgspec.field(default_factory=dict))], array_like=True
    )

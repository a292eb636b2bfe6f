"""Changes to raw values, as JSON merge patches (RFC 7396): mappings key by key, null takes a key away, all else as a
whole. Two patches one after the other are one patch laid over the other."""

from collections.abc import Mapping
from typing import Any

Raw = dict[str, Any]


def patched(below: Mapping[str, Any], patch: Mapping[str, Any]) -> Raw:
    """The values with a patch laid over them."""
    result = dict(below)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping):
            before = result.get(key)
            result[key] = patched(before if isinstance(before, Mapping) else {}, value)
        else:
            result[key] = value
    return result

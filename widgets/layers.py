"""Configurations laid over one another."""

from collections.abc import Mapping
from typing import Any


def over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration with another laid over it: sections key by key, all else as a whole."""
    joined = dict(below)
    for key, value in above.items():
        before = joined.get(key)
        joined[key] = over(before, value) if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return joined

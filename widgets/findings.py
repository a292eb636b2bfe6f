"""A finding: what is wrong at a path of a document, before its place in the file is known."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from understudy.widgets.places import Path


class Finding(NamedTuple):
    """`path` leads to the offending key; `value` is what was seen there."""

    path: Path
    value: object
    message: str
    hint: str


def section(data: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """The mapping below `keys`; empty where there is none, or something else."""
    for key in keys:
        found = data.get(key)
        data = found if isinstance(found, Mapping) else {}
    return data


def text(data: Mapping[str, Any], key: str, default: str = "") -> str:
    """The text at a key; the default where there is none, or something else."""
    found = data.get(key, default)
    return found if isinstance(found, str) else default

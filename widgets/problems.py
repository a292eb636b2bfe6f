"""A problem found in a workspace file: where it is, what was seen there, and what to change.

A `Finding` is one before its place is known: rules look at values, and only `validation` knows where those stand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any, NamedTuple

from understudy.widgets.places import Path

SHOWN_LENGTH = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One finding. `path` is relative to the workspace; lines and columns count from 1, and 0 means the whole file."""

    path: str
    line: int
    column: int
    value: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line for a terminal: `widgets/offer.yaml:7:3: unknown key 'headlin' — did you mean 'headline'?`."""
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{where}: {self.message}" + (f" — {self.hint}" if self.hint else "")

    def as_json(self) -> dict[str, object]:
        """The same as a mapping, for `--json` and the overlay in the page."""
        return asdict(self)


def shown(value: object) -> str:
    """A value as a reader would type it, cut to one short line."""
    if isinstance(value, str):
        text = repr(value)
    elif isinstance(value, dict):
        text = "a mapping"
    elif isinstance(value, list):
        text = "a list"
    else:
        text = json.dumps(value, default=str)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def one_of(names: Sequence[str]) -> str:
    """A readable enumeration: `modal, slideout or bar`."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


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


def closest(word: str, known: Iterable[str]) -> str:
    """The known name nearest to `word`, letter case and separators aside; empty when none is near."""
    names = {_plain(name): name for name in known}
    found = get_close_matches(_plain(word), names, n=1, cutoff=0.7)
    return names[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known name, or all of them when none is near."""
    names = sorted(known)
    if near := closest(word, names):
        return f"did you mean {near!r}?"
    return f"known here: {', '.join(names)}" if names else ""


def _plain(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "")

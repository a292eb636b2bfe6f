"""A problem found in a workspace file: where it is, what was seen there, and what to change."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

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

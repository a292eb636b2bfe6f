"""Places: where in a file each key and each value stands, so that a problem can point at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A position in a file, counted from 1, and how the lines of a text written there lie in the file.

    `text_line` and `text_column` are where the text itself begins (after a quote, or on the line below a `|`); 0 when
    its lines cannot be found again. Following lines begin at column `indent + 1`; None where the text is on one line.
    """

    line: int
    column: int
    text_line: int = 0
    text_column: int = 0
    indent: int | None = None

    def inside(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the file of a position (from 1) in the text; the place's own when it cannot be told."""
        start = self.text_column - 1 if line == 1 else self.indent
        if not self.text_line or start is None:
            return self.line, self.column
        return self.text_line + line - 1, start + column


@dataclass
class Places:
    """The keys and values of one document by their path (`("widget", "colors", "text")`)."""

    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)

    def key(self, path: Sequence[str | int]) -> Place:
        """Where the key at `path` is written (a list's item: where the item is), else its nearest known parent."""
        return self._nearest(path, self.keys)

    def value(self, path: Sequence[str | int]) -> Place:
        """Where the value at `path` is written, else its nearest known parent, else the top of the file."""
        return self._nearest(path, self.values)

    def _nearest(self, path: Sequence[str | int], preferred: dict[Path, Place]) -> Place:
        for length in range(len(path), 0, -1):
            part = tuple(path[:length])
            place = preferred.get(part) or self.keys.get(part) or self.values.get(part)
            if place:
                return place
        return Place(1, 1)

"""The register of FilterQL's built-in functions: each module of functions enters its own with `@function`."""

from collections.abc import Callable
from dataclasses import dataclass

from understudy.server.platform.filterql.context import Context

Body = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Function:
    """A built-in: called as `body(context, *values)`; a missing value is UNKNOWN.

    Unless `total`, the function is not called with a missing value: its answer is then UNKNOWN too. The answer of a
    `moving` one can change although its arguments do not, as time goes by.
    """

    name: str
    fewest: int
    most: int | None
    body: Body
    total: bool
    moving: bool = False

    @property
    def summary(self) -> str:
        """One line on what it does, for messages."""
        return (self.body.__doc__ or "").strip().splitlines()[0]

    def accepts(self, count: int) -> bool:
        """Whether it can be called with that many arguments."""
        return count >= self.fewest and (self.most is None or count <= self.most)

    def arity_text(self) -> str:
        """`2 arguments`, `1 or more arguments`, `1 to 2 arguments`."""
        if self.most is None:
            return f"{self.fewest} or more arguments"
        if self.fewest == self.most:
            return "no arguments" if not self.most else f"{self.most} argument{'s' if self.most > 1 else ''}"
        return f"{self.fewest} to {self.most} arguments"


REGISTRY: dict[str, Function] = {}


def function(
    name: str, fewest: int, most: int | None = -1, *, total: bool = False, moving: bool = False
) -> Callable[[Body], Body]:
    """Enter a function under `name` (lower case): takes `fewest` to `most` arguments, exactly `fewest` by default."""

    def enter(body: Body) -> Body:
        REGISTRY[name] = Function(name, fewest, fewest if most == -1 else most, body, total, moving)
        return body

    return enter


def call(entry: Function, context: Context, values: list[object], missing: object) -> object:
    """Call a function with evaluated arguments, where `missing` marks one that is not there."""
    if not entry.total and any(value is missing for value in values):
        return missing
    return entry.body(context, *values)

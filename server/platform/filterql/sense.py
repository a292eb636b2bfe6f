"""Comparisons that no profile can fulfil, because what they compare with is no number and no date: told by their place.

They are decided all the same, as the vendor's evaluator does: nobody matches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from understudy.server.platform.filterql.datemath import RELATIVE, parse_date, shift
from understudy.server.platform.filterql.errors import DateMathError
from understudy.server.platform.filterql.nodes import Between, Binary, Ident, Literal
from understudy.server.platform.filterql.reads import Node, parts
from understudy.server.platform.filterql.values import ORDER, to_number

_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Senseless:
    """A text that nothing can be more or less than, at its 1-based place."""

    line: int
    column: int
    message: str
    hint: str


def senseless(node: Node) -> Iterator[Senseless]:
    """Every text that is compared by order and is neither a number nor a date, such as "now-3x" or "yesterday"."""
    if isinstance(node, Between) or (isinstance(node, Binary) and node.op in ORDER):
        for part in parts(node):
            if isinstance(part, Literal) and isinstance(part.value, str) and (fault := _fault(part.value)):
                message, _, hint = fault.partition(": ")
                yield Senseless(part.line, part.column, message, hint)
    for part in parts(node):
        yield from senseless(part)


def numbers_wanted(node: Node) -> Iterator[tuple[str, float]]:
    """Fields that are compared by order with a number, with that number; maps and INCLUDEs are not followed."""
    if isinstance(node, Between) or (isinstance(node, Binary) and node.op in ORDER):
        numbers = [part.value for part in parts(node) if isinstance(part, Literal) and type(part.value) in {int, float}]
        names = [part.parts[0] for part in parts(node) if isinstance(part, Ident) and len(part.parts) == 1]
        yield from ((name, float(number)) for name in names for number in numbers[:1])
    for part in parts(node):
        yield from numbers_wanted(part)


def _fault(text: str) -> str:
    if not RELATIVE.match(text):
        known = to_number(text) is not None or parse_date(text) is not None
        return "" if known else f"{text[:80]!r} is no number and no date: write 5, 2026-12-31, or now-3d"
    try:
        shift(text, _SOME_TIME)
    except DateMathError as error:
        return str(error)
    return ""

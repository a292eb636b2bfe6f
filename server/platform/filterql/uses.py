"""How a condition looks at the fields of a profile: against which constants, or in a way that only deciding it tells.

Almost every condition compares a field with constants, and has one answer for all values between two of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal as Choice
from typing import TypeGuard

from understudy.server.platform.filterql.datemath import RELATIVE, reach_of
from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Exists,
    Ident,
    Include,
    Literal,
    Many,
    MatchAll,
    Not,
    Or,
    Phrase,
)
from understudy.server.platform.filterql.reads import all_names, reads
from understudy.server.platform.filterql.values import ORDER

Kind = Choice["exists", "number", "text", "time", "month"]

FARTHEST = 100 * 366 * 86_400  # seconds from now to a relative date that surely is one within the calendar
_LATE = (">=", "<")  # what holds, or does not yet, in the very second of the date


@dataclass(frozen=True, slots=True)
class Use:
    """A field compared with `marks`: numbers, texts, the ages in seconds at which a time gives another answer, or dates
    that are some months from now."""

    node: Phrase
    subject: Ident
    kind: Kind
    marks: tuple[int | float | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opaque:
    """A condition that has to be decided when one of the fields has changed, or, when it is `moving`, each time."""

    node: Phrase
    fields: frozenset[str]
    moving: bool


def uses(node: Phrase) -> Iterator[Use | Opaque]:
    """Every way in which a condition looks at fields. INCLUDEs are not followed."""
    if isinstance(node, And | Or):
        for child in node.children:
            yield from uses(child)
    elif isinstance(node, Not):
        yield from uses(node.child)
    elif not isinstance(node, MatchAll | Include):
        yield _use(node) or opaque(node)


def opaque(node: Phrase) -> Opaque:
    """A condition as one that has to be decided."""
    return Opaque(node, all_names(node), reads(node) is None)


def distance(constant: object) -> int | None:
    """How many seconds from now a relative date always is; None for any other constant."""
    if not isinstance(constant, str) or not RELATIVE.match(constant):
        return None
    reach = reach_of(constant)
    if reach is None or reach.months or abs(reach.fixed) > timedelta(seconds=FARTHEST):
        return None
    return int(reach.fixed.total_seconds())


def _use(node: Phrase) -> Use | None:
    if isinstance(node, Exists):
        return Use(node, node.subject, "exists")
    if isinstance(node, Between) and isinstance(node.subject, Ident):
        ends = [_compared(op, end) for op, end in ((">", node.low), ("<", node.high))]
        kinds, marks = {kind for kind, _ in ends}, tuple(mark for _, marks in ends for mark in marks)
        kind = kinds.pop() if len(kinds) == 1 else None
        return Use(node, node.subject, kind, marks) if kind else None
    if isinstance(node, Binary) and isinstance(node.left, Ident):
        kind, marks = _compared(node.op, node.right)
        return Use(node, node.left, kind, marks) if kind else None
    return None


def _compared(op: str, right: object) -> tuple[Kind | None, tuple[int | float | str, ...]]:
    if isinstance(right, Many) and op in ("IN", "INTERSECTS"):
        texts = tuple(item.value for item in right.items if isinstance(item, Literal) and _is_text(item.value))
        return ("text", texts) if len(texts) == len(right.items) else (None, ())
    constant = right.value if isinstance(right, Literal) else None
    if type(constant) in (int, float) and op in (*ORDER, "=", "!="):
        return "number", (constant,)  # type: ignore[return-value]  # its type has just been asked
    if op in ORDER and isinstance(constant, str) and RELATIVE.match(constant):
        if (seconds := distance(constant)) is not None:
            return "time", ((op in _LATE) - seconds,)
        reach = reach_of(constant)
        return ("month", (constant,)) if reach and reach.months else (None, ())
    return ("text", (constant,)) if op in ("=", "!=") and _is_text(constant) else (None, ())


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and not RELATIVE.match(value)

"""The commonest conditions, a field of the usual type against a constant, decided without looking for what else to do.

Each function here answers just what the rules in `values` would, for values of one type, and hands every other value
to those. A hundred audiences an event are mostly such conditions, and the rules take ten times as long.
"""

import operator
from collections.abc import Callable
from datetime import datetime

from understudy.server.platform.filterql.context import Context
from understudy.server.platform.filterql.nodes import Binary, Ident
from understudy.server.platform.filterql.uses import distance
from understudy.server.platform.filterql.values import ORDER

Check = Callable[[Context], object]
Compare = Callable[[object, object], bool]


_EQUALITY: dict[str, Compare] = {"=": operator.eq, "!=": operator.ne}


def quick(node: Binary, constant: object, general: Check) -> Check | None:
    """A faster function than `general` for a condition on a plain field; None for a shape that is not among these."""
    if not isinstance(node.left, Ident) or len(node.left.parts) > 1:
        return None
    name, op = node.left.parts[0], node.op
    if op in ORDER:
        if type(constant) in (int, float):
            return _number(name, ORDER[op], constant, False, general)
        return _date(name, ORDER[op], constant, general) if isinstance(constant, str) else None
    if op in _EQUALITY:
        missing = op == "!="
        if type(constant) in (int, float):
            return _number(name, _EQUALITY[op], constant, missing, general)
        return _text(name, _EQUALITY[op], constant, missing, general) if isinstance(constant, str) else None
    if op in ("IN", "INTERSECTS") and isinstance(constant, list) and all(type(item) is str for item in constant):
        return _among(name, frozenset(constant), general)
    return None


def _number(name: str, compare: Compare, constant: object, missing: bool, general: Check) -> Check:
    kind = type(constant)

    def check(context: Context) -> object:
        value = context.fields.get(name)
        if type(value) is kind:
            return compare(value, constant)
        return missing if value is None else general(context)

    return check


def _text(name: str, compare: Compare, constant: str, missing: bool, general: Check) -> Check:
    def check(context: Context) -> object:
        value = context.fields.get(name)
        if type(value) is str:
            return compare(value, constant)
        return missing if value is None else general(context)

    return check


def _among(name: str, choices: frozenset[object], general: Check) -> Check:
    def check(context: Context) -> object:
        value = context.fields.get(name)
        if type(value) is dict:
            return not choices.isdisjoint(value)
        if type(value) is list and set(map(type, value)) <= _TEXT:
            return not choices.isdisjoint(value)
        return False if value is None else general(context)

    return check


_TEXT = {str}


def _date(name: str, compare: Compare, constant: str, general: Check) -> Check | None:
    seconds = distance(constant)
    if seconds is None:
        return None

    def check(context: Context) -> object:
        value = context.fields.get(name)
        if type(value) is datetime and context.second is not None:
            return compare(int(value.timestamp()), context.second + seconds)
        return False if value is None else general(context)

    return check

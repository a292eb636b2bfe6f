"""Built-in functions that ask, choose and combine: exists, any, all, not, oneof, if, ifcase, eq … le.

How `if` and `ifcase` of the vendor's mappings take their arguments is UNKNOWN; here a case holds when it is true, which
a value that is missing is not.
"""

from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function
from understudy.server.platform.filterql.values import equal, ordered, unequal


@function("exists", 1, total=True)
def exists(_context: Context, value: object) -> object:
    """Whether the value is there."""
    return value is not UNKNOWN


@function("any", 1, None, total=True)
def any_of(_context: Context, *values: object) -> object:
    """Whether at least one of the values is there and not false."""
    return any(value is not UNKNOWN and value is not False for value in values)


@function("all", 1, None, total=True)
def all_of(_context: Context, *values: object) -> object:
    """Whether every one of the values is there and not false."""
    return all(value is not UNKNOWN and value is not False for value in values)


@function("not", 1)
def opposite(_context: Context, value: object) -> object:
    """True for false and false for true."""
    return not value if isinstance(value, bool) else UNKNOWN


@function("oneof", 1, None, total=True)
def oneof(_context: Context, *values: object) -> object:
    """The first of the values that is there."""
    return next((value for value in values if value is not UNKNOWN), UNKNOWN)


@function("if", 2, 3, total=True)
def choose(_context: Context, case: object, value: object, otherwise: object = UNKNOWN) -> object:
    """The second value when the first is true, else the third, if there is one."""
    return value if case is True else otherwise


@function("ifcase", 2, None, total=True)
def choose_case(_context: Context, *values: object) -> object:
    """Of cases that are each followed by a value, that of the first true one; else a last value without a case."""
    pairs = zip(values[::2], values[1::2], strict=False)
    otherwise = values[-1] if len(values) % 2 else UNKNOWN
    return next((value for case, value in pairs if case is True), otherwise)


@function("eq", 2)
def eq(context: Context, left: object, right: object) -> object:
    """Whether both values are equal."""
    return equal(left, right, context)


@function("ne", 2)
def ne(context: Context, left: object, right: object) -> object:
    """Whether the values differ."""
    return unequal(left, right, context)


@function("lt", 2)
def lt(context: Context, left: object, right: object) -> object:
    """Whether the first value is less than the second."""
    return ordered("<", left, right, context)


@function("le", 2)
def le(context: Context, left: object, right: object) -> object:
    """Whether the first value is less than or equal to the second."""
    return ordered("<=", left, right, context)


@function("gt", 2)
def gt(context: Context, left: object, right: object) -> object:
    """Whether the first value is greater than the second."""
    return ordered(">", left, right, context)


@function("ge", 2)
def ge(context: Context, left: object, right: object) -> object:
    """Whether the first value is greater than or equal to the second."""
    return ordered(">=", left, right, context)

"""Built-in functions that ask and combine: exists, any, all, not, oneof, eq … le."""

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

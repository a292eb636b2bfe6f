"""A parsed condition to a Python function, so that a hundred audiences an event stay cheap.

Each function takes a `Context` and answers True, False or UNKNOWN (a call that stands as a condition may answer any
value; only True counts). There is one set of rules, that of platform.md 3.6: `explain` compiles the same tree with a
`Wrap` that writes down what each node answered, and `evaluate` with one that does nothing.
"""

from collections.abc import Callable
from functools import partial

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.functions import find_function
from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Call,
    Exists,
    Ident,
    Include,
    Literal,
    Many,
    MatchAll,
    Not,
    Operand,
    Or,
    Phrase,
)
from understudy.server.platform.filterql.quick import quick
from understudy.server.platform.filterql.reads import field_names
from understudy.server.platform.filterql.registry import call

Check = Callable[[Context], object]
Wrap = Callable[[Phrase | Ident, Check], Check]

_OPERATORS: dict[str, Callable[[object, object, Context], object]] = {
    "=": values.equal,
    "!=": values.unequal,
    "IN": values.among,
    "INTERSECTS": values.among,
    "CONTAINS": values.contains,
    "LIKE": values.like,
    **{op: partial(values.ordered, op) for op in values.ORDER},
}


def plain(_node: Phrase | Ident, check: Check) -> Check:
    """The wrap that adds nothing."""
    return check


def compile_phrase(node: Phrase, wrap: Wrap = plain) -> Check:
    """The function that decides `node`; `wrap` may put itself around that of every condition and field below."""
    return wrap(node, _COMPILERS[type(node)](node, wrap))


def compile_operand(node: Operand, wrap: Wrap = plain) -> Check:
    """The function that gives a field's, literal's or call's value, UNKNOWN when there is none."""
    if isinstance(node, Literal):
        value = node.value
        return lambda _context: value
    if isinstance(node, Ident):
        return wrap(node, _ident(node))
    return _call(node, wrap)


def _ident(node: Ident) -> Check:
    name, *others = field_names(node)
    if not others:
        return lambda context: _present(context.fields.get(name))
    head, *keys = node.parts
    legacy = others[-1]

    def find(context: Context) -> object:
        fields = context.fields
        if name in fields:
            return _present(fields[name])
        if head in fields:
            return _inside(fields[head], keys)
        return _present(fields.get(legacy))

    return find


def _present(value: object) -> object:
    return UNKNOWN if value is None else value


def _inside(value: object, keys: list[str]) -> object:
    """The value below `keys` in a map, where a key may itself hold the dots."""
    if isinstance(value, dict) and (joined := ".".join(keys)) in value:
        return _present(value[joined])
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return UNKNOWN
        value = value[key]
    return _present(value)


def _call(node: Call, wrap: Wrap) -> Check:
    function = find_function(node.name)
    if function is None:
        raise ValueError(f"there is no function {node.name!r}")
    args = [compile_operand(arg, wrap) for arg in node.args]
    return lambda context: call(function, context, [arg(context) for arg in args], UNKNOWN)


def _constant(node: Operand | Many) -> object:
    """What a right side is worth when it is all literals, which most are; None when it is not."""
    if isinstance(node, Literal):
        return node.value
    literals = [item.value for item in node.items if isinstance(item, Literal)] if isinstance(node, Many) else []
    return literals if isinstance(node, Many) and len(literals) == len(node.items) else None


def _many(node: Many, wrap: Wrap) -> Check:
    items = [compile_operand(item, wrap) for item in node.items]
    return lambda context: [value for item in items if (value := item(context)) is not UNKNOWN]


def _binary(node: Binary, wrap: Wrap) -> Check:
    left = compile_operand(node.left, wrap)
    when_missing = node.op == "!="
    decide = _OPERATORS[node.op]
    if (constant := _constant(node.right)) is not None:

        def check_constant(context: Context) -> object:
            value = left(context)
            return when_missing if value is UNKNOWN else decide(value, constant, context)

        return (quick(node, constant, check_constant) if wrap is plain else None) or check_constant
    right = _many(node.right, wrap) if isinstance(node.right, Many) else compile_operand(node.right, wrap)

    def check(context: Context) -> object:
        one, other = left(context), right(context)
        if one is UNKNOWN or other is UNKNOWN:
            return when_missing
        return decide(one, other, context)

    return check


def _between(node: Between, wrap: Wrap) -> Check:
    subject, low, high = (compile_operand(part, wrap) for part in (node.subject, node.low, node.high))

    def check(context: Context) -> object:
        value, least, most = subject(context), low(context), high(context)
        if value is UNKNOWN or least is UNKNOWN or most is UNKNOWN:
            return UNKNOWN
        return values.between(value, least, most, context)

    return check


def _exists(node: Exists, wrap: Wrap) -> Check:
    if wrap is plain and isinstance(node.subject, Ident) and len(node.subject.parts) == 1:
        name = node.subject.parts[0]
        return lambda context: context.fields.get(name) is not None
    subject = compile_operand(node.subject, wrap)
    return lambda context: subject(context) is not UNKNOWN


def _include(node: Include, _wrap: Wrap) -> Check:
    slug = node.slug
    return lambda context: context.include(slug)


def _not(node: Not, wrap: Wrap) -> Check:
    child = compile_phrase(node.child, wrap)
    when_unknown: object = True if isinstance(node.child, Include) else UNKNOWN

    def check(context: Context) -> object:
        answer = child(context)
        return not answer if isinstance(answer, bool) else when_unknown

    return check


def _and(node: And, wrap: Wrap) -> Check:
    children = [compile_phrase(child, wrap) for child in node.children]

    def check(context: Context) -> object:
        for child in children:
            answer = child(context)
            if answer is not True:
                return False if answer is False else UNKNOWN
        return True

    return check


def _or(node: Or, wrap: Wrap) -> Check:
    children = [compile_phrase(child, wrap) for child in node.children]

    def check(context: Context) -> object:
        for child in children:  # noqa: SIM110  (`any` with a generator takes twice as long)
            if child(context) is True:
                return True
        return False

    return check


def _match_all(_node: MatchAll, _wrap: Wrap) -> Check:
    return lambda _context: True


_COMPILERS: dict[type, Callable[..., Check]] = {
    And: _and,
    Or: _or,
    Not: _not,
    Binary: _binary,
    Between: _between,
    Exists: _exists,
    Include: _include,
    Call: _call,
    MatchAll: _match_all,
}

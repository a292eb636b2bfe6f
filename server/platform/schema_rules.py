"""Making what a workspace adds to the mapping of events to profile fields (platform.md 3.2, 3.3; `rules` has the rest).

A field's source is a FilterQL value over the keys of the event: a key, or calls of the functions of 3.3. Its condition
is FilterQL too; both are data, and cannot do more than FilterQL can. Decisions where the spec is silent:

- A value that does not fit the field's kind is passed over, as one that is missing is.
- An event for which a stream's `where` is not true is kept, and feeds nothing: it is nobody's.
- A stream may name the source of `email`, `uuid` and `_uid`, and so whose event it is.
- A field of the platform's own keeps its kind and operator; a stream only adds a source.
- A field whose operator was changed begins anew with the next value; until then it reads as it was kept.
"""

from collections.abc import Iterable, Mapping
from math import isfinite

from understudy.server.platform.errors import FieldError
from understudy.server.platform.facts import Facts
from understudy.server.platform.filterql import UNKNOWN
from understudy.server.platform.filterql.compiler import Check, compile_operand, compile_phrase
from understudy.server.platform.filterql.cursor import Cursor
from understudy.server.platform.filterql.operands import parse_operand
from understudy.server.platform.filterql.parser import parse_phrase
from understudy.server.platform.identity import KINDS, normal
from understudy.server.platform.kinds import Kind, coerce
from understudy.server.platform.rules import FIELDS, Rule
from understudy.server.platform.schema import Schema, Stream, context_of
from understudy.server.platform.takes import Take

_SEVERAL: frozenset[Kind] = frozenset({"any", "set", "counts", "times", "values"})
IDENTIFYING = frozenset(KINDS) - {"_uids"}


def make_rule(name: str, kind: Kind, operator: str, source: str, condition: str = "", *, counts: bool = False) -> Rule:
    """A rule by which `name` takes what `source` is in an event; raises `FilterQLError`.

    `counts` takes 1 for an event in which there is such a value.
    """
    own = FIELDS.get(name)
    if own is not None:
        kind, operator = own.kind, own.operator
    value, when = parse_source(source), parse_condition(condition) if condition else None
    return Rule(name, kind, operator, _take(name, kind, value, when, counts))


def make_stream(rules: Iterable[Rule], where: str = "") -> Stream:
    """A stream of these rules; raises `FilterQLError`."""
    made = tuple(rules)
    return Stream(
        tuple(rule for rule in made if rule.field not in IDENTIFYING),
        tuple(rule for rule in made if rule.field in IDENTIFYING),
        parse_condition(where) if where else None,
    )


def make_schema(streams: Mapping[str, Stream]) -> Schema:
    """The schema of these streams, which must agree on kind and operator of a field."""
    added = [rule for stream in streams.values() for rule in stream.rules if rule.field not in FIELDS]
    return Schema(streams, {rule.field: rule.operator for rule in added}, {rule.field: rule.kind for rule in added})


def parse_source(text: str) -> Check:
    """A field's source; raises `FilterQLError`."""
    cursor = Cursor(text)
    operand = parse_operand(cursor, 0, "a key of the event, or a function")
    if cursor.token.kind != "end":
        cursor.fail("the end")
    return compile_operand(operand)


def parse_condition(text: str) -> Check:
    """A condition on an event; raises `FilterQLError`."""
    cursor = Cursor(text)
    phrase = parse_phrase(cursor)
    if cursor.token.kind != "end":
        cursor.fail("the end")
    return compile_phrase(phrase)


def _take(name: str, kind: Kind, source: Check, condition: Check | None, counts: bool) -> Take:
    def take(facts: Facts) -> object:
        context = context_of(facts)
        if condition is not None and condition(context) is not True:
            return None
        value = source(context)
        if value is UNKNOWN or value is None or value == "":
            return None
        if counts:
            return 1
        if name in IDENTIFYING:
            identity = normal(name, str(value[-1] if isinstance(value, list) and value else value))
            return identity and identity[1]
        if isinstance(value, list) and kind not in _SEVERAL:
            value = value[-1] if value else None  # of a key that came several times the last counts, as everywhere
        if kind == "counts" and isinstance(value, str):
            value = {value: 1}
        try:
            fitting = coerce(name, kind, value)
            return None if isinstance(fitting, float) and not isfinite(fitting) else fitting
        except (FieldError, ValueError, OverflowError):
            return None

    return take

"""Properties of FilterQL: texts round-trip, nothing crashes, logic is logic, patterns match as a plain matcher does."""

import re
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.server.platform.audiences import Audience, AudienceBook, parse_audience
from understudy.server.platform.filterql import UNKNOWN, FilterQLError, Statement, evaluate, explain, includes, parse
from understudy.server.platform.filterql.compiler import compile_phrase
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.filterql.evaluator import no_includes
from understudy.server.platform.filterql.functions import find_function, function_names
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
    Not,
    Or,
)
from understudy.server.platform.filterql.values import like
from understudy.server.platform.reasons import reason_for

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = st.sampled_from(["a", "b", "c", "and", "with space", "x.y"])
IDENTS = st.builds(Ident, st.lists(NAMES, min_size=1, max_size=2).map(tuple))
LITERALS = st.builds(
    Literal,
    st.one_of(st.text(max_size=5), st.integers(-99, 99), st.booleans(), st.floats(-9, 9), st.just("now-3d")),
)
OPERATORS = st.sampled_from(["=", "!=", ">", ">=", "<", "<=", "CONTAINS", "LIKE"])
LEAVES = st.one_of(
    st.builds(Binary, OPERATORS, IDENTS, LITERALS),
    st.builds(
        Binary, st.sampled_from(["IN", "INTERSECTS"]), IDENTS, st.lists(LITERALS, min_size=1).map(tuple).map(Many)
    ),
    st.builds(Between, IDENTS, LITERALS, LITERALS),
    st.builds(Exists, IDENTS),
    st.builds(Include, NAMES),
)
PHRASES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)
SCALARS = st.one_of(st.text(max_size=4), st.integers(-9, 9), st.booleans(), st.floats(-9, 9), st.just(NOW))
VALUES = st.one_of(st.none(), SCALARS, st.lists(SCALARS, max_size=3), st.dictionaries(NAMES, SCALARS, max_size=2))
FIELDS = st.dictionaries(NAMES, VALUES, max_size=4)


@given(PHRASES)
def test_text_round_trip(phrase: And) -> None:
    read = parse(f"FILTER {phrase}").phrase
    assert read == phrase
    assert str(read) == str(phrase)


@given(PHRASES, FIELDS)
def test_3_6_not_not_is_nothing_in_three_values(phrase: And, fields: dict[str, object]) -> None:
    context = Context(fields, NOW, no_includes)
    if not includes(phrase):  # NOT INCLUDE of an audience that is not there is true
        once, thrice = compile_phrase(phrase)(context), compile_phrase(Not(Not(phrase)))(context)
        assert once is thrice or (once is UNKNOWN and thrice is UNKNOWN)


def call_of(name: str) -> st.SearchStrategy[Call]:
    """Calls of a function, with as many arguments as it takes."""
    function = find_function(name)
    assert function is not None
    most = function.fewest + 2 if function.most is None else function.most
    return st.lists(OPERANDS, min_size=function.fewest, max_size=most).map(lambda args: Call(name, tuple(args)))


# fmt: off
TEXTS = st.sampled_from([
    "now-3d", "2026-01-01", "-3d", "%Y-%m", "a@b.example", "http://x.example/a?b=1#c", "10.0.0.0/8", "1,2", "{}",
    "[1]", "a.b", "9" * 250, "1e308", "*", "", "\x00", "\ud800", "Europe/Paris", "0001-01-01", "9999-12-31",
])
# fmt: on
OPERANDS = st.one_of(IDENTS, LITERALS, st.builds(Literal, TEXTS | st.integers() | st.floats(allow_nan=False)))
NESTED = st.one_of(
    st.text(max_size=3), TEXTS, st.integers(), st.just(10**400), st.floats(), st.just(NOW), st.booleans(), st.none()
)
ANYTHING = st.recursive(
    NESTED,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "x.y"]), inner, max_size=2),
    max_leaves=5,
)


CALLS = st.sampled_from(function_names()).flatmap(call_of)
ASKING = st.one_of(
    CALLS,
    st.builds(Binary, OPERATORS, CALLS, OPERANDS),
    st.builds(Between, CALLS, OPERANDS, OPERANDS),
    st.builds(Binary, st.just("IN"), OPERANDS, CALLS),
)


@settings(max_examples=400)
@given(ASKING, st.dictionaries(NAMES, ANYTHING, max_size=4))
def test_3_6_no_function_raises_on_any_profile(phrase: Binary, fields: dict[str, object]) -> None:
    book = AudienceBook([Audience("asked", "asked", True, Statement(phrase))])
    assert set(book.members(fields, NOW)) <= {"asked"}
    moment = book.next_moment(fields, NOW)
    assert moment is None or moment > NOW
    reason_for(book, "asked", fields, NOW).lines()


@given(PHRASES, st.dictionaries(NAMES, ANYTHING, max_size=4))
def test_3_6_no_condition_raises_on_any_profile(phrase: And, fields: dict[str, object]) -> None:
    assert evaluate(Statement(phrase), fields, now=NOW) in (True, False)
    book = AudienceBook([parse_audience(f"FILTER {phrase} ALIAS asked")])
    flip = book.flip("asked", fields, NOW)
    assert flip is None or flip.at > NOW
    assert reason_for(book, "asked", fields, NOW).result is explain(Statement(phrase), fields, now=NOW).result


@given(st.lists(PHRASES, min_size=3, max_size=3), FIELDS, st.permutations([0, 1, 2, 3, 4]))
def test_3_6_the_order_of_includes_does_not_matter(
    phrases: list[And], fields: dict[str, object], order: list[int]
) -> None:
    names = [f"s{index}" for index in range(3)]
    texts = [f"FILTER {phrase} ALIAS {name}" for phrase, name in zip(phrases, names, strict=True)]
    inner = [f"INCLUDE {name}" for name in names]
    turned = [inner[index] for index in order if index < 3]
    one = [*texts, f"FILTER AND ({', '.join(inner)}) ALIAS every", f"FILTER OR ({', '.join(inner)}) ALIAS some"]
    other = [*texts, f"FILTER AND ({', '.join(turned)}) ALIAS every", f"FILTER OR ({', '.join(turned)}) ALIAS some"]
    first = AudienceBook(map(parse_audience, one))
    second = AudienceBook(parse_audience(other[index]) for index in order)
    assert first.members(fields, NOW) == second.members(fields, NOW)


@given(PHRASES, FIELDS)
def test_explanation_agrees_with_evaluation(phrase: And, fields: dict[str, object]) -> None:
    statement = Statement(phrase)
    matched = evaluate(statement, fields, now=NOW)
    explanation = explain(statement, fields, now=NOW)
    assert (explanation.result is True) is matched
    assert len(explanation.lines()) >= 1


@given(PHRASES, FIELDS)
def test_nothing_is_both_true_and_false(phrase: And, fields: dict[str, object]) -> None:
    yes = evaluate(Statement(phrase), fields, now=NOW)
    no = evaluate(Statement(Not(phrase)), fields, now=NOW)
    assert not (yes and no)


@given(st.lists(PHRASES, min_size=1, max_size=3), FIELDS)
def test_and_needs_all_and_or_needs_one(phrases: list[And], fields: dict[str, object]) -> None:
    each = [evaluate(Statement(phrase), fields, now=NOW) for phrase in phrases]
    assert evaluate(Statement(And(tuple(phrases))), fields, now=NOW) is all(each)
    assert evaluate(Statement(Or(tuple(phrases))), fields, now=NOW) is any(each)


@given(st.text(max_size=40))
def test_any_text_parses_or_is_rejected_at_a_place(text: str) -> None:
    rejected = None
    try:
        parse("FILTER " + text)
    except FilterQLError as error:
        rejected = error
    if rejected is not None:
        assert 1 <= rejected.line <= text.count("\n") + 1
        assert rejected.column >= 1
        assert rejected.message


@given(st.text("ab*%", max_size=8), st.text("ab", max_size=10))
def test_like_is_a_glob(pattern: str, text: str) -> None:
    regex = re.sub(r"[*%]", ".*", pattern)
    assert like(text, pattern, Context({}, NOW, no_includes)) is (re.fullmatch(regex, text) is not None)

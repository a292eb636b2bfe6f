"""Properties of FilterQL: texts round-trip, nothing crashes, logic is logic, patterns match as a plain matcher does."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.filterql import FilterQLError, Statement, evaluate, explain, parse
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.filterql.evaluator import no_includes
from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Exists,
    Ident,
    Include,
    Literal,
    Many,
    Not,
    Or,
)
from understudy.server.platform.filterql.values import like

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
    assert str(parse(f"FILTER {phrase}").phrase) == str(phrase)


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

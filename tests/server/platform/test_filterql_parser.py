"""Clauses, separators, names and error texts of the FilterQL parser."""

import pytest

from understudy.server.platform.filterql import FilterQLError, includes, parse
from understudy.server.platform.filterql.functions import find_function, function_names
from understudy.server.platform.filterql.lexer import tokenize
from understudy.server.platform.filterql.nodes import And, Binary, Ident, Literal
from understudy.server.platform.filterql.operands import MAX_DEPTH


def test_all_clauses() -> None:
    text = 'FILTER * FROM content LIMIT 5 WITH name = "High value", is_public = false, weight = 2.5 ALIAS high_value'
    statement = parse(text)
    assert (statement.table, statement.limit, statement.alias) == ("content", 5, "high_value")
    assert statement.options == {"name": "High value", "is_public": False, "weight": 2.5}
    assert parse(str(statement)) == statement


def test_clauses_have_defaults_and_any_order() -> None:
    statement = parse("filter * alias x from users")
    assert (statement.table, statement.limit, statement.alias, statement.options) == ("users", None, "x", {})
    assert parse("FILTER *").table == "user"


@pytest.mark.parametrize(
    "text",
    [
        "FILTER AND (a = 1, b = 2)",
        "FILTER AND (a = 1, b = 2,)",
        "FILTER AND (\n  a = 1\n  b = 2\n)",
        "FILTER AND (\n  a = 1,\n  b = 2,\n)",
        "-- first\nFILTER AND ( -- and\n  a = 1 -- one\n  -- nothing\n  b\n    = 2)",
        "filter and(a==1,b==2)",
    ],
)
def test_separators_and_comments(text: str) -> None:
    one, two = Binary("=", Ident(("a",)), Literal(1)), Binary("=", Ident(("b",)), Literal(2))
    assert parse(text).phrase == And((one, two))


def test_texts_keep_escapes_and_quotes() -> None:
    statement = parse(r"""FILTER OR (a = "say \"hi\"\n\t\\", b = 'it"s')""")
    assert '"say \\"hi\\"\\n\\t\\\\"' in str(statement)
    assert parse(str(statement)) == statement
    assert tokenize(r'"a\"b"')[0].value == 'a"b'


def test_names_with_dashes_and_digits() -> None:
    statement = parse("FILTER AND (INCLUDE high-value, hourly.13 > 0, pf-widget = 1) ALIAS my-name")
    assert statement.alias == "my-name"
    assert [include.slug for include in includes(statement.phrase)] == ["high-value"]


def test_includes_know_their_place() -> None:
    found = includes(parse("FILTER OR (\n  NOT INCLUDE one\n  AND (*, INCLUDE two)\n)").phrase)
    assert [(include.slug, include.line, include.column) for include in found] == [("one", 2, 15), ("two", 3, 19)]


def test_error_has_a_caret_under_the_token() -> None:
    with pytest.raises(FilterQLError) as caught:
        parse("FILTER AND (\n\tage > 5,\n\tlenn(name) = 3\n)")
    assert str(caught.value).splitlines() == [
        "line 3, column 2: there is no function 'lenn'",
        "  \tlenn(name) = 3",
        "  \t^^^^",
        "hint: did you mean len?",
    ]
    assert caught.value.caret().endswith("^^^^")


def test_error_names_what_was_found_and_wanted() -> None:
    with pytest.raises(FilterQLError, match=r"expected a value after >, but found '\)'") as caught:
        parse("FILTER AND (age > )")
    assert caught.value.message in str(caught.value)
    with pytest.raises(FilterQLError, match="write FILTER OR"):
        parse("FILTER a = 1 OR b = 2")
    with pytest.raises(FilterQLError, match="EXISTS name"):
        parse("FILTER name")
    with pytest.raises(FilterQLError, match="did you mean INTERSECTS"):
        parse('FILTER name INTERSECT ("x")')
    with pytest.raises(FilterQLError, match="there are qs, qs2"):
        parse("FILTER qzzzzzzz(name)")
    with pytest.raises(FilterQLError, match="there are all, any"):
        parse("FILTER ßßßßß(name)")


def test_nesting_has_a_limit() -> None:
    def nested(depth: int) -> str:
        return "FILTER " + "NOT " * depth + "x = 1"

    assert parse(nested(MAX_DEPTH)).phrase
    for text in (
        nested(MAX_DEPTH + 1),
        "FILTER " + "AND (" * 5000,
        "FILTER " + "tolower(" * 5000,
        "FILTER " + "(" * 5000,
    ):
        with pytest.raises(FilterQLError, match=f"deeper than {MAX_DEPTH} levels"):
            parse(text)


def test_functions_check_their_arguments_and_have_summaries() -> None:
    with pytest.raises(FilterQLError, match="hasprefix takes 2 arguments, but got 1"):
        parse("FILTER hasprefix(name)")
    with pytest.raises(FilterQLError, match="any takes 1 or more arguments, but got 0"):
        parse("FILTER any()")
    with pytest.raises(FilterQLError, match="now takes no arguments, but got 1"):
        parse("FILTER now(1) > 2")
    for name in function_names():
        function = find_function(name.upper())
        assert function is not None
        assert function.summary.endswith(".")


def test_enormous_numbers_are_no_error() -> None:
    assert parse(f"FILTER x > {'9' * 6000}").phrase

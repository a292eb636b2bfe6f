"""FilterQL text to a `Statement` (platform.md 3.6, "Grammar").

Beyond the grammar, a function call may stand wherever a field may, both sides of a comparison may be fields, and a
condition may be put in brackets. The clauses after the condition may come in any order, each once.
"""

from difflib import get_close_matches
from typing import NoReturn

from understudy.server.platform.filterql.cursor import Cursor
from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Call,
    Exists,
    Include,
    MatchAll,
    Not,
    Operand,
    Or,
    Phrase,
    Statement,
)
from understudy.server.platform.filterql.operands import check_depth, parse_ident, parse_many, parse_operand, separated

_COMPARISONS = {"=": "=", "==": "=", "!=": "!=", "<>": "!=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}
_WORD_OPERATORS = ("IN", "INTERSECTS", "CONTAINS", "LIKE", "BETWEEN")


def parse(text: str) -> Statement:
    """Parse one statement; raises `FilterQLError` with line, column, the token found and what was expected."""
    cursor = Cursor(text)
    if not cursor.take_word("FILTER"):
        hint = "SQL is another language: FILTER AND (condition, condition) FROM user ALIAS name"
        cursor.fail("FILTER", hint if cursor.token.is_word("SELECT") else "a statement begins with FILTER")
    phrase = parse_phrase(cursor)
    table: str | None = None
    limit: int | None = None
    alias: str | None = None
    options: dict[str, str | int | float | bool] | None = None
    while (clause := cursor.token).kind != "end":
        if clause.is_word("FROM") and table is None:
            cursor.take()
            table = cursor.name("a table name after FROM")
        elif clause.is_word("LIMIT") and limit is None:
            cursor.take()
            limit = _limit(cursor)
        elif clause.is_word("WITH") and options is None:
            cursor.take()
            options = _options(cursor)
        elif clause.is_word("ALIAS") and alias is None:
            cursor.take()
            alias = cursor.name("a name after ALIAS")
        else:
            _misplaced(cursor)
    return Statement(phrase, table or "user", limit, options or {}, alias)


def parse_phrase(cursor: Cursor, depth: int = 0) -> Phrase:
    """One condition: AND (…), OR (…), NOT condition, or a single expression."""
    check_depth(cursor, depth)
    token = cursor.token
    if token.is_word("NOT"):
        cursor.take()
        return Not(parse_phrase(cursor, depth + 1))
    if token.is_word("AND", "OR"):
        cursor.take()
        children = _children(cursor, token.text.upper(), depth + 1)
        return And(children) if token.is_word("AND") else Or(children)
    if cursor.take_text("("):
        phrase = parse_phrase(cursor, depth + 1)
        cursor.expect(")", "to close the condition")
        return phrase
    if cursor.take_text("*") or cursor.take_word("MATCH_ALL"):
        return MatchAll()
    if token.is_word("EXISTS"):
        cursor.take()
        return _exists(cursor)
    if token.is_word("INCLUDE"):
        cursor.take()
        return _include(cursor)
    return _expression(cursor, depth)


def _children(cursor: Cursor, word: str, depth: int) -> tuple[Phrase, ...]:
    cursor.expect("(", f"after {word}")
    children = [parse_phrase(cursor, depth)]
    while separated(cursor, "condition"):
        children.append(parse_phrase(cursor, depth))
    return tuple(children)


def _exists(cursor: Cursor) -> Exists:
    bracket = cursor.take_text("(")
    subject = parse_ident(cursor, "a field name after EXISTS")
    if bracket:
        cursor.expect(")", "to close EXISTS")
    return Exists(subject)


def _include(cursor: Cursor) -> Phrase:
    if cursor.take_text("*") or cursor.take_word("MATCH_ALL"):
        return MatchAll()
    token = cursor.token
    return Include(cursor.name("the slug of an audience after INCLUDE"), token.line, token.column)


def _expression(cursor: Cursor, depth: int) -> Phrase:
    left = parse_operand(cursor, depth, "a condition")
    token = cursor.token
    if token.kind == "op":
        cursor.take()
        return Binary(_COMPARISONS[token.text], left, parse_operand(cursor, depth, f"a value after {token.text}"))
    if token.is_word("NOT") and cursor.ahead().is_word(*_WORD_OPERATORS):
        cursor.take()
        return Not(_word_expression(cursor, left, depth))
    if token.is_word(*_WORD_OPERATORS):
        return _word_expression(cursor, left, depth)
    if isinstance(left, Call):
        return left
    close = get_close_matches(token.text.upper(), _WORD_OPERATORS, n=1) if token.kind == "name" else []
    hint = f"did you mean {close[0]}?" if close else f"to ask whether it is there at all, write EXISTS {left}"
    return cursor.fail(f"an operator after {left} (= != > >= < <=, {', '.join(_WORD_OPERATORS)})", hint)


def _word_expression(cursor: Cursor, left: Operand, depth: int) -> Phrase:
    op = cursor.take().text.upper()
    if op == "BETWEEN":
        low = parse_operand(cursor, depth, "a value after BETWEEN")
        if not cursor.take_word("AND"):
            cursor.fail("AND between the two ends of BETWEEN")
        return Between(left, low, parse_operand(cursor, depth, "a value after AND"))
    if op in ("IN", "INTERSECTS"):
        return Binary(op, left, parse_many(cursor, op, depth))
    return Binary(op, left, parse_operand(cursor, depth, f"a value after {op}"))


def _limit(cursor: Cursor) -> int:
    value = cursor.token.value
    if not isinstance(value, int) or value < 0:
        cursor.fail("a whole number after LIMIT")
    cursor.take()
    return value


def _options(cursor: Cursor) -> dict[str, str | int | float | bool]:
    options: dict[str, str | int | float | bool] = {}
    while True:
        key = cursor.name("a key after WITH")
        cursor.expect("=", f"after {key}")
        token = cursor.token
        if token.kind in ("string", "number"):
            options[key] = token.value  # type: ignore[assignment]  # the lexer gives str, int or float for these kinds
        elif token.is_word("TRUE", "FALSE"):
            options[key] = token.is_word("TRUE")
        else:
            cursor.fail(f"a text, a number, true or false for {key}")
        cursor.take()
        if not cursor.take_text(","):
            return options


def _misplaced(cursor: Cursor) -> NoReturn:
    token = cursor.token
    if token.is_word("AND", "OR"):
        cursor.fail("the end of the statement", f"write FILTER {token.text.upper()} (first, second)")
    if token.is_word("FROM", "LIMIT", "WITH", "ALIAS"):
        cursor.reject(f"{token.text.upper()} is given twice", "keep one of them", expected="the end of the statement")
    cursor.fail("FROM, LIMIT, WITH, ALIAS or the end of the statement")

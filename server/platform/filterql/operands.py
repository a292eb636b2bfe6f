"""Parsing the things that conditions are about: fields, values, function calls and bracketed lists."""

import difflib
from typing import NoReturn

from understudy.server.platform.filterql.cursor import Cursor
from understudy.server.platform.filterql.functions import find_function, function_names
from understudy.server.platform.filterql.lexer import Token
from understudy.server.platform.filterql.nodes import KEYWORDS, Call, Ident, Literal, Many, Operand

MAX_DEPTH = 100  # nesting; the vendor stops at 1000, which is more than Python's own stack would take


def parse_operand(cursor: Cursor, depth: int, expected: str = "a field, a value or a function") -> Operand:
    """One field, literal or function call; raises `FilterQLError` on anything else."""
    token = cursor.token
    if token.kind in ("string", "number"):
        cursor.take()
        value: str | int | float = token.value  # type: ignore[assignment]  # as the lexer gives for these kinds
        return Literal(value, token.line, token.column)
    if token.kind != "name":
        cursor.fail(expected)
    if token.is_word("TRUE", "FALSE"):
        cursor.take()
        return Literal(token.is_word("TRUE"))
    if _opens_call(cursor):
        return parse_call(cursor, depth)
    return parse_ident(cursor, expected)


def parse_ident(cursor: Cursor, expected: str = "a field name") -> Ident:
    """A field name, perhaps with map keys: `visitct`, `hits.foo`, ``lytics_content.`Topic name` ``."""
    token = cursor.token
    if token.kind != "name" or token.is_word(*KEYWORDS):
        hint = f"back ticks make a field name of a keyword: `{token.text}`" if token.kind == "name" else ""
        cursor.fail(expected, hint)
    parts = token.value
    if not isinstance(parts, tuple) or not all(parts):
        cursor.reject("a field name is empty", "write the name between the back ticks")
    cursor.take()
    return Ident(parts)


def parse_many(cursor: Cursor, op: str, depth: int) -> Many | Operand:
    """The right side of IN and INTERSECTS: a bracketed list, or the name of a list field."""
    if not cursor.take_text("("):
        return parse_operand(cursor, depth, f"'(' or a field name after {op}")
    items = [parse_operand(cursor, depth, "a value")]
    while separated(cursor, "value"):
        items.append(parse_operand(cursor, depth, "a value"))
    return Many(tuple(items))


def parse_call(cursor: Cursor, depth: int) -> Call:
    """A function call; the function must exist and be given as many arguments as it takes."""
    token = cursor.take()
    name = token.text.lower()
    function = find_function(name)
    if function is None:
        _unknown_function(cursor, token)
    check_depth(cursor, depth)
    cursor.expect("(", f"after {name}")
    args: list[Operand] = []
    if not cursor.take_text(")"):
        args.append(parse_operand(cursor, depth + 1))
        while separated(cursor, "argument"):
            args.append(parse_operand(cursor, depth + 1))
    if not function.accepts(len(args)):
        cursor.reject(f"{name} takes {function.arity_text()}, but got {len(args)}", function.summary, token=token)
    return Call(name, tuple(args))


def separated(cursor: Cursor, kind: str) -> bool:
    """Step over what parts two items of a list: True when another item follows, False after the closing bracket.

    A comma or a new line parts items, and a comma may trail.
    """
    comma = cursor.take_text(",")
    if cursor.take_text(")"):
        return False
    if not comma and (not cursor.token.after_newline or cursor.token.kind == "end"):
        cursor.fail(f"',' or a new line before the next {kind}, or ')' to close", _infix_hint(cursor.token))
    return True


def check_depth(cursor: Cursor, depth: int) -> None:
    """Refuse what is nested deeper than anyone writes by hand, before it exhausts the stack."""
    if depth > MAX_DEPTH:
        cursor.reject(
            f"nested deeper than {MAX_DEPTH} levels", "move inner parts to audiences of their own and INCLUDE them"
        )


def _infix_hint(token: Token) -> str:
    return f"write {token.text.upper()} (first, second)" if token.is_word("AND", "OR") else ""


def _opens_call(cursor: Cursor) -> bool:
    token, following = cursor.token, cursor.ahead()
    return not token.text.startswith("`") and following.kind == "mark" and following.text == "("


def _unknown_function(cursor: Cursor, token: Token) -> NoReturn:
    close = difflib.get_close_matches(token.text.lower(), function_names(), n=1)
    alike = [name for name in function_names() if name[0] == token.text[0].lower()] or function_names()
    hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(alike)}"
    cursor.reject(f"there is no function {token.text!r}", hint, token=token, expected="the name of a function")

"""Shorter ways to say the same, which a minifier does not take.

Top-level functions become arrow functions in one declaration, and `const` becomes `let`: that is a fortieth less after
gzip. An arrow function cannot be called with `new` and has no `this` of its own, so a function that reads `this` or
`arguments` stays (the type check refuses `new` on the others).
"""

import re
from collections.abc import Collection

from tree_sitter import Node

from understudy.server.bundling.nested import arrow, with_nested_arrows
from understudy.server.bundling.statements import LET, Statement
from understudy.server.bundling.syntax import may_be_arrow, nodes_of, replaced, tree_of

VARIABLE = ("identifier", "shorthand_property_identifier")
FUNCTIONS = frozenset({"arrow_function", "function_expression", "method_definition"})
# What a pure value is made of, besides functions.
LITERALS = {"number", "string", "string_fragment", "escape_sequence", "template_string", "regex"}
REGEX = {"regex_pattern", "regex_flags"}
WORDS = {"true", "false", "null", "undefined", "identifier", "property_identifier", "shorthand_property_identifier"}
BRACKETS = {"array", "object", "pair", "spread_element", "parenthesized_expression", "arguments"}
OPERATORS = {"unary_expression", "binary_expression", "ternary_expression"}
PURE = {"comment"} | LITERALS | REGEX | WORDS | BRACKETS | OPERATORS
EMPTY = re.compile(r"new (?:Weak)?(?:Map|Set)(?:\(\))?")


def compact(source: str, top: Collection[str], where: object) -> list[Statement]:
    """Take a module's body apart; `top` are the top-level names of its room, as the body has them."""
    raw = with_nested_arrows(source, where).encode()
    lets = [(node, "let") for node in nodes_of(tree_of(raw, where)) if node.type == "const"]
    statements = tree_of(replaced(raw, lets).encode(), where).named_children
    return [_statement(node, top) for node in statements if node.type not in {"comment", "empty_statement"}]


def _statement(node: Node, top: Collection[str]) -> Statement:
    used = dict.fromkeys(_text(inner) for inner in nodes_of(node) if inner.type in VARIABLE)
    uses = tuple(name for name in used if name in top)
    if node.type == "lexical_declaration":
        declared = [inner for inner in node.named_children if inner.type == "variable_declarator"]
        names = tuple(_field(inner, "name") for inner in declared)
        pure = all(_is_pure(inner.child_by_field_name("value")) for inner in declared)
        return Statement(_text(node).removeprefix(LET).rstrip("; \n"), "let", names, uses, pure)
    names = (_field(node, "name"),)
    if node.type == "function_declaration" and may_be_arrow(node):
        return Statement(arrow(node), "function", names, uses, pure=True)
    declares = node.type.endswith("function_declaration") or (node.type == "class_declaration" and _is_plain(node))
    return Statement(_text(node).rstrip("; \n"), "other", names if declares else (), uses, pure=declares)


def _is_plain(node: Node) -> bool:
    """Whether declaring a class runs nothing."""
    return not any(inner.type in {"class_heritage", "static", "class_static_block"} for inner in nodes_of(node))


def _is_pure(value: Node | None) -> bool:
    """Whether a value can be left out: making it runs neither our code nor the page's."""
    if value is None or value.type in FUNCTIONS or EMPTY.fullmatch(_text(value)):
        return True
    return value.type in PURE and all(map(_is_pure, value.named_children))


def _field(node: Node, name: str) -> str:
    return _text(node.child_by_field_name(name))


def _text(node: Node | None) -> str:
    return (node.text or b"").decode() if node else ""

"""Syntax trees of browser modules, made by tree-sitter."""

from functools import lru_cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from understudy.server.bundling.modules import ModuleError


def tree_of(source: bytes, where: object) -> Node:
    """The root of a module's tree; raises `ModuleError`, which names `where`, when it is not JavaScript."""
    root = _parser().parse(source).root_node
    if root.has_error:
        raise ModuleError(f"{where}: not JavaScript, or so new that tree-sitter cannot read it")
    return root


def nodes_of(root: Node, *, own: bool = False) -> list[Node]:
    """A node and all below it; with `own`, not what is below another function that has a `this` for itself."""
    found = [root]
    for node in found:
        if not own or node is root or node.type not in OWN_THIS:
            found.extend(node.children)
    return found


def may_be_arrow(function: Node) -> bool:
    """Whether a function has no use for a `this` and `arguments` of its own."""
    return not any(
        inner.type in {"this", "meta_property"} or (inner.type == "identifier" and inner.text == b"arguments")
        for inner in nodes_of(function, own=True)
    )


def replaced(source: bytes, edits: list[tuple[Node, str]]) -> str:
    """A text with some of its nodes, none inside another, replaced."""
    parts: list[bytes] = []
    done = 0
    for node, text in sorted(edits, key=lambda edit: edit[0].start_byte):
        parts += [source[done : node.start_byte], text.encode()]
        done = node.end_byte
    return b"".join([*parts, source[done:]]).decode()


OWN_THIS = ("function_declaration", "function_expression", "method_definition", "class_body")


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))

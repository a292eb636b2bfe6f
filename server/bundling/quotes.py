"""Texts in the one kind of quotes that scripts have anyway: what repeats compresses."""

from tree_sitter import Node

from understudy.server.bundling.syntax import nodes_of

# Where only quotes may stand: keys, and the statement that makes a script strict.
NOT_IN = ("pair", "expression_statement", "method_definition", "field_definition")


def with_backticks(root: Node) -> list[tuple[Node, str]]:
    """The edits that write a script's texts as templates: those that say there what they say here."""
    return [(node, f"`{_inner(node)}`") for node in nodes_of(root) if node.type == "string" and _may(node)]


def _may(node: Node) -> bool:
    is_key = node.parent is not None and node.parent.type in NOT_IN and node != node.parent.child_by_field_name("value")
    return not is_key and not any(mark in _inner(node) for mark in ("`", "\\", "${"))


def _inner(node: Node) -> str:
    return (node.text or b"").decode()[1:-1]

"""Functions within functions, as arrow functions in one declaration at the start of their block.

There they are known before anything runs, as declared functions are; arrow functions compress better, like all others.
"""

from collections.abc import Iterator

from tree_sitter import Node

from understudy.server.bundling.syntax import may_be_arrow, replaced, tree_of


def with_nested_arrows(source: str, where: object) -> str:
    """The text of a module whose inner functions are arrow functions, innermost blocks first."""
    while True:
        raw = source.encode()
        edits = _edits(tree_of(raw, where))
        if not edits:
            return source
        source = replaced(raw, edits)


def _edits(root: Node) -> list[tuple[Node, str]]:
    edits: list[tuple[Node, str]] = []
    for block, functions in _blocks(root):
        arrows = "".join(f"let {arrow(function)};" for function in functions)
        edits += [(block.children[0], f"{{{arrows}"), *((function, "") for function in functions)]
    return edits


def _blocks(node: Node) -> Iterator[tuple[Node, list[Node]]]:
    """The blocks that have functions and are in none that is to be changed as well."""
    inner = [found for child in node.named_children for found in _blocks(child)]
    own = [child for child in node.named_children if child.type == "function_declaration" and may_be_arrow(child)]
    if node.type == "statement_block" and own and not inner:
        yield node, own
    yield from inner


def arrow(function: Node) -> str:
    """A declared function as a declarator of `let`."""
    start = "async " if function.children[0].type == "async" else ""
    name, parameters, body = (
        (part.text or b"").decode() if (part := function.child_by_field_name(field)) else ""
        for field in ("name", "parameters", "body")
    )
    return f"{name} = {start}{parameters} => {body}"

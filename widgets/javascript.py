"""JavaScript functions as text: whether a text is one function, and how it may stand in a page.

Parsed by tree-sitter, which finds broken syntax; rules that only a browser enforces (a name declared twice, say) pass.
"""

import re
from functools import lru_cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

PREFIX = "_="  # makes an expression of a function's text without moving its lines
FUNCTIONS = ("function_expression", "arrow_function")
TEXTS = frozenset({"string", "string_fragment", "escape_sequence", "regex", "regex_pattern", "template_string"})
DANGEROUS = re.compile(r"<(?=/script|script|!--)", re.IGNORECASE)
DANGEROUS_BYTES = re.compile(rb"(\\*)<(?=/script|script|!--)", re.IGNORECASE)


class FunctionError(Exception):
    """A text is not one function; carries the message, and line and column from 1 in the text."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))


def parse_function(text: str) -> str:
    """The function expression in a text, without comments and semicolons around it; raises `FunctionError`."""
    source = (PREFIX + text).encode()
    root = _parser().parse(source).root_node
    if root.has_error:
        raise _fault("a JavaScript syntax error", _first_error(root), text)
    for node in _walk(root):
        if node.type.startswith(("jsx_", "html_comment")):
            raise _fault("no browser runs this: markup in JavaScript", node, text)
    statements = [node for node in root.named_children if node.type != "comment"]
    if len(statements) != 1:
        raise _fault("more than one function", (statements or [root])[-1], text)
    expression = statements[0].named_children[0]
    function = expression.child_by_field_name("right") if expression.type == "assignment_expression" else None
    if function is None or function.type not in FUNCTIONS:
        raise _fault("not a function", function or expression, text)
    return source[function.start_byte : function.end_byte].decode()


def function_for_element(source: str) -> str:
    """A checked function's text, changed only where it could end a `<script>` element or begin an HTML comment.

    Inside of texts and regular expressions the `<` becomes `\\x3c`, in comments a blank, and between operators it gets
    a blank after it. (A template read through `String.raw` would see the difference.)
    """
    if not DANGEROUS.search(source):
        return source
    raw = (PREFIX + source).encode()
    root = _parser().parse(raw).root_node
    parts: list[bytes] = []
    done = len(PREFIX)
    for found in DANGEROUS_BYTES.finditer(raw):
        kind = _kind_at(root, found.start())
        escaped = (len(found[1]) % 2) == 1
        mark = {"comment": b" ", "code": b"< "}.get(kind, b"x3c" if escaped else rb"\x3c")
        parts += [raw[done : found.start()], found[1], mark]
        done = found.end()
    return b"".join([*parts, raw[done:]]).decode()


def _kind_at(root: Node, offset: int) -> str:
    node: Node | None = root.descendant_for_byte_range(offset, offset + 1)
    while node is not None:
        if node.type == "comment":
            return "comment"
        if node.type in TEXTS:
            return "text"
        if node.type == "template_substitution":
            return "code"
        node = node.parent
    return "code"


def _walk(node: Node) -> list[Node]:
    found = [node]
    for each in found:
        found.extend(each.children)
    return found


def _first_error(root: Node) -> Node:
    faulty = [node for node in _walk(root) if node.is_error or node.is_missing]
    return min(faulty, key=lambda node: (node.is_error and node.child_count > 1, node.start_byte), default=root)


def _fault(what: str, node: Node, text: str) -> FunctionError:
    row, byte = node.start_point
    lines = (PREFIX + text).split("\n")
    line = lines[row] if row < len(lines) else ""
    column = len(line.encode()[:byte].decode(errors="ignore")) + 1
    shift = len(PREFIX) if row == 0 else 0
    excerpt = line[shift:].strip()
    near = f" near {excerpt[:60]!r}" if excerpt else ""
    return FunctionError(f"{what}{near}", row + 1, max(1, column - shift))

"""Functions, texts and numbers that a bundle uses once go to where they are used, which saves their names.

A function that is called there stands in brackets. One that is handed on goes only to a place that runs once, outside
of every function: elsewhere each run would make another function, and somebody may compare them. Nothing goes to where
one of its own variables would mean something else.
"""

from dataclasses import dataclass

from tree_sitter import Node

from understudy.server.bundling.scopes import Scope, Scopes, Use
from understudy.server.bundling.statements import LET
from understudy.server.bundling.syntax import tree_of

LITERALS = ("string", "number")
PLACES = ("arguments", "array", "pair", "variable_declarator")


@dataclass(frozen=True)
class _Moved:
    """A declaration that is used once: the whole of it, its value, and where that goes."""

    declarator: Node
    value: Node
    use: Use
    free: frozenset[str]


def inlined(source: str) -> str:
    """The text of a script with everything that is used once at its place."""
    raw = source.encode()
    root = tree_of(raw, "bundle")
    scopes = Scopes(root)
    moved = _movable(root, scopes)
    text = _Text(raw, moved)
    return ";".join(filter(None, map(text.statement, root.named_children)))


def _movable(root: Node, scopes: Scopes) -> list[_Moved]:
    uses = scopes.of_top()
    free = _free_names(scopes)
    found: dict[str, _Moved] = {}
    for declaration in root.named_children:
        for declarator in declaration.named_children if declaration.type == "lexical_declaration" else []:
            name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if name is None or value is None:
                continue
            text = (name.text or b"").decode()
            others = [use for use in uses[text] if use.node.id != name.id]
            if len(others) == 1 and _fits(value, others[0], scopes):
                found[text] = _Moved(declarator, value, others[0], free.get(value.id, frozenset()))
    return [one for one in found.values() if not _hidden(one, list(found.values()))]


def _fits(value: Node, use: Use, scopes: Scopes) -> bool:
    parent = use.node.parent
    if parent is None or use.node.type != "identifier" or _is_inside(use.node, value):
        return False
    if value.type in LITERALS:
        return parent.type not in ("member_expression", "assignment_expression", "update_expression")
    if value.type != "arrow_function":
        return False
    if parent.type == "call_expression":
        return parent.child_by_field_name("function") == use.node
    return parent.type in PLACES and use.scope is scopes.top


def _free_names(scopes: Scopes) -> dict[int, frozenset[str]]:
    """The names that each function takes from outside, by the id of its node."""
    found: dict[Scope, set[str]] = {scope: set() for scope in scopes.all}
    for use in scopes.uses:
        owner = use.scope.owner(use.name)
        for scope in use.scope.around(owner):
            if scope is not owner:
                found[scope].add(use.name)
    return {node: frozenset(found[scope]) for node, scope in scopes.of_node.items()}


def _hidden(one: _Moved, every: list[_Moved]) -> bool:
    """Whether a scope around the new place, or around the place that this one goes to in turn, has one of the names."""
    use: Use | None = one.use
    while use is not None:
        if any(scope.parent and not one.free.isdisjoint(scope.names) for scope in use.scope.around(None)):
            return True
        place = use.node
        use = next((other.use for other in every if _is_inside(place, other.value)), None)
    return False


def _is_inside(node: Node, outer: Node) -> bool:
    return outer.start_byte <= node.start_byte and node.end_byte <= outer.end_byte


class _Text:
    """Writes nodes with what goes into them."""

    def __init__(self, raw: bytes, moved: list[_Moved]) -> None:
        self.raw = raw
        self.moved = sorted(moved, key=lambda one: one.use.node.start_byte)
        self.gone = {one.declarator.id for one in moved}

    def statement(self, node: Node) -> str:
        if node.type != "lexical_declaration":
            return self.of(node).rstrip("; \n")
        kept = [each for each in node.named_children if each.type == "variable_declarator" and each.id not in self.gone]
        return LET + ",".join(map(self.of, kept)) if kept else ""

    def of(self, node: Node) -> str:
        parts: list[str] = []
        done = node.start_byte
        for one in self.moved:
            place = one.use.node
            if _is_inside(place, node):
                before = self.raw[done : place.start_byte].decode()
                text = self.of(one.value)
                if place.parent is not None and place.parent.type == "call_expression":
                    before, text = before.rstrip(), f"({text})"
                parts += [before, text]
                done = place.end_byte
        return "".join([*parts, self.raw[done : node.end_byte].decode()])

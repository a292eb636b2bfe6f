"""Which declaration each variable of a script means: scopes as strict JavaScript has them, without `eval`."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

VARIABLES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
FUNCTIONS = (
    "arrow_function",
    "function_declaration",
    "function_expression",
    "generator_function",
    "generator_function_declaration",
    "method_definition",
)
NAMED_INSIDE = ("function_expression", "generator_function", "class")
BLOCKS = ("statement_block", "for_statement", "for_in_statement", "switch_body", "class_static_block", "catch_clause")


@dataclass(eq=False)
class Scope:
    """What one function, block or loop declares; the outermost one has no parent."""

    parent: "Scope | None" = None
    is_function: bool = False
    names: set[str] = field(default_factory=set)

    def owner(self, name: str) -> "Scope | None":
        """The nearest scope from here outwards that declares a name; None for a global."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.parent
        return scope

    def around(self, outer: "Scope | None") -> Iterator["Scope"]:
        """This scope and those around it, up to another one; all when there is none."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = None if scope is outer else scope.parent


@dataclass(frozen=True, eq=False)
class Use:
    """One place where a variable's name stands, its declaration too, and the scope that the place is in."""

    node: Node
    name: str
    scope: Scope


class Scopes:
    """All uses of variables in a script, and all scopes, outer ones first."""

    def __init__(self, root: Node) -> None:
        self.top = Scope(is_function=True)
        self.uses: list[Use] = []
        self.all = [self.top]
        self.of_node: dict[int, Scope] = {}
        self._children(root, self.top)

    def of_top(self) -> dict[str, list[Use]]:
        """The uses of each name that is declared outermost, in the order of the script."""
        found: dict[str, list[Use]] = {name: [] for name in sorted(self.top.names)}
        for use in sorted(self.uses, key=lambda use: use.node.start_byte):
            if use.name in self.top.names and use.scope.owner(use.name) is self.top:
                found[use.name].append(use)
        return found

    def _children(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self._visit(child, scope)

    def _visit(self, node: Node, scope: Scope) -> None:
        if node.type in VARIABLES:
            self._note(node, scope)
        elif node.type in FUNCTIONS:
            self._function(node, scope)
        elif node.type in ("class_declaration", "class"):
            inner = self._inner(node, scope) if node.type == "class" else scope
            self._named(node, inner, inner)
        elif node.type in ("lexical_declaration", "variable_declaration"):
            for child in node.named_children:
                self._declaration(child, self._home(node, scope), scope)
        elif node.type in BLOCKS:
            self._block(node, self._inner(node, scope))
        else:
            self._children(node, scope)

    def _function(self, node: Node, scope: Scope) -> None:
        inner = self._inner(node, scope, is_function=True)
        self._named(node, inner if node.type in NAMED_INSIDE else scope, inner)

    def _named(self, node: Node, home: Scope, inner: Scope) -> None:
        """A function or class: its name belongs to `home`, everything else to `inner`."""
        for index, child in enumerate(node.children):
            part = node.field_name_for_child(index)
            if part == "name" and child.type == "identifier":
                self._bind(child, home, inner)
            elif part == "name":
                self._visit(child, home)
            elif part in ("parameter", "parameters"):
                for each in child.named_children if part == "parameters" else [child]:
                    self._bind(each, inner, inner)
            elif child.is_named:
                self._body(child, part, inner)

    def _block(self, node: Node, inner: Scope) -> None:
        kind = node.child_by_field_name("kind")
        for index, child in enumerate(node.children):
            part = node.field_name_for_child(index)
            if part == "parameter" or (part == "left" and kind is not None):
                self._bind(child, self._home(node, inner), inner)
            elif child.is_named:
                self._body(child, part if node.type == "catch_clause" else None, inner)

    def _body(self, node: Node, part: str | None, scope: Scope) -> None:
        """What a function or `catch` declares in its body shares a scope with its parameters."""
        if part == "body" and node.type == "statement_block":
            self._children(node, scope)
        else:
            self._visit(node, scope)

    def _declaration(self, node: Node, home: Scope, scope: Scope) -> None:
        name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
        if name is not None:
            self._bind(name, home, scope)
        if value is not None:
            self._visit(value, scope)

    def _bind(self, node: Node, home: Scope, scope: Scope) -> None:
        """Declare the names of a pattern in `home`; defaults and computed keys in it are looked up in `scope`."""
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            home.names.add((node.text or b"").decode())
            self._note(node, home)
            return
        for index, child in enumerate(node.children):
            part = node.field_name_for_child(index)
            if part in ("right", "key"):
                self._visit(child, scope)
            elif child.is_named:
                self._bind(child, home, scope)

    def _note(self, node: Node, scope: Scope) -> None:
        self.uses.append(Use(node, (node.text or b"").decode(), scope))

    def _inner(self, node: Node, parent: Scope, *, is_function: bool = False) -> Scope:
        self.of_node[node.id] = scope = Scope(parent, is_function)
        self.all.append(scope)
        return scope

    def _home(self, node: Node, scope: Scope) -> Scope:
        """Where a declaration's names go: those of `var` to the function."""
        kind = node.child_by_field_name("kind")
        is_var = node.type == "variable_declaration" or (kind is not None and kind.type == "var")
        while is_var and not scope.is_function and scope.parent is not None:
            scope = scope.parent
        return scope

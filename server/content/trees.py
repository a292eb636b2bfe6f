"""FilterQL as the vendor's JSON writes it: `{"op": "and", "args": [{"op": "exists", "args": [{"ident": "author"}]}]}`
(platform.md 3.6)."""

from collections.abc import Callable
from typing import Any

from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Call,
    Exists,
    Ident,
    Include,
    Literal,
    Many,
    MatchAll,
    Not,
    Operand,
    Or,
    Phrase,
    Statement,
)
from understudy.server.platform.filterql.reads import parts

DEEPEST = 50
_BINARY = {"=": "=", "==": "=", "!=": "!=", **{op: op for op in (">", ">=", "<", "<=")}}
_WORDS = {"contains": "CONTAINS", "like": "LIKE"}
_LISTS = {"in": "IN", "intersects": "INTERSECTS"}


class TreeError(ValueError):
    """A tree that is none; the message says where it stops making sense."""


def statement_of(tree: object, table: str) -> Statement:
    """The statement that a tree stands for; raises `TreeError`."""
    return Statement(_phrase(tree, 0), table)


def _phrase(tree: object, depth: int) -> Phrase:
    if not isinstance(tree, dict) or depth > DEEPEST:
        raise TreeError(f"a condition must be an object with an `op`, nested at most {DEEPEST} deep")
    if "seg" in tree:
        return MatchAll() if tree["seg"] == "*" else Include(_text(tree["seg"], "seg"))
    op, args = str(tree.get("op", "")).lower(), tree.get("args", [])
    if not isinstance(args, list):
        raise TreeError(f"the `args` of {op!r} must be a list")
    if op in ("*", "match_all"):
        return MatchAll()
    if op in ("and", "or"):
        children = tuple(_phrase(child, depth + 1) for child in args)
        return And(children) if op == "and" else Or(children)
    for count, known, build in _SHAPES:
        if op in known:
            if len(args) < count or (len(args) > count and op not in _LISTS):
                raise TreeError(f"{op!r} needs {count} arguments, and has {len(args)}")
            return build(op, args, depth)
    raise TreeError(f"there is no `op` {op[:40]!r}")


def _not(_op: str, args: list[Any], depth: int) -> Phrase:
    return Not(_phrase(args[0], depth + 1))


def _exists(_op: str, args: list[Any], _depth: int) -> Phrase:
    return Exists(_ident(args[0]))


def _include(_op: str, args: list[Any], _depth: int) -> Phrase:
    name = args[0].get("seg", args[0].get("ident", args[0].get("val"))) if isinstance(args[0], dict) else args[0]
    return Include(_text(name, "include"))


def _between(_op: str, args: list[Any], _depth: int) -> Phrase:
    return Between(_operand(args[0]), _operand(args[1]), _operand(args[2]))


def _binary(op: str, args: list[Any], _depth: int) -> Phrase:
    return Binary(_BINARY.get(op) or _WORDS[op], _operand(args[0]), _operand(args[1]))


def _list(op: str, args: list[Any], _depth: int) -> Phrase:
    values = args[1]["args"] if len(args) == 2 and isinstance(args[1], dict) and "args" in args[1] else args[1:]
    if not isinstance(values, list):
        raise TreeError(f"the values of {op!r} must be a list")
    return Binary(_LISTS[op], _operand(args[0]), Many(tuple(map(_operand, values))))


_SHAPES: tuple[tuple[int, frozenset[str], Callable[[str, list[Any], int], Phrase]], ...] = (
    (1, frozenset({"not"}), _not),
    (1, frozenset({"exists"}), _exists),
    (1, frozenset({"include"}), _include),
    (2, frozenset({*_BINARY, *_WORDS}), _binary),
    (2, frozenset(_LISTS), _list),
    (3, frozenset({"between"}), _between),
)


def _operand(tree: object) -> Operand:
    if isinstance(tree, dict) and "ident" in tree:
        return _ident(tree)
    value = tree.get("val") if isinstance(tree, dict) else None
    if isinstance(value, str | int | float):
        return Literal(value)
    raise TreeError("a value must be {`ident`: name} or {`val`: value}")


def _ident(tree: object) -> Ident:
    name = _text(tree.get("ident") if isinstance(tree, dict) else None, "ident")
    return Ident(tuple(part.strip("`") for part in name.split(".")))


def _text(value: object, key: str) -> str:
    if not isinstance(value, str) or not value:
        raise TreeError(f"`{key}` must be a name")
    return value


def tree_of(node: Phrase | Operand | Many) -> dict[str, Any]:
    """The tree of a condition; the reverse of what `statement_of` reads."""
    if isinstance(node, Ident):
        return {"ident": str(node)}
    if isinstance(node, Literal):
        return {"val": node.value}
    if isinstance(node, Include):
        return {"seg": node.slug}
    if isinstance(node, MatchAll):
        return {"op": "*", "args": []}
    op, args = _shape(node)
    return {"op": op, "args": [tree_of(arg) for arg in args]}


def _shape(node: Phrase | Operand | Many) -> tuple[str, tuple[Any, ...]]:
    if isinstance(node, Binary):
        values = node.right.items if isinstance(node.right, Many) else (node.right,)
        return node.op.lower(), (node.left, *values)
    if isinstance(node, Call):
        return node.name, node.args
    return type(node).__name__.lower(), parts(node)

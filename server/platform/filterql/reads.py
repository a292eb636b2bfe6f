"""What a condition depends on, so that it need not be decided again while none of that changes."""

from collections.abc import Iterable

from understudy.server.platform.filterql.datemath import RELATIVE
from understudy.server.platform.filterql.nodes import (
    And,
    Between,
    Binary,
    Call,
    Exists,
    Ident,
    Literal,
    Many,
    Not,
    Operand,
    Or,
    Phrase,
)
from understudy.server.platform.filterql.registry import REGISTRY

LEGACY_SCORES = "scores"  # old audiences write scores.intensity for what is score_intensity now (platform.md 3.4)


def field_names(ident: Ident) -> tuple[str, ...]:
    """The fields in which an identifier may find its value: by its whole name, as a map, as a score of old."""
    head, *keys = ident.parts
    if not keys:
        return (head,)
    legacy = (f"score_{keys[0]}",) if head == LEGACY_SCORES and len(keys) == 1 else ()
    return (".".join(ident.parts), head, *legacy)


Node = Phrase | Operand | Many


def reads(node: Node) -> frozenset[str] | None:
    """The fields that a condition looks at; None when its answer also changes with time. INCLUDEs are not followed."""
    if isinstance(node, Ident):
        return frozenset(field_names(node))
    if isinstance(node, Literal):
        return None if isinstance(node.value, str) and RELATIVE.match(node.value) else frozenset()
    if isinstance(node, Call) and REGISTRY[node.name].moving:
        return None
    return union(reads(part) for part in parts(node))


def all_names(node: Node) -> frozenset[str]:
    """The fields that a condition looks at, also when its answer changes with time. INCLUDEs are not followed."""
    own = field_names(node) if isinstance(node, Ident) else ()
    return frozenset(own).union(*(all_names(part) for part in parts(node)))


def union(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """All of the sets together; None when one of them is."""
    found = list(sets)
    return None if None in found else frozenset().union(*(each for each in found if each is not None))


def parts(node: Node) -> tuple[Node, ...]:
    """What a condition or value is made of, one level down."""
    if isinstance(node, And | Or):
        return node.children
    if isinstance(node, Not):
        return (node.child,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Between):
        return (node.subject, node.low, node.high)
    if isinstance(node, Exists):
        return (node.subject,)
    if isinstance(node, Call):
        return node.args
    return node.items if isinstance(node, Many) else ()

"""The functions of a bundle in an order in which each stands near to what it resembles.

What repeats compresses, and the better the shorter the way back. No function runs before all are there, so the order
is free. It is found one after another: next is always the one that has most in common, for its length, with those
before it, of which the latest count most. Whole numbers make it the same on every machine.
"""

from collections import defaultdict

from tree_sitter import Node

from understudy.server.bundling.statements import LET
from understudy.server.bundling.syntax import tree_of

# All four were found by trying, with the tag and the SDK weighed each time: how long a piece is that two functions can
# have in common, how much more the latest function counts than the one before it, and what evens out short ones.
PIECE = 3
MORE, THAN = 5, 4
EVEN = 50
SCALE = 10**9


def arranged(source: str) -> str:
    """The text of a script with the functions that it begins with in a better order."""
    raw = source.encode()
    statements = tree_of(raw, "bundle").named_children
    if not statements or not source.startswith(LET):
        return source
    first = statements[0]
    count = _leading_functions(first)
    declared = [(node.text or b"").decode() for node in first.named_children]
    texts = [declared[place] for place in _order(declared[:count])] + declared[count:]
    return LET + ",".join(texts) + raw[first.named_children[-1].end_byte :].decode()


def _leading_functions(declaration: Node) -> int:
    values = [node.child_by_field_name("value") for node in declaration.named_children]
    kinds = [value.type if value else "" for value in values]
    return next((place for place, kind in enumerate(kinds) if kind != "arrow_function"), len(kinds))


def _order(texts: list[str]) -> list[int]:
    """The places of texts in their new order."""
    pieces = [_pieces(text) for text in texts]
    owners: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(pieces):
        for piece in own:
            owners[piece].append(place)
    scores = [0] * len(texts)
    worth: dict[str, int] = defaultdict(int)
    left = list(range(len(texts)))
    order: list[int] = []
    while left:
        chosen = max(left, key=lambda place: scores[place] // (len(pieces[place]) + EVEN))
        left.remove(chosen)
        now = SCALE * MORE ** len(order) // THAN ** len(order)
        for piece in pieces[chosen]:
            for place in owners[piece]:
                scores[place] += now - worth[piece]
            worth[piece] = now
        order.append(chosen)
    return order


def _pieces(text: str) -> set[str]:
    """The pieces of a function, without its name."""
    body = text.partition("=")[2]
    return {body[start : start + PIECE] for start in range(len(body) - PIECE + 1)}

"""Short names for what a bundle declares outermost, the shortest for what is used most.

Modules are minified alone, which shortens the names of their locals, and keeps those that they share. A shared name
gets the first one here that means nothing else at any of its places: no scope around them declares it, and it is no
global that the bundle uses.
"""

import itertools
import re
from collections.abc import Iterator

from tree_sitter import Node

from understudy.server.scopes import Scope, Scopes, Use
from understudy.server.syntax import replaced, tree_of

# The order in which the minifier hands out the names of locals: the same letters again and again compress best.
FIRST = "etnsoiarclhdufmpgvbwyjkxqzSCOTAIEDFGHBJKLMNPQRUVWXYZ_$"
FURTHER = "etnsoiarclhdufmpgvbwyjkxqz"
# Of at most four letters: no bundle has names enough for more.
RESERVED = re.compile("as|do|if|in|of|for|get|let|new|set|try|var|case|else|enum|eval|null|this|true|void|with")


def shortened(source: str) -> str:
    """The text of a script with its outermost names replaced."""
    raw = source.encode()
    scopes = Scopes(tree_of(raw, "bundle"))
    uses = scopes.of_top()
    taken = {use.name for use in scopes.uses if use.scope.owner(use.name) is None}
    edits: list[tuple[Node, str]] = []
    for name in sorted(uses, key=lambda name: -len(uses[name])):
        hidden = _names_around(uses[name])
        short = next(each for each in candidates() if each not in taken and each not in hidden)
        taken.add(short)
        edits.extend((use.node, short if use.node.type == "identifier" else f"{name}:{short}") for use in uses[name])
    return replaced(raw, edits)


def candidates() -> Iterator[str]:
    """Every name that is not reserved, shorter ones first."""
    for length in itertools.count():
        for letters in itertools.product(FIRST, *[FURTHER] * length):
            name = "".join(letters)
            if not RESERVED.fullmatch(name):
                yield name


def _names_around(uses: list[Use]) -> set[str]:
    names: set[str] = set()
    seen: set[int] = set()
    for use in uses:
        scope: Scope | None = use.scope
        while scope is not None and scope.parent is not None and id(scope) not in seen:
            seen.add(id(scope))
            names |= scope.names
            scope = scope.parent
    return names

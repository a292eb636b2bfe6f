"""Short names: one table for a room of `static/`, giving each top-level name of its modules a short one.

A module is minified alone, so a minifier has to leave the names that modules share; here they are shortened before.
Within a module every variable whose name it declares at top level or imports is renamed, and to a name that no module
of the room has for anything. One name becomes one name and never another's, so two variables are the same after it just
where they were before: no scope has to be looked at, and a local that hides a top-level name goes on hiding it. Names
of properties and the contents of texts stay.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tree_sitter import Node

from understudy.server.modules import Module, ModuleError
from understudy.server.syntax import nodes_of, replaced, tree_of

SHORTHAND = ("shorthand_property_identifier", "shorthand_property_identifier_pattern")
VARIABLE = ("identifier", *SHORTHAND)
# The order in which the minifier hands out the names of locals: the same letters again and again compress best.
FIRST = "etnsoiarclhdufmpgvbwyjkxqzSCOTAIEDFGHBJKLMNPQRUVWXYZ_$"
FURTHER = "etnsoiarclhdufmpgvbwyjkxqz"
# Of at most four letters: no room has names enough for more.
RESERVED = re.compile("do|if|in|for|let|new|try|var|case|else|enum|eval|null|this|true|void|with")

Names = Mapping[str, str]


def name_table(modules: Iterable[Module]) -> dict[str, str]:
    """A short name for every top-level name of these modules, the shortest for what is used most.

    Raises `ModuleError` for a module that is not JavaScript.
    """
    used: Counter[str] = Counter()
    taken: set[str] = set()
    for module in modules:
        own = own_names(module)
        names = [_text(node) for node in _variables(module)]
        taken.update(names)
        used.update(name for name in names if name in own)
    ranked = sorted(used, key=lambda name: (-used[name], name))
    free = (name for name in candidates() if name not in taken)
    return dict(zip(ranked, free, strict=False))


def candidates() -> Iterator[str]:
    """Every name that is not reserved, shorter ones first."""
    for length in itertools.count():
        for letters in itertools.product(FIRST, *[FURTHER] * length):
            name = "".join(letters)
            if not RESERVED.fullmatch(name):
                yield name


def own_names(module: Module) -> set[str]:
    """The top-level names that a module declares or imports."""
    return {*module.names, *(name for _, names in module.imports for name in names)}


def shorten(module: Module, table: Names) -> str:
    """A module's body with its top-level names replaced.

    Raises `ModuleError` where another variable of it has a name that the table gives away: that can only be a generated
    module, because a table avoids the names of all modules it was made from.
    """
    own = own_names(module)
    given = set(table.values())
    edits: list[tuple[Node, str]] = []
    for node in _variables(module):
        name = _text(node)
        if name in own and name in table:
            edits.append((node, table[name] if node.type == "identifier" else f"{name}:{table[name]}"))
        elif name in given:
            raise ModuleError(f"{module.path}: {name!r} is the short name of another variable; use a longer name")
    return replaced(module.body.encode(), edits)


def _variables(module: Module) -> list[Node]:
    root = tree_of(module.body.encode(), module.path)
    return [node for node in nodes_of(root) if node.type in VARIABLE]


def _text(node: Node) -> str:
    return (node.text or b"").decode()

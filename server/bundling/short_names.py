"""Short names for all variables of a bundle.

A minifier names the locals of a module, and keeps what modules share. Here both are named again, with the whole bundle
in view. Locals get the first names in the order in which they are declared, scope by scope from outside, so that
functions resemble each other. What is declared outermost comes last, the shortest for what is used most. Each gets the
first name that means nothing else at any of its places: no variable that is used there, and no global of the page.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from understudy.server.bundling.quotes import with_backticks
from understudy.server.bundling.scopes import Scope, Scopes
from understudy.server.bundling.syntax import replaced, tree_of

# The same letters again and again compress best. The first ones are in the minifier's order; that of the others was
# found by trying, with the tag and the SDK weighed each time.
FIRST = "etnsoiarclhdfugbpmxqyjkDwzSCITAOJ_$FGHBEKvQPMRUVWXYZNL"
FURTHER = "".join(filter(str.islower, FIRST))
# Of at most four letters: no bundle has names enough for more.
RESERVED = re.compile("as|do|if|in|of|for|get|let|new|set|try|var|case|else|enum|eval|null|this|true|void|with")

Variable = tuple[Scope | None, str]


def shortened(source: str) -> str:
    """The text of a script with its variables named anew, and its texts in backticks."""
    raw = source.encode()
    root = tree_of(raw, "bundle")
    scopes = Scopes(root)
    short = _names(scopes)
    edits = with_backticks(root)
    for use in scopes.uses:
        owner = use.scope.owner(use.name)
        if owner is not None:
            name = short[owner, use.name]
            edits.append((use.node, name if use.node.type == "identifier" else f"{use.name}:{name}"))
    return replaced(raw, edits)


def candidates() -> Iterator[str]:
    """Every name that is not reserved, shorter ones first."""
    for length in itertools.count():
        for letters in itertools.product(FIRST, *[FURTHER] * length):
            name = "".join(letters)
            if not RESERVED.fullmatch(name):
                yield name


def _names(scopes: Scopes) -> dict[Variable, str]:
    """The new name of each variable that is no global."""
    counts: Counter[Variable] = Counter()
    inside: dict[Scope, dict[Variable, None]] = {scope: {} for scope in scopes.all}
    for use in sorted(scopes.uses, key=lambda use: use.node.start_byte):
        variable = (use.scope.owner(use.name), use.name)
        counts[variable] += 1
        for scope in use.scope.around(variable[0]):
            inside[scope][variable] = None
    short: dict[Variable, str] = {}
    for scope in scopes.all[1:]:
        taken = {short.get(variable, "") if variable[0] else variable[1] for variable in inside[scope]}
        for variable in inside[scope]:
            if variable[0] is scope:
                taken.add(short.setdefault(variable, _first(taken)))
    top = sorted(inside[scopes.top], key=lambda variable: (-counts[variable], variable[1]))
    given = {name for owner, name in top if owner is None}
    for variable in top:
        if variable[0] is scopes.top:
            around = (scope for scope in scopes.all[1:] if variable in inside[scope])
            hidden = {short[scope, name] for scope in around for name in scope.names}
            given.add(short.setdefault(variable, _first(given | hidden)))
    return short


def _first(taken: set[str]) -> str:
    return next(name for name in candidates() if name not in taken)

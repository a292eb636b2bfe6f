"""The top-level statements of minified modules: leaving out what nothing needs, and joining the rest to one text."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

LET = "let "


class Statement(NamedTuple):
    """One statement of a module. The text of a `function` or a `let` is its declarators, without the word.

    `pure` says that it does nothing but declare its names, so that it may go when nothing uses them.
    """

    text: str
    kind: Literal["function", "let", "other"]
    names: tuple[str, ...]
    uses: tuple[str, ...]
    pure: bool


def needed(statements: Iterable[Statement]) -> list[Statement]:
    """Those that do something, and what they use, in their order."""
    every = list(statements)
    owners = {name: statement for statement in every for name in statement.names}
    waiting = [statement for statement in every if not statement.pure]
    found = set(waiting)
    for statement in waiting:
        used = {owners[name] for name in statement.uses if name in owners} - found
        found |= used
        waiting.extend(used)
    return [statement for statement in every if statement in found]


def joined(statements: Iterable[Statement], order: Sequence[str] = ()) -> str:
    """One text: all functions, those of `order` first and in it, then the others in theirs.

    A function stands first because, unlike a declaration, an arrow function is not there before its line has run.
    """
    places = {name: place for place, name in enumerate(order, -len(order))}
    every = sorted(statements, key=lambda each: places.get(each.names[0], 0) if each.kind == "function" else 1)
    parts: list[str] = []
    for before, statement in zip([None, *every], every, strict=False):
        if statement.kind == "other":
            parts.append(statement.text)
        elif before and before.kind != "other":
            parts[-1] += f",{statement.text}"
        else:
            parts.append(LET + statement.text)
    return ";".join(parts)

"""`did you mean`: the known name that somebody most likely wanted to write."""

from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, known: Iterable[str]) -> str:
    """The known name nearest to `word`, letter case and separators aside; empty when none is near."""
    names = {_plain(name): name for name in known}
    found = get_close_matches(_plain(word), names, n=1, cutoff=0.7)
    return names[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known name, or all of them when none is near."""
    names = sorted(known)
    if near := closest(word, names):
        return f"did you mean {near!r}?"
    return f"known here: {', '.join(names)}" if names else ""


def _plain(word: str) -> str:
    return word.casefold().replace("_", "").replace("-", "")

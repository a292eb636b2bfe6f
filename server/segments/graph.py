"""Audiences among themselves: an audience with its INCLUDEs opened up, and those that include it (platform.md 3.6)."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from understudy.server.platform.audience import Audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql import Statement, includes
from understudy.server.platform.filterql.nodes import And, Include, Not, Or, Phrase

MOST = 500  # INCLUDEs that are opened up


def inlined(audience: Audience, book: AudienceBook) -> Statement:
    """The audience's statement with each INCLUDE replaced by what that audience is.

    One that leads nowhere stays, and so do those beyond `MOST`: two audiences that include one another's parts several
    times over would grow without end.
    """
    left = [MOST]
    return replace(audience.statement, phrase=_inlined(audience.statement.phrase, book, {audience.slug}, left))


def ancestors(audience: Audience, book: AudienceBook) -> list[Audience]:
    """Every audience that includes this one, directly or not, by slug: what a change of it changes too."""
    found: dict[str, Audience] = {}
    waiting = [audience.slug]
    while waiting:
        wanted = waiting.pop()
        for slug, other in book.items():
            if slug not in found and wanted in _named(other, book):
                found[slug] = other
                waiting.append(slug)
    return [found[slug] for slug in sorted(found)]


def _named(audience: Audience, book: AudienceBook) -> Iterator[str]:
    return (target.slug for one in includes(audience.statement.phrase) if (target := book.find(one.slug)))


def _inlined(phrase: Phrase, book: AudienceBook, within: AbstractSet[str], left: list[int]) -> Phrase:
    if isinstance(phrase, And | Or):
        return replace(phrase, children=tuple(_inlined(child, book, within, left) for child in phrase.children))
    if isinstance(phrase, Not):
        return replace(phrase, child=_inlined(phrase.child, book, within, left))
    target = book.find(phrase.slug) if isinstance(phrase, Include) else None
    if target is None or target.slug in within or not left[0]:
        return phrase
    left[0] -= 1
    return _inlined(target.statement.phrase, book, within | {target.slug}, left)

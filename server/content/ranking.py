"""The order of recommendations, and how sure each is (platform.md 3.7).

The vendor's ranking and its `confidence` are UNKNOWN; these are of our own making, and the same for the same profile:

    confidence = 1 - product over the document's topics of (1 - affinity * relevance)

which lies between 0 and 1 and is 0 for a visitor nothing is known of. `affinity` (the default) ranks by confidence;
`popular` by `visitrate`, the share of visitors with any page on record that have seen the document, which other ranks
tell as far as it is known (it takes going through everybody, so it may be of a while ago, or null); `recent` by the day
it came out. What is equal is ordered by the day, newest first, then by address. `shuffle` takes an order that follows
from the visitor and from how many events they have, so that it is another one after each page and can be repeated.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from understudy.server.content.document import ContentDocument, Topics

Rank = Literal["affinity", "popular", "recent"]
RANKS: tuple[Rank, ...] = get_args(Rank)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A document with how well it suits, whether the visitor has seen it, and the share of visitors that have.

    None is for a share that nobody has counted.
    """

    document: ContentDocument
    confidence: float
    visited: bool
    visit_rate: float | None


def confidence(topics: Topics, affinity: Mapping[str, float]) -> float:
    """How well topics go with a visitor's affinity, from 0 to 1."""
    rest = 1.0
    for topic, relevance in topics.items():
        rest *= 1 - affinity.get(topic, 0.0) * relevance
    return 1 - rest


def ranked(found: Iterable[Recommendation], rank: Rank) -> list[Recommendation]:
    """The recommendations in order, best first."""
    order: dict[Rank, Callable[[Recommendation], float]] = {
        "affinity": lambda one: -one.confidence,
        "popular": lambda one: -(one.visit_rate or 0),
        "recent": _age,
    }
    weight = order[rank]
    return sorted(found, key=lambda one: (round(weight(one), 9), _age(one), one.document.address))


def shuffled(found: Iterable[Recommendation], seed: str) -> list[Recommendation]:
    """The recommendations in the order that a seed gives."""
    return sorted(found, key=lambda one: hashlib.sha256(f"{seed}\0{one.document.address}".encode()).digest())


def _age(one: Recommendation) -> float:
    published = one.document.published
    return -published.timestamp() if published else 0.0

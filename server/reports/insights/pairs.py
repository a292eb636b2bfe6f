"""Audience pairs, which the vendor calls compositional: who is in one audience and in another, and who converts.

Looked at are the `MOST` audiences of one's own that have most members. With n visitors, a and b members, and ab both,
as far as both audiences have at least `LEAST` members and neither names the other in an INCLUDE:

    alike      ab is at least four fifths of a + b - ab
    together   ab is at least `LEAST_BOTH`, and at least twice what chance would give, a * b / n
    apart      chance would give at least `LEAST_BOTH`, and ab is at most a quarter of it

And of each experience, with r reached, c converted, and ra and ca of these in an audience: `LEAST` <= ra,
`LEAST_BOTH` <= ca, ra < r, and ca / ra is at least one and a half times c / r.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from understudy.server.experiences.segments import experience_audiences
from understudy.server.platform.audience import USERS
from understudy.server.platform.audiences import AudienceBook, default_audiences
from understudy.server.platform.filterql import Statement, includes
from understudy.server.platform.filterql.nodes import And, Include
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.insights.card import Card, percent
from understudy.server.reports.subjects import Subject

MOST, LEAST, LEAST_BOTH = 10, 20, 10


def own_audiences(book: AudienceBook, subjects: Sequence[Subject]) -> list[str]:
    """The slugs of audiences that are neither the vendor's nor made for an experience."""
    made = {one.slug for one in experience_audiences(each.experience for each in subjects if each.experience)}
    given = {one.slug for one in default_audiences()}
    own = (slug for slug, one in book.items() if slug not in given and one.statement.table == USERS)
    return [slug for slug in own if slug not in made]


def pairs(evidence: Evidence, book: AudienceBook) -> Iterator[Card]:
    """The cards of pairs, then those of who converts."""
    population = evidence.population
    sizes = {slug: having(population.masks, bit) for slug, bit in _bits(evidence)}
    chosen = sorted((slug for slug in sizes if sizes[slug] >= LEAST), key=lambda slug: (-sizes[slug], slug))[:MOST]
    bits = dict(_bits(evidence))
    for one, other in combinations(chosen, 2):
        both = having(population.masks, bits[one] | bits[other])
        if not (_names(book, one, other) or _names(book, other, one)):
            yield from _pair(book, (one, other), (sizes[one], sizes[other], both, population.visitors))
    for subject in evidence.subjects:
        for slug in chosen:
            yield from _who_converts(book, evidence, subject, slug, bits[slug])


def having(masks: Counter[int], bits: int) -> int:
    """How many visitors have all of these bits."""
    return sum(count for mask, count in masks.items() if mask & bits == bits)


def _bits(evidence: Evidence) -> list[tuple[str, int]]:
    return [(slug, 1 << place) for place, slug in enumerate(evidence.population.audiences)]


def _names(book: AudienceBook, one: str, other: str) -> bool:
    found = (book.find(include.slug) for include in includes(book[one].statement.phrase))
    return any(audience is not None and audience.slug == other for audience in found)


def _pair(book: AudienceBook, slugs: tuple[str, str], counts: tuple[int, int, int, int]) -> Iterator[Card]:
    a, b, ab, n = counts
    chance = a * b / n
    first, second = (book[slug].name for slug in slugs)
    if 5 * ab >= 4 * (a + b - ab):
        found = ("alike", f"{first} and {second} are nearly the same", "Keep one of them, or see why they differ.")
    elif ab >= LEAST_BOTH and ab * n >= 2 * a * b:
        found = ("together", f"{first} and {second} go together", "Aim at both at once with the audience below.")
    elif a * b >= LEAST_BOTH * n and 4 * ab * n <= a * b:
        found = ("apart", f"{first} and {second} hardly meet", "Give each an experience of its own.")
    else:
        return
    kind, title, advice = found
    yield Card(
        kind="audience_pair",
        about=" ".join(sorted(slugs)),
        title=title,
        text=f"{ab:,} are in both, {a:,} in the first and {b:,} in the second; chance would give {chance:,.1f}.",
        advice=advice,
        numbers={"relation": kind, "first": a, "second": b, "both": ab, "visitors": n, "lift": round(ab / chance, 2)},
        weight=max(ab / chance, chance / max(ab, 1)),
        audiences=slugs,
        filterql="" if kind == "apart" else str(_both(slugs)),
    )


def _both(slugs: tuple[str, str]) -> Statement:
    alias = "_and_".join(slugs).replace("-", "_")
    return Statement(And(tuple(Include(slug) for slug in slugs)), alias=alias)


def _who_converts(book: AudienceBook, evidence: Evidence, subject: Subject, slug: str, bit: int) -> Iterator[Card]:
    reached, converted = evidence.population.reached[subject.id], evidence.population.converted[subject.id]
    r, c = reached.total(), converted.total()
    ra, ca = having(reached, bit), having(converted, bit)
    if ra < LEAST or ca < LEAST_BOTH or ra == r or 2 * ca * r < 3 * c * ra:
        return
    name = book[slug].name
    yield Card(
        kind="who_converts",
        about=f"{subject.id} {slug}",
        title=f"{subject.label} works best for {name}",
        text=f"Of those reached, {percent(ca / ra)} of {name} converted, and {percent(c / r)} of all.",
        advice=f"Aim it, or a variation of it, at {slug}.",
        numbers={"reached": r, "converted": c, "reached_in_audience": ra, "converted_in_audience": ca},
        weight=(ca / ra) / (c / r),
        experience=subject.id,
        audiences=(slug,),
    )

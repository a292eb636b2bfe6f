"""The audiences that come with experiences (platform.md 2.4 to 2.6): like any other, so that others may INCLUDE them.

    orc_experience_<widget id>_reach        has seen the widget
    orc_experience_<widget id>_conversion   has done what the widget asks for
    orc_experience_<id>_fixed               whom the experience is for: its audience without those it excludes
    orc_experience_<id>_target              of these, who has converted neither here nor by a sibling
    orc_experience_<id>_decision            of these, who has been shown it

A variation is a widget, so it has its own reach and conversion; those of its experience are its variations' together.
Siblings are the experiences of one stage, or of one campaign without stages; an experience is its own sibling. Slugs
begin as those that the vendor makes up do (platform.md 5.2); what follows is UNKNOWN, and is our own.

They are kept from browsers, but for the target of an experience in a group: its widgets are aimed at that, so who
has converted sees no more of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from understudy.server.platform.audience import Audience
from understudy.server.platform.filterql import Statement
from understudy.server.platform.filterql.nodes import And, Binary, Ident, Include, MatchAll, Not, Or, Phrase
from understudy.server.platform.filterql.nodes import Literal as Value
from understudy.widgets.experience import EVERYONE, Experience, target_slug

Measure = Literal["reach", "conversion", "fixed", "target", "decision"]
_KEPT = 2048  # experiences
COUNTS: dict[Measure, str] = {"reach": "ly_impressions", "conversion": "ly_conversions"}
NAMES: dict[Measure, str] = {
    "reach": "Reached",
    "conversion": "Converted",
    "fixed": "Meant",
    "target": "Meant and not converted",
    "decision": "Meant, not converted and shown",
}


def segment_slug(of: str, measure: Measure) -> str:
    """The slug of an audience that comes with an experience or a widget of this id."""
    return target_slug(of).removesuffix("target") + measure


def reach_audience(widget_id: str, label: str = "") -> Audience:
    """Who has seen a widget."""
    return _counted(widget_id, "reach", label)


def conversion_audience(widget_id: str, label: str = "") -> Audience:
    """Who has done what a widget asks for."""
    return _counted(widget_id, "conversion", label)


def measured(widgets: Iterable[str], measure: str) -> Phrase:
    """The condition of whom any of these widgets has `reached`, `converted`, or reached and `not_converted`."""
    ids = tuple(widgets)
    reached = _any_of(reach_audience(widget).statement.phrase for widget in ids)
    converted = _any_of(conversion_audience(widget).statement.phrase for widget in ids)
    return {"reached": reached, "converted": converted}.get(measure) or And((reached, Not(converted)))


def _any_of(phrases: Iterable[Phrase]) -> Phrase:
    found = tuple(phrases)
    return found[0] if len(found) == 1 else Or(found)


def experience_audiences(experiences: Iterable[Experience]) -> list[Audience]:
    """All audiences that come with these experiences, which are all there are."""
    every = list(experiences)
    siblings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in every:
        if any(one.group):
            siblings[one.group].append(one.id)
    return [found for one in every for found in _of_one(_meant(one, siblings[one.group] or [one.id]))]


class _Meant(NamedTuple):
    """What the audiences of an experience follow from: `variations` and the `inverse` are ids with their labels."""

    id: str
    label: str
    variations: tuple[tuple[str, str], ...]
    inverse: tuple[tuple[str, str], ...]
    audience: str
    exclude: tuple[str, ...]
    siblings: tuple[str, ...]
    grouped: bool


def _meant(one: Experience, siblings: list[str]) -> _Meant:
    label = one.label
    inverse = () if one.inverse is None else ((one.inverse.id, f"{label}, outside of the audience"),)
    variations = tuple((each.id, f"{label}, {each.label}") for each in one.variations)
    return _Meant(one.id, label, variations, inverse, one.audience, tuple(one.exclude), tuple(siblings), any(one.group))


@lru_cache(maxsize=_KEPT)  # the same ones in every world, so that what follows from each is worked out once
def _of_one(one: _Meant) -> tuple[Audience, ...]:
    return tuple(_all_of(one))


def _all_of(one: _Meant) -> Iterator[Audience]:
    for widget, title in (*(one.variations or [(one.id, one.label)]), *one.inverse):
        yield reach_audience(widget, title)
        yield conversion_audience(widget, title)
    if one.variations:
        for measure in COUNTS:
            together = Or(tuple(Include(segment_slug(widget, measure)) for widget, _ in one.variations))
            yield _audience(one.id, measure, one.label, together)
    meant: Phrase = MatchAll() if one.audience == EVERYONE else Include(one.audience)
    excluded = (Not(Include(slug)) for slug in one.exclude)
    yield _audience(one.id, "fixed", one.label, And((meant, *excluded)))
    left = (Not(Include(segment_slug(other, "conversion"))) for other in one.siblings)
    target = And((Include(segment_slug(one.id, "fixed")), *left))
    yield _audience(one.id, "target", one.label, target, public=one.grouped)
    shown = And((Include(segment_slug(one.id, "target")), Include(segment_slug(one.id, "reach"))))
    yield _audience(one.id, "decision", one.label, shown)


def _counted(widget_id: str, measure: Measure, label: str) -> Audience:
    return _audience(widget_id, measure, label, Binary(">", Ident((COUNTS[measure], widget_id)), Value(0)))


def _audience(of: str, measure: Measure, label: str, phrase: Phrase, *, public: bool = False) -> Audience:
    slug, name = segment_slug(of, measure), f"{NAMES[measure]}: {label or of}"
    kind = "conversion" if measure == "conversion" else "segment"
    options: dict[str, str | int | float | bool] = {"name": name, "is_public": public, "kind": kind}
    return Audience(slug, name, public, Statement(phrase, options=options, alias=slug))

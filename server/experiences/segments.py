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
from typing import Literal

from understudy.server.platform.audience import Audience
from understudy.server.platform.filterql import Statement
from understudy.server.platform.filterql.nodes import And, Binary, Ident, Include, MatchAll, Not, Or, Phrase
from understudy.server.platform.filterql.nodes import Literal as Value
from understudy.widgets.experience import EVERYONE, Experience, target_slug

Measure = Literal["reach", "conversion", "fixed", "target", "decision"]
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


def experience_audiences(experiences: Iterable[Experience]) -> list[Audience]:
    """All audiences that come with these experiences, which are all there are."""
    every = list(experiences)
    siblings: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in every:
        if any(one.group):
            siblings[one.group].append(one.id)
    return [found for one in every for found in _of_one(one, siblings[one.group] or [one.id])]


def _of_one(one: Experience, siblings: list[str]) -> Iterator[Audience]:
    label = one.label
    inverse = () if one.inverse is None else ((one.inverse.id, f"{label}, outside of the audience"),)
    variations = [(each.id, f"{label}, {each.label}") for each in one.variations]
    for widget, title in (*(variations or [(one.id, label)]), *inverse):
        yield reach_audience(widget, title)
        yield conversion_audience(widget, title)
    if variations:
        for measure in COUNTS:
            together = Or(tuple(Include(segment_slug(widget, measure)) for widget, _ in variations))
            yield _audience(one.id, measure, label, together)
    meant: Phrase = MatchAll() if one.audience == EVERYONE else Include(one.audience)
    excluded = (Not(Include(slug)) for slug in one.exclude)
    yield _audience(one.id, "fixed", label, And((meant, *excluded)))
    left = (Not(Include(segment_slug(other, "conversion"))) for other in siblings)
    yield _audience(one.id, "target", label, And((_include(one, "fixed"), *left)), public=any(one.group))
    yield _audience(one.id, "decision", label, And((_include(one, "target"), _include(one, "reach"))))


def _include(one: Experience, measure: Measure) -> Include:
    return Include(segment_slug(one.id, measure))


def _counted(widget_id: str, measure: Measure, label: str) -> Audience:
    return _audience(widget_id, measure, label, Binary(">", Ident((COUNTS[measure], widget_id)), Value(0)))


def _audience(of: str, measure: Measure, label: str, phrase: Phrase, *, public: bool = False) -> Audience:
    slug, name = segment_slug(of, measure), f"{NAMES[measure]}: {label or of}"
    kind = "conversion" if measure == "conversion" else "segment"
    options: dict[str, str | int | float | bool] = {"name": name, "is_public": public, "kind": kind}
    return Audience(slug, name, public, Statement(phrase, options=options, alias=slug))

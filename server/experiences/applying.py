"""Which experiences are for a visitor, as the answer of personalization tells them (tag.md 5.5, 5.7).

How the vendor picks them is UNKNOWN. Here they are those that are live, and whose audience is among what the visitor's
browser may know, in the order in which they come to a page. It decides by the same, so nothing new is told by them.
"""

from collections.abc import Collection

from understudy.server.experiences.names import api_id
from understudy.server.site import Site
from understudy.widgets.candidates import by_priority
from understudy.widgets.experience import EVERYONE, Experience
from understudy.widgets.fields import parse_instant


def applying(site: Site, segments: Collection[str]) -> list[dict[str, str]]:
    """The ids and slugs of the experiences for whoever is in these audiences."""
    now = site.now
    live = (one for one in by_priority(site.experiences.shown(site)) if one.published and _has_begun(one, now))
    return [
        {"experience_id": api_id(site.account, "experience", one.id), "experience_slug": one.id}
        for one in live
        if _is_for(one, segments)
    ]


def _has_begun(one: Experience, now: float) -> bool:
    start = parse_instant(one.dates.start) if one.dates.start else None
    return start is None or start.timestamp() * 1000 <= now


def _is_for(one: Experience, segments: Collection[str]) -> bool:
    audience, excluded = one.aim
    return (audience == EVERYONE or audience in segments) and not any(slug in segments for slug in excluded)

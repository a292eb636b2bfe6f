"""Which experiences are for a visitor, as the answer of personalization tells them (tag.md 5.5, 5.7).

How the vendor picks them is UNKNOWN. Here they are those that are live, and whose audience is among what the visitor's
browser may know, in the order in which they come to a page. It decides by the same, so nothing new is told by them.
"""

from collections.abc import Collection

from understudy.server.experiences.names import api_id
from understudy.server.experiences.states import milliseconds
from understudy.server.site import Site
from understudy.widgets.candidates import by_priority
from understudy.widgets.experience import EVERYONE, Experience


def applying(site: Site, segments: Collection[str]) -> list[dict[str, str]]:
    """The ids and slugs of the experiences for whoever is in these audiences."""
    now, account, inside = site.now, site.account, frozenset(segments)
    fitting = [one for one in site.experiences.shown(site) if one.published and _is_for(one, inside)]
    return [
        {"experience_id": api_id(account, "experience", one.id), "experience_slug": one.id}
        for one in by_priority(fitting)
        if (milliseconds(one.dates.start) or now) <= now
    ]


def _is_for(one: Experience, segments: frozenset[str]) -> bool:
    audience, excluded = one.aim
    return (audience == EVERYONE or audience in segments) and segments.isdisjoint(excluded)

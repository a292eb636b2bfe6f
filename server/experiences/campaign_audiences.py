"""Audiences from campaign data (platform.md 2.5): who was reached or converted by some widgets and not by others.

    POST /__understudy__/api/experiences/audience
    {"any": [{"of": "offer-a", "measure": "not_converted"}, {"of": "offer-b", "measure": "converted"}]}

answers the FilterQL of "reached by the first and not converted, or converted by the second", to be saved as a file of
`audiences/` or sent to `/api/segment`. `all` in place of `any` wants all of it; `"exclude": true` turns a rule round.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.envelope import success
from understudy.server.experiences.body import BodyError
from understudy.server.experiences.handling import named, object_in
from understudy.server.experiences.segments import measured
from understudy.server.platform.filterql import Statement
from understudy.server.platform.filterql.nodes import And, Not, Or, Phrase
from understudy.server.site import Site, site_of

MOST = 50
MEASURES = ("reached", "converted", "not_converted")


async def audience_route(request: Request) -> Response:
    """The FilterQL of the rules that the body has."""
    return success({"filterql": str(Statement(phrase_of(site_of(request), await object_in(request))))})


def phrase_of(site: Site, body: Mapping[str, Any]) -> Phrase:
    """The condition of some rules; raises `BodyError`, and a 404 for an experience that is not there."""
    joined = [key for key in ("any", "all") if key in body]
    rules = body[joined[0]] if len(joined) == 1 else None
    if not isinstance(rules, list) or not 1 <= len(rules) <= MOST:
        raise BodyError(f'The body must be {{"any": […]}} or {{"all": […]}}, with 1 to {MOST} rules.')
    phrases = tuple(_rule(site, rule) for rule in rules)
    if len(phrases) == 1:
        return phrases[0]
    return Or(phrases) if joined == ["any"] else And(phrases)


def _rule(site: Site, rule: object) -> Phrase:
    if not isinstance(rule, Mapping) or not isinstance(rule.get("of"), str):
        raise BodyError('A rule must be {"of": "<id of an experience or variation>", "measure": "reached"}.')
    measure = rule.get("measure", MEASURES[0])
    if measure not in MEASURES:
        raise BodyError(f"measure cannot be {str(measure)[:40]!r}. Choose one of {', '.join(MEASURES)}.")
    phrase = measured(widgets_of(site, rule["of"]), measure)
    return Not(phrase) if rule.get("exclude") is True else phrase


def widgets_of(site: Site, name: str) -> tuple[str, ...]:
    """The widget of an id, or all variations of the experience of an id."""
    one = named(site, name)
    return (name,) if name in set(one.widget_ids) - {one.id} else one.shown_ids

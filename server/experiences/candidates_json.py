"""`/api/experience/candidate`: what may be shown now, with the figures of the last six hours (platform.md 2.6).

The vendor keeps an answer for ten minutes; here each is made afresh, for who asks has just changed something.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.envelope import success
from understudy.server.experiences.objects import CHANNEL, PROVIDER, shown
from understudy.server.reports.periods import HOUR, Period
from understudy.server.reports.tally import Tally, figures
from understudy.server.site import Site, site_of
from understudy.widgets.candidates import by_priority
from understudy.widgets.experience import Experience

HOURS = 6
METRICS = ("reach", "impressions", "converted", "conversions")


async def candidate_route(request: Request) -> Response:
    """The published experiences of a `vehicle` (`pathfora`) and a `channel` (`web`)."""
    site, query = site_of(request), request.query_params
    if query.get("vehicle", PROVIDER) != PROVIDER or query.get("channel", CHANNEL) != CHANNEL:
        return success([])
    live = [one for one in by_priority(site.experiences.shown(site)) if one.published]
    metrics = await asyncio.to_thread(recent, site, live)
    return success([{**shown(site, one), "metrics": metrics[one.id]} for one in live])


def recent(site: Site, experiences: Sequence[Experience]) -> dict[str, dict[str, Any]]:
    """What happened with each experience's widgets in the last hours, by its id."""
    now = site.now
    period = Period("hour", HOURS, int(now // HOUR))
    tallies = {widget: Tally() for one in experiences for widget in one.shown_ids}
    for act in site.platform.acts():
        tally = tallies.get(act.widget)
        if tally is not None and now - HOURS * HOUR <= act.time <= now:
            tally.add(act, period)
    counted = {one.id: figures([tallies[widget] for widget in one.shown_ids], None) for one in experiences}
    return {own: {name: getattr(found, name) for name in METRICS} for own, found in counted.items()}

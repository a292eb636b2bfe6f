"""`/__understudy__/api/reports…`: the reports as JSON, in the vendor's envelope.

`?by=hour|day` and `?last=<how many>` choose the period of what is told over time; figures are of all time. Times are
ISO 8601 in UTC, rates are from 0 to 1, or null where nobody is there to convert.

    GET reports             {now, period, visitors, campaigns: [{campaign, experiences: [id], figures}],
                             experiences: [experience], others: [experience]}
    GET reports/<id>        {now, period, series: [{id, label, points: [point]}], outside_of_period,
                             recently_converted: [happening], history: [happening], audiences: [text]} and an experience
    GET reports/insights    [card]

    period      {by, last, from, to, time_zone}
    experience  {id, label, status, notes, figures, variations: [{id, label, outside, figures}]}, and where a file or
                the API has made it {campaign, stage, tactic, tactic_label, counts_as_conversion, audience,
                exclude, dates, file, line}
    figures     {potential, reach, impressions, converted, conversions, closes, cancels, hovers, rate,
                rate_of_potential};
                reach, potential and converted are visitors, the others are events
    point       {start, impressions, reach, conversions, converted, rate}, see `series`
    happening   {event_id, time, profile, visitor, variation, event, action}, the latest first
    text        {of, label, measure, slug, filterql, file}: an audience, ready to be saved
    card        {id, kind, about, title, text, advice, numbers, weight, experience, audiences, expires_at, filterql}

`others` are widgets that events tell of and no experience has. An experience called `insights` is told by `reports`.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.envelope import success
from understudy.server.platform.codec import from_ms
from understudy.server.reports.asked import answered, detail_for, evidence_for, insights_for
from understudy.server.reports.overview import overview_json
from understudy.server.site import site_of

BASE = "/__understudy__/api/reports"
NO_STORE = {"Cache-Control": "no-store"}


async def overview_route(request: Request) -> Response:
    """All experiences in figures."""
    evidence = await evidence_for(request)
    return success(overview_json(evidence, from_ms(site_of(request).now)), headers=NO_STORE)


async def detail_route(request: Request) -> Response:
    """One experience, by its id or that of one of its variations."""
    detail = await detail_for(request)
    return success(detail.as_json(from_ms(site_of(request).now)), headers=NO_STORE)


async def insights_route(request: Request) -> Response:
    """The insight cards, the most pressing first."""
    _, cards = await insights_for(site_of(request))
    return success([card.as_json() for card in cards], headers=NO_STORE)


API_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, answered(overview_route)),
    Route(f"{BASE}/insights", answered(insights_route)),
    Route(f"{BASE}/{{id:path}}", answered(detail_route)),  # pages may call their widgets what they like
)

"""What a request for a report asks of a site. What takes a while is done in a thread, so events are collected on."""

import asyncio
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import Endpoint, guarded
from understudy.server.envelope import failure
from understudy.server.platform.errors import StoreError
from understudy.server.reports.detail import Detail, detail_of
from understudy.server.reports.evidence import Evidence, gather
from understudy.server.reports.insights.card import Card
from understudy.server.reports.insights.cards import cards_of, gather_insights
from understudy.server.reports.periods import ReportError, period_of
from understudy.server.reports.subjects import subjects_of
from understudy.server.site import Site, site_of


def answered(endpoint: Endpoint) -> Endpoint:
    """An endpoint for who may use the API, whose refusals become answers in the envelope."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except (ReportError, StoreError) as error:
            return failure(*told(error))

    return guarded(answer)


def told(error: HTTPException | ReportError | StoreError) -> tuple[int, str]:
    """The status and the message of a refusal."""
    if isinstance(error, HTTPException):
        return error.status_code, error.detail
    return 503 if isinstance(error, StoreError) else 400, str(error)


async def evidence_for(request: Request) -> Evidence:
    """What is known of the period that the address asks for; raises `ReportError`."""
    site = site_of(request)
    period = period_of(request.query_params, site.now)
    return await asyncio.to_thread(gather, site.platform, subjects_of(site), period)


async def detail_for(request: Request) -> Detail:
    """The report that the address asks for; raises a 404 when nothing is known by that id."""
    site, wanted = site_of(request), request.path_params["id"]
    evidence = await evidence_for(request)
    known_by_api = site.experiences.find(site, wanted)
    subject = evidence.subject(known_by_api.id if known_by_api else wanted)
    if subject is None:
        known = ", ".join(one.id for one in (*evidence.subjects, *evidence.strays)[:20]) or "none yet"
        raise HTTPException(404, f"There is no experience or widget {wanted[:80]!r}. There is: {known}.")
    return await asyncio.to_thread(detail_of, subject, evidence, site.platform)


async def insights_for(site: Site) -> tuple[Evidence, list[Card]]:
    """The insight cards of a site, and what they were made of."""
    evidence = await asyncio.to_thread(gather_insights, site.platform, subjects_of(site), site.now)
    return evidence, cards_of(evidence, site.platform)

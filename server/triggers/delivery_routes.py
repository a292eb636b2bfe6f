"""`/__understudy__/api/webhooks…`: jobs, and what became of what they sent, for tests and the debugger.

`GET` answers `{"jobs": […], "deliveries": […]}`, the newest delivery first. Parameters: `job`, `outcome`, `limit`, and
`wait`, for up to that many seconds until no job has anything left to send. `DELETE` forgets deliveries, and
`POST …/<job>/start` lets a job that has failed try again.
"""

import asyncio
from contextlib import suppress
from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.site import Site, site_of
from understudy.server.triggers.job import WebhookJob

BASE = "/__understudy__/api/webhooks"
USUAL, MOST = 100, 1000
LONGEST_WAIT_S = 30.0
NO_STORE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def list_route(request: Request) -> Response:
    """`GET` the jobs and what they sent; `DELETE` forgets what they sent."""
    site, query = site_of(request), request.query_params
    if request.method == "DELETE":
        site.triggers.log.clear()
    await settled(site, query.get("wait", ""))
    found = (
        delivery
        for delivery in reversed(list(site.triggers.log))
        if query.get("job", delivery.job) == delivery.job and query.get("outcome", delivery.outcome) == delivery.outcome
    )
    limit = int(number_of(query.get("limit", ""), USUAL, MOST))
    deliveries = [delivery.as_json() for delivery in islice(found, limit)]
    sizes = site.platform.outbox.sizes()
    jobs = [job_view(site, job, sizes.get(job.key, 0)) for job in site.triggers.jobs(site)]
    return JSONResponse({"jobs": jobs, "deliveries": deliveries}, headers=NO_STORE)


async def start_route(request: Request) -> Response:
    """Let a job that has failed try again."""
    site, key = site_of(request), request.path_params["job"]
    job = next((job for job in site.triggers.jobs(site) if job.key == key), None)
    if job is None:
        raise HTTPException(404, f"There is no job {key[:80]!r}. GET {BASE} lists them.")
    if site.triggers.dispatcher is not None:
        await site.triggers.dispatcher.restart(key)
    return JSONResponse(job_view(site, job, site.platform.outbox.sizes().get(key, 0)), headers=NO_STORE)


async def settled(site: Site, wait: str) -> None:
    """Wait until no job has anything left to send, for as long as was asked."""
    if site.triggers.dispatcher is not None and wait:
        with suppress(TimeoutError):
            async with asyncio.timeout(number_of(wait, 0, LONGEST_WAIT_S)):
                await site.triggers.dispatcher.idle()


def number_of(text: str, usual: float, most: float) -> float:
    """A number of the address, from 0 to the most there can be."""
    try:
        value = float(text or usual)
    except ValueError:
        value = -1
    if not 0 <= value <= most:
        raise HTTPException(400, f"{text[:20]!r} is no number from 0 to {most:g}.")
    return value


def job_view(site: Site, job: WebhookJob, waiting: int) -> dict[str, object]:
    """A job, how it is, and how many notices wait for it."""
    dispatcher = site.triggers.dispatcher
    runner = dispatcher.runners.get(job.key) if dispatcher else None
    return {
        "key": job.key,
        "label": job.label,
        "file": job.file,
        "workflow": job.workflow,
        "segment_ids": job.segment_ids,
        "status": runner.status if runner else "stopped",
        "error": runner.error if runner else "",
        "filling": bool(runner and runner.filling),
        "waiting": waiting,
    }


DELIVERY_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, guarded(list_route), methods=["GET", "DELETE"]),
    Route(f"{BASE}/{{job}}/start", guarded(start_route), methods=["POST"]),
)

"""`/api/subscription…`: the vendor's older way of asking for what audiences do (platform.md 4.5).

A subscription is a job that lasts until the server ends. `segmentql` makes an audience of its own for it, of which
browsers are not told. There is no Kinesis here: what a subscription of that channel would send is kept in memory.
"""

from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server import segment_object
from understudy.server.access import guarded
from understudy.server.envelope import success
from understudy.server.platform.codec import rfc3339
from understudy.server.platform.filterql import FilterQLError
from understudy.server.segment_object import SegmentError
from understudy.server.site import Site, site_of
from understudy.server.triggers.addresses import MEMORY
from understudy.server.triggers.answers import model_in, object_in
from understudy.server.triggers.authorization import HIDDEN, Authorization, header_fault
from understudy.server.triggers.job import WebhookJob
from understudy.widgets.fields import Strict

BASE = "/api/subscription"
MOST_SUBSCRIPTIONS = 100
LIKE = '{"segment_ids": ["high_value"], "webhook_url": "https://…"}'


class Subscription(Strict):
    """What is posted."""

    name: str = ""
    description: str = ""
    channel: Literal["webhook", "kinesis"] = "webhook"
    segment_ids: list[str] = Field([])
    segmentql: str = ""
    webhook_url: str = ""
    headers: dict[str, str] = Field({})
    withbackfill: bool = False
    user_fields: list[str] = Field([], description="An addition of ours, as jobs have it.")


async def list_route(request: Request) -> Response:
    """`GET` all subscriptions, `POST` a new one."""
    site = site_of(request)
    if request.method == "GET":
        return success([answer_of(site, key) for key in site.triggers.subscriptions])
    wanted = model_in(Subscription, await object_in(request, LIKE))
    if len(site.triggers.subscriptions) >= MOST_SUBSCRIPTIONS:
        raise HTTPException(429, f"There are {MOST_SUBSCRIPTIONS} subscriptions, the most there can be. Delete some.")
    if bool(wanted.segment_ids) is bool(wanted.segmentql):
        raise HTTPException(400, "Give segment_ids or segmentql, and not both.")
    job = job_of(wanted, audiences_of(site, wanted))
    shown = {**wanted.model_dump(), "segment_ids": job.segment_ids, "created": rfc3339(site.now)}
    shown["headers"] = dict.fromkeys(wanted.headers, HIDDEN)
    return success(answer_of(site, site.triggers.subscribe(job, shown)))


async def one_route(request: Request) -> Response:
    """`GET` or `DELETE` a subscription."""
    site, key = site_of(request), request.path_params["id"]
    if key not in site.triggers.subscriptions:
        raise HTTPException(404, f"There is no subscription {key[:80]!r}. GET {BASE} lists them.")
    answer = answer_of(site, key)
    if request.method == "DELETE":
        if site.triggers.subscriptions[key][1]["segmentql"]:
            site.platform.remove_audience(site.triggers.subscriptions[key][0].segment_ids[0])
        site.triggers.unsubscribe(key)
    return success(answer)


def job_of(wanted: Subscription, audiences: list[str]) -> WebhookJob:
    """The job that a subscription is."""
    url = wanted.webhook_url if wanted.channel == "webhook" else f"{MEMORY}kinesis"
    if not url:
        raise HTTPException(400, "webhook_url is missing. Give the address to call.")
    for name, value in wanted.headers.items():
        if fault := header_fault(name, value):
            raise HTTPException(400, f"headers: {fault}.")
    headers = {"webhook_request_headers": "\n".join(f"{name}: {value}" for name, value in wanted.headers.items())}
    stated: dict[str, Any] = {
        "label": wanted.name,
        "description": wanted.description,
        "segment_ids": audiences,
        "webhook_url": url,
        "withbackfill": wanted.withbackfill,
        "user_fields": wanted.user_fields,
    }
    return model_in(WebhookJob, {**stated, "authorization": model_in(Authorization, headers)})


def audiences_of(site: Site, wanted: Subscription) -> list[str]:
    """The slugs of a subscription's audiences; makes one where it brings a text of its own."""
    book = site.platform.audiences
    if not wanted.segmentql:
        found = {name: segment_object.find(site.account, book, name) for name in wanted.segment_ids}
        if missing := next((name for name, audience in found.items() if audience is None), None):
            raise HTTPException(422, f"segment_ids: there is no audience with the id or slug {missing[:80]!r}.")
        return [audience.slug for audience in found.values() if audience]
    slug = f"subscription_{len(book)}"
    while slug in book:
        slug += "_"
    try:
        job_of(wanted, [slug])  # whatever else is wrong is told before there is an audience
        audience = segment_object.wanted({"segment_ql": wanted.segmentql, "slug_name": slug, "is_public": False})
    except (FilterQLError, SegmentError) as error:
        raise HTTPException(422, f"segmentql: {error}") from None
    wrong = segment_object.reasons(site.platform.audiences_with(audience))
    if audience.slug in wrong:
        raise HTTPException(422, f"segmentql: {wrong[audience.slug]}.")
    site.platform.put_audience(audience)
    return [audience.slug]


def answer_of(site: Site, key: str) -> dict[str, object]:
    """A subscription as JSON."""
    _, shown = site.triggers.subscriptions[key]
    return {"id": key, "account_id": site.account, **shown}


SUBSCRIPTION_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, guarded(list_route), methods=["GET", "POST"]),
    Route(f"{BASE}/{{id}}", guarded(one_route), methods=["GET", "DELETE"]),
)

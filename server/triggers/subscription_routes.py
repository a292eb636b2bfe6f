"""`/api/subscription…`: the vendor's older way of asking for what audiences do (platform.md 4.5).

A subscription is a job, and on record until it is deleted. What it brings in `segmentql` becomes an audience.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.envelope import success
from understudy.server.platform.filterql import FilterQLError
from understudy.server.segments import vendor_object
from understudy.server.segments.vendor_object import SegmentError
from understudy.server.site import Site, site_of
from understudy.server.triggers.answers import model_in, object_in
from understudy.server.triggers.subscription import Noted, Wish, job_of

BASE = "/api/subscription"
MOST_SUBSCRIPTIONS = 100
LIKE = '{"segment_ids": ["high_value"], "webhook_url": "https://…"}'


async def list_route(request: Request) -> Response:
    """`GET` all subscriptions, `POST` a new one."""
    site = site_of(request)
    if request.method == "GET":
        return success([one.as_json(site.account) for one in site.triggers.subscriptions(site).values()])
    wanted = model_in(Wish, await object_in(request, LIKE))
    if len(site.triggers.subscriptions(site)) >= MOST_SUBSCRIPTIONS:
        raise HTTPException(429, f"There are {MOST_SUBSCRIPTIONS} subscriptions, the most there can be. Delete some.")
    if bool(wanted.segment_ids) is bool(wanted.segmentql):
        raise HTTPException(400, "Give segment_ids or segmentql, and not both.")
    noted = Noted(wish=wanted, audiences=await audiences_of(site, wanted), created=site.now)
    return success((await site.triggers.subscribe(site, noted)).as_json(site.account))


async def one_route(request: Request) -> Response:
    """`GET` or `DELETE` a subscription."""
    site, key = site_of(request), request.path_params["id"]
    found = site.triggers.subscriptions(site).get(key)
    if found is None:
        raise HTTPException(404, f"There is no subscription {key[:80]!r}. GET {BASE} lists them.")
    if request.method == "DELETE":
        await site.triggers.unsubscribe(site, key)
        if found.own_audience:
            await site.platform.remove_audience(found.own_audience)
    return success(found.as_json(site.account))


async def audiences_of(site: Site, wanted: Wish) -> list[str]:
    """The slugs of a subscription's audiences; makes one where it brings a text of its own."""
    book = site.platform.audiences
    if not wanted.segmentql:
        found = {name: vendor_object.find(site.account, book, name) for name in wanted.segment_ids}
        if missing := next((name for name, audience in found.items() if audience is None), None):
            raise HTTPException(422, f"segment_ids: there is no audience with the id or slug {missing[:80]!r}.")
        return [audience.slug for audience in found.values() if audience]
    slug = f"subscription_{len(book)}"
    while slug in book:
        slug += "_"
    try:
        job_of(wanted, [slug])  # whatever else is wrong is told before there is an audience
        audience = vendor_object.wanted({"segment_ql": wanted.segmentql, "slug_name": slug, "is_public": False})
    except (FilterQLError, SegmentError) as error:
        raise HTTPException(422, f"segmentql: {error}") from None
    wrong = vendor_object.reasons(site.platform.audiences_with(audience))
    if audience.slug in wrong:
        raise HTTPException(422, f"segmentql: {wrong[audience.slug]}.")
    await site.platform.put_audience(audience)
    return [audience.slug]


SUBSCRIPTION_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, guarded(list_route), methods=["GET", "POST"]),
    Route(f"{BASE}/{{id}}", guarded(one_route), methods=["GET", "DELETE"]),
)

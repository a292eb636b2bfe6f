"""`/api/content/recommend/…`: documents for a visitor or an audience, best first (platform.md 3.7; tag.md 5.6).

The form with an account is for browsers: pages that may read profiles may read it, by CORS or as JSONP. The others are
for servers, such as the feed of a mail programme, and are guarded as everything is that needs a token at the vendor.
A visitor nobody knows yet is answered too, with what is newest. The vendor's limits of requests are kept where
`[limits]` asks for it.
"""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.content.asking import check_account, place_of
from understudy.server.content.catalog import Catalog
from understudy.server.content.library_routes import LIBRARY_ROUTES
from understudy.server.content.parameters import RefusedError, Wanted, read_parameters
from understudy.server.content.ranking import Recommendation
from understudy.server.content.recommending import (
    Place,
    Reader,
    answer_of,
    reader_of,
    readers_of,
    recommend,
)
from understudy.server.envelope import failure, success
from understudy.server.limits import MINUTE, SECOND, refused
from understudy.server.origins import cors_headers
from understudy.server.personalize import jsonp
from understudy.server.platform.codec import from_ms
from understudy.server.platform.errors import StoreError
from understudy.server.public_api import require_public
from understudy.server.segments.vendor_object import find
from understudy.server.site import Site, site_of


async def visitor_route(request: Request) -> Response:
    """Documents for a visitor, for browsers."""
    site = site_of(request)
    headers = cors_headers(request.headers, site.settings.domains)
    require_public(site, headers)
    if refusal := over_limit(site, headers):
        return refusal
    try:
        data = await documents(request, site)
    except RefusedError as error:
        return failure(error.status, str(error), headers=headers)
    callback = request.query_params.get("callback")
    if callback is None:
        return success(data, headers=headers)
    return jsonp(request, callback, {"data": data, "message": "success", "status": 200})


@guarded
async def feed_route(request: Request) -> Response:
    """Documents for a visitor or an audience, for servers."""
    site = site_of(request)
    if refusal := over_limit(site):
        return refusal
    try:
        return success(await documents(request, site))
    except RefusedError as error:
        return failure(error.status, str(error))


def over_limit(site: Site, headers: dict[str, str] | None = None) -> Response | None:
    """The refusal of one recommendation too many."""
    limits = site.settings.limits
    spans = ((SECOND, limits.recommend_per_second), (MINUTE, limits.recommend_per_minute))
    wait = site.limits.wait("recommend", site.now, *spans)
    taken = f"{limits.recommend_per_second or 'any'} a second, {limits.recommend_per_minute or 'any'} a minute"
    return refused(wait, taken, headers) if wait else None


async def documents(request: Request, site: Site) -> list[dict[str, object]]:
    """The answer's documents; raises `RefusedError`."""
    check_account(request, site)
    now, place = from_ms(site.now), place_of(request, site)
    catalog = site.content.catalog(site)
    wanted = read_parameters(request.query_params, catalog.book, now)
    try:
        found = await best(request, site, catalog, wanted, place, now)
    except StoreError as error:
        raise RefusedError(503, str(error)) from error
    return [answer_of(one, place, catalog) for one in found]


async def best(
    request: Request, site: Site, catalog: Catalog, wanted: Wanted, place: Place, now: datetime
) -> list[Recommendation]:
    """The documents for whom the address names, in order; raises `RefusedError` and `StoreError`."""
    reader = await reader_for(request, site)
    popular = wanted.rank == "popular" and not wanted.shuffle
    counted = site.popularity.visits if popular else site.popularity.at_hand
    visits = await counted(site.platform)
    return recommend(catalog, wanted, reader, place, now, visits)


async def reader_for(request: Request, site: Site) -> Reader:
    """The visitor or the audience that the address names. There are no unknown visitors, only new ones."""
    path = request.path_params
    if "segment" not in path:
        profile = site.platform.profile(path["field"], path["value"], computed=False)
        return reader_of(profile.fields if profile else {}, path["value"])
    book, name = site.platform.audiences, path["segment"]
    audience = book.find(name) or find(site.account, book, name)
    if audience is None:
        raise RefusedError(404, f"No such segment: {name[:80]!r}. GET /api/segment lists them, by id and slug.")
    return readers_of(await site.popularity.visits(site.platform, audience.slug), audience.slug)


CONTENT_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/content/recommend/user/{field}/{value:path}", feed_route),
    Route("/api/content/recommend/segment/{segment}", feed_route),
    Route("/api/content/recommend/{account}/user/{field}/{value:path}", visitor_route),
    *LIBRARY_ROUTES,
)

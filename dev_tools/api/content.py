"""`GET /__understudy__/api/content?url=&uid=`: how a page is classified, and what is recommended to a visitor.

Answers `{"document", "recommended"}` as the vendor's content API tells documents. `document` is null for a page that
nothing is known of; `recommended` are at most ten, best first, each with its `confidence` and whether it was `visited`.
"""

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import Endpoint, answer, wanted
from understudy.server.content.asking import place_of
from understudy.server.content.library_routes import found_at
from understudy.server.content.parameters import read_parameters
from understudy.server.content.recommending import answer_of, reader_of, recommend
from understudy.server.platform.codec import from_ms
from understudy.server.site import site_of

PLAIN = QueryParams("limit=10")


async def content_route(request: Request) -> Response:
    """`GET content`: a page as it is classified, and what its visitor would be recommended."""
    site, url = site_of(request), wanted(request.query_params, "url")
    uid = request.query_params.get("uid", "")
    catalog, place, now = site.content.catalog(site), place_of(request, site), from_ms(site.now)
    known = found_at([url], catalog, place)["urls"]
    profile = site.platform.profile("_uid", uid, computed=False) if uid else None
    reader = reader_of(profile.fields if profile else {}, uid)
    best = recommend(catalog, read_parameters(PLAIN, catalog.book, now), reader, place, now)
    return answer(
        {
            "document": next(iter(known), None) if isinstance(known, list) else None,
            "recommended": [answer_of(one, place, catalog) for one in best],
        }
    )


CONTENT_API: list[tuple[str, str, Endpoint]] = [("GET", "content", content_route)]

"""`/api/personalize/<cid>/<table>/<field>/<value>`: the visitor's profile as the browser may see it (tag.md 5.5).

The vendor's exact URL is UNKNOWN; this is the shape that its sibling endpoints have. Only allow-listed fields and
public audiences are answered. A `callback` asks for JSONP, which legacy pages use.
"""

import re

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.collect import posted
from understudy.server.envelope import failure, success
from understudy.server.origins import cors_headers
from understudy.server.platform.decoder import EventTooLarge, decode_fields
from understudy.server.site import site_of

CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*){0,4}")
ALWAYS_PUBLIC = ("_uid",)


async def personalize_route(request: Request) -> Response:
    """Decide for one visitor, with the request's own payload taken into account but not stored."""
    site = site_of(request)
    domains = site.workspace.settings.domains
    try:
        raw = request.url.query if request.method == "GET" else await posted(request)
        payload = decode_fields(raw)
    except EventTooLarge as error:
        return failure(413, str(error), headers=cors_headers(request.headers, domains))
    callback = payload.pop("callback", None)
    answer = decide(site, request.path_params, payload)
    if callback is None:
        return success(answer.pop("data"), headers=cors_headers(request.headers, domains), **answer)
    return jsonp(request, str(callback), {**answer, "message": "success", "status": 200})

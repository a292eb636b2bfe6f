"""`/api/personalize/<cid>/<table>/<field>/<value>`: the visitor's profile as the browser may see it (tag.md 5.5).

The vendor's exact URL is UNKNOWN; this is the shape that its sibling endpoints have. Only allow-listed fields and
public audiences are answered, and the experiences for whoever is in those. A `callback` asks for JSONP, which pages of
older tags use.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import JAVASCRIPT
from understudy.server.bodies import BodyTooSlow
from understudy.server.collect import message_of
from understudy.server.envelope import failure, success
from understudy.server.experiences.applying import applying
from understudy.server.faults import hides_audiences
from understudy.server.origins import cors_headers, may_include
from understudy.server.platform.decoder import EventTooLarge, decode_fields
from understudy.server.platform.errors import StoreError
from understudy.server.platform.profile import visible
from understudy.server.public_api import decided, public_fields, require_public
from understudy.server.site import Site, site_of

CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,63}(\.[A-Za-z_$][\w$]{0,63}){0,4}")
TABLE = "user"


async def personalize_route(request: Request) -> Response:
    """Decide for one visitor; the request's own payload counts for this decision and is not stored."""
    site = site_of(request)
    settings = site.settings
    headers = cors_headers(request.headers, settings.domains)
    require_public(site, headers)
    try:
        payload = decode_fields(await message_of(request))
    except EventTooLarge as error:
        return failure(413, str(error), headers=headers)
    except BodyTooSlow as error:
        return failure(408, str(error), headers=headers)
    callback = payload.pop("callback", None)
    try:
        body = await decide(site, request.path_params, payload)
    except StoreError as error:
        return failure(503, str(error), headers=headers)
    if hides_audiences(request.scope):
        body["data"] |= {TABLE: {**body["data"][TABLE], "segments": []}, "experiences": []}
    if callback is None:
        return success(body["data"], headers=headers, meta=body["meta"])
    return jsonp(request, str(callback), {**body, "message": "success", "status": 200})


async def decide(site: Site, path: Mapping[str, str], payload: Mapping[str, object]) -> dict[str, Any]:
    """The answer's `data` and `meta`; raises a 404 for a table other than `user`."""
    if path["table"] != TABLE:
        raise HTTPException(404, f"No such table: {path['table']!r}. Profiles are in {TABLE!r}.")
    allowed = public_fields(site)
    decision = await decided(site, path["field"], path["value"], payload, allowed)
    shown = visible(decision.fields, allowed)
    segments = list(decision.segments)
    data = {TABLE: {**shown, "segments": segments}, "experiences": applying(site, segments)}
    return {"data": data, "meta": {"by_fields": [path["field"]], "format": "json", "name": TABLE}}


def jsonp(request: Request, callback: str, body: Mapping[str, Any]) -> Response:
    """The answer as a call of `callback`; refused for a bad name, and for a page that may not read across origins.

    A script needs no permission to be included, so the page is known only by the headers that browsers add.
    """
    if not CALLBACK.fullmatch(callback):
        return failure(400, f"callback={callback[:80]!r} is not a function's name; use letters, digits, _, $ and dots.")
    if not may_include(request.headers, site_of(request).settings.domains):
        return failure(
            403, "This page may not read profiles. List its host name in `domains`, at the top of understudy.toml."
        )
    text = json.dumps(body, separators=(",", ":")).replace("<", "\\u003c")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return Response(f"/**/{callback}({text});", media_type=JAVASCRIPT, headers=headers)

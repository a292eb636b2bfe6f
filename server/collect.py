"""`/c/<cid>[/<stream>]`: event collection, as an image's query string or as a posted form (tag.md 5.2).

The answer is sent after the event is committed: an image that has loaded is an event that is stored.
"""

import base64
import time
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.envelope import failure
from understudy.server.origins import cors_headers
from understudy.server.platform.decoder import MAX_EVENT_BYTES, EventTooLarge, decode_event
from understudy.server.platform.errors import StoreError
from understudy.server.site import Site, site_of

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
FORM_FIELD = "_js="


async def collect_route(request: Request) -> Response:
    """Store one event and answer with a 1x1 image; errors come in the vendor's envelope, with nothing stored."""
    site = site_of(request)
    headers = cors_headers(request.headers, site.workspace.settings.domains)
    try:
        raw = request.url.query if request.method == "GET" else await posted(request)
        return await store(site, request.path_params.get("stream"), raw, headers)
    except EventTooLarge as error:
        return failure(413, str(error), headers=headers)


async def store(site: Site, stream: str | None, raw: str, headers: dict[str, str]) -> Response:
    """Decode, commit, acknowledge."""
    event = decode_event(raw, site.account, stream or "default", time.time() * 1000)
    try:
        await site.platform.collect(event)
    except StoreError as error:
        return failure(507, str(error), headers=headers)
    return Response(PIXEL, media_type="image/gif", headers={**headers, "Cache-Control": "no-store"})


async def posted(request: Request) -> str:
    """The event text of a POST: the form's `_js` field, or the whole body when it is not a form (`sendBeacon`)."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > 3 * MAX_EVENT_BYTES + len(FORM_FIELD):  # a form escapes each byte as at most three
            raise EventTooLarge(len(body))
    text = body.decode("utf-8", "replace")
    fields = dict(part.partition("=")[::2] for part in text.split("&")) if text.startswith(FORM_FIELD) else {}
    return unquote_plus(fields["_js"]) if fields else text

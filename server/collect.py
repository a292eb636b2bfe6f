"""`/c/<cid>[/<stream>]`: event collection, as an image's query string or as a posted form (tag.md 5.2).

The answer is sent after the event is committed: an image that has loaded is an event that is stored. A page of any
origin may read the status, so that the tag knows whether to send an event again; what a refusal says is for local pages
and listed domains alone, since it can name files.
"""

import base64
import time
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.envelope import failure
from understudy.server.origins import cors_headers, may_read
from understudy.server.platform.decoder import MAX_EVENT_BYTES, EventTooLarge, decode_event
from understudy.server.platform.errors import StoreError
from understudy.server.platform.facts import DEFAULT_STREAM
from understudy.server.site import site_of

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
FORM_FIELD = "_js="
ANYONE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
LONGEST_BODY = 3 * MAX_EVENT_BYTES + len(FORM_FIELD)  # a form escapes each byte as at most three


async def collect_route(request: Request) -> Response:
    """Store one event and answer with a 1x1 image; errors come in the vendor's envelope, with nothing stored."""
    site = site_of(request)
    try:
        raw = await message_of(request)
        stream = request.path_params.get("stream") or site.workspace.settings.stream or DEFAULT_STREAM
        await site.platform.collect(decode_event(raw, site.account, stream, time.time() * 1000))
        answer = Response(PIXEL, media_type="image/gif", headers={"Cache-Control": "no-store"})
    except EventTooLarge as error:
        answer = refusal(request, 413, str(error))
    except StoreError as error:
        answer = refusal(request, 507, str(error))
    answer.headers.update({**ANYONE, **cors_headers(request.headers, site.workspace.settings.domains)})
    return answer


def refusal(request: Request, status: int, message: str) -> Response:
    """An error's answer, whose message is left out for a page that may not read it."""
    origin = request.headers.get("origin")
    told = origin is None or may_read(origin, site_of(request).workspace.settings.domains)
    answer = failure(status, message)
    return answer if told else Response(status_code=status)


async def message_of(request: Request) -> str:
    """The text of a message: what was posted, else the query string, where bytes that are not UTF-8 become U+FFFD."""
    if request.method == "POST":
        return await posted(request)
    query: bytes = request.scope["query_string"]
    return query.decode("utf-8", "replace")


async def posted(request: Request) -> str:
    """The event text of a POST: the form's `_js` field, or the whole body when it is not a form (`sendBeacon`).

    Raises `EventTooLarge`, with the size of the body.
    """
    body, size = bytearray(), 0
    async for chunk in request.stream():  # to its end: a client that is still sending reads no answer
        size += len(chunk)
        if size <= LONGEST_BODY:
            body += chunk
    if size > LONGEST_BODY:
        raise EventTooLarge(size)
    text = body.decode("utf-8", "replace")
    fields = dict(part.partition("=")[::2] for part in text.split("&")) if text.startswith(FORM_FIELD) else {}
    return unquote_plus(fields["_js"]) if fields else text

"""`/c/<cid>[/<stream>]`: event collection, as an image's query string, a posted form, a beacon or JSON (tag.md 5.2).

The answer is sent after the event is committed: an image that has loaded is an event that is stored. A page of any
origin may read the status, so that the tag knows whether to send an event again; what a refusal says is for local pages
and listed domains alone, since it can name files.

`/c/provider/<name>` is where cookie-sync partners send a browser back with their id for it: an event of a stream of
that name (tag.md 5.9). Which of its parameters names the account is UNKNOWN; here there is only one.
"""

import base64
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import TOKEN_PARAMETERS
from understudy.server.agents import told
from understudy.server.bodies import BodyTooLarge, BodyTooSlow, read_body
from understudy.server.envelope import failure
from understudy.server.origins import cors_headers, may_read
from understudy.server.platform.decoder import MAX_EVENT_BYTES, EventTooLarge, decode_event
from understudy.server.platform.errors import StoreError
from understudy.server.platform.event import RawEvent
from understudy.server.platform.facts import DEFAULT_STREAM, event_time
from understudy.server.platform.json_events import decode_messages, looks_like_json
from understudy.server.site import Site, site_of

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
FORM_FIELD = "_js="
ANYONE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "600",
}
PIXEL_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-length", b"%d" % len(PIXEL)),
    (b"content-type", b"image/gif"),
)
LONGEST_BODY = 3 * MAX_EVENT_BYTES + len(FORM_FIELD)  # a form escapes each byte as at most three


class Pixel(Response):
    """The answer to what is stored: always the same, so it is not put together anew for each event."""

    status_code = 200
    body = PIXEL
    background = None

    def __init__(self) -> None:
        self.raw_headers = [*PIXEL_HEADERS]


async def collect_route(request: Request) -> Response:
    """Store what came and answer with a 1x1 image; errors come in the vendor's envelope, with nothing stored."""
    site = site_of(request)
    if request.method == "OPTIONS":  # a browser asks before it posts JSON
        answer = Response(status_code=204, headers=PREFLIGHT)
    else:
        answer = await collected(request, site, request.path_params.get("stream") or site.workspace.settings.stream)
    allowed = {**ANYONE, **cors_headers(request.headers, site.settings.domains)}
    if allowed["Access-Control-Allow-Origin"] != "*":
        allowed["Access-Control-Allow-Credentials"] = "true"  # `sendBeacon` always brings cookies along
    # None of these is there yet, so nothing is looked for as `answer.headers.update` would.
    answer.raw_headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in allowed.items()]
    return answer


async def provider_route(request: Request) -> Response:
    """A partner's id for a browser, in a stream named after the partner."""
    return await collected(request, site_of(request), request.path_params["name"])


async def collected(request: Request, site: Site, stream: str) -> Response:
    """Store what a request brings to a stream, and say how that went."""
    try:
        text = await message_of(request)
        if (token := site.workspace.settings.server.token) and request.method != "POST":
            text = without_token(text, token)
        events = by_clock(site, events_in(request, text, site, stream or DEFAULT_STREAM))
        events = by_agent(site, request.headers.get("user-agent", ""), events)
        if len(events) == 1:
            await site.platform.collect(events[0])
        else:
            await site.platform.collect_all(events)
        return Pixel()
    except EventTooLarge as error:
        return refusal(request, 413, str(error))
    except BodyTooSlow as error:
        return refusal(request, 408, str(error))
    except ValueError as error:
        return refusal(request, 400, str(error))
    except StoreError as error:
        return refusal(request, 507, str(error))


def without_token(text: str, token: str) -> str:
    """A query string without the server's own token, which other servers may send along and nobody is to read."""
    secrets = {f"{name}={token}" for name in TOKEN_PARAMETERS}
    return "&".join(part for part in text.split("&") if unquote_plus(part) not in secrets)


def events_in(request: Request, text: str, site: Site, stream: str) -> Sequence[RawEvent]:
    """The events of a request; raises `ValueError` when a body that should be JSON is none, or not of events alone."""
    account, received = site.account, site.now
    if request.method != "POST" or not looks_like_json(text):
        return (decode_event(text, account, stream, received),)
    messages = decode_messages(text)
    if refused := next((message.refused for message in messages if message.refused), ""):
        raise ValueError(f"Nothing was stored: {refused}.")
    return [RawEvent(account, stream, message.data, received, message.raw) for message in messages]


def by_clock(site: Site, events: Sequence[RawEvent]) -> Sequence[RawEvent]:
    """The events, which have happened by the site's clock although pages tell the time by theirs."""
    if site.clock.mode == "real":
        return events
    return [replace(one, time=site.clock.moment_of(event_time(one.data, one.received))) for one in events]


def by_agent(site: Site, agent: str, events: Sequence[RawEvent]) -> Sequence[RawEvent]:
    """The events with what the browser's name tells; none of a crawler, where the account does not want them."""
    options = site.settings.collection
    added = told(agent, options.user_agent)
    if not added:
        return events
    if "_uabot" in added and not options.bots:
        return ()
    return [
        replace(one, data=dict(one.data) | {key: text for key, text in added.items() if key not in one.data})
        for one in events
    ]


def refusal(request: Request, status: int, message: str) -> Response:
    """An error's answer, whose message is left out for a page that may not read it."""
    origin = request.headers.get("origin")
    readable = origin is None or may_read(origin, site_of(request).settings.domains)
    answer = failure(status, message)
    return answer if readable else Response(status_code=status)


async def message_of(request: Request) -> str:
    """The text of a message: what was posted, else the query string, where bytes that are not UTF-8 become U+FFFD."""
    if request.method == "POST":
        return await posted(request)
    query: bytes = request.scope["query_string"]
    return query.decode("utf-8", "replace")


async def posted(request: Request) -> str:
    """The event text of a POST: the form's `_js` field, or the whole body when it is not a form (`sendBeacon`).

    Raises `EventTooLarge`, with the size of the body, and `BodyTooSlow`.
    """
    try:
        text = await read_body(request, LONGEST_BODY)
    except BodyTooLarge as error:
        raise EventTooLarge(error.size) from None
    fields = dict(part.partition("=")[::2] for part in text.split("&")) if text.startswith(FORM_FIELD) else {}
    return unquote_plus(fields["_js"]) if fields else text

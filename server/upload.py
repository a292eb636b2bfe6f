"""`/collect/json/<stream>`: many events in one request, with counts of what was taken and what was not (tag.md 5.2).

A message that is no event is left out and counted; `rejected` says why of the first few, which the vendor's answer does
not. What its `droperrors` does is UNKNOWN; it is told back as it came. `timestamp_field` names the field with the
event's time; a message without one, or with one that is no time, counts as of now.
"""

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.bodies import read_body
from understudy.server.envelope import failure, success
from understudy.server.platform.codec import to_ms
from understudy.server.platform.errors import FieldError, StoreError
from understudy.server.platform.event import RawEvent
from understudy.server.platform.json_events import Message, decode_messages
from understudy.server.platform.kinds import coerce
from understudy.server.site import Site, site_of

LONGEST_BODY = 8_000_000
TOLD = 10  # reasons in one answer
TRUE = {"true", "1", "t"}


async def upload_route(request: Request) -> Response:
    """Take a body of events; `dryrun=true` only counts them."""
    text = await read_body(request, LONGEST_BODY)
    return await taken_in(request, lambda: decode_messages(text))


async def taken_in(request: Request, read: Callable[[], list[Message]]) -> Response:
    """Take the messages that `read` finds in a body, or only count them; it may raise `ValueError`."""
    site, query = site_of(request), request.query_params
    stream, when = request.path_params["stream"], query.get("timestamp_field", "")
    dryrun = query.get("dryrun", "").lower() in TRUE
    try:
        messages = read()
        taken = [message for message in messages if not message.refused]
        if not dryrun:
            await site.platform.collect_all(events_of(taken, site, stream, when))
    except ValueError as error:
        return failure(400, str(error))
    except StoreError as error:
        return failure(507, str(error))
    counts = {
        "message_count": len(taken),
        "rejected_count": len(messages) - len(taken),
        "content-type": request.headers.get("content-type", "application/json").partition(";")[0],
        "droperrors": query.get("droperrors", "").lower() in TRUE,
        "dryrun": dryrun,
        "timestamp_field": when,
        "filename": query.get("filename", ""),
    }
    return success({**counts, **told(messages)})


def told(messages: Iterable[Message]) -> dict[str, object]:
    """Why the first messages that were left out were: their places in the body, from 1, and the reasons."""
    reasons = [(place, one.refused) for place, one in enumerate(messages, 1) if one.refused]
    return {"rejected": [{"message": place, "reason": why} for place, why in reasons[:TOLD]]} if reasons else {}


def events_of(messages: Iterable[Message], site: Site, stream: str, when: str) -> list[RawEvent]:
    """The messages as events of a stream."""
    account, received = site.account, site.now
    return [
        RawEvent(account, stream, {**message.data, **stamp(message, when)}, received, message.raw)
        for message in messages
    ]


def stamp(message: Message, field: str) -> dict[str, object]:
    """`_ts` by the field that has the time of a message."""
    if field not in message.data:
        return {}
    try:
        return {"_ts": to_ms(coerce(field, "time", message.data[field]))}  # type: ignore[arg-type]  # a time, then
    except (FieldError, OverflowError, ValueError):
        return {}

"""Answers on their way into profiles: events of a stream of their own (platform.md 4.2).

An event is `{"origin": …, "response": …}`: whose answer it is, by the identities that the visitor is known by, and the
answer. What of it feeds which fields is for `[streams.webhook_enrichment.fields]` to say, by paths such as
`response.address.city`; so is whose profile it is, by `email = "origin.email"` or `_uid = "origin._uid"`.
"""

import json
from typing import TYPE_CHECKING

from understudy.server.bodies import json_in
from understudy.server.platform.errors import EventTooLarge
from understudy.server.platform.event import ORIGIN, RawEvent
from understudy.server.platform.ingest import DELIVERY_FIELD
from understudy.server.platform.outbox import Notice
from understudy.server.triggers.job import ENRICHMENT, WebhookJob
from understudy.server.triggers.payload import notice_id

if TYPE_CHECKING:
    from understudy.server.site import Site

BY_FIELDS = ("email", "uuid", "_uid")


async def take_in(site: "Site", job: WebhookJob, notice: Notice, text: str) -> str:
    """Write an answer to the job's stream, once; answers why it was not, or an empty text."""
    if not text.strip():
        return ""
    try:
        response = json_in(text)
    except ValueError as error:
        return f"the answer is not JSON: {error}"
    profile = site.platform.profile("_id", notice.profile or "", computed=False)
    if profile is None:
        return "the visitor is not known any more"
    origin = {name: profile.fields[name] for name in BY_FIELDS if name in profile.fields}
    # Were it sent twice, because the server died before that was on record, it would be stored once all the same.
    data = {ORIGIN: origin, "response": response, DELIVERY_FIELD: notice_id(site.account, notice)}
    event = RawEvent(site.account, job.stream or ENRICHMENT, data, site.now, json.dumps(data))
    try:
        await site.platform.collect(event)
    except EventTooLarge as error:
        return str(error)
    return ""

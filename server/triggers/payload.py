"""What is sent of a notice: the vendor's payloads, as they are or as CloudEvents (platform.md 4.1, 4.4).

What `id` is made from is UNKNOWN. Here it is the notice's own, the same each time that it is sent, so that a receiver
can tell that it has come before.
"""

import hashlib
import json
from typing import Any

from understudy.server.platform.codec import rfc3339
from understudy.server.platform.outbox import Notice
from understudy.server.segments.vendor_object import segment_id
from understudy.server.triggers.job import EXPORT, STREAM_EVENT, USER_EVENT, WebhookJob
from understudy.server.triggers.raising import DEFAULT_STREAM

CLOUD_EVENT, CLOUD_EVENTS = "application/cloudevents+json", "application/cloudevents-batch+json"
JSON = "application/json"


def subscription_id(account: str, job: WebhookJob) -> str:
    """A job's id, in hex."""
    return _digest(account, "job", job.key)


def notice_id(account: str, notice: Notice) -> str:
    """A notice's id, in hex."""
    return _digest(account, notice.job, notice.profile or "", str(notice.number), repr(notice.time))


def entity_of(account: str, job: WebhookJob, notice: Notice) -> dict[str, Any]:
    """What a template is given, and what `data` of the payload is: a visitor with what happened, or a raw event."""
    body = json.loads(notice.body)
    if job.workflow == EXPORT:
        event: dict[str, Any] = body["data"]
        return event
    events = [_segment_event(account, event, slug, notice.time) for event, slug in body["events"]]
    more = {"segments_all": [segment_id(account, slug) for slug in body["members"]]} if job.include_segs else {}
    return {**body["fields"], **more, "segment_events": events}


def payload_of(account: str, job: WebhookJob, notice: Notice) -> dict[str, Any]:
    """What is sent when there is no template."""
    data, name = entity_of(account, job, notice), notice_id(account, notice)
    subscription = subscription_id(account, job)
    exported = job.workflow == EXPORT
    if job.cloudevents:
        return {
            "specversion": "1.0",
            "id": name,
            # The vendor's own form of it, no path of a machine (platform.md 4.1).
            "source": job.cloudevents_source or f"/work/{subscription}",
            "type": job.cloudevents_type or (STREAM_EVENT if exported else USER_EVENT),
            "datacontenttype": JSON,
            "time": rfc3339(notice.time),
            "data": data,
        }
    meta = {
        "object": "event" if exported else "user",
        "subscription_id": (job.stream or DEFAULT_STREAM) if exported else subscription,
        "timestamp": rfc3339(notice.time),
    }
    return {"data": data, "id": name, "meta": meta} if exported else {"id": name, "data": data, "meta": meta}


def content_type(job: WebhookJob) -> str:
    """What a payload without a template is."""
    if not job.cloudevents:
        return JSON
    return CLOUD_EVENTS if job.batch_requests else CLOUD_EVENT


def _segment_event(account: str, event: str, slug: str, time: float) -> dict[str, str]:
    when = {} if event == "change" else {event: rfc3339(time)}
    return {"id": segment_id(account, slug), "event": event, "slug": slug, **when}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]

"""What the older API calls a subscription, and the job that it is (platform.md 4.5).

`segmentql` makes an audience of its own for it, of which browsers are not told. There is no Kinesis here: what a
subscription of that channel would send is kept in memory.
"""

from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import Field
from starlette.exceptions import HTTPException

from understudy.server.platform.codec import rfc3339
from understudy.server.triggers.addresses import MEMORY
from understudy.server.triggers.answers import model_in
from understudy.server.triggers.authorization import HIDDEN, Authorization, header_fault
from understudy.server.triggers.job import WebhookJob
from understudy.widgets.fields import Strict


class Wish(Strict):
    """What is posted."""

    name: str = ""
    description: str = ""
    channel: Literal["webhook", "kinesis"] = "webhook"
    segment_ids: list[str] = Field([])
    segmentql: str = ""
    webhook_url: str = ""
    headers: dict[str, str] = Field({})
    withbackfill: bool = False
    user_fields: list[str] = Field([], description="An addition of ours, as jobs have it.")


class Noted(Strict):
    """A subscription as it is on record."""

    wish: Wish
    audiences: list[str]
    created: float


@dataclass(frozen=True)
class Subscription:
    """One that was made: for what, and the job that came of it."""

    noted: Noted
    job: WebhookJob

    @classmethod
    def of(cls, key: str, noted: Noted) -> Self:
        """The subscription of a key; raises a 400 for what no job can be."""
        return cls(noted, job_of(noted.wish, noted.audiences).settled(key))

    @property
    def own_audience(self) -> str:
        """The slug of the audience that was made for it; empty when it has none of its own."""
        return self.job.segment_ids[0] if self.noted.wish.segmentql else ""

    def as_json(self, account: str) -> dict[str, object]:
        """As the API shows it."""
        shown = {**self.noted.wish.model_dump(), "segment_ids": self.job.segment_ids}
        shown["headers"] = dict.fromkeys(self.noted.wish.headers, HIDDEN)
        return {"id": self.job.key, "account_id": account, **shown, "created": rfc3339(self.noted.created)}


def job_of(wanted: Wish, audiences: list[str]) -> WebhookJob:
    """The job that a subscription is; raises a 400."""
    url = wanted.webhook_url if wanted.channel == "webhook" else f"{MEMORY}kinesis"
    if not url:
        raise HTTPException(400, "webhook_url is missing. Give the address to call.")
    for name, value in wanted.headers.items():
        if fault := header_fault(name, value):
            raise HTTPException(400, f"headers: {fault}.")
    headers = {"webhook_request_headers": "\n".join(f"{name}: {value}" for name, value in wanted.headers.items())}
    stated: dict[str, Any] = {
        "label": wanted.name,
        "description": wanted.description,
        "segment_ids": audiences,
        "webhook_url": url,
        "withbackfill": wanted.withbackfill,
        "user_fields": wanted.user_fields,
    }
    return model_in(WebhookJob, {**stated, "authorization": model_in(Authorization, headers)})

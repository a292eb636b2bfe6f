"""A job: what is sent where, when visitors enter and leave audiences or change. One file of `webhooks/` holds one.

The keys are those of the vendor's jobs (platform.md 4.1); `label`, `description`, `workflow`, `running`, `sink`,
`authorization`, `stream` and `template_config` are where its editor and its API say the same in other places.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, PrivateAttr

from understudy.server.personas import FieldName
from understudy.server.triggers.addresses import MEMORY, fault_of
from understudy.server.triggers.authorization import Authorization
from understudy.server.triggers.templates import SUFFIXES
from understudy.widgets.documents import Document, parse_document
from understudy.widgets.fields import Slug, Strict, matching, refuse
from understudy.widgets.places import Place
from understudy.widgets.problems import Finding, Problem
from understudy.widgets.validation import validate

Workflow = Literal["webhook_triggers", "webhook_enrichment", "event_stream_export"]
TRIGGERS: Workflow = "webhook_triggers"
ENRICHMENT: Workflow = "webhook_enrichment"
EXPORT: Workflow = "event_stream_export"
_ABOUT_VISITORS = ("segment_ids", "audience_events", "user_fields", "field_changes", "withbackfill", "include_segs")
MOST_FIELDS = 75
MOST_BATCH, LONGEST_FLUSH_S, MOST_WORKERS = 1000, 300, 20
NEVER_RETRIED = frozenset({400, 404, 413})
USER_EVENT, STREAM_EVENT = "com.lytics.audience.user.event", "com.lytics.stream.event"


def is_template(text: str) -> bool:
    """Whether an address is the name of a template that gives it: a file, or an id of the API's."""
    return re.fullmatch(r"[0-9a-f]{32}", text) is not None or (
        "/" not in text and PurePosixPath(text).suffix in SUFFIXES
    )


def _url(text: str) -> str:
    if is_template(text):
        return text
    if fault := fault_of(text):
        hint = f"write an https address, an http one on this machine, {MEMORY!r}, or a template's file"
        raise refuse(f"{fault}, in {text!r}", hint)
    return text


Url = Annotated[str, AfterValidator(_url)]
Status = Annotated[int, Field(ge=100, le=599)]
TemplateId = Annotated[
    str, matching(r"[\w.-]{1,128}", "not a template's name", "write a file of webhooks/, such as crm.js")
]
Stream = Annotated[str, matching(r"[\w-]{1,64}", "not a stream's name", "use letters, digits, '-' and '_'")]


class WebhookJob(Strict):
    """What is sent where, and when."""

    label: str = Field("", description="What people call it; by default the file's name.")
    description: str = Field("", description="What it is for.")
    workflow: Workflow = Field(
        TRIGGERS, description="Tell of audiences, take answers into profiles, or pass events on."
    )
    running: bool = Field(True, description="Whether it does anything.")
    segment_ids: list[Slug] = Field([], description="Its audiences, by slug or id.")
    webhook_url: Url = Field(
        description="Where to: https, http on this machine, `memory:` to only keep what would be sent, or a template."
    )
    http_method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = Field("POST", description="The HTTP method.")
    audience_events: Literal["", "enters_only", "exits_only"] = Field(
        "", description="Which of the two; empty is both."
    )
    template_id: TemplateId = Field("", description="A template beside it that makes what is sent.")
    user_fields: list[FieldName] = Field([], description="Profile fields to send; empty is all.")
    field_changes: list[FieldName] = Field(
        [], max_length=MOST_FIELDS, description="Fields of members whose change is an event too, up to 75."
    )
    withbackfill: bool | None = Field(
        None, description="Whether those who are in already are sent as entering: by default for enrichment alone."
    )
    include_segs: bool = Field(False, description="Whether `segments_all` is sent, the ids of all their audiences.")
    batch_requests: bool = Field(False, description="Whether several are sent at once, as an array.")
    batch_size: int = Field(10, ge=1, le=MOST_BATCH, description="How many at once.")
    batch_flush_duration: int = Field(5, ge=1, le=LONGEST_FLUSH_S, description="Seconds that the first of them waits.")
    worker_count: int = Field(5, ge=1, le=MOST_WORKERS, description="How many requests are under way at a time.")
    do_not_retry: list[Status] = Field([], description="Statuses that are final, besides 400, 404 and 413.")
    cloudevents: bool = Field(False, description="Whether they are sent as CloudEvents.")
    cloudevents_type: str = Field("", description="The type of those, instead of the vendor's.")
    cloudevents_source: str = Field("", description="Their source, instead of the job.")
    sink: bool = Field(False, description="Whether what would be sent is only kept in memory.")
    authorization: Authorization = Field(Authorization(), description="What its requests prove themselves with.")
    stream: Stream = Field("", description="The stream that answers are written to, or whose events are passed on.")
    template_config: dict[str, Any] = Field(
        {}, description="What templates find with `jobConfGet`, besides these keys."
    )

    _source: Document = PrivateAttr(Document(""))
    _key: str = PrivateAttr("")

    @property
    def file(self) -> str:
        """The file it was read from, relative to the workspace; empty for one that the API has made."""
        return self._source.name

    @property
    def key(self) -> str:
        """What it is called in the store, and in addresses of the API."""
        return self._key

    @property
    def backfills(self) -> bool:
        """Whether those who are in its audiences when it first runs are sent."""
        wanted = self.workflow == ENRICHMENT if self.withbackfill is None else self.withbackfill
        return wanted and self.workflow != EXPORT

    @property
    def config(self) -> dict[str, Any]:
        """What templates know of it."""
        own = self.model_dump(exclude={"authorization", "template_config"})
        return {**own, **self.template_config}

    def place(self, *path: str | int) -> Place:
        """Where the key at `path` stands in its file."""
        return self._source.places.key(path)

    def settled(self, key: str, source: Document | None = None) -> "WebhookJob":
        """The same with its key, and its file remembered."""
        job = self.model_copy(update={"label": self.label or key})
        job._key = key
        job._source = source or Document("")
        return job


def job_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    """Rules between keys."""
    workflow = data.get("workflow", TRIGGERS)
    if workflow == EXPORT:
        for key in (one for one in _ABOUT_VISITORS if one in data):
            yield Finding((key,), None, f"{key!r} is about visitors, and {EXPORT} passes events on", "remove it")
    elif not data.get("segment_ids"):
        yield Finding(("segment_ids",), None, "the job has no audience", "list one or more in segment_ids")
    if workflow == ENRICHMENT:
        yield from _enrichment_findings(data)
    elif workflow == TRIGGERS and data.get("stream"):
        yield Finding(("stream",), None, f"{TRIGGERS} has no stream", f"remove it, or write workflow: {EXPORT}")


def _enrichment_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    if data.get("http_method") == "DELETE":
        yield Finding(("http_method",), "DELETE", "an enrichment cannot DELETE: it needs an answer", "write POST")
    if not data.get("user_fields"):
        yield Finding(("user_fields",), None, "an enrichment sends only the fields it lists", "list user_fields")
    if data.get("batch_requests"):
        yield Finding(("batch_requests",), None, "an enrichment asks for one visitor at a time", "remove it")


def read_job(raw: bytes, name: str) -> tuple[WebhookJob | None, list[Problem]]:
    """The job in a file's bytes, and all of its problems; None when there is any."""
    document = parse_document(raw, name)
    job, problems = validate(WebhookJob, document, findings=job_findings(document.data or {}))
    return (None if job is None else job.settled(PurePosixPath(name).stem, document)), problems

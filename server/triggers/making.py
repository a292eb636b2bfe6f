"""What a request to a job's address is: the payload, or what its template makes of it (platform.md 4.1, 4.3).

Where the vendor's pages are silent: a GET has no body; a template that gives nothing leaves its event out; of several
events in one request the first decides where it goes.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from understudy.server.platform.outbox import Notice
from understudy.server.triggers.addresses import fault_of
from understudy.server.triggers.authorization import Secrets, header_fault
from understudy.server.triggers.job import ENRICHMENT, EXPORT, WebhookJob, is_template
from understudy.server.triggers.payload import JSON, content_type, entity_of, payload_of
from understudy.server.triggers.sandbox import TemplateError
from understudy.server.triggers.templates import Template

TEXT = "text/plain; charset=utf-8"
_URL, _HEADERS, _BODY = "ly_template_url", "ly_template_headers", "ly_template_body"


@dataclass(frozen=True)
class Outgoing:
    """A request as it is sent, without what it proves itself with."""

    method: str
    url: str
    headers: dict[str, str]
    body: str | None


@dataclass
class Made:
    """What notices came to: one request, unless all of them were left out, each for a reason."""

    request: Outgoing | None
    omitted: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Maker:
    """Makes a job's requests. `template` finds a template by its id, and `render` gives its value for a task."""

    account: str
    job: WebhookJob
    secrets: Secrets
    template: Callable[[str], Template | None]
    render: Callable[[Mapping[str, object]], Any]
    now: Callable[[], float]

    async def make(self, notices: Sequence[Notice]) -> Made:
        """The request for notices; raises `TemplateError`."""
        made = Made(None)
        entities: list[dict[str, Any]] = []
        values: list[Any] = []
        for notice in notices:
            entity = entity_of(self.account, self.job, notice)
            try:
                value = await self._value(notice, entity)
            except TemplateError as error:
                if error.kind != "assert":
                    raise
                made.omitted.append(str(error))
                continue
            if value is None:
                made.omitted.append("the template gives nothing for it")
            else:
                entities.append(entity)
                values.append(value)
        if values:
            made.request = await self._request(entities[0], values)
        return made

    async def _value(self, notice: Notice, entity: dict[str, Any]) -> Any:
        if self.job.template_id:
            return await self._rendered(self.job.template_id, entity)
        if self.job.workflow == ENRICHMENT:
            return {name: value for name, value in entity.items() if name != "segment_events"}
        return payload_of(self.account, self.job, notice)

    async def _request(self, entity: dict[str, Any], values: list[Any]) -> Outgoing:
        job, stated = self.job, values[0] if isinstance(values[0], dict) else {}
        url = stated.get(_URL) or job.webhook_url
        if _URL not in stated and is_template(job.webhook_url):
            url = await self._rendered(job.webhook_url, entity)
        if not isinstance(url, str) or (fault := fault_of(url)):
            reason = fault if isinstance(url, str) else "not a text"
            raise TemplateError(f"the template's address cannot be called: {reason}, in {str(url)[:200]!r}")
        bodies = [value.get(_BODY) if is_directed(value) else value for value in values]
        kind = content_type(job) if not job.template_id else JSON
        body = json.dumps(bodies if job.batch_requests else bodies[0])
        if not job.batch_requests and isinstance(bodies[0], str) and self._is_text(stated):
            body, kind = bodies[0], TEXT
        headers = with_headers({"Content-Type": kind, "User-Agent": "Understudy"}, headers_of(stated))
        return Outgoing(job.http_method, url, headers, None if job.http_method == "GET" else body)

    def _is_text(self, stated: Mapping[str, object]) -> bool:
        template = self.template(self.job.template_id)
        return _BODY in stated or (template is not None and template.type == "handlebars")

    async def _rendered(self, name: str, entity: dict[str, Any]) -> Any:
        template = self.template(name)
        if template is None:
            raise TemplateError(f"there is no template {name!r}; add it to webhooks/, or make it by the API")
        return await asyncio.to_thread(self.render, self.task(template, entity))

    def task(self, template: Template, entity: Mapping[str, Any]) -> dict[str, object]:
        """What the sandbox needs to render a template for an event."""
        config = self.job.config
        return {
            "type": template.type,
            "source": template.source,
            "entity": entity,
            "token": self.secrets.token,
            "now": self.now(),
            "ly_job_config": config,
            "ly_auth_config": self.secrets.config(),
            "ly_segment_association": config.get("segment_association"),
            "ly_event_stream": self.job.stream if self.job.workflow == EXPORT else None,
        }


def is_directed(value: object) -> bool:
    """Whether a template's value says where it goes, and the body is one of its keys."""
    return isinstance(value, dict) and not {_URL, _HEADERS, _BODY}.isdisjoint(value)


def headers_of(stated: Mapping[str, Any]) -> dict[str, str]:
    """The headers that a template asks for; raises `TemplateError`."""
    headers = stated.get(_HEADERS) or {}
    if not isinstance(headers, Mapping):
        raise TemplateError(f"{_HEADERS} must be an object of headers")
    found = {str(name): str(value) for name, value in headers.items()}
    for name, value in found.items():
        if fault := header_fault(name, value):
            raise TemplateError(f"{_HEADERS}: {fault}")
    return found


def with_headers(below: Mapping[str, str], above: Mapping[str, str]) -> dict[str, str]:
    """Headers with others in place of those of the same name, which has no case."""
    names = {name.lower() for name in above}
    return {**{name: value for name, value in below.items() if name.lower() not in names}, **above}


def with_parameters(url: str, parameters: Sequence[tuple[str, str]]) -> str:
    """An address with some more parameters."""
    if not parameters:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(parameters))))))

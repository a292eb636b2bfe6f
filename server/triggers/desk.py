"""What a site holds for its jobs: what the API has made, what became of requests, and who runs jobs while it is served.

Tests replace `sleep`, `transport` and `environment`: time, the network and secrets.
"""

import asyncio
import os
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from understudy.server.triggers.deliveries import DeliveryLog
from understudy.server.triggers.job import WebhookJob
from understudy.server.triggers.sandbox import Sandbox
from understudy.server.triggers.templates import TemplateShelf

if TYPE_CHECKING:
    import httpx2

    from understudy.server.site import Site
    from understudy.server.triggers.dispatcher import Dispatcher

MADE_BY_API = "api-"


class TriggerDesk:
    """The triggers of one site, as `site.triggers`."""

    def __init__(self) -> None:
        self.templates = TemplateShelf()
        self.subscriptions: dict[str, tuple[WebhookJob, Mapping[str, Any]]] = {}  # and as the API shows it
        self.log = DeliveryLog()
        self.sandbox = Sandbox()
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
        self.transport: httpx2.AsyncBaseTransport | None = None
        self.environment: Mapping[str, str] = os.environ
        self.dispatcher: Dispatcher | None = None  # while the site is served

    def jobs(self, site: "Site") -> Iterator[WebhookJob]:
        """Every job there is, those of the workspace first."""
        yield from site.workspace.webhooks.jobs
        yield from (job for job, _ in self.subscriptions.values())

    def subscribe(self, job: WebhookJob, shown: Mapping[str, Any]) -> str:
        """Let a job that the API has made count; answers its key."""
        key = f"{MADE_BY_API}{uuid.uuid4().hex}"
        self.subscriptions[key] = job.settled(key), shown
        self.changed()
        return key

    def unsubscribe(self, key: str) -> None:
        """Let a job that the API has made count no more."""
        del self.subscriptions[key]
        self.changed()

    def changed(self) -> None:
        """Jobs, or what they are about, may be others now."""
        if self.dispatcher is not None:
            self.dispatcher.changed()

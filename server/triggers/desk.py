"""What a site holds for its jobs: what the API has made, what became of requests, and who runs jobs while it is served.

Tests replace `sleep`, `transport` and `environment`: time, the network and secrets.
"""

import asyncio
import logging
import os
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from understudy.server.triggers.deliveries import DeliveryLog
from understudy.server.triggers.job import WebhookJob
from understudy.server.triggers.sandbox import Sandbox
from understudy.server.triggers.subscription import Noted, Subscription
from understudy.server.triggers.templates import TemplateShelf

if TYPE_CHECKING:
    import httpx2

    from understudy.server.site import Site
    from understudy.server.triggers.dispatcher import Dispatcher

log = logging.getLogger("understudy")
MADE_BY_API = "api-"
ROOM = "subscriptions"


class TriggerDesk:
    """The triggers of one site, as `site.triggers`."""

    def __init__(self) -> None:
        self.templates = TemplateShelf()
        self._subscriptions: dict[str, Subscription] | None = None  # None until they are read
        self.log = DeliveryLog()
        self.sandbox = Sandbox()
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
        self.transport: httpx2.AsyncBaseTransport | None = None
        self.environment: Mapping[str, str] = os.environ
        self.dispatcher: Dispatcher | None = None  # while the site is served

    def jobs(self, site: "Site") -> Iterator[WebhookJob]:
        """Every job there is, those of the workspace first."""
        yield from site.workspace.webhooks.jobs
        yield from (one.job for one in self.subscriptions(site).values())

    def subscriptions(self, site: "Site") -> dict[str, Subscription]:
        """Those that the API has made and that are on record, by key."""
        if self._subscriptions is None:
            self._subscriptions = dict(_read(site.platform.notes(ROOM)))
        return self._subscriptions

    async def subscribe(self, site: "Site", noted: Noted) -> Subscription:
        """Let a subscription count; raises a 400 or a `StoreError`."""
        key = f"{MADE_BY_API}{uuid.uuid4().hex}"
        made = Subscription.of(key, noted)
        await site.platform.note(ROOM, key, noted.model_dump_json())
        self.subscriptions(site)[key] = made
        self.changed()
        return made

    async def unsubscribe(self, site: "Site", key: str) -> None:
        """Let a subscription count no more; raises `StoreError`."""
        await site.platform.note(ROOM, key, None)
        self.subscriptions(site).pop(key, None)
        self.changed()

    def changed(self) -> None:
        """Jobs, or what they are about, may be others now."""
        if self.dispatcher is not None:
            self.dispatcher.changed()


def _read(notes: Mapping[str, str]) -> Iterator[tuple[str, Subscription]]:
    for key, text in notes.items():
        try:
            yield key, Subscription.of(key, Noted.model_validate_json(text))
        except (ValueError, HTTPException) as error:  # noted by another version
            log.warning("the subscription %s is left out: %s", key, error)

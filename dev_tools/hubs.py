"""A hub of server-sent events for each world, so that no page hears of another world's visitors."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from weakref import WeakKeyDictionary

from understudy.dev_tools.connected_pages import ConnectedPages
from understudy.dev_tools.debugger_views import event_message
from understudy.dev_tools.live_changes import experiences_message
from understudy.dev_tools.stream import Hub
from understudy.server.site import Site


class Hubs:
    """The hubs of a server; `make` makes one. `publish` and `close` may be called from any thread."""

    def __init__(self, make: Callable[[], Hub] = Hub) -> None:
        self._make = make
        self._hubs: WeakKeyDictionary[Site, Hub] = WeakKeyDictionary()
        self._pages: WeakKeyDictionary[Site, ConnectedPages] = WeakKeyDictionary()
        self._kept: dict[str, Mapping[str, object]] = {}
        self._closed = False

    def of(self, site: Site) -> Hub:
        """The hub of a world; a new one knows what was kept for all."""
        hub = self._hubs.get(site)
        if hub is None:
            hub = self._hubs[site] = self._make()
            for message in tuple(self._kept.values()):
                hub.publish(message, keep=True)
            if self._closed:
                hub.close()
        return hub

    def pages_of(self, site: Site) -> ConnectedPages:
        """The pages that listen to a world's hub."""
        pages = self._pages.get(site)
        if pages is None:
            pages = self._pages[site] = ConnectedPages(self.of(site))
        return pages

    def publish(self, message: Mapping[str, object], *, keep: bool = False) -> None:
        """Tell the pages of all worlds: the workspace on disk, which they share, has changed."""
        if keep:
            self._kept[str(message.get("type"))] = message
        for hub in tuple(self._hubs.values()):
            hub.publish(message, keep=keep)

    def close(self) -> None:
        """End every stream of every world, so that the server can stop."""
        self._closed = True
        for hub in tuple(self._hubs.values()):
            hub.close()

    @asynccontextmanager
    async def attend(self, site: Site) -> AsyncIterator[None]:
        """While this is open, a world's pages hear of its events; its streams end with the world."""
        hub = self.of(site)
        unsubscribe = site.platform.subscribe(lambda receipt: hub.publish(partial(event_message, receipt)))
        ignore_time = site.platform.subscribe_moved(lambda moved: hub.publish({"type": "moved", **moved.as_json()}))
        ignore_webhooks = site.triggers.log.subscribe(
            lambda delivery: hub.publish({"type": "webhook", **delivery.summary()})
        )
        ignore_api = site.experiences.subscribe(lambda old, new: _tell(hub, experiences_message(old, new)))
        try:
            yield
        finally:
            unsubscribe()
            ignore_api()
            ignore_webhooks()
            ignore_time()
            if site.closed:
                hub.close()


def _tell(hub: Hub, message: Mapping[str, object] | None) -> None:
    if message is not None:
        hub.publish(message)

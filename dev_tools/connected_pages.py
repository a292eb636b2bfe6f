"""The pages that listen to a world's live stream right now, and questions to them.

A page makes itself known by the stream that it opens anyway, so it asks for nothing more while nobody follows it. A
question goes to that one page by its stream, and the answer comes back as a request of its own.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from understudy.dev_tools.api.kit import ApiError
from understudy.dev_tools.stream import Hub

DASHBOARD = "dashboard"  # the name that all dashboards listen by
LATEST = "latest"
USUAL_WAIT_S = 15.0


@dataclass(eq=False)
class ConnectedPage:
    """One page load: its id is the page's own."""

    id: str
    address: str
    agent: str
    since: float
    asked: dict[int, "asyncio.Future[object]"] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """What a list of pages says of it."""
        return {"id": self.id, "address": self.address, "agent": self.agent, "since": round(self.since)}


class ConnectedPages:
    """The pages of one world, in the order in which they came."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._pages: dict[str, ConnectedPage] = {}
        self._numbers = itertools.count(1)
        self._relayed: set[asyncio.Task[None]] = set()
        self.followers = 0

    def __iter__(self) -> Iterator[ConnectedPage]:
        return iter(tuple(self._pages.values()))

    def get(self, name: str) -> ConnectedPage:
        """A page by its id, or the latest; raises `ApiError`."""
        found = next(reversed(self._pages.values()), None) if name == LATEST else self._pages.get(name)
        if found is None:
            raise ApiError(
                f"No page {name[:80]!r} is connected to this world. Open a page of this server, keep it in view, and "
                "look at GET /__understudy__/api/pages.",
                404,
            )
        return found

    async def present(self, page: ConnectedPage, frames: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """A page's stream; it is connected for as long as that is open."""
        before = self._pages.pop(page.id, None)
        if before:
            page.asked = before.asked  # it came back before its old stream ended
        self._pages[page.id] = page
        self._tell_list()
        try:
            async for frame in frames:
                yield frame
        finally:
            if self._pages.get(page.id) is page:
                del self._pages[page.id]
                for future in page.asked.values():
                    if not future.done():
                        future.set_exception(ApiError("The page went away before it answered.", 404))
            self._tell_list()

    async def followed(self, frames: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """A dashboard's stream; pages tell of their changes for as long as one is open."""
        with self._following():
            async for frame in frames:
                yield frame

    async def ask(self, page: ConnectedPage, of: str, question: str, given: list[object], wait: float) -> object:
        """Ask a page, and wait for its answer; raises `ApiError`."""
        number = next(self._numbers)
        future = page.asked[number] = asyncio.get_running_loop().create_future()
        self._hub.tell(page.id, {"type": "ask", "number": number, "of": of, "ask": question, "given": given})
        try:
            async with asyncio.timeout(wait):
                return await future
        except TimeoutError as error:
            raise ApiError(
                f"The page did not answer {question!r} within {wait:g} s; is its tab in view?", 504
            ) from error
        finally:
            del page.asked[number]

    def relay(self, page: ConnectedPage, question: str, given: list[object], ticket: str) -> None:
        """Ask a page, and tell dashboards the answer by their streams.

        A request that waited for it could keep the page's answer from being sent: a browser has few connections for
        one host, and page and dashboard may share them.
        """

        async def work() -> None:
            try:
                said: dict[str, object] = {"answer": await self.ask(page, "source", question, given, USUAL_WAIT_S)}
            except ApiError as error:
                said = {"error": str(error)}
            self._hub.tell(DASHBOARD, {"type": "answered", "ticket": ticket, **said})

        task = asyncio.create_task(work())
        self._relayed.add(task)
        task.add_done_callback(self._relayed.discard)

    def answered(self, page: ConnectedPage, number: object, answer: object, error: object) -> bool:
        """Hand an answer to whoever waits for it; answers whether somebody did."""
        future = page.asked.get(number) if isinstance(number, int) else None
        if future is None or future.done():
            return False
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(ApiError(str(error), 409))
        return True

    def changed(self, page: ConnectedPage, topics: list[object]) -> None:
        """Tell dashboards that something has changed in a page."""
        self._hub.tell(DASHBOARD, {"type": "changed", "page": page.id, "topics": topics})

    def _tell_list(self) -> None:
        self._hub.tell(DASHBOARD, {"type": "pages"})

    @contextmanager
    def _following(self) -> Iterator[None]:
        self.followers += 1
        if self.followers == 1:
            self._hub.publish({"type": "follow", "on": True}, keep=True)
        try:
            yield
        finally:
            self.followers -= 1
            if not self.followers:
                self._hub.publish({"type": "follow", "on": False}, keep=True)

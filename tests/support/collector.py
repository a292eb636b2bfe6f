"""The application on a real port, with faults to order for `/c/`, and pages with the tag under `/page`."""

import asyncio
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote_plus

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from understudy.server.app import create_app
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import Workspace

SECONDS = 20.0
Fault = Callable[[int], Response | None]


def refusing(status: int, times: int | None = None, **headers: str) -> Fault:
    """A fault that answers the first `times` requests like this, or all."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    # What a proxy says is readable for every page, as what the collector says.
    named = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After", **named}
    return lambda number: Response(status_code=status, headers=named) if times is None or number < times else None


class Collector:
    """Use as a context manager. `asked` holds the text of every request for `/c/`, in the order of arrival."""

    def __init__(self, workspace: Workspace, store: Path) -> None:
        self.workspace, self.store = workspace, store
        self.html = self.tag = ""
        self.asked: list[str] = []
        self.methods: list[str] = []
        self.fault: Fault | None = None
        self.loses_answers = 0  # so many requests are stored, and then answered with 503
        self._faulty = 0
        self._changed = threading.Condition()
        self._holding = False
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> "Collector":
        """Listen, with what the store holds."""
        self.platform = Platform.open(self.store, self.workspace.audiences)
        self._app: ASGIApp = create_app(Site(self.workspace, self.platform))
        config = uvicorn.Config(
            self._serve, interface="asgi3", host="127.0.0.1", port=self.port, log_level="error", access_log=False
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        return self

    def stop(self) -> None:
        """Go away, as a server that is restarted does."""
        self.release()
        self._server.should_exit = True
        self._thread.join(SECONDS)
        self.platform.close()

    def hold(self) -> None:
        """Leave requests for `/c/` without an answer until `release`; they count in `asked`."""
        self._holding = True

    def release(self) -> None:
        """Answer again."""
        self._holding = False

    def break_down(self, fault: Fault | None) -> None:
        """Let requests for `/c/` meet this fault; None ends it."""
        self._faulty, self.fault = 0, fault

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for something to become true after a request; fails with what was asked."""
        with self._changed:
            assert self._changed.wait_for(true, SECONDS), f"{what} did not happen; asked: {self.asked}"

    def wait_for_requests(self, count: int) -> None:
        """Wait until `/c/` was asked so many times."""
        self.wait_until(lambda: len(self.asked) >= count, f"request number {count}")

    def stored(self, uid: str = "ann") -> list[int]:
        """The `n` of the visitor's events, in the order of the store."""
        events = reversed(self.platform.events("_uid", uid))
        return [int(str(event.data["n"])) for event in events if "n" in event.data]

    def by_time(self, uid: str = "ann") -> list[int]:
        """The `n` of the visitor's events by the time that the page gave them."""
        events = sorted(self.platform.events("_uid", uid), key=lambda event: event.time)
        return [int(str(event.data["n"])) for event in events if "n" in event.data]

    def wait_for_stored(self, count: int) -> list[int]:
        """What is stored, once there are so many."""
        self.wait_until(lambda: len(self.stored()) >= count, f"{count} stored events")
        return self.stored()

    def fields(self, name: str) -> list[str]:
        """A field of every request so far, in order."""
        return [parse_qs(text, keep_blank_values=True).get(name, [""])[-1] for text in self.asked]

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/c/"):
            await self._collect(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(("/page", "/tag.js")):
            script = scope["path"] == "/tag.js"
            await Response(self.tag if script else self.html, media_type="text/javascript" if script else "text/html")(
                scope, receive, send
            )
        else:
            await self._app(scope, receive, send)

    async def _collect(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await Request(scope, receive).body()
        text = body.decode().removeprefix("_js=")
        self._note(lambda: self.asked.append(unquote_plus(text) if body else scope["query_string"].decode()))
        self.methods.append(scope["method"])
        while self._holding:
            await asyncio.sleep(0.005)
        self._faulty += 1
        answer = self.fault(self._faulty - 1) if self.fault else None
        if answer:
            return await answer(scope, receive, send)
        lost = self.loses_answers > 0
        self.loses_answers -= lost
        await self._app(scope, _again(body), _nowhere if lost else send)
        self._note(lambda: None)
        if lost:
            await refusing(503)(0)(scope, receive, send)  # type: ignore[misc]
        return None

    def _note(self, change: Callable[[], Any]) -> None:
        with self._changed:
            change()
            self._changed.notify_all()

    def __enter__(self) -> "Collector":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()


def _again(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _nowhere(_message: Message) -> None:
    return None

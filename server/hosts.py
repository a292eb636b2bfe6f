"""The Host allow-list, in front of every route: a page on the web must not reach a local server by DNS rebinding.

Local names are always allowed; others are listed in `understudy.toml` (quality.md E1).
"""

import json
import re
from collections.abc import Callable, Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from understudy.server.envelope import failure

API_PATHS = ("/api/", "/c/", "/cid/", "/collect/", "/program/", "/v2/", "/__understudy__/api/")
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
AUTHORITY = re.compile(r"(?:([\w.-]+)|\[([\da-f:.]+)\])(?::\d*)?", re.ASCII)


def host_of(header: str) -> str:
    """The host name in a Host header or an origin's authority, lower-case, without port; empty when malformed."""
    found = AUTHORITY.fullmatch(header.lower())
    return (found[1] or found[2]).rstrip(".") if found else ""


def is_local(host: str) -> bool:
    """Whether a host name means this machine for every browser: loopback, or a name under `.localhost`."""
    return host in LOCAL_HOSTS or host.endswith(".localhost")


class HostGuard:
    """ASGI middleware that answers 400 to a Host header that is neither local nor listed.

    `allowed` is asked for each time, because the list is in a file that may be saved while the server runs.
    WebSockets are closed whatever their host: there are none here, and browsers open them across origins.
    """

    def __init__(self, app: ASGIApp, allowed: Callable[[], Iterable[str]]) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with the setting that would let it in."""
        if scope["type"] == "http":
            header = Headers(scope=scope).get("host", "")
            host = host_of(header)
            if not (is_local(host) or host in {name.lower() for name in self.allowed()}):
                await refuse(header, scope["path"])(scope, receive, send)
                return
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        await self.app(scope, receive, send)


def refuse(header: str, path: str) -> Response:
    """The answer to a host that is not allowed: in the vendor's envelope where that is what a client reads."""
    name = json.dumps(host_of(header) or "<host name>")
    message = (
        f"Understudy does not answer to the host {header!r}.\n"
        f"If it is yours, add it in understudy.toml:\n\n[server]\nallowed_hosts = [{name}]\n"
    )
    if path.startswith(API_PATHS):
        return failure(400, message)
    return PlainTextResponse(message, status_code=400)

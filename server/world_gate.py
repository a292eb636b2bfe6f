"""Which world a request is for, and the faults that it meets there.

A world is named by the header `X-Understudy-World`, else by the cookie `understudy_world`, else by the host, as
`http://<world>.localhost:8765/` (or a name below that). A request that names none is for the default world; one that
names a world that is not there is refused, and never falls back to another: a test would look at others' visitors.
Pages that take the tag from another origin bring no cookie along, so there the tag's address needs the world's host.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from understudy.server.envelope import failure
from understudy.server.faults import FAULT_KEY, Fault
from understudy.server.hosts import host_of
from understudy.server.site import SCOPE_KEY
from understudy.server.worlds import Worlds

HEADER = "X-Understudy-World"
COOKIE = "understudy_world"
HANG_UP = "understudy.hang_up"  # in a scope: what closes its connection
# Making and deleting worlds is for the server as a whole, so a world that is named there need not exist.
MANAGEMENT = "/__understudy__/api/worlds"
_HEADER, _COOKIE = HEADER.lower().encode(), COOKIE.encode()
_LOCAL = ".localhost"

Sleep = Callable[[float], Awaitable[None]]


class WorldGate:
    """ASGI middleware that puts the site of the request's world in its scope, and lets faults happen."""

    def __init__(self, app: ASGIApp, worlds: Worlds, sleep: Sleep = asyncio.sleep) -> None:
        self.app = app
        self.worlds = worlds
        self.sleep = sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to its world, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        name, asked_by = named_world(scope["headers"])
        site = self.worlds.find(name) if name else self.worlds.default
        if site is None:
            if not scope["path"].startswith(MANAGEMENT):
                await failure(404, self.worlds.unknown(name, asked_by))(scope, receive, send)
                return
            site = self.worlds.default
        scope[SCOPE_KEY] = site
        if site.faults.on and (fault := site.faults.take(scope["path"])):
            scope[FAULT_KEY] = fault
            if await self._hit(fault, scope, receive, send):
                return
        await self.app(scope, receive, send)

    async def _hit(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> bool:
        """Let a request suffer; answers whether that was the end of it."""
        if fault.delay_ms:
            await self.sleep(fault.delay_ms / 1000)
        if fault.hang_up:
            await hang_up(scope, receive)
            return True
        if fault.status is None or scope["method"] == "OPTIONS":
            return False
        await refusal(fault, scope)(scope, receive, send)
        return True


def named_world(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, str]:
    """The world that a request names, and by what; both empty when it names none."""
    cookie = host = b""
    for name, value in headers:
        if name == _HEADER and value:
            return value.decode("latin-1"), f"header {HEADER}"
        if name == b"cookie" and _COOKIE in value:
            cookie = value
        elif name == b"host":
            host = value
    if cookie and (named := cookie_parser(cookie.decode("latin-1")).get(COOKIE)):
        return named, f"cookie {COOKIE}"
    if b".localhost" in host.lower() and (whole := host_of(host.decode("latin-1"))).endswith(_LOCAL):
        return whole.removesuffix(_LOCAL).rpartition(".")[2], f"host {whole}"
    return "", ""


def refusal(fault: Fault, scope: Scope) -> Response:
    """The answer of a surface that fails: readable for every page, as the collector's own are."""
    origin = Headers(scope=scope).get("origin")
    headers = {
        "Access-Control-Allow-Origin": origin or "*",
        "Access-Control-Expose-Headers": "Retry-After",
        "Cache-Control": "no-store",
        **({"Access-Control-Allow-Credentials": "true"} if origin else {}),
        **({"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}),
    }
    assert fault.status is not None
    message = f"A fault switch of this world is on: {', '.join(fault.words)}. Switch it off in the debugger's Lab."
    return failure(fault.status, message, headers=headers)


async def hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer, where the server lets us; else the request ends in an error."""
    close = scope.get(HANG_UP)
    if close is None:
        raise ConnectionResetError("a fault switch of this world is on: the connection is closed without an answer")
    close()
    while (await receive())["type"] != "http.disconnect":
        pass

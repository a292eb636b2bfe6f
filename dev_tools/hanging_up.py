"""How uvicorn closes a connection without an answer, for the faults that ask for that (see `server.world_gate`).

ASGI has no word for it, so the connection is found where uvicorn's `send` belongs.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from understudy.server.world_gate import HANG_UP


class HangingUp:
    """ASGI middleware right below uvicorn that puts in each scope what closes its connection."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        if transport is not None:
            scope[HANG_UP] = transport.abort
        await self.app(scope, receive, send)

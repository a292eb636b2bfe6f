"""Limits on a request's headers: what a browser or a vendor's client sends is far below them."""

from starlette.types import ASGIApp, Receive, Scope, Send

from understudy.server.envelope import failure

MOST_HEADERS = 100
LONGEST_HEADERS = 65_536  # bytes of all names and values; browsers keep a site's cookies below that


class HeaderCaps:
    """ASGI middleware that answers 431 to a request with too many headers, or too long ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it with the limit."""
        headers = scope.get("headers", ())
        size = sum([len(name) + len(value) for name, value in headers])
        if scope["type"] == "http" and (size > LONGEST_HEADERS or len(headers) > MOST_HEADERS):
            message = (
                f"The request has {len(headers)} headers of {size:,} bytes; up to {MOST_HEADERS} of "
                f"{LONGEST_HEADERS:,} bytes are taken. Clear this site's cookies."
            )
            await failure(431, message)(scope, receive, send)
            return
        await self.app(scope, receive, send)

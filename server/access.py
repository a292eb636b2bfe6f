"""Who may use the routes that need a token at the vendor: whole profiles, audiences, uploads, deletion.

There are no accounts here to have tokens, so a command of the same machine needs none, and any that it sends is taken.
What is kept out is what could reach a local server without its owner (quality.md E1): a page of another origin, by
what browsers say of it, and another machine, unless `token` in `[server]` of understudy.toml is set and given.
"""

import hmac
from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.hosts import is_local
from understudy.server.origins import is_same_origin
from understudy.server.site import site_of

Endpoint = Callable[[Request], Awaitable[Response]]
TOKEN_PARAMETERS = ("access_token", "key")


def guarded(endpoint: Endpoint) -> Endpoint:
    """An endpoint that answers 401 or 403, in the vendor's envelope, to who may not use it."""

    @wraps(endpoint)
    async def guard(request: Request) -> Response:
        check(request)
        return await endpoint(request)

    return guard


def check(request: Request) -> None:
    """Raise `HTTPException` unless the request may use the API."""
    if not is_same_origin(request.headers):
        raise HTTPException(403, "This is for commands and for pages of this very server, not for other sites' pages.")
    token = site_of(request).workspace.settings.server.token
    if token:
        if not hmac.compare_digest(token_of(request).encode(), token.encode()):
            raise HTTPException(
                401, "The token is wrong or missing. Send `Authorization: <token>`, as set in [server]."
            )
    elif request.client and not is_local(request.client.host):
        raise HTTPException(
            401,
            f"Another machine ({request.client.host}) needs a token here. Set `token` in [server] of understudy.toml, "
            "and send it as `Authorization: <token>`.",
        )


def token_of(request: Request) -> str:
    """The token that a request brings, in the header or in the address, as the vendor takes it; empty for none."""
    header = request.headers.get("authorization", "")
    if header:
        return header.removeprefix("Bearer ").strip()
    return next((value for name in TOKEN_PARAMETERS if (value := request.query_params.get(name))), "")

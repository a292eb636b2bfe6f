"""Who may change something through the debugger's API."""

import hmac
from urllib.parse import urlsplit

from starlette.requests import Request

from understudy.server.access import token_of
from understudy.server.hosts import is_local
from understudy.server.worlds import worlds_of


def may_change(request: Request) -> bool:
    """Whether a request shows that it comes from a page of this server, or from a command of its owner.

    Browsers say which page a change comes from, by one header or the other; what says nothing is a command. One of this
    machine may, another machine's needs the `token` of `[server]`.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is not None:
        parts = urlsplit(origin)
        return parts.scheme in {"http", "https"} and parts.netloc == request.headers.get("host")
    token = worlds_of(request).default.workspace.settings.server.token
    if token:
        return hmac.compare_digest(token_of(request).encode(), token.encode())
    return request.client is None or is_local(request.client.host)

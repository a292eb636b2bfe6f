"""Who may change something through the debugger's API."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def may_change(headers: Headers) -> bool:
    """Whether a request shows that it comes from a page of this server.

    Stricter than for reading, where a request without an origin passes: a change needs a browser's word for it, or an
    `Origin` that a command line states on purpose.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    parts = urlsplit(headers.get("origin", ""))
    return parts.scheme in {"http", "https"} and parts.netloc == headers.get("host")

"""Which origins may read answers across origins: local ones, and the account's listed domains.

The vendor's "Allowlist domains public API" left blank means every site. On a developer's machine that would let any
web page read profiles, so blank means local origins here (platform.md 3.8; quality.md E1).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from understudy.server.hosts import host_of, is_local


def may_read(origin: str, domains: Iterable[str]) -> bool:
    """Whether a page of `origin` may read an answer; a listed domain admits its sub-domains, as the vendor's does."""
    parts = urlsplit(origin)
    if parts.scheme not in {"http", "https"}:
        return False
    host = host_of(parts.netloc)
    return is_local(host) or any(host == domain or host.endswith(f".{domain}") for domain in domains)


def cors_headers(headers: Headers, domains: Iterable[str]) -> dict[str, str]:
    """Response headers for a request's Origin; only `Vary` when it has none or may not read."""
    origin = headers.get("origin", "")
    if origin and may_read(origin, domains):
        return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
    return {"Vary": "Origin"}


def may_include(headers: Headers, domains: Iterable[str]) -> bool:
    """Whether the page that includes a script with data may have it: told by `Sec-Fetch-Site`, else by the Referer."""
    if headers.get("sec-fetch-site") in {"same-origin", "none"}:
        return True
    referer = headers.get("referer")
    if referer is None:
        return "sec-fetch-site" not in headers
    return may_read(referer, domains)


def is_same_origin(headers: Headers) -> bool:
    """Whether a request comes from a page of this very server, or from no page at all (a command, an address bar)."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")

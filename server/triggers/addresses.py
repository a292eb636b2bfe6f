"""Where requests may go: https anywhere, as at the vendor; http on this machine alone; or nowhere but into memory."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from understudy.server.hosts import is_local

MEMORY = "memory:"
_HOST = re.compile(r"[a-z0-9:](?:[\w.:-]*[a-z0-9:.])?", re.ASCII)


def fault_of(url: str) -> str:
    """What is wrong with an address that is to be called; empty for nothing."""
    if url.startswith(MEMORY):
        return ""
    if any(character.isspace() or ord(character) < 32 for character in url):
        return "an address has no spaces"
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        return f"not an address ({error})"
    if not _HOST.fullmatch(host) or parts.username is not None or parts.password is not None:
        return "an address needs a host name, and has no user or password in it"
    if parts.scheme == "http" and not is_here(host):
        return "http is for this machine alone"
    return "" if parts.scheme in ("http", "https") else "not an https address"


def stays_in_memory(url: str, hosts: Iterable[str]) -> bool:
    """Whether a request to that address is only recorded: it is for another machine, and its host is not listed."""
    if url.startswith(MEMORY):
        return True
    host = (urlsplit(url).hostname or "").lower()
    return not is_here(host) and host not in hosts


def is_here(host: str) -> bool:
    """Whether a host name means this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return is_local(host)

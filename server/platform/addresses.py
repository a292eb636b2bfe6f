"""Reading e-mail and web addresses, with or without a protocol: the tag sends the page's without (tag.md 5.3)."""

import re
from functools import lru_cache
from urllib.parse import unquote

_EMAIL = re.compile(r"[^\s<>\"'(),;:@]+@[^\s<>\"'(),;:@]+")
_PROTOCOL = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IP = re.compile(r"[\d.]+|\[.*\]")
# Second-level labels under which names are registered, where the top level is a country; the public suffix list proper
# is far longer, but these cover what pages under test are called.
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "gv", "mil", "ne", "net", "nom", "or", "org"})


def email(text: str) -> str:
    """The first e-mail address in a text (`Ann <Ann@Example.com>`), in lower case; empty when there is none."""
    match = _EMAIL.search(text)
    return match.group().lower() if match else ""


def email_name(text: str) -> str:
    """The name before the address in `Ann Lee <ann@example.com>`; empty when there is none."""
    return text.partition("<")[0].strip().strip("\"'") if "<" in text else ""


def _host_and_rest(url: str) -> tuple[str, str]:
    bare = _PROTOCOL.sub("", url.strip())
    match = re.match(r"[^/?#]*", bare)
    authority = match.group() if match else ""
    return authority.rpartition("@")[2], bare[len(authority) :]


def host(url: str) -> str:
    """The host in lower case, without port: `www.example.com` for `www.Example.com:8080/a`."""
    authority = _host_and_rest(url)[0]
    return re.sub(r":\d*$", "", authority).lower().strip(".")


@lru_cache(maxsize=1024)
def domain(url: str) -> str:
    """The registrable domain, judged by a short list of second levels; IP addresses and one-label hosts as they are."""
    name = host(url)
    if _IP.fullmatch(name):
        return name
    labels = name.split(".")
    registered = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-registered:])


def path(url: str) -> str:
    """The path, percent-decoded, without query and fragment; `/` when there is none, empty for an empty address."""
    authority, rest = _host_and_rest(url)
    if not authority and not rest:
        return ""
    return unquote(re.split(r"[?#]", rest, maxsplit=1)[0]) or "/"


@lru_cache(maxsize=1024)
def page(url: str) -> str:
    """Host and path alone: the address by which visits of one page are counted.

    Every name under `.localhost` is this machine (see `hosts`), so a page has the same address under all of them.
    """
    name = host(url)
    return ("localhost" if name.endswith(".localhost") else name) + path(url) if url else ""

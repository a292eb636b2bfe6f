"""Reading the page that `understudy doctor` looks at: one address or file, within a time and a size."""

import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from understudy.server.hosts import LOCAL_HOSTS

LARGEST = 5_000_000
PIECE = 65_536
AGENT = "understudy-doctor"
NOWHERE = "http://page.invalid/"  # where a file is taken to be; the name can never exist (RFC 2606)


class DoctorError(Exception):
    """The page cannot be looked at; the message says why and what to do."""


@dataclass(frozen=True)
class PageSource:
    """A page as it came: its bytes, the address that it has for a browser, and the policies in its headers."""

    body: bytes
    address: str
    is_file: bool
    policies: tuple[str, ...] = field(default=())


class SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the host that was named, and no others."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The next request; raises `DoctorError` when it would go to another host."""
        if urlsplit(newurl).hostname != urlsplit(req.full_url).hostname:
            raise DoctorError(f"{req.full_url} leads to another host. Give that address: {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def read_page(target: str, seconds: float) -> PageSource:
    """The page at an address or in a file; raises `DoctorError`."""
    if target.startswith(("http://", "https://")):
        try:
            return fetch(target, seconds)
        except ValueError as error:
            raise DoctorError(
                f"{target!r} is no address: {error}. Write it as https://www.example.com/page."
            ) from error
    if "://" in target:
        raise DoctorError(f"{target!r} has a scheme that is not read; give an http or https address, or a file.")
    return read_file(Path(target))


def read_file(path: Path) -> PageSource:
    """A page on disk."""
    try:
        with path.open("rb") as stream:
            body = stream.read(LARGEST + 1)
    except OSError as error:
        raise DoctorError(
            f"{str(path)!r} cannot be read: {error.strerror}. Give an HTML file, or an address with its http://."
        ) from error
    return PageSource(checked(body, str(path), ""), NOWHERE + path.name, is_file=True)


def fetch(url: str, seconds: float) -> PageSource:
    """A page on a server."""
    direct = urllib.request.ProxyHandler({}) if urlsplit(url).hostname in LOCAL_HOSTS else urllib.request.ProxyHandler()
    opener = urllib.request.build_opener(SameHost, direct)
    asked = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"})
    ends = time.monotonic() + seconds
    try:
        with opener.open(asked, timeout=seconds) as answer:
            body = receive(answer, ends, url)
            kind = answer.headers.get_content_type()
            policies = tuple(answer.headers.get_all("Content-Security-Policy") or ())
            return PageSource(checked(body, url, kind), answer.url, is_file=False, policies=policies)
    except urllib.error.HTTPError as error:
        error.close()
        if error.reason.startswith(SameHost.inf_msg):
            raise DoctorError(f"{url} leads round in a circle ({error.code}). Give the address of a page.") from error
        raise DoctorError(f"{url} answered {error.code} {error.reason}. Give the address of a page.") from error
    except TimeoutError as error:
        raise too_slow(url) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise too_slow(url) from error
        raise DoctorError(f"{url} cannot be reached: {error.reason}. Check the address, and that it is up.") from error
    except (OSError, ValueError, HTTPException) as error:
        raise DoctorError(f"{url} cannot be read: {error or type(error).__name__}. Check the address.") from error


def receive(answer: Any, ends: float, url: str) -> bytes:
    """The body, as far as the size allows, before the time is over."""
    pieces: list[bytes] = []
    size = 0
    while size <= LARGEST and (piece := answer.read1(PIECE)):
        pieces.append(piece)
        size += len(piece)
        if time.monotonic() > ends:
            raise too_slow(url)
    return b"".join(pieces)


def too_slow(url: str) -> DoctorError:
    """What to say of a server that takes its time."""
    return DoctorError(f"{url} took too long to answer. Try again, or allow more seconds with --timeout.")


def checked(body: bytes, name: str, kind: str) -> bytes:
    """The body of a page; raises `DoctorError` for what is none."""
    if len(body) > LARGEST:
        raise DoctorError(f"{name} is larger than {LARGEST // 1_000_000} MB. Give a page that browsers are sent.")
    if kind and "html" not in kind:
        raise DoctorError(f"{name} is {kind}, and no HTML. Give the address of a page.")
    if b"\0" in body[:1024] and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DoctorError(f"{name} is a binary file. Give an HTML file.")
    if b"<" not in body:
        raise DoctorError(f"{name} has no markup at all. Give an HTML page.")
    return body

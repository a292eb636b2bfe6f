"""One document: a page of the site's own, or one that a file of `content/` describes, or both."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urljoin

from understudy.server.platform import addresses

_PROTOCOL = re.compile(r"^(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
SUFFIXES = (".html", ".htm")
INDEXES = ("index.html", "index.htm")

Topics = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ContentDocument:
    """`address` is the path of a page of the site's own (`/mugs.html`), else host and path without a protocol.

    `topics` maps each topic to its relevance, from 0 to 1. `fields` are columns of the workspace's own making,
    `properties` what the page's `<meta>` elements say, by name in lower case.
    """

    address: str
    title: str = ""
    description: str = ""
    image: str = ""
    author: str = ""
    language: str = ""
    kind: str = ""
    site: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    fetched: datetime | None = None
    words: int = 0
    topics: Topics = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def own(self) -> bool:
        """Whether it is a page of this very site."""
        return self.address.startswith("/")

    @property
    def path(self) -> str:
        """Its path, percent-decoded, from the slash on."""
        return addresses.path(self.address) if not self.own else unquote(self.address)

    @property
    def prefixes(self) -> list[str]:
        """Its path as the vendor lists it, piece by piece: `some`, `some/url`."""
        pieces = [piece for piece in self.path.split("/") if piece]
        return ["/".join(pieces[: count + 1]) for count in range(len(pieces))]

    def host(self, here: str) -> str:
        """The host that it is on, with its port, where `here` is this site's."""
        return here if self.own else re.split(r"[/?#]", self.address, maxsplit=1)[0]

    def bare(self, here: str) -> str:
        """Its address without a protocol, as the vendor answers it."""
        return here + self.address if self.own else self.address

    def link(self, scheme: str, here: str) -> str:
        """Its address as the vendor answers it, without a protocol; with one where that would lead astray.

        The vendor's clients put `http://` before what has a dot in its host, and take all else as it is.
        """
        bare = self.bare(here)
        return f"{scheme}://{bare}" if self.own and (scheme != "http" or "." not in here) else bare

    def picture(self, scheme: str, here: str) -> str:
        """The address of its image, whole, since clients take it as it is; empty when it has none."""
        return urljoin(f"{scheme}://{self.bare(here)}", self.image) if self.image else ""


def normal_address(url: str) -> str:
    """An address as documents have it: without protocol and fragment, its host in lower case."""
    text = url.strip().partition("#")[0]
    if text.startswith("/") and not text.startswith("//"):
        return text
    host, slash, rest = _PROTOCOL.sub("", text, count=1).partition("/")
    return f"{host.lower()}{slash}{rest}"


def ways_to(path: str) -> Iterator[str]:
    """Every path at which the page of a file is served: `/mugs.html` is `/mugs` too, and `/` is `/index.html`."""
    whole = f"{path}index.html" if path.endswith("/") else path
    yield whole
    folder, _, leaf = whole.rpartition("/")
    if leaf in INDEXES:
        yield f"{folder}/"
        if folder:
            yield folder
    if leaf.endswith(SUFFIXES):
        yield whole.rpartition(".")[0]

"""What a page's markup says about the tag: its scripts in order, and which of them install it (tag.md 1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

TAG_URL = re.compile(
    r"""(?:https?:)?(?://[^/"'\s]+)?(?:/[\w.~-]+)*?/api/tag/(?P<account>[\w-]+)/(?:latest[\w.]*|lio)\.js"""
)
SCRIPT_URL = re.compile(r"""["']((?:https?:)?/[^"'\s]+\.js)["']""")
INIT = re.compile(r"\bjstag\s*\.\s*init\s*\(")
CALL = re.compile(r"\bjstag\s*\.\s*(?!init\b|config\b)(\w+)\s*\(")
INIT_TOO = re.compile(r"\bjstag\s*\.\s*(?!config\b)(\w+)\s*\(")
ACCOUNT = re.compile(r"""\bcid["']?\s*:\s*\[?\s*["']([\w-]+)""")
GUARDED = re.compile(r"window\.jstag\b(?!\s*\.)|typeof\s+(?:window\.)?jstag|jstag\s*&&|jstag\?\.")
STUB = re.compile(r"asyncVersion|loadScript|jstag\.failed|loadtagmgr|Load error!")
LEGACY = re.compile(r"loadtagmgr|/lio\.js|\bver\s*:\s*[\"'][12]\.")
SCRIPT_TYPES = {
    "",
    "module",
    "text/javascript",
    "application/javascript",
    "text/ecmascript",
    "application/x-javascript",
}


@dataclass(frozen=True)
class Script:
    """One script element; `index` is its place among all of them."""

    index: int
    line: int
    src: str
    text: str
    nonce: str
    kind: str
    element: Tag

    @property
    def runs(self) -> bool:
        """Whether a browser runs it as it stands; consent managers change the type of what has to wait."""
        return self.kind in SCRIPT_TYPES


@dataclass(frozen=True)
class Installation:
    """A script that loads the tag; `src` as it is written there, `url` as a browser asks for it."""

    script: Script
    generation: str
    src: str
    url: str
    account: str

    @property
    def is_snippet(self) -> bool:
        """Whether it keeps early calls, and makes the script element itself."""
        return self.generation != "none"


class Markup:
    """A page, read once."""

    def __init__(self, html: bytes, address: str) -> None:
        self.soup = BeautifulSoup(html, "html.parser")
        self.address = address

    @cached_property
    def base(self) -> str:
        """What relative addresses are relative to."""
        element = self.soup.find("base", href=True)
        return urljoin(self.address, str(element["href"])) if isinstance(element, Tag) else self.address

    @cached_property
    def scripts(self) -> list[Script]:
        """Every script element that a browser sees as one, in order."""
        found = [element for element in self._elements if inert_in(element) is None]
        return [self._script(index, element) for index, element in enumerate(found)]

    @cached_property
    def inert(self) -> list[tuple[Script, str]]:
        """Scripts that load the tag where nothing runs, each with the name of the element that it stands in."""
        around = [(self._script(-1, element), inert_in(element)) for element in self._elements]
        return [(script, outer.name) for script, outer in around if outer and self._installation(script)]

    @property
    def _elements(self) -> list[Tag]:
        return [element for element in self.soup.find_all("script") if isinstance(element, Tag)]

    def _script(self, index: int, element: Tag) -> Script:
        def attribute(name: str) -> str:
            return str(element.get(name) or "").strip()

        return Script(
            index=index,
            line=element.sourceline or 0,
            src=attribute("src") or attribute("data-src"),
            text=element.string or "",
            nonce=attribute("nonce"),
            kind=attribute("type").lower(),
            element=element,
        )

    @cached_property
    def installations(self) -> list[Installation]:
        """All that load the tag, in order."""
        return [found for script in self.scripts if (found := self._installation(script))]

    def _installation(self, script: Script) -> Installation | None:
        named = TAG_URL.search(script.src)
        if named:
            return Installation(script, "none", script.src, urljoin(self.base, script.src), named["account"])
        src = source_in(script.text)
        if not src:
            return None
        named = TAG_URL.search(src)
        return Installation(
            script, generation(script.text), src, urljoin(self.base, src), named["account"] if named else ""
        )

    @property
    def text(self) -> str:
        """The text of all inline scripts."""
        return "\n".join(script.text for script in self.scripts)

    def calls(self, kind: re.Pattern[str] = CALL) -> Iterator[tuple[Script, str]]:
        """Scripts that call a method of the tag, each with the first one; `init` is none unless that is asked for."""
        for script in self.scripts:
            if found := kind.search(script.text):
                yield script, found[1]


def inert_in(element: Tag) -> Tag | None:
    """The element around a script that keeps browsers from running it; a shadow tree in markup is no such template."""
    outer = element.find_parent(["template", "noscript"])
    return outer if isinstance(outer, Tag) and not outer.has_attr("shadowrootmode") else None


def source_in(text: str) -> str:
    """The address of the tag's script in an inline script that loads it, else ""."""
    if found := TAG_URL.search(text):
        return found[0]
    started = INIT.search(text)
    named = SCRIPT_URL.search(text, started.end()) if started and STUB.search(text) else None
    return named[1] if named else ""


def generation(text: str) -> str:
    """Whose snippet a script is: own, legacy, 1, or 2 for both later ones, which differ in what their stubs return."""
    if "jstag.failed" in text:
        return "own"
    if LEGACY.search(text):
        return "legacy"
    return "2" if "asyncVersion" in text else "1"

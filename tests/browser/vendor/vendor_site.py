"""A site written for the vendor, on a real server: only the vendor's host name is stood in for."""

import json
import re
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Locator, Page, Request, Route, expect

SITE = Path(__file__).parent / "site"
SNIPPETS = Path(__file__).parents[1] / "tag" / "snippets"
PLACE = re.compile(r"/\* snippet(?: ([abc]))? \*/")
VENDOR = re.compile(r"^https?://c\.lytics\.io/")
ACCOUNT = "07fff5da924b3993e5b668467ac1d2d5"


def write_pages(target: Path) -> None:
    """The site's pages with their snippets, as they are and, under `swapped/`, with the vendor's host name swapped."""
    swapped = target / "swapped"
    swapped.mkdir(parents=True)
    for page in (SITE / "pages").glob("*.html"):
        for name, text in variants(page):
            (target / name).write_text(text, "utf-8")
            (swapped / name).write_text(re.sub(r"(https?:)?//c\.lytics\.io", "", text), "utf-8")


def variants(page: Path) -> Iterator[tuple[str, str]]:
    """A page's file name and text with the snippet it names, or once with each of the three where it names none."""
    text = page.read_text("utf-8")
    found = PLACE.search(text)
    if found is None:
        yield page.name, text
        return
    for letter in found[1] or "abc":
        snippet = (SNIPPETS / f"{letter}.js").read_text("utf-8")
        yield page.name if found[1] else f"{page.stem}_{letter}.html", text.replace(found[0], snippet)


def local_answers(origin: str, taken: set[Request]) -> Callable[[Route], None]:
    """A route's handler: what was asked of the vendor is asked of `origin`, and noted as having stayed here."""

    def answer(route: Route) -> None:
        taken.add(route.request)
        parts = urlsplit(route.request.url)
        query = f"?{parts.query}" if parts.query else ""
        route.fulfill(response=route.fetch(url=origin + parts.path.removeprefix("/") + query))

    return answer


class VendorSite:
    """One browser page on the site, and what a test asks about it."""

    def __init__(self, page: Page, url: str, taken: set[Request]) -> None:
        self.page = page
        self.url = url
        self.taken = taken
        self.errors: list[str] = []
        self.held: list[Route] = []
        self.holding = False
        page.on("pageerror", lambda error: self.errors.append(error.stack or str(error)))

    def open(self, path: str) -> "VendorSite":
        """Go to a page of the site, such as `limits?w=twice`."""
        self.page.goto(self.url + path)
        return self

    def run(self, script: str, argument: object = None) -> Any:
        return self.page.evaluate(script, argument)

    def widget(self, name: str) -> Locator:
        """A widget, once it has opened."""
        node = self.page.locator(f"#{name}")
        expect(node).to_have_class(re.compile(r"\bopened\b"))
        expect(node).to_be_visible()
        return node

    def verdict(self, name: str) -> str:
        """What the SDK says of a widget, once that is no longer "waiting"."""
        known = "(name) => !['waiting', undefined].includes(window.pathfora?.explain?.(name)?.verdict)"
        self.page.wait_for_function(known, arg=name)
        return self.reason(name)

    def reason(self, name: str) -> str:
        return str(self.run("(name) => pathfora.explain(name)?.reason", name))

    def happened(self, topic: str, count: int = 1) -> list[str]:
        """An event's payloads as text, once it has been emitted `count` times."""
        self.page.wait_for_function(
            "([topic, count]) => window.jstag?.history?.().filter((e) => e.topic === topic).length >= count",
            arg=[topic, count],
        )
        script = (
            "(topic) => jstag.history().filter((e) => e.topic === topic).map((e) => JSON.stringify(e.payload) ?? '')"
        )
        return [str(text) for text in self.run(script, topic)]

    def hold(self, pattern: str) -> None:
        """Leave requests without an answer until `release`."""
        self.holding = True
        self.page.route(pattern, lambda route: self.held.append(route) if self.holding else route.fallback())

    def release(self) -> None:
        """Let the held requests, and those to come, through. (Playwright's `unroute` would answer them twice.)"""
        self.holding = False
        for route in self.held:
            route.fallback()
        self.held.clear()

    def refuse(self, pattern: str, status: int) -> None:
        """Answer requests with an error, as a server that is down or does not know the account."""
        cors = {"Access-Control-Allow-Origin": "*"}

        def answer(route: Route) -> None:
            self.taken.add(route.request)
            route.fulfill(status=status, body="no", headers=cors)

        self.page.route(pattern, answer)

    def stored(self, visitor: str, count: int) -> list[dict[str, Any]]:
        """The events that the server has of a visitor, as sent, once the page has delivered `count`."""
        self.happened("collect.finished", count)
        address = f"{self.url}__understudy__/api/events?uid={quote(visitor)}"
        with urllib.request.urlopen(address) as response:
            events: list[dict[str, Any]] = json.load(response)["events"]
        return sorted(events, key=lambda event: float(event["data"]["_ts"]))  # images overtake each other

"""A page with the tag on it, and a server for it that lives inside the browser's network layer."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, Request, Route

from understudy.server.bundling.bundle import bundle
from understudy.server.tag.script import PLUGINS, function_name

ORIGIN = "http://127.0.0.1:8099"
VERSION = "3.0.37"
QUIET: dict[str, Any] = {"pageAnalysis": {"dataLayerPull": {"disabled": True}}}
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
JAVASCRIPT = "text/javascript; charset=utf-8"

Answer = Callable[[Route], None]


@dataclass(frozen=True)
class Sent:
    """One request of the tag; `pairs` are in order, those of the query first, then those of a form's `_js`."""

    path: str
    pairs: list[tuple[str, str]]
    method: str

    @property
    def fields(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.pairs]


def sent(request: Request) -> Sent:
    parts = urlsplit(request.url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if request.method == "POST":
        form = dict(parse_qsl(request.post_data or "", keep_blank_values=True))
        pairs += parse_qsl(form["_js"], keep_blank_values=True)
    return Sent(parts.path, pairs, request.method)


def tag_source(settings: Mapping[str, Any], *, minified: bool = True, plugins: tuple[str, ...] = PLUGINS) -> str:
    """The tag as the server would assemble it."""
    imports = [f'import {{ {function_name(name)} }} from "./plugins/{name}.js";' for name in plugins]
    names = ", ".join(function_name(name) for name in plugins)
    entry = ['import { installTag } from "./core.js";', *imports]
    entry.append(f"installTag([{names}], {json.dumps({**settings, 'version': VERSION})});\n")
    return bundle("\n".join(entry), "tag", minified=minified)


def user(**fields: object) -> dict[str, object]:
    """The body of a profile's answer."""
    return {"data": {"user": fields}, "message": "success", "status": 200}


class TagPage:
    """Serves the page's origin; `answers` maps the start of a path to what fulfils it, longest start first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[Request] = []
        self.errors: list[str] = []
        self.waiting: list[Route] = []
        self.html = ""
        self.answers: dict[str, Answer] = {
            "/c/": lambda route: route.fulfill(body=GIF, content_type="image/gif"),
            "/api/personalize/": lambda route: route.fulfill(json=user(segments=["all"])),
            "/page": lambda route: route.fulfill(body=self.html, content_type="text/html"),
            "/": lambda route: route.fulfill(status=404, body="nothing here"),
        }
        page.route(f"{ORIGIN}/**", self._answer)
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _answer(self, route: Route) -> None:
        self.requests.append(route.request)
        path = urlsplit(route.request.url).path
        start = max((start for start in self.answers if path.startswith(start)), key=len)
        self.answers[start](route)

    def serve(self, path: str, body: str, content_type: str = JAVASCRIPT) -> None:
        self.answers[path] = lambda route: route.fulfill(body=body, content_type=content_type)

    def freeze(self) -> None:
        """Stop the page's clock at second 1 700 000 000; `page.clock.run_for` moves it."""
        self.page.clock.install(time=1_699_999_999)
        self.page.clock.pause_at(1_700_000_000)

    def profile(self, **fields: object) -> None:
        """What the server answers about the visitor from now on."""
        body = user(**fields)
        self.answers["/api/personalize/"] = lambda route: route.fulfill(json=body)

    def hold(self, path: str) -> None:
        """Leave requests for `path` without an answer until `release`."""
        self.answers[path] = self.waiting.append

    def release(self, path: str, **answer: Any) -> None:
        """Answer held requests, and those to come, like this; one that the page gave up has nobody to answer."""
        self.answers[path] = lambda route: route.fulfill(**answer)
        for route in self.waiting:
            if route.request.failure is None:
                route.fulfill(**answer)
        self.waiting.clear()

    def close(self) -> None:
        """Let go of what was never answered."""
        for route in self.waiting:
            route.abort()

    def open(
        self, *scripts: str, settings: Mapping[str, Any] | None = None, at: str = "/page", **how: Any
    ) -> "TagPage":
        """Go to a page with these inline scripts (`src:…` for a script element); the tag is served at `/tag.js`."""
        self.serve("/tag.js", tag_source(QUIET if settings is None else settings, **how))
        tags = (
            f'<script src="{script[4:]}"></script>' if script.startswith("src:") else f"<script>{script}</script>"
            for script in scripts
        )
        self.html = "<!doctype html><meta charset=utf-8><title>page</title><body>" + "".join(tags)
        self.page.goto(ORIGIN + at, wait_until="domcontentloaded")
        return self

    def start(self, config: Mapping[str, Any] | None = None, *calls: str, **options: Any) -> "TagPage":
        """A page without a snippet that calls `init` with this configuration, then these lines of script."""
        init = f"jstag.init({json.dumps({'cid': 'acct', **(config or {})})});"
        return self.open("src:/tag.js", init + "\n".join(calls), **options)

    def run(self, script: str, argument: Any = None) -> Any:
        return self.page.evaluate(script, argument)

    def wait_for_event(self, topic: str, count: int = 1) -> list[Any]:
        """The payloads of an event, once it has been emitted `count` times."""
        self.page.wait_for_function(
            "([topic, count]) => window.jstag?.history?.().filter((e) => e.topic === topic).length >= count",
            arg=[topic, count],
        )
        return self.payloads(topic)

    def payloads(self, topic: str) -> list[Any]:
        found: list[Any] = self.run(
            """(topic) => {
              const plain = (_, value) => (typeof value === "bigint" || value instanceof Error ? `${value}` : value);
              const copy = (value) => JSON.parse(JSON.stringify(value ?? null, plain));
              return jstag.history().filter((e) => e.topic === topic).map((e) => copy(e.payload));
            }""",
            topic,
        )
        return found

    def topics(self) -> list[str]:
        found: list[str] = self.run("() => jstag.history().map((e) => e.topic)")
        return found

    def to(self, start: str) -> list[Sent]:
        """The requests so far whose path starts like this."""
        return [sent(request) for request in self.requests if urlsplit(request.url).path.startswith(start)]

    def events(self, count: int) -> list[Sent]:
        """The first `count` events, once they have been delivered; fails when there are more."""
        self.wait_for_event("collect.finished", count)
        events = self.to("/c/")
        assert len(events) == count, events
        return events

"""A stage for the debugger's panel: one page, a server that is scripted, and doubles of tag and SDK that record."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route

ORIGIN = "http://127.0.0.1:9"
DOUBLES = (Path(__file__).parent / "doubles.js").read_text("utf-8")
OWN_SCRIPT = '<script src="/__understudy__/debugger.js"></script>'
PAGE = (
    f'<!doctype html><html lang="en"><head>{{meta}}{OWN_SCRIPT}<title>Shop</title>'
    '<link rel="stylesheet" href="/styles/brand.css">{head}</head>'
    '<body><h1>Shop</h1><button id="own">Own</button>{body}</body></html>'
)

WORKSPACE: dict[str, Any] = {
    "name": "storefront",
    "account": "shop",
    "scripts": [],
    "problems": [],
    "audiences": [],
    "experiences": [
        {
            "id": "vip-offer",
            "label": "Offer for our best customers",
            "type": "message",
            "layout": "modal",
            "status": "published",
            "file": "widgets/vip-offer.yaml",
            "audience": "high_value",
            "exclude": [],
            "inverse": None,
        },
        {
            "id": "spring",
            "label": "Spring sale",
            "type": "message",
            "layout": "bar",
            "status": "draft",
            "file": "widgets/spring.yaml",
            "audience": "*",
            "exclude": [],
            "inverse": None,
        },
    ],
    "personas": [
        {
            "id": "high-value",
            "uid": "persona-high-value",
            "label": "High value",
            "description": "Orders often and spends more than most.",
            "identities": {"_uid": "persona-high-value", "email": "vip@shop.example"},
        }
    ],
}


@dataclass
class Stage:
    """The page under test and all that it is answered."""

    page: Page
    workspace: dict[str, Any] = field(default_factory=lambda: json.loads(json.dumps(WORKSPACE)))
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    views: dict[str, Any] = field(default_factory=dict)
    stored: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, tuple[str, str]] = field(default_factory=dict)
    posts: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    uids: dict[str, str] = field(default_factory=dict)
    failing: set[str] = field(default_factory=set)
    waiting: list[Route] = field(default_factory=list)
    count: int = 0

    def open(self, *, tag: bool = True, meta: str = "", head: str = "", body: str = "", panel: bool = True) -> None:
        """Load the page; with `tag` it has the doubles, which are ready as soon as their script has run."""
        script = '<script src="/doubles.js"></script>' if tag else ""
        html = PAGE.format(meta=meta, head=head, body=script + body)
        if not panel:
            html = html.replace(OWN_SCRIPT, "")
        self.files["/"] = (html, "text/html; charset=utf-8")
        self.page.goto(f"{ORIGIN}/")

    def tell(self, **message: Any) -> None:
        """Send a live message: the stream that is open ends with it, and the page opens the next."""
        self.count += 1
        while not self.waiting:
            self.page.context.cookies()  # any call lets the page's requests come in
        route = self.waiting.pop()
        self.waiting.clear()  # what a page asked for while it was being left
        body = f"retry: 1\nid: run-{self.count}\ndata: {json.dumps(message)}\n\n"
        route.fulfill(body=body, content_type="text/event-stream")

    def answer(self, route: Route) -> None:
        """The scripted server."""
        self.answer_for(route, ORIGIN)

    def answer_for(self, route: Route, origin: str) -> None:
        """The same, as if it were another's."""
        address = route.request.url.removeprefix(origin)
        path = address.split("?")[0]
        self.asked.append(address)
        if path == "/__understudy__/live":
            self.waiting.append(route)
        elif path.startswith("/__understudy__/api/"):
            self.api(route, path.rpartition("/")[2])
        elif path in self.files:
            text, kind = self.files[path]
            route.fulfill(body=text, content_type=kind)
        else:
            route.fulfill(status=404, body="")

    def api(self, route: Route, name: str) -> None:
        """The scripted JSON API."""
        uid = route.request.url.partition("uid=")[2].partition("&")[0]
        body = route.request.post_data_json if route.request.method in {"POST", "PUT"} else None
        if body is not None:
            self.posts.append((name, body))
        if name in self.failing:
            route.fulfill(status=503, json={"status": 503, "message": "The disk is full.", "data": None})
            return
        empty = {"uid": uid, "found": False, "fields": [], "audiences": []}
        answers: dict[str, Callable[[], Any]] = {
            "workspace": lambda: self.workspace,
            "profile": lambda: self.profiles.get(uid, empty),
            "events": lambda: {"uid": uid, "events": self.stored},
            "persona": lambda: {
                "uid": self.uids.get(body["persona"], f"persona-{body['persona']}"),
                "fields": {},
            },
            "reset": lambda: {"uid": body["uid"], "events": 3},
        }
        if name in self.views:
            route.fulfill(json=self.views[name])
        elif name in answers:
            route.fulfill(json=answers[name]())
        else:
            route.fulfill(status=404, json={"status": 404, "message": f"{name} is not there.", "data": None})

    def show(self, tab: str) -> None:
        """Open the panel, if it is closed, and choose a tab."""
        self.page.locator("understudy-debugger :is(.launcher, .panel):visible").wait_for()
        launcher = self.page.get_by_role("button", name="Open the Understudy debugger")
        if launcher.is_visible():
            launcher.click()
        self.page.get_by_role("tab", name=tab).click()

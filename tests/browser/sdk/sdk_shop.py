"""A made-up shop with the SDK on it, and what the tests ask it."""

import json
from functools import cache
from typing import Any

from playwright.sync_api import Page, Route

from understudy.server.bundling.bundle import bundle
from understudy.server.sdk.script import sdk_stylesheet

ORIGIN = "http://127.0.0.1:8999"
NOON = 1_900_000_000_000
ENTRY = 'import "./pathfora.js";'
EDITABLE = 'import "./editable.js";'

RECORDER = """
window.sent = []; window.decisions = []; window.errors = [];
window.logged = []; window.violations = []; window.alerts = 0;
window.alert = () => { alerts += 1; };
addEventListener('pathfora:decision', (event) => decisions.push(event.detail));
addEventListener('error', (event) => errors.push(String(event.message)));
addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
addEventListener('securitypolicyviolation',
  (event) => violations.push(event.violatedDirective + ' ' + event.blockedURI));
for (const name of ['log', 'warn', 'error']) {
  const before = console[name];
  console[name] = (...words) => { logged.push(name + ': ' + words.join(' ')); before.apply(console, words); };
}
"""

TAG = """
window.jstag = {
  config: { cid: ['acc1'] }, user: %(user)s, waiting: [],
  send: (payload) => sent.push(payload),
  getSegments: () => %(segments)s,
  getEntity: () => ({ data: { user: jstag.user } }),
  entityReady: (callback) => { if (jstag.user) callback(jstag.getEntity()); else jstag.waiting.push(callback); },
  arrive: (user) => { jstag.user = user; for (const callback of jstag.waiting.splice(0)) callback(jstag.getEntity()); },
};
"""

BODY = '<main><h1>Shop</h1><button id="before">before</button><div id="host"></div><p>Text</p></main>'


@cache
def sdk_script(build: str, entry: str = ENTRY) -> str:
    """The bundle, readable or minified."""
    return bundle(entry, "sdk", minified=build == "minified", apart=True)


@cache
def stylesheet() -> str:
    """What the server sends."""
    return sdk_stylesheet(minified=True)


class Shop:
    """A page with the SDK on it."""

    def __init__(self, page: Page, build: str) -> None:
        self.page = page
        self.build = build
        self.html = ""
        self.headers: dict[str, str] = {}
        self.entry = ENTRY
        self.asked: list[str] = []
        page.route("**/*", self._answer)

    def _answer(self, route: Route) -> None:
        url = route.request.url
        self.asked.append(url)
        if not url.startswith(ORIGIN):
            route.abort()
        elif url.endswith("/static/pathfora.js"):
            route.fulfill(body=sdk_script(self.build, self.entry), content_type="text/javascript; charset=utf-8")
        elif url.endswith(".css"):
            route.fulfill(body=stylesheet(), content_type="text/css")
        elif route.request.is_navigation_request():
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8", headers=self.headers)
        else:
            route.fulfill(status=404)

    def open(
        self,
        path: str = "/",
        *,
        user: Any = (),
        segments: Any = ("all", "smt_new"),
        tag: str = TAG,
        before: str = "",
        head: str = "",
        body: str = BODY,
        policy: str = "",
        entry: str = ENTRY,
        keep: bool = False,
    ) -> "Shop":
        """Load the page afresh, with empty storage unless `keep`. `user` None: the tag does not know the visitor."""
        known = "null" if user is None else json.dumps(user or {"name": "Ada"})
        stub = tag % {"user": known, "segments": json.dumps(list(segments))} if tag else ""
        clear = "" if keep else "localStorage.clear(); sessionStorage.clear();"
        self.html = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>'
            f'<script nonce="n">{clear}{RECORDER}{stub}{before}</script>'
            f'<script nonce="n" src="/static/pathfora.js"></script>{head}</head><body>{body}</body></html>'
        )
        self.headers = {"Content-Security-Policy": policy} if policy else {}
        self.entry = entry
        self.page.goto(ORIGIN + path)
        return self

    def run(self, script: str, argument: Any = None) -> Any:
        """Evaluate JavaScript in the page."""
        return self.page.evaluate(script, argument)

    def show(self, **config: Any) -> None:
        """Initialise one untargeted message; its id is `w` unless given."""
        self.run("(config) => pathfora.initializeWidgets([pathfora.Message(config)])", {"id": "w", **config})

    def tick(self, milliseconds: int) -> None:
        """Let virtual time pass."""
        self.page.clock.run_for(milliseconds)

    def explain(self, widget: str = "w") -> Any:
        """The trace's entry of one widget."""
        return self.run("(id) => pathfora.explain(id)", widget)

    def gate(self, name: str, widget: str = "w") -> Any:
        """One gate of a widget's entry, or None."""
        return next((gate for gate in self.explain(widget)["gates"] if gate["gate"] == name), None)

    def there(self, widget: str = "w") -> bool:
        """Whether the widget's node is in the page."""
        return bool(self.run("(id) => Boolean(document.getElementById(id))", widget))

    def events(self) -> list[str]:
        """What was tracked: `event` or `event:action`, in order."""
        script = "sent.map((p) => p['pf-widget-event'] + (p['pf-widget-action'] ? ':' + p['pf-widget-action'] : ''))"
        return list(self.run(script))

    def stored(self, key: str) -> Any:
        """The payload that local storage has for a key, out of its envelope."""
        return self.run("(key) => pathfora.utils.store.getItem(key)", key)

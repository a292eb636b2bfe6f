"""Running the page in a real browser, and writing down what became of the tag. It says nothing; `verdicts` does.

The browser asks only the page's own host, the hosts that the page loads the tag from, and those that were allowed by
name. Events are answered here and never reach their collector, so that looking at a page leaves no trace in anybody's
figures. A file is shown at an address that cannot exist; with a workspace, what it asks for there is built from it.
"""

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from understudy.dev_tools.diagnosis.page import PageSource

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
EVENTS = re.compile(r"/c/[\w-]+(?:/[\w-]+)?$")
ANYBODY = {"data": {"user": {"segments": ["all"]}}, "status": 200}
KINDS = {".js": "text/javascript", ".css": "text/css"}
# A page from a file has no address space, and Chromium would not let it ask a server on this machine.
ARGUMENTS = ["--disable-features=LocalNetworkAccessChecks"]
GLANCE_MS = 100
QUIET_SECONDS = 1.0
RUNS = """
() => {
  const tag = window.jstag;
  if (!tag?.isLoaded || document.readyState !== "complete") return false;
  const install = tag.config?.pathfora?.install;
  const sdk = !install || install.disabled || install.sdk?.disabled || window.pathfora;
  const sheets = [...document.querySelectorAll("link[href*='pathfora']")].every(({ sheet }) => sheet);
  const profile = !tag.config?.entity?.preload || tag.history?.().some(({ topic }) => topic === "entity.loaded");
  return Boolean(sdk && sheets && profile);
}
"""
STATE = """
() => {
  const tag = window.jstag;
  const { violations, failed } = window.__understudyDoctor;
  const config = tag?.config ?? {};
  return JSON.stringify({
    violations,
    failed,
    present: Boolean(tag),
    isLoaded: tag?.isLoaded === true,
    waits: typeof tag?.consent === "function" && config.consent?.required === true,
    version: String(config.version ?? ""),
    accounts: [config.cid ?? []].flat().map(String),
    install: Boolean(config.pathfora?.install && !config.pathfora.install.disabled),
    sdk: Boolean(window[config.pathfora?.install?.global ?? "pathfora"]),
    preload: Boolean(config.entity?.preload),
    profile: Boolean((tag?.history?.() ?? []).some(({ topic }) => topic === "entity.loaded")),
    hasHistory: typeof tag?.history === "function",
  });
}
"""


class NoBrowserError(Exception):
    """The page cannot be run; the message says why."""


@dataclass
class Seen:
    """What happened: the tag's state, each answer's status, each failure's reason, and what was not asked for."""

    state: dict[str, Any] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    withheld: set[str] = field(default_factory=set)
    digests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stuck: bool = False
    waiting: set[Any] = field(default_factory=set)
    happened: int = 0


@dataclass(frozen=True)
class Plan:
    """What to run: a page, whom it may ask, and what is answered here."""

    source: PageSource
    hosts: Sequence[str]
    served: Mapping[str, bytes]
    seconds: float


def look(plan: Plan, executable: Path, tell: Callable[[Seen], None]) -> None:
    """Run the page until the tag has settled or the time is over, and `tell` of it before the browser is closed.

    Raises `NoBrowserError`.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise NoBrowserError("Playwright is not installed: pip install playwright") from error
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(executable), args=ARGUMENTS)
            tell(visit(browser.new_page(), plan))
            browser.close()
    except Error as error:
        raise NoBrowserError(error.message.splitlines()[0]) from error


def visit(page: Any, plan: Plan) -> Seen:
    """Open the page, wait, and collect; what is missing when a page never comes to rest, is missing."""
    from playwright.sync_api import TimeoutError as TooSlow

    seen = Seen()
    page.add_init_script(files("understudy.dev_tools").joinpath("templates", "doctor_probe.js").read_text("utf-8"))
    note_traffic(page, seen)
    page.on("console", lambda message: seen.digests.append(message.text) if "'integrity'" in message.text else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.route("**/*", router(plan, seen))
    try:
        page.goto(plan.source.address, wait_until="domcontentloaded", timeout=plan.seconds * 1000)
        settle(page, plan, seen)
        # A text comes with the answer; an object would be asked of the page once more, which may be stuck by then.
        seen.state = json.loads(page.wait_for_function(STATE, timeout=plan.seconds * 1000).json_value())
    except TooSlow:
        seen.stuck = True
    seen.waiting.clear()
    return seen


def settle(page: Any, plan: Plan, seen: Seen) -> None:
    """Wait until the tag runs with all that belongs to it, or nothing has happened for a while, or the time is over."""
    from playwright.sync_api import TimeoutError as TooSlow

    began = quiet = time.monotonic()
    happened = -1
    while (now := time.monotonic()) < began + plan.seconds:
        if seen.waiting or seen.happened != happened:
            quiet, happened = now, seen.happened
        elif now > quiet + QUIET_SECONDS:
            return
        # Not `evaluate`, which would wait for ever for a page that is stuck in a loop.
        with suppress(TooSlow):
            page.wait_for_function(RUNS, timeout=GLANCE_MS)
            return


def note_traffic(page: Any, seen: Seen) -> None:
    """Write down every request and how it ended."""

    def begin(request: Any) -> None:
        seen.waiting.add(request)
        seen.happened += 1

    def end(request: Any) -> None:
        seen.waiting.discard(request)
        seen.happened += 1

    def fail(request: Any) -> None:
        seen.failures.setdefault(request.url, request.failure or "")
        end(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", fail)
    page.on("response", lambda response: seen.statuses.setdefault(response.url, response.status))


def router(plan: Plan, seen: Seen) -> Callable[[Any], None]:
    """What answers each request of the page."""
    source = plan.source
    own = urlsplit(source.address).netloc
    opened = {"Access-Control-Allow-Origin": "*"}

    def answer(route: Any) -> None:
        url = route.request.url
        parts = urlsplit(url)
        path = parts.path.lstrip("/")
        built = bool(plan.served) and source.is_file
        if EVENTS.search(parts.path):
            route.fulfill(body=GIF, content_type="image/gif", headers=opened)
        elif source.is_file and url == source.address:
            route.fulfill(body=source.body, content_type="text/html")
        elif built and path in plan.served:
            kind = KINDS.get(Path(path).suffix, "application/octet-stream")
            route.fulfill(body=plan.served[path], content_type=kind, headers=opened)
        elif built and parts.path.startswith("/api/personalize/"):
            route.fulfill(json=ANYBODY, headers=opened)
        elif parts.netloc in plan.hosts or parts.hostname in plan.hosts or (parts.netloc == own and not source.is_file):
            route.continue_()
        else:
            seen.withheld.add(url)
            route.abort("aborted")

    return answer

"""What a script costs the main thread of a page that starts: milliseconds of processor time, by Chromium's own account.

Each load is in a context of its own. The least of eleven counts, for whatever else the machine does only adds to it,
and what the same page takes with empty scripts is taken off.
"""

from collections.abc import Mapping
from typing import NamedTuple

from playwright.sync_api import Browser, Route

ORIGIN = "http://127.0.0.1:8998"
LOADS = 11
# The last statement of each page; a page that has something to wait for does it later.
DONE = "fetch('/done');"
TYPES = {"js": "text/javascript", "css": "text/css", "json": "application/json"}


class Cost(NamedTuple):
    """Milliseconds in all tasks of a page, and of those the ones in scripts, compiling them included."""

    task: float
    script: float


def cost(browser: Browser, files: Mapping[str, str], inline: str = DONE) -> Cost:
    """What `/script.js` costs with the page's own script behind it, beside the other `files` by their paths.

    A page is measured when it asks for `/done`.
    """
    empty = _least(browser, {}, DONE)
    full = _least(browser, files, inline)
    return Cost(full.task - empty.task, full.script - empty.script)


def _least(browser: Browser, files: Mapping[str, str], inline: str) -> Cost:
    loads = [_load(browser, files, inline) for _ in range(LOADS)]
    return Cost(min(load.task for load in loads), min(load.script for load in loads))


def _load(browser: Browser, files: Mapping[str, str], inline: str) -> Cost:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    html = (
        "<!doctype html><title>Shop</title><link rel=icon href=data:,><main><h1>Shop</h1></main>"
        f"<script src=/script.js></script><script>{inline}</script>"
    )

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        found = next((text for known, text in files.items() if path.startswith(known)), "")
        body, kind = (html, "text/html") if path == "/" else (found, TYPES.get(path.rpartition(".")[2], TYPES["json"]))
        route.fulfill(body=body, content_type=kind)

    page.route("**/*", answer)
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    with page.expect_request("**/done"):
        page.goto(ORIGIN + "/")
    values = {item["name"]: item["value"] * 1000 for item in devtools.send("Performance.getMetrics")["metrics"]}
    context.close()
    return Cost(values["TaskDuration"], values["ScriptDuration"])

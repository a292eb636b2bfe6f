"""What the debugger's panel costs the page that it is in: none, idle, and open at each section.

Script and layout are the main thread's time by the browser's own account, from the start of the page until 100 events
have been sent and the page is quiet.
"""

import gzip
import urllib.request

from playwright.sync_api import CDPSession, Page, sync_playwright
from support.serving import Serving
from support.storefront import open_panel, settled
from table import median, show

from understudy.dev_tools.browser import find_browser

RUNS = 3
EVENTS = 100
SECTIONS = ("Status", "Activity", "Profile", "Personalization", "Lab")
SEND = """async (count) => {
  await Promise.all(Array.from({ length: count }, (_, number) => new Promise((done) => jstag.send({ number }, done))));
  await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
}"""
WANTED = {"ScriptDuration": 1000, "LayoutDuration": 1000, "Nodes": 1, "JSHeapUsedSize": 1 / 1024}


def run(serving: Serving) -> None:
    """Print bytes, main-thread time, nodes and heap with and without the panel."""
    scripts = [script_of(serving, name) for name in ("debugger", "debugger-answers", "debugger-panel")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        rows = []
        for label in ("without it", "idle", *SECTIONS):
            found = []
            for _ in range(RUNS):
                with browser.new_context() as context:
                    found.append(visit(context.new_page(), serving.url, label))
            rows.append([label, *(median([one[name] for one in found]) for name in WANTED)])
        browser.close()
    idle, asked, panel = (f"{len(script):,} bytes, {len(gzip.compress(script, 9)):,} compressed" for script in scripts)
    sizes = f"always {idle}; once asked {asked} more; once opened {panel} more"
    title = f"The panel's cost on a page with {EVENTS} events ({sizes})"
    show(title, ["panel", "script ms", "layout ms", "nodes", "heap KB"], rows)


def script_of(serving: Serving, name: str) -> bytes:
    """One of the debugger's scripts."""
    with urllib.request.urlopen(f"{serving.url}__understudy__/{name}.js") as answer:
        body: bytes = answer.read()
    return body


def visit(page: Page, url: str, label: str) -> dict[str, float]:
    """One visit: what the browser counted."""
    if label == "without it":
        page.route(
            "**/__understudy__/debugger.js", lambda route: route.fulfill(body="", content_type="text/javascript")
        )
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.goto(url)
    settled(page)
    if label in SECTIONS:
        open_panel(page, label)
    page.evaluate(SEND, EVENTS)
    return counted(session)


def counted(session: CDPSession) -> dict[str, float]:
    """The browser's own figures, in the units of the table."""
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] * factor for name, factor in WANTED.items()}

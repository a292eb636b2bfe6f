"""The tag in a real browser: requests a page, what becomes of events under each fault, and the CPU of its start."""

import statistics
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from support.collector import Collector, refusing
from table import median, percentile, show

from understudy.dev_tools.browser import find_browser
from understudy.server.tag.script import tag_script
from understudy.server.workspaces.workspace import Workspace, load_workspace

EVENTS = 20
CONTEXTS = 25
HEAD = "<!doctype html><title>page</title>"
PAGE = (
    f'{HEAD}<script src="/tag.js"></script><script>jstag.init(); jstag.setid("ann"); Math.random = () => 0.9;'
    "function send(from, to) { for (let n = from; n < to; n++) jstag.send({n}); }</script>"
)
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }});"
OFF = {"disabled": True}
NO_WIDGETS = {"install": OFF, "publish": OFF}
TAG = {"pageAnalysis": {"dataLayerPull": OFF}, "pathfora": NO_WIDGETS}
# What every tag has, without the plugins that an account can leave out.
CORE = {
    "pathfora": NO_WIDGETS,
    "entity": {"preload": True},
    **dict.fromkeys(("audit", "pixel", "jsonp", "iframeTransport", "recommend", "lio", "legacyLiosetupCallback"), OFF),
}

Fault = Callable[[BrowserContext, Page, Collector], None]


def send(page: Page, start: int = 0, end: int = EVENTS) -> None:
    """Send numbered events."""
    page.evaluate("([from, to]) => send(from, to)", [start, end])


def come_back(context: BrowserContext, collector: Collector) -> None:
    """The next page view, in a new tab."""
    context.new_page().goto(collector.url + "/page/next")


def nothing(_context: BrowserContext, page: Page, _collector: Collector) -> None:
    """No fault."""
    send(page)


def trouble(status: int, **headers: str) -> Fault:
    """The server refuses the first five requests, then works."""

    def fault(_context: BrowserContext, page: Page, collector: Collector) -> None:
        collector.break_down(refusing(status, 5, **headers))
        send(page)

    return fault


def lost_answers(_context: BrowserContext, page: Page, collector: Collector) -> None:
    """Stored, and the answer lost, three times."""
    collector.loses_answers = 3
    send(page)


def navigation(_context: BrowserContext, page: Page, collector: Collector) -> None:
    """The visitor goes on before the server has answered anything."""
    collector.hold()
    send(page)
    collector.wait_for_requests(1)
    collector.release()
    page.goto(collector.url + "/page/next")


def closed_tab(_context: BrowserContext, page: Page, collector: Collector) -> None:
    """The tab is closed before the server has answered anything; nobody comes back."""
    collector.hold()
    send(page)
    collector.wait_for_requests(1)
    collector.release()
    page.close()


def killed_tab(context: BrowserContext, page: Page, collector: Collector) -> None:
    """The tab's process dies; the visitor comes back."""
    collector.hold()
    send(page)
    page.wait_for_function(f"JSON.parse(localStorage.jstag_outbox ?? '[]').length === {EVENTS}")
    with suppress(Error):
        page.goto("chrome://crash")
    collector.release()
    come_back(context, collector)


def offline(context: BrowserContext, page: Page, _collector: Collector) -> None:
    """No network, then network."""
    context.set_offline(True)
    send(page)
    page.wait_for_function("jstag.history().some(({topic}) => topic === 'collect.failed')")
    context.set_offline(False)


def restart(_context: BrowserContext, page: Page, collector: Collector) -> None:
    """The server goes in the middle, and comes back with its store."""
    send(page, 0, EVENTS // 2)
    collector.wait_for_requests(EVENTS // 4)
    collector.stop()
    send(page, EVENTS // 2)
    collector.start()


def no_storage(_context: BrowserContext, page: Page, collector: Collector) -> None:
    """Closed storage, a server in trouble, and the visitor goes."""
    collector.break_down(refusing(503))
    send(page)
    page.wait_for_function("jstag.history().some(({topic}) => topic === 'collect.failed')")
    collector.break_down(None)
    page.goto("about:blank")


FAULTS: dict[str, Fault] = {
    "none": nothing,
    "500, five times": trouble(500),
    "503, five times": trouble(503),
    "429 with Retry-After: 1, five times": trouble(429, Retry_After="1"),
    "three answers lost": lost_answers,
    "navigation": navigation,
    "tab closed": closed_tab,
    "tab killed, visitor comes back": killed_tab,
    "offline for a while": offline,
    "server restarted": restart,
    "storage blocked, 503, page left": no_storage,
}


def ledger(browser: Browser, workspace: Workspace, name: str, folder: Path) -> list[object]:
    """One fault: sent, requests, stored, lost, stored twice, and whether the order is the one of sending."""
    with Collector(workspace, folder / "store.sqlite") as collector:
        collector.html, collector.tag = PAGE, tag_script({**TAG, "cid": workspace.settings.account}, minified=True)
        context = browser.new_context()
        page = context.new_page()
        if FAULTS[name] is no_storage:
            page.add_init_script(NO_STORAGE)
        page.goto(collector.url + "/page")
        FAULTS[name](context, page, collector)
        with suppress(AssertionError):  # what is missing then is counted below
            collector.wait_for_stored(EVENTS)
        context.close()
        stored = collector.stored()
        requests = len(collector.asked)
    times = Counter(stored)
    lost, twice = EVENTS - len(times), sum(times.values()) - len(times)
    return [name, EVENTS, requests, len(times), lost, twice, "yes" if stored == sorted(stored) else "no"]


def requests_a_page(browser: Browser, workspace: Workspace, folder: Path) -> list[list[object]]:
    """What the tag asks of its server on one page, by class, with the standard settings of the example."""
    with Collector(workspace, folder / "store.sqlite") as collector:
        collector.html = f'{HEAD}<script src="/tag.js"></script><script>jstag.init();</script>'
        collector.tag = tag_script(workspace.settings.tag_config(), minified=True)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(collector.url + "/page")
        page.wait_for_function("jstag.history().some(({topic}) => topic === 'collect.finished')")
        page.wait_for_function("jstag.history().some(({topic}) => topic === 'pathfora.publish.done')")
        page.close()
    kinds = {
        "/c/": "event",
        "/api/personalize/": "profile",
        "/tag.js": "tag",
        "/static/": "widget SDK",
        "/api/exp": "experiences",
    }
    found = Counter(next((kind for part, kind in kinds.items() if part in url), "") for url in asked)
    return [[kind, found[kind]] for kind in kinds.values()]


def script_ms(browser: Browser, url: str) -> float:
    """Milliseconds of script on a page in a fresh context, until it is idle."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # CPU, not the clock: others may be at work
    page.goto(url, wait_until="load")
    page.evaluate("() => new Promise((done) => requestIdleCallback(done))")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return float(metrics["ScriptDuration"]) * 1000


def startup(browser: Browser, workspace: Workspace, folder: Path) -> list[list[object]]:
    """Script time of the tag until the page is idle, with an empty page's taken off."""
    rows: list[list[object]] = []
    served, core = workspace.settings.tag_config(), {**CORE, "cid": workspace.settings.account}
    script, started = f'{HEAD}<script src="/tag.js"></script>', "<script>jstag.init();</script>"
    with Collector(workspace, folder / "store.sqlite") as collector:
        collector.html = f"{HEAD}<script>window.jstag;</script>"
        off = statistics.median(script_ms(browser, collector.url + "/page") for _ in range(CONTEXTS))
        for name, config, html in (
            ("core: the script alone", core, script),
            ("core: with init, a page view and the profile", core, script + started),
            ("as served: the script alone", served, script),
            ("as served: with init and what it loads", served, script + started),
        ):
            collector.tag, collector.html = tag_script(config, minified=True), html
            times = [script_ms(browser, collector.url + "/page") - off for _ in range(CONTEXTS)]
            rows.append([name, CONTEXTS, min(times), median(times), percentile(times, 0.95)])
    return rows


def run(root: Path) -> None:
    """Print the three tables for the workspace at `root`."""
    workspace = load_workspace(root)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        with tempfile.TemporaryDirectory() as folder:
            places = (Path(folder) / str(number) for number in range(100))
            show(
                "Delivery ledger, events",
                ["fault", "sent", "requests", "stored", "lost", "stored twice", "in order"],
                [ledger(browser, workspace, name, next(places)) for name in FAULTS],
            )
            show("Requests of one page", ["kind", "requests"], requests_a_page(browser, workspace, next(places)))
            show(
                "Start-up of the tag, milliseconds of script",
                ["tag", "contexts", "min", "median", "p95"],
                startup(browser, workspace, next(places)),
            )
        browser.close()

"""The widget SDK on the main thread: from the call to what a visitor sees, long tasks and layout shift.

Each figure comes from a context of its own. The vendor's script opens a widget 50 ms after the call. What start-up
takes is in `cpu`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright
from table import show, spread

from understudy.dev_tools.browser import find_browser
from understudy.server.sdk.script import sdk_script, sdk_stylesheet

ORIGIN = "http://127.0.0.1:8998"
RUNS = 21
BODY = "<main style='height:3000px'><h1>Shop</h1><div id=host style='min-height:400px'></div><p>Text</p></main>"
WATCH = """
window.long = []; window.shift = 0;
new PerformanceObserver((list) => long.push(...list.getEntries().map(({duration}) => duration)))
  .observe({type: 'longtask', buffered: true});
new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; })
  .observe({type: 'layout-shift', buffered: true});
"""
SEEN = """async (config) => {
  const start = performance.now();
  pathfora.initializeWidgets([pathfora.Message(config)]);
  const built = performance.now() - start;
  const node = document.getElementById(config.id);
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  while (getComputedStyle(node).visibility !== 'visible') await frame();
  await frame();
  return [built, performance.now() - start];
}"""
LAYOUTS = {
    "modal": {},
    "slideout": {"layout": "slideout"},
    "bar": {"layout": "bar", "position": "top-fixed"},
    "button": {"layout": "button"},
    "inline": {"layout": "inline", "positionSelector": "#host"},
}


def run() -> None:
    """Print both tables."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        throttled = [_throttled(browser) for _ in range(RUNS)]
        visible = {name: [_visible(browser, config) for _ in range(RUNS)] for name, config in LAYOUTS.items()}
        browser.close()
    show(
        "Widget SDK, milliseconds",
        ["what", "runs", "median", "p95", "max"],
        [
            spread("longest task at 4x throttle", throttled),
            *(spread(f"{name}: call to node", [row[0] for row in rows]) for name, rows in visible.items()),
            *(spread(f"{name}: call to seen", [row[1] for row in rows]) for name, rows in visible.items()),
        ],
    )
    show(
        "Layout shift added by a widget",
        ["layout", "runs", "median", "p95", "max"],
        [spread(name, [row[2] for row in rows]) for name, rows in visible.items()],
    )


@contextmanager
def _page(browser: Browser, script: str) -> Iterator[tuple[Page, CDPSession]]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    html = f"<!doctype html><title>Shop</title><script>{WATCH}</script><script src=/static/pathfora.js></script>{BODY}"

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            route.fulfill(body=html, content_type="text/html")
        elif path.endswith(".js"):
            route.fulfill(body=script, content_type="text/javascript")
        else:
            route.fulfill(body=sdk_stylesheet(minified=True), content_type="text/css")

    page.route("**/*", answer)
    yield page, context.new_cdp_session(page)
    context.close()


def _throttled(browser: Browser) -> float:
    """The longest task over 50 ms while a page with a modal loads on a slow device; 0 when there is none."""
    with _page(browser, sdk_script(minified=True)) as (page, devtools):
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(ORIGIN + "/")
        page.evaluate(SEEN, {"id": "w", "headline": "Hi", "msg": "There"})
        return float(page.evaluate("Math.max(0, ...long)"))


def _visible(browser: Browser, config: dict[str, str]) -> list[float]:
    with _page(browser, sdk_script(minified=True)) as (page, _):
        page.goto(ORIGIN + "/")
        page.wait_for_function("document.styleSheets.length > 0")
        seen = page.evaluate(SEEN, {"id": "w", "headline": "Hi", "msg": "There", **config})
        return [*seen, page.evaluate("shift")]

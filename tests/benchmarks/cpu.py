"""What our scripts cost the main thread when a page starts; quality.md C2 has the figures of others, measured so."""

from main_thread import Cost, cost
from playwright.sync_api import sync_playwright
from support.builds import BUILDS
from table import show

from understudy.dev_tools.browser import find_browser

PROFILE = '{"data":{"user":{"segments":["all","high_value"]},"experiences":[]}}'
# Without the tag's own protocol on the console, which is for developers.
START = """
jstag.init({url: location.origin, cid: 'example', audit: {disabled: null}});
jstag.on('entity.loaded', () => fetch('/done'));
jstag.pageView();
jstag.loadEntity();
"""


def run() -> None:
    """Print the table."""
    sdk, everything, core = BUILDS["pathfora.min.js"](), BUILDS["tag-everything"](), BUILDS["tag-core"]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))

        def of(script: str, *inline: str) -> Cost:
            return cost(browser, {"/script.js": script, "/api/personalize/": PROFILE}, *inline)

        rows = [
            ("tag, core: script alone", of(core)),
            ("tag, core: with init, page view and profile", of(core, START)),
            ("tag, everything: script alone", of(everything)),
            ("tag, everything: with init, page view and profile", of(everything, START)),
            ("widget SDK: script alone", of(sdk)),
        ]
        browser.close()
    show(
        "Start-up on the main thread, CPU milliseconds",
        ["what", "task", "script"],
        [[name, *row] for name, row in rows],
    )

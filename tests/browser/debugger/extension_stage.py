"""The extension in a full browser, with sites that it watches or not; their pages have our tag from elsewhere."""

import contextlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, Worker
from support.http_sites import Answer, Sites
from support.serving import Serving, copy_storefront

from understudy.dev_tools.cli import main

POLICY = (
    "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src {0}; style-src {0}; img-src {0} data:; "
    "require-trusted-types-for 'script'; trusted-types understudy jstag"
)
REGISTERED = """async () => {
  const known = () => chrome.scripting.getRegisteredContentScripts();
  while ((await known()).length < 2) await new Promise((go) => setTimeout(go, 20));
}"""
PAGE = '<!doctype html><html lang="en"><head><title>Far shop</title>{}</head><body><h1>Far</h1></body></html>'
# What the browser's own list of extensions does when a person allows a site there: asked later, it needs no window.
ALLOW = "([id, pattern]) => chrome.developerPrivate.addHostPermission(id, pattern)"


@dataclass
class Watched:
    """A browser with the extension, a site that it watches, and one that it does not."""

    context: BrowserContext
    base: str
    site: str
    other: str
    sites: Sites

    def worker(self) -> Worker:
        """The extension's worker, once it runs."""
        return next(iter(self.context.service_workers), None) or self.context.wait_for_event("serviceworker")

    def visit(self, address: str) -> tuple[Page, Page]:
        """A page, and the panel about its tab, in a tab of its own."""
        page, panel = self.context.new_page(), self.context.new_page()
        page.goto(address)
        panel.goto(f"{self.base}/panel.html")
        panel.goto(f"{self.base}/panel.html?tab={self.tab_before(panel)}")
        return page, panel

    def tab_before(self, panel: Page) -> int:
        """The tab left of the newest: without a leave for its site, a tab does not tell its address."""
        return int(panel.evaluate("async () => (await chrome.tabs.query({})).at(-2).id"))

    def allow(self, origin: str) -> None:
        """Have the browser grant the next wish for a site without asking."""
        page = self.context.new_page()
        page.goto("chrome://extensions")
        page.evaluate(ALLOW, [self.base.rpartition("/")[2], f"{origin}/*"])
        page.close()


@contextmanager
def watching(playwright: Playwright, browser: Path, folder: Path, *arguments: str) -> Iterator[Watched]:
    """A browser with the extension, started with further arguments if need be."""
    root = copy_storefront(folder / "storefront")
    out = folder / "an extension"
    with Serving(root) as serving:
        host = serving.url.rstrip("/")
        html = PAGE.format(snippet(root, host))
        with Sites({"/far": Answer(html, "text/html")}) as sites:
            assert main(["extension", "--out", str(out), "--origin", sites.shop]) == 0
            context = playwright.chromium.launch_persistent_context(
                folder / "profile",
                executable_path=browser,
                headless=True,
                args=[f"--disable-extensions-except={out}", f"--load-extension={out}", *arguments],
            )
            try:
                worker = next(iter(context.service_workers), None) or context.wait_for_event("serviceworker")
                worker.evaluate(REGISTERED)
                site = sites.page(html, Content_Security_Policy=POLICY.format(host))
                yield Watched(context, "/".join(worker.url.split("/")[:3]), site, f"{sites.host}/far", sites)
            finally:
                context.close()


def snippet(workspace: Path, host: str) -> str:
    """What a page of another server installs the tag with."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(["snippet", str(workspace), "--server-side-host", host, "--csp-nonce", "abc", "--trusted-types"])
    return out.getvalue()


def show(panel: Page, section: str) -> None:
    """Choose one of the panel's sections."""
    panel.get_by_role("tab", name=section, exact=True).click()

"""The extension in a full browser, on pages that have our tag from elsewhere, and no debugger of ours in them."""

import argparse
import contextlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, Worker, expect
from support.axe import violations
from support.http_sites import Sites
from support.serving import Serving, copy_storefront
from support.storefront import settled

from understudy.dev_tools.browser import find_browser
from understudy.dev_tools.cli import main
from understudy.dev_tools.extension import web_origin

POLICY = (
    "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src {0}; style-src {0}; img-src {0} data:; "
    "require-trusted-types-for 'script'; trusted-types understudy jstag"
)
REGISTERED = """async () => {
  const known = () => chrome.scripting.getRegisteredContentScripts();
  while ((await known()).length < 2) await new Promise((go) => setTimeout(go, 20));
}"""
PAGE = '<!doctype html><html lang="en"><head><title>Far shop</title>{}</head><body><h1>Far</h1></body></html>'
# What each section draws last: from there on it stands still.
LAST = {
    "Status": "jstag.config",
    "Activity": "page view",
    "Profile": "Why is a field not there?",
    "Personalization": "vip-offer",
    "Lab": "Storage",
    "Tab": "page view",
}


@dataclass
class Watched:
    """A browser with the extension, a site that it watches, and one that it does not."""

    context: BrowserContext
    base: str
    site: str
    other: str
    html: str
    sites: Sites

    def worker(self) -> Worker:
        return next(iter(self.context.service_workers), None) or self.context.wait_for_event("serviceworker")

    def visit(self, address: str) -> tuple[Page, Page]:
        """A page, and the panel about its tab, in a tab of its own."""
        page, panel = self.context.new_page(), self.context.new_page()
        page.goto(address)
        panel.goto(f"{self.base}/panel.html")
        # The panel's own tab is the last one; without a leave for its site, a tab does not tell its address.
        tab = panel.evaluate("async () => (await chrome.tabs.query({})).at(-2).id")
        panel.goto(f"{self.base}/panel.html?tab={tab}")
        return page, panel


@pytest.fixture(scope="module")
def watched(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    browser = find_browser(full=True)
    if browser is None:  # a machine may have the headless shell alone, and nobody who may install more
        pytest.skip("extensions need a full browser: run `understudy browser --install --full`")
    root = copy_storefront(tmp_path_factory.mktemp("extended") / "storefront")
    folder = tmp_path_factory.mktemp("extension") / "out"
    with Serving(root) as serving, Sites({}) as sites:
        assert main(["extension", "--out", str(folder), "--origin", sites.shop]) == 0
        out = io.StringIO()
        host = serving.url.rstrip("/")
        with contextlib.redirect_stdout(out):
            main(["snippet", str(root), "--server-side-host", host, "--csp-nonce", "abc", "--trusted-types"])
        html = PAGE.format(out.getvalue())
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=browser,
            headless=True,
            args=[f"--disable-extensions-except={folder}", f"--load-extension={folder}"],
        )
        try:
            worker = next(iter(context.service_workers), None) or context.wait_for_event("serviceworker")
            worker.evaluate(REGISTERED)
            base = "/".join(worker.url.split("/")[:3])
            site = sites.page(html, Content_Security_Policy=POLICY.format(host))
            yield Watched(context, base, site, sites.host + "/", html, sites)
        finally:
            context.close()


@pytest.fixture(autouse=True)
def nothing_stays_open(watched: Watched) -> Iterator[None]:
    yield
    for page in watched.context.pages[1:]:
        page.close()


def show(panel: Page, section: str) -> None:
    panel.get_by_role("tab", name=section, exact=True).click()


def test_1_it_shows_a_page_of_any_site_and_changes_nothing_there(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    expect(panel.get_by_role("tabpanel", name="Status")).to_contain_text("Accountstorefront")
    assert page.evaluate("document.querySelector('understudy-debugger')") is None
    assert page.evaluate("[...Object.keys(sessionStorage)].filter((key) => key.startsWith('understudy'))") == []
    show(panel, "Personalization")
    expect(panel.locator('[data-id="vip-offer"]')).to_be_visible()
    show(panel, "Activity")
    expect(panel.get_by_role("listbox", name="Activity")).to_contain_text("page view")
    page.evaluate("jstag.send({ colour: 'red' })")
    expect(panel.get_by_role("listbox", name="Activity")).to_contain_text("colour")
    show(panel, "Profile")
    expect(panel.get_by_role("tabpanel", name="Profile")).to_contain_text("in anonymous_profiles")
    show(panel, "Personalization")
    panel.get_by_role("button", name="Outline on the page").click()
    expect(page.locator("understudy-debugger")).to_have_count(1)


def test_7_3_6_the_worker_is_stopped_and_the_next_event_is_recorded(watched: Watched) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    show(panel, "Tab")
    lines = panel.get_by_role("tabpanel", name="Tab").locator(".tab-line")
    expect(lines.filter(has_text="page view")).to_have_count(1)
    session = watched.context.new_cdp_session(panel)
    session.send("ServiceWorker.enable")
    states: list[str] = []
    session.on(
        "ServiceWorker.workerVersionUpdated",
        lambda event: states.extend(version["runningStatus"] for version in event["versions"]),
    )
    session.send("ServiceWorker.stopAllWorkers")
    while "stopped" not in states:
        panel.evaluate("1")  # lets the browser's messages in
    page.evaluate("jstag.send({ after: 'sleep' })")
    expect(lines.filter(has_text="after")).to_have_count(1)
    assert "running" in states[states.index("stopped") :]
    page.reload()
    settled(page)
    expect(panel.get_by_role("tabpanel", name="Tab")).to_contain_text("on 2 pages")
    expect(lines.filter(has_text="after")).to_have_count(1)
    panel.get_by_role("button", name="Clear").click()
    expect(lines).to_have_count(0)


def test_7_3_7_another_port_is_another_site_which_is_asked_for_alone(watched: Watched) -> None:
    page, panel = watched.visit(watched.other)
    assert page.evaluate("Object.getOwnPropertySymbols(window).map(String)") == []
    expect(panel.get_by_text("Which site is in view is not known")).to_be_visible()
    allowed = "(site) => chrome.permissions.contains({ origins: [site + '/*'] })"
    origin = watched.other.rstrip("/")
    assert panel.evaluate(allowed, watched.sites.shop) is True
    assert panel.evaluate(allowed, origin) is False
    # The browser's button tells the panel where it is, and asks the person; neither is there without a window.
    panel.add_init_script(
        f"""chrome.tabs.get = async (id) => ({{ id, url: {json.dumps(watched.other)} }});
        chrome.permissions.request = async (wish) => {{ window.wished = wish; return false; }};"""
    )
    panel.reload()
    panel.get_by_role("button", name=f"Watch {origin}").click()
    assert panel.evaluate("wished") == {"origins": [f"{origin}/*"]}
    expect(panel.get_by_role("tab")).to_have_count(0)


def test_7_2_27_it_may_do_nothing_before_it_is_asked(tmp_path: Path) -> None:
    assert main(["extension", "--out", str(tmp_path / "out")]) == 0
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["permissions"] == ["activeTab", "scripting", "sidePanel", "storage"]
    assert (manifest["host_permissions"], manifest["optional_host_permissions"]) == (
        [],
        ["http://*/*", "https://*/*"],
    )
    assert not {"content_scripts", "web_accessible_resources", "externally_connectable"} & manifest.keys()
    comments = re.compile(r"/\*.*?\*/", re.DOTALL)
    scripts = {path.name: comments.sub("", path.read_text()) for path in (tmp_path / "out").glob("*.js")}
    assert set(manifest["icons"]) == {"16", "32", "48", "128"}
    for size, icon in manifest["icons"].items():
        picture = (tmp_path / "out" / icon).read_bytes()
        assert (picture[:4], int.from_bytes(picture[16:20])) == (b"\x89PNG", int(size))
    assert set(scripts) == {"page.js", "bridge.js", "worker.js", "panel.js", "devtools.js"}
    assert not [name for name, text in scripts.items() if re.search(r"(?<!\.)\beval\(|new Function|innerHTML", text)]
    assert "chrome." not in scripts["page.js"]
    for wrong in ("shop.example.com", "https://shop.example.com/path", "ftp://shop.example.com"):
        with pytest.raises(argparse.ArgumentTypeError, match="is no origin"):
            web_origin(wrong)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_7_2_23_axe_finds_nothing_wrong_in_the_panel(watched: Watched, scheme: str) -> None:
    page, panel = watched.visit(watched.site)
    settled(page)
    panel.set_viewport_size({"width": 390, "height": 800})
    panel.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for section in LAST:
        show(panel, section)
        expect(panel.get_by_role("tabpanel", name=section)).to_contain_text(LAST[section])
        expect(panel.get_by_role("tabpanel", name=section).locator("button:empty")).to_have_count(0)
        assert violations(panel, "body", without=()) == [], section
        assert panel.evaluate("document.documentElement.scrollWidth <= innerWidth"), section


# What the vendor's host answers for an account's tag, and what the panel says of it.
VENDORS: dict[str, tuple[str, str, list[str]]] = {
    "an old tag": (
        "window.jstag = { isLoaded: true, config: { version: '2.4.1', cid: ['old'] }, send() {}, on() {} };",
        '<script src="https://c.lytics.io/api/tag/old/io.js"></script>',
        ["The tag's version 2.4.1 is deprecated.", "Accountold"],
    ),
    "two tags": (
        "const made = (cid) => ({ isLoaded: true, config: { version: '3.0.35', cid: [cid] }, send() {}, on() {} });"
        "window.jstag = made('one'); window.jstag2 = made('two');",
        '<script src="https://c.lytics.io/api/tag/one/latest.min.js"></script>',
        ["The page has more than one tag: window.jstag, window.jstag2.", "Accountone"],
    ),
    "a tag in a frame": (
        "window.jstag = { isLoaded: true, config: { version: '3.0.35', cid: ['inner'] }, send() {}, on() {} };",
        "<iframe srcdoc='<script src=\"https://c.lytics.io/api/tag/inner/latest.min.js\"></script>'></iframe>",
        ["There is no tag on this page.", "A frame of this page has a tag too", "the frame srcdoc, with jstag"],
    ),
    "a malformed tag": (
        "window.jstag = 'hello';",
        '<script src="https://c.lytics.io/api/tag/bad/latest.min.js"></script>',
        ["window.jstag is a string, not the tag."],
    ),
    "no such tag": (
        "",
        '<script src="https://c.lytics.io/api/tag/none/latest.min.js"></script>',
        ["The tag did not load: https://c.lytics.io/api/tag/none/latest.min.js did not load."],
    ),
}


@pytest.mark.parametrize("name", VENDORS)
def test_7_2_24_a_tag_as_the_vendor_serves_it_is_judged_plainly(watched: Watched, name: str) -> None:
    script, html, said = VENDORS[name]
    asked: list[str] = []

    def vendor(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=200 if script else 404, body=script, content_type="text/javascript")

    watched.context.route("https://c.lytics.io/**", vendor)
    try:
        _page, panel = watched.visit(watched.sites.page(PAGE.format(html)))
        status = panel.get_by_role("tabpanel", name="Status")
        for text in said:
            expect(status).to_contain_text(text)
        assert asked
    finally:
        watched.context.unroute("https://c.lytics.io/**")

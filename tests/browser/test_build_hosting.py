"""`understudy build` hosted by a plain static server on another origin, with integrity enforced (tag.md 8.2, 8.3)."""

import functools
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Page, expect

from understudy.dev_tools.build_files import Build, make_build
from understudy.dev_tools.build_output import write_files
from understudy.server.workspaces.workspace import load_workspace

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
POLICY = "default-src 'none'; script-src 'nonce-n1'; style-src HOST; connect-src 'self'; img-src 'self'"
PAGE = """<!doctype html>
<html lang="en"><title>site</title>
<script nonce="n1">
  window.bad = [];
  window.failures = 0;
  addEventListener("securitypolicyviolation", (event) => bad.push(event.effectiveDirective));
  addEventListener("jstag.failed", () => failures++);
</script>
SNIPPET
<script nonce="n1">window.wentOn = jstag.send({n: 1}) === jstag;</script>
<p>The page</p>
"""
WIDGET = """
label: Hello
widget:
  type: message
  layout: modal
  headline: Hello from a static host
  msg: Pinned
"""


class Static(http.server.SimpleHTTPRequestHandler):
    """Python's static server, and the one header that embedding with integrity asks of a host."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Site(http.server.BaseHTTPRequestHandler):
    """The site that embeds the tag: its page, and who takes its events and knows its visitors."""

    html = ""
    policy = ""
    sent: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        if self.path.startswith("/c/"):
            self.sent.append(self.path)
            self.reply(GIF, "image/gif")
        elif self.path.startswith("/api/personalize/"):
            self.reply(b'{"data": {"user": {"segments": ["all"]}}, "status": 200}', "application/json")
        else:
            self.reply(self.html.encode(), "text/html; charset=utf-8")

    do_POST = do_GET  # noqa: N815

    def reply(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def running(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server in a thread; its origin."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def make(folder: Path, origin: str, site: str) -> Build:
    """A small workspace's build for a host, written into its folder."""
    shop = folder.parent / "shop"
    (shop / "widgets").mkdir(parents=True)
    (shop / "understudy.toml").write_text('account = "shop"\n')
    (shop / "widgets" / "hello.yaml").write_text(WIDGET)
    (shop / "widgets" / "own.js").write_text("window.ownScript = true;\n")
    workspace = load_workspace(shop)
    assert workspace.problems == ()
    build = make_build(workspace, origin, site)
    write_files(folder, build.files)
    return build


class Host:
    """The built folder on an origin of its own, and a page of the site that has the built snippet."""

    def __init__(self, folder: Path, origin: str, site: str, page: Page) -> None:
        self.folder = folder
        self.origin = origin
        self.site = site
        self.page = page
        self.build = make(folder, origin, site)
        snippet = (folder / "snippet.html").read_text().replace("<script>", '<script nonce="n1">')
        Site.html = PAGE.replace("SNIPPET", snippet)
        Site.policy = POLICY.replace("HOST", origin)
        Site.sent.clear()

    def change(self, name: str) -> str:
        """Change one byte of an asset, so that it would still run; its address."""
        path = self.build.assets[name].path
        body = (self.folder / path).read_bytes()
        word = b"Hello" if name == "experiences" else b"Understudy"
        assert word in body
        (self.folder / path).write_bytes(body.replace(word, word.swapcase()[:1] + word[1:], 1))
        return f"{self.origin}/{path}"

    def open(self) -> None:
        self.page.goto(f"{self.site}/page", wait_until="load")
        assert self.page.evaluate("window.wentOn") is True

    def topics(self, start: str) -> list[Any]:
        found: list[Any] = self.page.evaluate(
            "(start) => jstag.history().filter((e) => e.topic.startsWith(start)).map((e) => [e.topic, `${e.payload}`])",
            start,
        )
        return found

    def wait_for(self, topic: str) -> None:
        self.page.wait_for_function("(topic) => jstag.history?.().some((e) => e.topic === topic)", arg=topic)


@pytest.fixture
def host(tmp_path: Path, page: Page) -> Iterator[Host]:
    folder = tmp_path / "out"
    folder.mkdir()
    with running(functools.partial(Static, directory=folder)) as origin, running(Site) as site:
        yield Host(folder, origin, site, page)
        page.close()


def test_8_3_a_widget_shows_with_integrity_enforced_on_all_that_is_loaded(host: Host) -> None:
    host.open()
    widget = host.page.locator("#hello")
    expect(widget).to_contain_text("Hello from a static host")
    host.wait_for("pathfora.publish.done")
    assert widget.evaluate("(node) => getComputedStyle(node).position") == "fixed"
    loaded = host.page.evaluate(
        """() => [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map(
            (node) => [node.src || node.href, node.integrity, node.crossOrigin])"""
    )
    manifest = json.loads((host.folder / "manifest.json").read_text())
    immutable = {path: told for path, told in manifest["files"].items() if "immutable" in told["cache"]}
    expected = [[f"{host.origin}/{path}", told["integrity"], "anonymous"] for path, told in immutable.items()]
    assert sorted(loaded) == sorted(expected)
    assert len(loaded) == 5
    assert host.page.evaluate("[window.ownScript, bad, failures]") == [True, [], 0]
    assert Site.sent


def test_8_3_a_changed_tag_is_refused_and_the_page_goes_on(host: Host) -> None:
    host.change("tag")
    host.open()
    host.page.wait_for_function("() => failures === 1")
    assert host.page.evaluate("[jstag.isLoaded, typeof window.pathfora]") == [None, "undefined"]
    assert Site.sent == []
    assert host.page.locator("p").inner_text() == "The page"


@pytest.mark.parametrize(
    ("name", "topic"), [("sdk", "pathfora.install.carp"), ("experiences", "pathfora.publish.carp")]
)
def test_8_3_a_changed_script_is_refused_and_the_page_goes_on(host: Host, name: str, topic: str) -> None:
    address = host.change(name)
    host.open()
    host.wait_for(topic)
    assert any(address in told for _, told in host.topics(topic))
    assert host.page.evaluate("[typeof window.pathfora, typeof window._pfacfg]")[name == "experiences"] == "undefined"
    assert host.page.locator("#hello").count() == 0
    host.wait_for("collect.finished")
    assert Site.sent


def test_8_3_a_changed_stylesheet_is_refused_and_the_page_goes_on(host: Host) -> None:
    address = host.change("css")
    said: list[str] = []
    host.page.on("console", lambda message: said.append(message.text) if "no styles from" in message.text else None)
    with host.page.expect_console_message(lambda message: "no styles from" in message.text):
        host.open()
    assert len(said) == 1
    assert address in said[0]
    widget = host.page.locator("#hello")
    expect(widget).to_contain_text("Hello from a static host")
    assert widget.evaluate("(node) => getComputedStyle(node).position") == "static"
    assert host.page.evaluate("document.adoptedStyleSheets.some((s) => s.cssRules.length > 1)") is False


def test_8_3_a_changed_script_of_the_account_s_own_is_refused_and_the_page_goes_on(host: Host) -> None:
    [own] = (host.folder / "widgets").iterdir()
    own.write_text(own.read_text().replace("true", "1"))
    host.open()
    host.wait_for("pathfora.publish.done")
    assert host.page.evaluate("window.ownScript") is None
    expect(host.page.locator("#hello")).to_contain_text("Hello from a static host")

"""Live reload: what is told to pages and to the terminal when files change."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from understudy.dev_tools.live import LiveReload
from understudy.dev_tools.live_changes import address_of
from understudy.dev_tools.stream import Hub
from understudy.server.workspaces.workspace import Workspace, load_workspace

OFFER = "label: Offer\nstatus: {status}\nwidget: {{type: message, layout: modal, headline: {headline}, msg: Now}}\n"


class Recorder(Hub):
    """A hub that also keeps what was published."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[dict[str, Any]] = []
        self.news = asyncio.Event()

    def publish(self, message: Any, *, keep: bool = False) -> None:
        self.sent.append(dict(message))
        self.news.set()
        super().publish(message, keep=keep)

    def taken(self) -> list[dict[str, Any]]:
        sent, self.sent = self.sent, []
        return sent


class Bench:
    """A workspace in a folder, and a watcher that looks when it is told to."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("understudy.toml", 'account = "shop"\n')
        self.offer()
        self.write("audiences/vip.fql", 'FILTER plan = "gold" FROM user ALIAS vip\n')
        self.write("personas/anna.yaml", "label: Anna\nfields: {plan: gold}\n")
        self.write("styles/brand.css", "p { color: red }")
        self.write("pages/index.html", "<!doctype html><p>hello")
        self.workspace = load_workspace(root)
        self.hub = Recorder()
        self.live = LiveReload(self.workspace, self.reload, self.hub)
        assert self.hub.taken() == [{"type": "problems", "problems": []}]

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def offer(self, headline: str = "Hello", status: str = "published", name: str = "offer") -> None:
        self.write(f"widgets/{name}.yaml", OFFER.format(headline=headline, status=status))

    def reload(self) -> tuple[Workspace, Workspace]:
        old, self.workspace = self.workspace, load_workspace(self.root, self.workspace)
        return old, self.workspace

    def look(self) -> list[dict[str, Any]]:
        self.live.look()
        return self.hub.taken()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def experiences(ids: list[str], removed: list[str]) -> dict[str, Any]:
    return {"type": "experiences", "ids": ids, "removed": removed}


def test_a_saved_stylesheet_is_swapped_and_nothing_is_read_again(bench: Bench) -> None:
    bench.live.reload = lambda: pytest.fail("a stylesheet's text is no reason to reload")
    bench.write("styles/brand.css", "p { color: blue }")
    (message,) = bench.look()
    assert message["type"] == "css"
    assert message["href"].startswith("/styles/brand.css?v=")
    bench.write("styles/brand.css", "p { color: green }")
    assert bench.look()[0]["href"] != message["href"]


def test_a_deleted_stylesheet_is_taken_off(bench: Bench) -> None:
    (bench.root / "styles/brand.css").unlink()
    assert bench.look() == [{"type": "css", "href": "/styles/brand.css", "removed": True}]


def test_a_changed_experience_is_named(bench: Bench) -> None:
    bench.offer("Good day")
    assert bench.look() == [experiences(["offer"], [])]


def test_a_comment_changes_no_experience(bench: Bench) -> None:
    bench.write("widgets/offer.yaml", "# why\n" + OFFER.format(headline="Hello", status="published"))
    assert bench.look() == []


@pytest.mark.parametrize("status", ["draft", "paused", "archived"])
def test_an_experience_that_is_published_no_more_is_removed_and_comes_back(bench: Bench, status: str) -> None:
    bench.offer(status=status)
    assert bench.look() == [experiences([], ["offer"])]
    bench.offer("Edited", status=status)
    assert bench.look() == [experiences([], [])]  # the panel lists drafts
    bench.offer()
    assert bench.look() == [experiences(["offer"], [])]


def test_new_and_deleted_experiences(bench: Bench) -> None:
    bench.offer(name="second")
    assert bench.look() == [experiences(["second"], [])]
    (bench.root / "widgets/offer.yaml").rename(bench.root / "widgets/third.yaml")
    assert bench.look() == [experiences(["third"], ["offer"])]


def test_a_callback_file_changes_its_experience(bench: Bench) -> None:
    bench.write("widgets/done.js", "function () { return 1 }")
    bench.write("widgets/offer.yaml", "widget: {type: message, msg: Hi, confirmAction: {name: ok, callback: done.js}}")
    bench.look()
    bench.write("widgets/done.js", "function () { return 2 }")
    assert bench.look() == [experiences(["offer"], [])]


def test_a_plain_script_loads_every_page_again(bench: Bench) -> None:
    every = {"type": "page", "path": "*", "reason": "widgets/own.js changed"}
    bench.write("widgets/own.js", "pathfora.utils;")
    assert bench.look() == [every]
    bench.write("widgets/own.js", "pathfora.utils, 1;")
    assert bench.look() == [every]
    (bench.root / "widgets/own.js").unlink()
    assert bench.look() == [every]


def test_audiences_personas_content_and_settings(bench: Bench) -> None:
    bench.write("audiences/vip.fql", 'FILTER plan = "silver" FROM user ALIAS vip\n')
    assert bench.look() == [{"type": "audiences", "slugs": ["vip"]}]
    bench.write("personas/anna.yaml", "label: Anna\nfields: {plan: silver}\n")
    assert bench.look() == [{"type": "personas", "ids": ["anna"]}]
    bench.write("content/a.yaml", "documents: [{url: /a, topics: [Mugs]}]\n")
    assert bench.look() == [{"type": "page", "path": "*", "reason": "content changed"}]
    bench.write("understudy.toml", 'account = "shop"\nstream = "web"\n')
    assert bench.look() == [{"type": "page", "path": "*", "reason": "understudy.toml changed"}]


def test_settings_that_count_from_the_next_start_are_said(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        bench.write("understudy.toml", 'account = "shop"\n[server]\nport = 9000\n')
        bench.live.look()
    assert "[server] and [store] of understudy.toml count from the next start" in caplog.text


@pytest.mark.parametrize("make", ["folder", "link"])
def test_what_stands_in_a_files_place_is_a_problem(bench: Bench, make: str) -> None:
    path = bench.root / "widgets" / "odd.yaml"
    if make == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere.yaml")
    bench.live.look()
    (message,) = [sent for sent in bench.hub.taken() if sent["type"] == "problems"]
    assert [problem["path"] for problem in message["problems"]] == ["widgets/odd.yaml"]


def test_pages_and_what_lies_beside_them(bench: Bench) -> None:
    bench.write("pages/index.html", "<!doctype html><p>bye")
    bench.write("pages/own style.css", "p {}")
    bench.write("pages/shop/app.js", "1")
    sent = bench.look()
    assert {"type": "page", "path": "/index.html", "reason": "changed"} in sent
    assert {"type": "page", "path": "/shop/app.js", "reason": "changed"} in sent
    assert any(message.get("href", "").startswith("/own%20style.css?v=") for message in sent)
    (bench.root / "pages/index.html").unlink()
    assert bench.look() == [{"type": "page", "path": "/index.html", "reason": "deleted"}]


def test_only_styles_and_pages_have_addresses() -> None:
    assert address_of("styles/a/b.css") == "/styles/a/b.css"
    assert address_of("widgets/a.yaml") is None
    assert address_of("understudy.toml") is None


def test_a_broken_file_is_told_once_and_again_when_it_is_fixed(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    bench.write("widgets/offer.yaml", "widget: {type: message, headlin: Oops}\n")
    (message,) = bench.look()
    assert message["type"] == "problems"
    assert message["problems"][0]["path"] == "widgets/offer.yaml"
    assert "headline" in message["problems"][0]["hint"]
    assert [experience.id for experience in bench.workspace.experiences] == ["offer"]
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert len(warnings) == 1
    assert warnings[0].startswith("1 problem; the last good version is served meanwhile:\n  widgets/offer.yaml:1:")
    bench.offer("Fixed")
    assert bench.look() == [experiences(["offer"], []), {"type": "problems", "problems": []}]
    assert "all problems are fixed" in caplog.text


def test_a_reload_that_fails_is_a_problem_and_the_watcher_goes_on(bench: Bench) -> None:
    settings = (bench.root / "understudy.toml").read_text()
    (bench.root / "understudy.toml").unlink()
    (message,) = bench.look()
    assert message["problems"][0]["path"] == "understudy.toml"
    assert "has no understudy.toml" in message["problems"][0]["message"]
    bench.write("understudy.toml", settings)
    assert bench.look() == [{"type": "problems", "problems": []}]


def watching(bench: Bench, test: Callable[[], Any]) -> None:
    """Run a coroutine while the watcher runs."""

    async def run() -> None:
        task = asyncio.create_task(bench.live.run())
        try:
            await asyncio.wait_for(test(), 20)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


async def seen(bench: Bench, kind: str) -> dict[str, Any]:
    """The next message of a type."""
    while True:
        for message in bench.hub.taken():
            if message["type"] == kind:
                return message
        await bench.hub.news.wait()
        bench.hub.news.clear()


def test_the_watcher_sees_saves_new_folders_deleted_folders_and_renames(bench: Bench) -> None:
    async def test() -> None:
        bench.offer("One")
        assert (await seen(bench, "experiences"))["ids"] == ["offer"]
        spare = bench.root / "widgets/.offer.yaml.new"
        spare.write_text(OFFER.format(headline="Two", status="published"))
        spare.replace(bench.root / "widgets/offer.yaml")
        assert (await seen(bench, "experiences"))["ids"] == ["offer"]
        (bench.root / "widgets/offer.yaml").unlink()
        (bench.root / "widgets").rmdir()
        assert (await seen(bench, "experiences"))["removed"] == ["offer"]
        bench.offer("Three")
        assert (await seen(bench, "experiences"))["ids"] == ["offer"]
        bench.write("styles/new/theme.css", "p {}")
        assert (await seen(bench, "css"))["href"].startswith("/styles/new/theme.css")
        bench.write("styles/new/theme.css", "q {}")
        assert (await seen(bench, "css"))["href"].startswith("/styles/new/theme.css")

    watching(bench, test)


def test_the_watcher_waits_for_a_workspace_that_was_moved_away(bench: Bench) -> None:
    async def test() -> None:
        away = bench.root.with_name("away")
        bench.root.rename(away)
        assert (await seen(bench, "problems"))["problems"]
        away.rename(bench.root)
        assert (await seen(bench, "problems"))["problems"] == []

    watching(bench, test)

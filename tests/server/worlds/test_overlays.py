"""Files of a world's own, over those on disk."""

import json
import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from understudy.server.workspaces.overlaid_files import OverlaidFiles
from understudy.server.workspaces.overlays import LARGEST, OverlaidFolder, OverlayError
from understudy.server.workspaces.workspace import load_workspace, read_workspace
from understudy.server.worlds import Worlds

API = "/__understudy__/api/"
OWN = {"X-Understudy-World": "a"}


def make(client: TestClient, files: dict[str, object]) -> dict[str, object]:
    response = client.post(f"{API}worlds", json={"name": "a", "files": files})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_files_replace_add_and_take_away_and_every_reader_sees_it(client: TestClient) -> None:
    files = {
        "widgets/offer.yaml": None,
        "widgets/new.yaml": "widget: {type: message, layout: bar, msg: Sale, confirmAction: {callback: new.js}}\n",
        "widgets/new.js": "function (event, payload) { window.pressed = true; }\n",
        "widgets/plain.js": "window.plain = 1;\n",
        "audiences/vip.fql": 'FILTER plan = "gold" WITH name = "Very", public = true ALIAS vip\n',
        "styles/brand.css": "p { color: blue }\n",
        "pages/deep/one.html": "<p>ön",
        "content/articles.yaml": "documents: [{url: /deep/one.html, topics: [Beans]}]\n",
    }
    assert make(client, files)["problems"] == []
    view = client.get(f"{API}workspace", headers=OWN).json()
    assert [one["id"] for one in view["experiences"]] == ["new"]
    candidates = client.get("/api/experience/candidate/shop/config.js", headers=OWN).text
    assert "window.pressed" in candidates
    assert "/widgets/plain.js" in candidates
    assert client.get("/widgets/plain.js", headers=OWN).text == "window.plain = 1;\n"
    assert client.get("/styles/brand.css", headers=OWN).text == "p { color: blue }\n"
    assert client.get("/deep/one", headers=OWN).text.endswith("<p>ön")
    assert "Pages here: deep/one.html, index.html" in client.get("/none", headers=OWN).json()["message"]
    client.get("/c/shop?_uid=u1&plan=gold", headers=OWN)
    segments = client.get("/api/personalize/shop/user/_uid/u1", headers=OWN).json()["data"]["user"]["segments"]
    assert "vip" in segments
    recommended = client.get("/api/content/recommend/shop/user/_uid/u1", headers=OWN).json()["data"]
    assert [one["topics"] for one in recommended] == [["Beans"]]


def test_the_default_world_sees_nothing_of_it(client: TestClient, shop: Path) -> None:
    before = {path: path.read_bytes() for path in shop.rglob("*.*")}
    make(client, {"styles/brand.css": "p {}", "pages/own.html": "<p>own", "understudy.toml": 'account = "other"\n'})
    assert client.get("/own").status_code == 404
    assert client.get("/styles/brand.css").text == "p { color: red }\n"
    assert client.get(API, headers=OWN).json()["account"] == "other"
    assert client.get(API).json()["account"] == "shop"
    assert client.get("/c/shop?_uid=u", headers=OWN).status_code == 404
    client.delete(f"{API}worlds/a")
    assert {path: path.read_bytes() for path in before} == before


NO_FILES = """
/etc/passwd ../x a/../../x pages/.. pages//a.html .understudy/store.db pages/.x.html README.md pages\\x.html a/\0.html
"""


@pytest.mark.parametrize("name", ["", *NO_FILES.split()])
def test_what_is_no_file_of_a_workspace_is_refused(client: TestClient, name: str) -> None:
    response = client.post(f"{API}worlds", json={"name": "a", "files": {name: "x"}})
    assert response.status_code == 400
    assert "is no file of a workspace" in response.json()["message"]
    assert client.get(f"{API}worlds/a").status_code == 404


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"understudy.toml": None}, "has no understudy.toml"),
        ({"pages/a": "x", "pages/a/b.html": "x"}, "cannot be laid out"),
        ({f"pages/{'a' * 300}.html": "x"}, "cannot be laid out"),
        ({"pages/a.html": "\ud800"}, "half a surrogate"),
        ({"pages/a.html": "x" * (LARGEST + 1)}, "all together may have 2,000,000"),
        ({"pages/a.html": 5}, '"files" must be an object of paths and texts'),
        (["pages/a.html"], '"files" must be an object of paths and texts'),
    ],
)
def test_files_that_make_no_workspace_leave_no_world(client: TestClient, files: object, said: str) -> None:
    response = client.post(f"{API}worlds", content=json.dumps({"name": "a", "files": files}))
    assert (response.status_code, said in response.json()["message"]) == (400, True), response.text
    assert client.get(f"{API}worlds/a").status_code == 404


MANY = {
    "widgets/offer.yaml": "label: Mine\nwidget: {type: message, layout: bar, msg: Mine}\n",
    "widgets/pressed.yaml": "widget: {type: message, layout: bar, msg: Hi, confirmAction: {callback: pressed.js}}\n",
    "widgets/linked.yaml": "widget: {type: message, layout: bar, msg: Hi, confirmAction: {callback: out.js}}\n",
    "widgets/pressed.js": "function (event, payload) { }\n",
    "widgets/plain.js": "window.plain = 1;\n",
    "widgets/large.yaml": f"# {'x' * 300_000}\n",
    "audiences/broken.fql": "FILTER plan = FROM user",
    "audiences/fresh.fql": None,
    "personas/me.yaml": "fields: {plan: gold}\n",
    "content/a.yaml": "documents: [{url: /deep/new.html}]\ncollections: {c: {documents: [/none.html, /old.html]}}\n",
    "pages/deep/new.html": "new",
    "pages/gone": None,
    "pages/#draft/a.html": "no page",
    "styles/deep/a.css": "p {}",
    "schema/a.json": "{}",
}


def test_a_workspace_read_in_memory_is_the_one_that_is_laid_out_later(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "out.js").write_text("function (event, payload) { }")
    for name, text in (("pages/gone/a.html", ""), ("pages/old.html", ""), ("styles/b.css", ""), ("widgets/x.js", "")):
        (shop / name).parent.mkdir(exist_ok=True)
        (shop / name).write_text(text)
    (shop / "widgets" / "out.js").symlink_to(tmp_path / "out.js")
    (shop / "styles" / "in.css").symlink_to(shop / "styles" / "b.css")
    shared = load_workspace(shop)
    folder = OverlaidFolder(MANY)
    own = read_workspace(OverlaidFiles(shared.source, folder), shared)
    assert not own.source.place.exists(), "nobody has asked for files on disk"
    laid = load_workspace(own.root, shared)
    said = {problem.path: problem.message for problem in own.problems}
    assert said.keys() == {f"widgets/{name}" for name in ("large.yaml", "linked.yaml", "out.js")} | {
        "audiences/broken.fql",
        "content/a.yaml",
    }
    assert said["content/a.yaml"] == "there is no document /none.html"
    assert "outside" in said["widgets/linked.yaml"]
    assert own.experiences == laid.experiences
    assert [one.id for one in own.experiences] == ["offer", "pressed"]
    assert dict(own.audiences) == dict(laid.audiences)
    assert own.scripts == laid.scripts == (own.root / "widgets" / "plain.js", own.root / "widgets" / "x.js")
    assert (own.styles, own.pages, own.personas) == (laid.styles, laid.pages, laid.personas)
    assert [path.name for path in own.pages] == ["index.html", "new.html", "old.html"]
    folder.remove()
    assert not own.root.exists()


def test_what_an_overlay_does_not_change_is_taken_over_and_not_read_again(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = load_workspace(shop)
    monkeypatch.setattr(Path, "read_bytes", None)
    own = read_workspace(OverlaidFiles(shared.source, OverlaidFolder({"styles/own.css": "p {}"})), shared)
    assert own.style_names == ("styles/brand.css", "styles/own.css")
    assert (own.audiences is shared.audiences, own.content is shared.content) == (True, True)
    assert own.experiences[0] is shared.experiences[0]
    files = {"audiences/gold.fql": 'FILTER plan = "gold" ALIAS gold'}
    more = read_workspace(OverlaidFiles(shared.source, OverlaidFolder(files)), shared)
    assert more.audiences.keys() - shared.audiences.keys() == {"gold"}
    assert more.audiences["fresh"] is shared.audiences["fresh"]


def test_changes_on_disk_reach_what_is_laid_out(client: TestClient, shop: Path, worlds: Worlds) -> None:
    make(client, {"pages/own.html": "<p>own"})
    assert client.get("/styles/brand.css", headers=OWN).text == "p { color: red }\n"
    (shop / "styles" / "brand.css").unlink()
    (shop / "styles" / "brand.css").write_text("p { color: green }\n")
    worlds.lay_out()
    assert client.get("/styles/brand.css", headers=OWN).text == "p { color: green }\n"
    assert client.get("/own", headers=OWN).text.endswith("<p>own")


def test_a_disk_that_takes_no_more_files_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    make(client, {"pages/own.html": "<p>own"})

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    response = client.get("/own", headers=OWN)
    assert (response.status_code, "No space left" in response.json()["message"]) == (503, True)
    monkeypatch.undo()
    assert client.get("/own", headers=OWN).text.endswith("<p>own")


def test_files_that_stay_are_not_copied_and_links_are_as_before(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("secret")
    (shop / "pages" / "out.html").symlink_to(tmp_path / "outside.html")
    (shop / "pages" / "in.html").symlink_to(shop / "pages" / "index.html")
    folder = OverlaidFolder({"pages/new.html": "new"})
    root = folder.fill(shop.resolve())
    assert (root / "pages" / "index.html").samefile(shop / "pages" / "index.html")
    assert (root / "pages" / "in.html").read_text() == (shop / "pages" / "index.html").read_text()
    assert not (root / "pages" / "in.html").is_symlink()
    assert (root / "pages" / "out.html").is_symlink()
    folder.remove()
    assert not root.exists()
    assert (shop / "pages" / "index.html").exists()


def test_where_hard_links_are_impossible_files_are_copied(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def impossible(*_: object) -> None:
        raise OSError("another file system")

    monkeypatch.setattr(os, "link", impossible)
    folder = OverlaidFolder({"pages/index.html": "new"})
    root = folder.fill(shop.resolve())
    assert (root / "styles" / "brand.css").read_text() == "p { color: red }\n"
    assert not (root / "styles" / "brand.css").samefile(shop / "styles" / "brand.css")
    folder.remove()


def test_too_much_is_refused_before_anything_is_written() -> None:
    with pytest.raises(OverlayError, match="all together may have"):
        OverlaidFolder({"pages/a.html": "x" * LARGEST, "pages/b.html": "x"})

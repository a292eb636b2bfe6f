import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from understudy.server.app import create_app
from understudy.server.site import Site


@pytest.fixture
def marked(site: Site) -> TestClient:
    return TestClient(
        create_app(site, transform=lambda html, _site: html + b"<!-- marked -->"), base_url="http://127.0.0.1"
    )


def test_pages_are_found_by_name_with_or_without_suffix(client: TestClient, root: Path) -> None:
    (root / "pages" / "sub").mkdir()
    (root / "pages" / "sub" / "index.html").write_text("<p>sub")
    assert client.get("/").status_code == 200
    assert client.get("/product").text == client.get("/product.html").text
    assert client.get("/sub").text == "<p>sub"
    assert client.get("/sub/").text == "<p>sub"


def test_only_html_is_transformed(marked: TestClient, root: Path) -> None:
    (root / "pages" / "data.json").write_text("{}")
    assert marked.get("/").text.endswith("<!-- marked -->")
    assert marked.get("/data.json").text == "{}"
    assert marked.get("/styles/brand.css").text == (root / "styles" / "brand.css").read_text()


def test_an_edit_is_served_at_once(client: TestClient, root: Path) -> None:
    etag = client.get("/").headers["etag"]
    (root / "pages" / "index.html").write_text("<p>new")
    response = client.get("/", headers={"if-none-match": etag})
    assert response.text == "<p>new"


def test_a_missing_page_lists_those_there_are(client: TestClient) -> None:
    response = client.get("/nowhere")
    assert response.status_code == 404
    assert response.json()["message"].startswith("No page at '/nowhere'. Pages here: index.html, journal/")


def test_a_workspace_without_pages_says_where_to_put_one(client: TestClient, root: Path) -> None:
    shutil.rmtree(root / "pages")
    assert "pages/index.html" in client.get("/").json()["message"]


def test_pages_are_only_read(client: TestClient) -> None:
    response = client.post("/product")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert response.json()["message"] == "POST is not answered at '/product'; files are read with GET."


@pytest.mark.parametrize(
    ("method", "path", "answered"),
    [
        ("GET", "/collect/json/default", ["POST"]),
        ("DELETE", "/api/segment", ["GET", "HEAD", "POST"]),
        ("PUT", "/api/experience/vip-offer", ["DELETE", "GET", "HEAD", "PATCH"]),
        ("POST", "/api/query/_validate/", ["GET", "HEAD"]),
    ],
)
def test_an_address_of_the_api_says_which_methods_it_answers(
    client: TestClient, method: str, path: str, answered: list[str]
) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == ", ".join(answered)
    assert response.json()["message"].startswith(f"{method} is not answered at {path!r}")


@pytest.mark.parametrize(
    "path",
    [
        "/../understudy.toml",
        "/%2e%2e/understudy.toml",
        "/..%2funderstudy.toml",
        "/styles/../understudy.toml",
        "/styles/..%2f..%2funderstudy.toml",
        "/widgets/vip-offer.yaml",
        "/widgets/vip-offer.yaml?import&raw.js",
        "/widgets/%2e%2e/understudy.toml%00.js",
        "/understudy.toml",
        "/.understudy/store.sqlite",
        "/audiences/high_value.fql",
        "//etc/passwd",
        "/styles//etc/passwd.css",
    ],
)
def test_nothing_else_of_the_workspace_or_machine_is_served(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {404, 405}
    assert "account" not in response.text


def test_a_link_out_of_the_folder_is_not_followed(client: TestClient, root: Path) -> None:
    (root / "pages" / "out.html").symlink_to(root / "understudy.toml")
    assert client.get("/out.html").status_code == 404


def test_plain_scripts_are_served_as_they_are(client: TestClient, root: Path) -> None:
    (root / "widgets" / "own.js").write_text("window.own = 1;\n")
    response = client.get("/widgets/own.js")
    assert response.text == "window.own = 1;\n"
    assert response.headers["cache-control"] == "no-cache"


def test_a_page_that_cannot_be_read_is_said(client: TestClient, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    response = client.get("/")
    assert response.status_code == 500
    assert response.json()["message"] == "index.html cannot be read: Permission denied."


def test_a_missing_style_or_script_is_named(client: TestClient) -> None:
    for path in ("/styles/gone.css", "/widgets/gone.js"):
        assert client.get(path).json()["message"] == f"Nothing is served at {path!r}."


@pytest.mark.parametrize("path", ["/styles/brand.css", "/data.json"])
def test_a_file_that_cannot_be_read_is_said(
    client: TestClient, root: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (root / "pages" / "data.json").write_text("{}")
    monkeypatch.setattr("os.access", lambda *_: False)
    response = client.get(path)
    assert response.status_code == 500
    assert response.json()["message"] == f"{Path(path).name} cannot be read. Make it readable for this user."


def test_a_page_in_another_encoding_says_so_itself(client: TestClient, root: Path) -> None:
    page = '<meta charset="iso-8859-1"><p>caf\xe9'.encode("latin-1")
    (root / "pages" / "old.html").write_bytes(page)
    response = client.get("/old")
    assert (response.content, response.headers["content-type"]) == (page, "text/html")
    assert client.get("/").headers["content-type"] == "text/html; charset=utf-8"


def test_a_browser_gets_the_missing_page_as_a_page(marked: TestClient, root: Path) -> None:
    (root / "pages" / "a&b.html").touch()
    (root / "pages" / "gone.html").symlink_to("nowhere")
    response = marked.get("/<i>", headers={"accept": "text/html,*/*"})
    assert (response.status_code, response.headers["cache-control"]) == (404, "no-store")
    assert "<p>No page at '/&lt;i&gt;'. Pages here: a&amp;b.html, index.html, journal/" in response.text
    assert response.text.endswith("<!-- marked -->")


def test_a_long_list_of_pages_is_cut(client: TestClient, root: Path) -> None:
    for number in range(30):
        (root / "pages" / f"a{number:02}.html").touch()
    assert client.get("/gone").json()["message"].endswith("a19.html and 14 more.")


@pytest.mark.parametrize("name", ["a" * 300, "%00", "a%00b.html", "styles/%00.css", f"widgets/{'a' * 300}.js"])
def test_a_name_that_no_file_can_have_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/{name}").status_code == 404

"""The generated scripts and styles: the tag, the SDK, the candidates."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from understudy.server.app import create_app
from understudy.server.sdk.script import sdk_script, sdk_stylesheet
from understudy.server.site import Site
from understudy.server.tag.script import assembled, function_name, tag_script
from understudy.server.workspaces.workspace import load_workspace


def test_a_plugins_function_is_its_name_in_camel_case() -> None:
    assert function_name("pathfora.install") == "pathforaInstall"
    assert function_name("cookies") == "cookies"


def test_a_core_plugin_stays_because_its_methods_do() -> None:
    assert "pageAnalysis" in assembled({"pageAnalysis": {"disabled": True}}, minified=True)


def test_a_disabled_plugin_is_not_in_the_tag() -> None:
    config = {"cid": ["a"], "pathfora": {"publish": {"disabled": True}}}
    assert "pathforaPublish" in tag_script({"cid": ["a"]}, minified=False)
    assert "pathforaPublish" not in tag_script(config, minified=False)


def test_the_tag_is_the_same_bytes_for_the_same_settings_and_has_no_secret(root: Path, site: Site) -> None:
    config = site.workspace.settings.tag_config()
    for minified in (False, True):
        text = tag_script(config, minified=minified)
        assert text == tag_script(config, minified=minified)
        assert site.account in text
        assert str(root) not in text
        assert "sourceMappingURL" not in text


def test_settings_cannot_end_a_script_element() -> None:
    assert "</script" not in tag_script({"cid": ["</script><script>alert(1)"]}, minified=False)


@pytest.mark.parametrize("name", ["latest.js", "latest.min.js"])
def test_the_tag_route(client: TestClient, account: str, name: str) -> None:
    response = client.get(f"/api/tag/{account}/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/javascript")
    assert (
        client.get(f"/api/tag/{account}/{name}", headers={"if-none-match": response.headers["etag"]}).status_code == 304
    )
    assert client.get(f"/api/tag/nobody/{name}").status_code == 404


def test_the_tag_asks_to_be_compiled_at_once(client: TestClient, account: str) -> None:
    """The hint counts only where nothing but comments and white space stands before it."""
    banner, hint = client.get(f"/api/tag/{account}/latest.min.js").text.splitlines()[:2]
    assert banner.startswith("/*! Understudy tag 3.")
    assert hint == "//# allFunctionsCalledOnLoad"


@pytest.mark.parametrize("name", ["pathfora.js", "pathfora.min.js"])
def test_pages_of_this_server_get_live_editing_and_files_for_visitors_do_not(client: TestClient, name: str) -> None:
    assert "replaceWidget" in client.get(f"/static/{name}").text
    assert "replaceWidget" not in sdk_script(minified=".min." in name)


def test_minified_is_much_smaller(client: TestClient, account: str) -> None:
    assert len(client.get(f"/api/tag/{account}/latest.min.js").content) < 0.6 * len(
        client.get(f"/api/tag/{account}/latest.js").content
    )
    assert len(sdk_script(minified=True)) < 0.6 * len(sdk_script(minified=False))
    assert len(sdk_stylesheet(minified=True)) < len(sdk_stylesheet(minified=False))


@pytest.mark.parametrize(
    ("name", "kind"), [("js", "javascript"), ("min.js", "javascript"), ("css", "css"), ("min.css", "css")]
)
def test_the_sdk_routes(client: TestClient, name: str, kind: str) -> None:
    response = client.get(f"/static/pathfora.{name}")
    assert response.status_code == 200
    assert kind in response.headers["content-type"]
    assert "pf-widget" in response.text


def test_the_stylesheet_begins_with_the_base() -> None:
    text = sdk_stylesheet(minified=False)
    positions = [text.index(f"{name}.css") for name in ("base", "bar", "modal", "slideout")]
    assert positions[0] == min(positions)


def test_the_candidates_are_the_published_experiences_and_plain_scripts(
    client: TestClient, root: Path, account: str
) -> None:
    text = client.get(f"/api/experience/candidate/{account}/config.js").text
    assert text.count("window._pfacfg =") == 1
    assert '"vip-offer"' in text
    assert "high_value" in text
    assert client.get("/api/experience/candidate/nobody/config.js").status_code == 404


def test_any_name_of_a_plain_script_makes_an_address(site: Site, root: Path) -> None:
    script = root / "widgets" / "50% off #1?.js"
    script.write_text("window.own = 1;\n")
    site.workspace = load_workspace(root)
    client = TestClient(create_app(site), base_url="http://127.0.0.1")
    text = client.get(f"/api/experience/candidate/{site.account}/config.js").text
    assert 'scripts: ["/widgets/50%25%20off%20%231%3F.js"]' in text
    assert client.get("/widgets/50%25%20off%20%231%3F.js").text == "window.own = 1;\n"


def test_what_a_site_embeds_may_be_checked_by_integrity(client: TestClient, account: str) -> None:
    for path in (
        f"/api/tag/{account}/latest.js",
        "/static/pathfora.js",
        "/static/pathfora.css",
        f"/api/experience/candidate/{account}/config.js",
    ):
        headers = client.get(path).headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["cross-origin-resource-policy"] == "cross-origin"
        assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in client.get("/").headers

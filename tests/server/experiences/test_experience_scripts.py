"""The scripts of experiences (tag.md 5.7, platform.md 2.6)."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

BOTH = ("/api/experience/preview", "/api/program/campaign/variation/preview")


@pytest.mark.parametrize("path", BOTH)
def test_5_7_a_preview_has_one_experience_a_draft_too(client: TestClient, account: str, path: str) -> None:
    answer = client.get(f"{path}/{account}/studio-sale/config.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert '"id": "studio-sale"' in answer.text
    assert "vip-offer" not in answer.text
    assert "studio-sale" not in client.get(f"/api/experience/candidate/{account}/config.js").text
    again = client.get(answer.request.url, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_5_7_a_preview_is_what_publishing_would_serve_but_for_its_dates(
    client: TestClient, site: Site, account: str
) -> None:
    published = client.get(f"/api/experience/candidate/{account}/config.js").text
    preview = client.get(f"/api/experience/preview/{account}/vip-offer/config.js").text
    entry = preview.removeprefix("window._pfacfg = {\n  experiences: [").partition("\n  ],\n  scripts: []")[0]
    assert '"label": "Offer for our best customers"' in entry
    assert entry in published
    draft = client.get(f"/api/experience/preview/{account}/studio-sale/config.js").text
    assert any(one.dates.start for one in site.workspace.experiences if one.id == "studio-sale")
    assert "start_at" not in draft
    assert '"showDelay": 5' in draft


@pytest.mark.parametrize("path", BOTH)
def test_5_7_an_unknown_id_is_a_script_that_says_so_and_shows_nothing(
    client: TestClient, account: str, path: str
) -> None:
    hostile = "a/b</script>'\"\u2028"
    answer = client.get(f"{path}/{account}/{hostile}/config.js")
    assert answer.status_code == 200
    said, _, rest = answer.text.partition("\n")
    assert "</script>" not in answer.text
    message = json.loads(said.removeprefix("console.warn(").removesuffix(");"))
    assert message.startswith("Understudy: there is no experience ")
    assert rest.split() == ["window._pfacfg", "=", "{", "experiences:", "[],", "scripts:", "[]", "};"]


def test_5_7_another_account_has_no_previews(client: TestClient) -> None:
    assert client.get("/api/experience/preview/other/vip-offer/config.js").status_code == 404


def test_5_7_an_inverse_is_previewed_with_its_experience(
    client: TestClient, site: Site, root: Path, account: str
) -> None:
    (root / "widgets" / "pair.yaml").write_text(
        "audience: returning\nstatus: draft\nwidget: {type: message, msg: a}\ninverse: {type: message, msg: b}\n"
    )
    site.workspace = load_workspace(root, site.workspace)
    answer = client.get(f"/api/experience/preview/{account}/pair-inverse/config.js")
    assert '"id": "pair"' in answer.text
    assert '"id": "pair-inverse"' in answer.text

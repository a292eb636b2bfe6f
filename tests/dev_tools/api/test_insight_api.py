"""The panel's views: what set a field, why an audience, which personas are where, files, schemas, persona files."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.dev_tools.api.pages import patience
from understudy.dev_tools.api.validation import judge
from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

API = "/__understudy__/api/"
OWN = {"Sec-Fetch-Site": "same-origin"}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["plan"],
    "properties": {"plan": {"enum": ["gold", "lead"]}},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("widgets", "audiences", "personas", "schemas"):
        (tmp_path / folder).mkdir()
    (tmp_path / "understudy.toml").write_text(
        'account = "shop"\n[profile]\npublic_fields = ["plan"]\n'
        '[streams.web.fields]\norders = { from = "orders", kind = "int" }\n'
    )
    (tmp_path / "audiences/vips.fql").write_text('FILTER plan = "gold" ALIAS vips WITH is_public = true\n')
    (tmp_path / "audiences/spenders.fql").write_text("FILTER spent >= 500 ALIAS spenders\n")
    (tmp_path / "personas/gold.yaml").write_text("label: Gold  # best\nfields:\n  plan: gold  # so\n  old: 1\n")
    (tmp_path / "personas/plain.json").write_text(json.dumps({"label": "Plain", "fields": {"plan": "lead"}}))
    (tmp_path / "schemas/web.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "schemas/broken.json").write_text("{")
    (tmp_path / "schemas/wrong.json").write_text('{"type": "nothing"}')
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def client(root: Path) -> Iterator[TestClient]:
    workspace = load_workspace(root)
    platform = Platform.open(":memory:", workspace.audiences)
    app = build(Site(workspace, platform), Hubs())
    with TestClient(app, base_url="http://127.0.0.1", headers=OWN, client=("127.0.0.1", 1)) as client:
        yield client
    platform.close()


def get(client: TestClient, path: str, status: int = 200) -> Any:
    response = client.get(API + path)
    assert response.status_code == status, response.text
    return response.json()


def send(client: TestClient, **fields: str) -> None:
    assert client.get("/c/shop/web", params={"_uid": "u1", **fields}).status_code == 200


def test_7_2_20_each_field_names_the_event_that_set_it_last(client: TestClient) -> None:
    send(client, plan="lead", _e="signup")
    send(client, plan="lead", colour="red", _e="pv")
    send(client, plan="gold")
    found = get(client, "provenance?uid=u1")
    assert found["events"] == 3
    assert found["fields"]["plan"]["title"] == "web"
    assert found["fields"]["colour"]["title"] == "page view"
    assert found["fields"]["plan"]["event_id"] > found["fields"]["colour"]["event_id"]
    assert found["fields"]["_id"] is None
    assert found["public_fields"] == ["_uid", "plan"]
    assert "vips" in found["public_audiences"]
    assert "email" in found["known"]
    assert get(client, "provenance?uid=nobody")["fields"] == {}
    assert "'uid' is missing" in get(client, "provenance", 400)["message"]


def test_7_2_20_an_audience_decision_is_a_tree_of_conditions(client: TestClient) -> None:
    send(client, plan="gold")
    found = get(client, "reason?uid=u1&audience=vips")
    assert (found["inside"], found["reason"]["result"], found["reason"]["seen"]) == (True, "pass", {"plan": "gold"})
    assert found["next"] == "time alone changes nothing"
    assert get(client, "reason?uid=nobody&audience=vips")["inside"] is False
    client.post("/api/segment", content='FILTER plan = "gold" ALIAS made').raise_for_status()
    made = get(client, "reason?uid=u1&audience=made")
    assert (made["inside"], made["file"]) == (True, "in no file")
    assert "made" in get(client, "provenance?uid=u1")["public_audiences"]
    assert {one["slug"] for one in get(client, "profile?uid=u1")["audiences"] if one["member"]} >= {"vips", "made"}
    assert "made" in {one["slug"] for one in get(client, "workspace")["audiences"]}
    assert "Did you mean 'vips'?" in get(client, "reason?uid=u1&audience=vip", 404)["message"]


def test_7_2_2_personas_are_listed_with_their_audiences(client: TestClient) -> None:
    found = {one["id"]: one["audiences"] for one in get(client, "persona-audiences")["personas"]}
    assert "vips" in found["gold"]
    assert "vips" not in found["plain"]


@pytest.mark.parametrize("name", ["secret.txt", "../x", "widgets/../secret.txt", "/etc/passwd", "widgets", "a\0b"])
def test_only_the_workspace_s_own_files_are_shown(client: TestClient, name: str) -> None:
    assert "is no file of this workspace" in client.get(API + "source", params={"file": name}).json()["message"]


def test_a_file_is_shown_with_its_place(client: TestClient, root: Path) -> None:
    found = get(client, "source?file=audiences/vips.fql")
    assert found["path"] == (root / "audiences/vips.fql").as_posix()
    assert "ALIAS vips" in found["text"]
    assert "cannot be read" in get(client, "source?file=widgets/none.yaml", 404)["message"]


def test_7_2_17_events_are_judged_by_the_schema_of_their_stream(client: TestClient) -> None:
    events = [
        {"stream": "web", "data": {"plan": "gold"}},
        {"stream": "web", "data": [{"plan": "gold"}, {"plan": "tin"}]},
        {"stream": "web", "data": None},
        {"stream": "other", "data": {}},
        {"stream": "broken", "data": {}},
        {"stream": "wrong", "data": {}},
        {"stream": 7},
    ]
    response = client.post(API + "validation", json={"events": events})
    results = response.json()["results"]
    assert [one["schema"] for one in results[:4]] == ["schemas/web.json"] * 3 + [None]
    assert results[0]["errors"] == results[3]["errors"] == results[6]["errors"] == []
    assert results[1]["errors"] == ["$.plan: 'tin' is not one of ['gold', 'lead'] (schemas/web.json)"]
    assert "is not of type 'object'" in results[2]["errors"][0]
    assert "schemas/broken.json cannot be read" in results[4]["errors"][0]
    assert "schemas/wrong.json is no JSON Schema" in results[5]["errors"][0]
    assert get(client, "workspace")["schemas"] == ["broken", "web", "wrong"]
    assert client.post(API + "validation", json={"events": [1]}).status_code == 400
    assert client.post(API + "validation", json={}).status_code == 400


def test_7_2_2_a_draft_is_put_on_and_its_file_stays(client: TestClient, root: Path) -> None:
    before = (root / "personas/gold.yaml").read_text()
    response = client.post(API + "persona-draft", json={"persona": "gold", "fields": {"plan": "lead"}})
    assert response.json()["uid"] == "persona-gold"
    fields = {one["name"]: one["value"] for one in get(client, "profile?uid=persona-gold")["fields"]}
    assert (fields["plan"], "old" in fields) == ("lead", False)
    assert (root / "personas/gold.yaml").read_text() == before
    for body in (
        {"persona": "none", "fields": {}},
        {"persona": "gold"},
        {"persona": "gold", "fields": {"segments": []}},
    ):
        assert client.post(API + "persona-draft", json=body).status_code in {400, 404}


def test_7_2_2_a_persona_s_file_keeps_comments_and_is_written_whole_or_not_at_all(
    client: TestClient, root: Path
) -> None:
    body = {"persona": "gold", "fields": {"plan": "gold", "more": [1, 2]}}
    assert client.put(API + "persona-file", json=body).json() == {"file": "personas/gold.yaml"}
    text = (root / "personas/gold.yaml").read_text()
    assert text.startswith("label: Gold  # best\nfields:\n  plan: gold  # so\n")
    assert "old:" not in text
    client.put(API + "persona-file", json={"persona": "plain", "fields": {"plan": "gold"}})
    assert json.loads((root / "personas/plain.json").read_text()) == {"label": "Plain", "fields": {"plan": "gold"}}
    refused = client.put(API + "persona-file", json={"persona": "gold", "fields": {"_id": 1}})
    assert refused.status_code == 400
    assert "_id" in refused.json()["message"]
    assert (root / "personas/gold.yaml").read_text() == text
    assert sorted(path.name for path in (root / "personas").iterdir()) == ["gold.yaml", "plain.json"]


def test_7_2_2_a_field_of_another_kind_than_the_workspace_gives_it_is_refused_and_said(
    client: TestClient, root: Path
) -> None:
    before = (root / "personas/gold.yaml").read_text()
    for method, route in (("POST", "persona-draft"), ("PUT", "persona-file")):
        for fields, message in (
            ({"visitct": "many"}, "visitct must be a whole number, but is 'many'. Change the value"),
            ({"orders": "many"}, "orders must be a whole number, but is 'many'. Change the value"),
            ({"spent": "much"}, "spent is 'much', which the audience 'spenders' compares with 500 (write a number)"),
            ({"segments": ["nobody"]}, "'segments' is worked out from the other fields"),
        ):
            body = {"persona": "gold", "fields": fields}
            refused = client.request(method, API + route, json=body)
            assert (refused.status_code, message in refused.json()["message"]) == (400, True), refused.text
    assert (root / "personas/gold.yaml").read_text() == before


@pytest.mark.parametrize("text", ["label: [", "- a list", "\udce4"])
def test_7_2_2_a_persona_s_file_that_is_broken_meanwhile_is_refused_and_stays(
    client: TestClient, root: Path, text: str
) -> None:
    for name in ("gold.yaml", "plain.json"):
        path = root / "personas" / name
        path.write_text(text, "utf-8", "surrogateescape")
        body = {"persona": path.stem, "fields": {"plan": "gold"}}
        refused = client.put(API + "persona-file", json=body)
        assert refused.status_code == 409, refused.text
        assert "correct it first" in refused.json()["message"]
        assert path.read_text("utf-8", "surrogateescape") == text
    assert sorted(path.name for path in (root / "personas").iterdir()) == ["gold.yaml", "plain.json"]


def test_a_schema_fetches_nothing_from_elsewhere(root: Path) -> None:
    other = root / "elsewhere.json"
    other.write_text('{"type": "string"}')
    (root / "schemas/far.json").write_text(json.dumps({"$ref": other.as_uri()}))
    (verdict,) = judge(root, [{"stream": "far", "data": "a text"}])
    assert "Unresolvable" in str(verdict["errors"])


@pytest.mark.parametrize(("stated", "seconds"), [(1000, 15), (30_000, 35), (10**400, 120), (-1, 15), ("60", 15)])
def test_a_page_is_waited_for_longer_than_it_waits_itself_within_a_limit(stated: object, seconds: int) -> None:
    assert patience(["offer", {"timeout": stated}]) == seconds


def test_only_pages_of_this_server_may_change_a_persona(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    body = {"persona": "gold", "fields": {}}
    assert client.put(API + "persona-file", json=body, headers=headers).status_code == 403
    assert client.post(API + "persona-draft", json=body, headers=headers).status_code == 403


def test_7_2_26_content_is_told_for_any_address(client: TestClient) -> None:
    for url in ("http://[", "\0", "//", "/a" * 3000, "javascript:1", "ü", "?", "http://h:99999999/x"):
        answer = client.get(f"{API}content", params={"url": url, "uid": "u1"})
        assert answer.status_code == 200, (url, answer.text)
        assert answer.json()["document"] is None
    assert client.get(f"{API}content").status_code == 400
    assert client.get(f"{API}content", params={"url": "/", "uid": "ü" * 800}).status_code == 200

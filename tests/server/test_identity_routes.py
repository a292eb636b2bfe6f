"""Identities, schema and soft deletion by the API (platform.md 3.2, 3.3, 3.8)."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}


def data(response: Any, status: int = 200) -> Any:
    body = response.json()
    assert (response.status_code, body["status"]) == (status, status), response.text
    return body["data"] if status == 200 else body["message"]


@pytest.fixture
def ann(client: TestClient) -> None:
    client.get("/c/storefront?_uid=u1&email=ann%40x.example&uuid=7&_e=pv&mood=fine")
    client.get("/c/storefront?_uid=u2&email=ann%40x.example")


def test_3_8_an_identifier_leads_to_all_identities(client: TestClient, ann: None) -> None:
    found = data(client.get("/v2/identity/user/_uid/u1"))
    assert found["identities"] == {"email": ["ann@x.example"], "uuid": ["7"], "_uid": ["u1", "u2"]}
    assert found["by_fields"] == ["email", "uuid", "_uid"]
    assert [edge["to"]["value"] for edge in found["edges"]] == ["7", "u1", "u2"]
    assert {edge["from"]["value"] for edge in found["edges"]} == {"ann@x.example"}
    assert data(client.get("/v2/identity/user/email/Ann@X.example")) == found
    assert data(client.get("/v2/identity/user/_uid/zoe"), 404)
    assert data(client.get("/v2/identity/content/_uid/u1"), 404)
    for body in (
        [{"field": "email", "value": "ann@x.example"}, {"field": "_uid", "value": "zoe"}, "u2"],
        {"table": "user", "identifiers": [{"field": "uuid", "value": "7"}, {"value": "zoe"}, "u1"]},
    ):
        assert data(client.post("/v2/identity/lookup", json=body)) == [found, None, found]
    assert data(client.post("/v2/identity/lookup", json={"email": "ann@x.example"})) == [found]
    for path in ("/v2/identity/user/_uid/u1", "/api/schema/user"):
        assert client.get(path, headers=EVIL).status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400), ("[" * 9000, 400), ("7", 400), ("[7]", 400), ('[{"field": "email"}]', 400),
        ('{"table": "content", "_uid": "u1"}', 404), (json.dumps(["x"] * 1001), 400), ("x" * 100_001, 413),
    ],
)  # fmt: skip
def test_3_8_what_is_no_lookup_is_refused(client: TestClient, body: str, status: int) -> None:
    assert data(client.post("/v2/identity/lookup", content=body), status)


def test_3_3_the_schema_tells_every_field(client: TestClient, site: Site, ann: None) -> None:
    with (site.workspace.root / "understudy.toml").open("a") as file:
        file.write('[streams.crm.fields]\npoints = {from = "p", kind = "int", merge = "max"}\ncity = "town"\n')
    site.workspace = load_workspace(site.workspace.root, site.workspace)
    assert site.workspace.problems == ()
    body = data(client.get("/api/schema/user"))
    columns = {one["as"]: one for one in body["columns"]}
    assert body["name"] == "user"
    assert [*columns] == sorted(columns)
    assert not [name for name in columns if name.startswith(".")]
    assert columns["email"] | {"from": []} == {
        "as": "email",
        "type": "string",
        "mergeop": "latest",
        "from": [],
        "streams": [],
        "identity": True,
        "computed": False,
        "public": False,
    }
    assert columns["email"]["from"][0] == "email"
    assert (columns["ly_impressions"]["type"], columns["ly_impressions"]["mergeop"]) == ("map[string]int", "sum")
    assert (columns["utm_mediums"]["type"], columns["utm_mediums"]["mergeop"]) == ("[]string", "merge")
    assert (columns["event_last_seen"]["type"], columns["lastvisit_ts"]["type"]) == ("map[string]time", "date")
    assert (columns["points"]["type"], columns["points"]["mergeop"], columns["points"]["streams"]) == (
        "int",
        "max",
        ["crm"],
    )
    assert columns["city"]["streams"] == ["crm"]
    assert (columns["lytics_content"]["computed"], columns["lytics_content"]["type"]) == (True, "map[string]number")
    assert columns["mood"]["from"] == ["mood"]
    assert (columns["first_name"]["public"], columns["_uid"]["public"], columns["mood"]["public"]) == (
        True,
        True,
        False,
    )
    content = {one["as"]: one["type"] for one in data(client.get("/api/schema/content"))["columns"]}
    assert (content["global"], content["published"], content["title"]) == ("map[string]number", "date", "string")
    assert data(client.get("/api/schema/cats"), 404)


@pytest.mark.parametrize("path", ["softdelete/user", "user/softdelete"])
def test_3_8_a_soft_deletion_leaves_nobody(client: TestClient, site: Site, ann: None, path: str) -> None:
    receipt = data(client.delete(f"/api/entity/{path}/_uid/u1"))
    assert (receipt["complete"], receipt["deleted"], len(receipt["request_id"])) == (True, {"events": 2}, 32)
    assert site.platform.profile("email", "ann@x.example") is None
    assert data(client.delete(f"/api/entity/{path}/_uid/u1"), 404)
    assert client.delete(f"/api/entity/{path}/_uid/u2", headers=EVIL).status_code == 403

"""One profile by the API, and its deletion (platform.md 3.8)."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.app import create_app
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site

FOREIGN = {"sec-fetch-site": "cross-site", "origin": "https://evil.test"}


@pytest.fixture
def ann(client: TestClient, account: str) -> str:
    client.get(f"/c/{account}?_uid=u1&email=ann%40x.example&_e=pv&secret=s3cret&first_name=Ann&_eid=p.1")
    client.get(f"/c/{account}?_uid=u2&email=ann%40x.example&uuid=7&_eid=p.2")
    client.get(f"/c/{account}?_uid=u2&_e=pv&_eid=p.3")
    return "ann@x.example"


def got(client: TestClient, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_3_8_a_profile_is_found_by_any_identity(client: TestClient, account: str, ann: str) -> None:
    paths = [f"email/{ann}", "_uid/u1", "_uids/u2", "uuid/7", ann, "u2", "7"]
    bodies = [got(client, f"/api/entity/user/{path}") for path in paths]
    assert all(body == bodies[0] for body in bodies)
    data, meta = bodies[0]["data"], bodies[0]["meta"]
    assert (data["secret"], data["_uids"], bodies[0]["status"]) == ("s3cret", ["u1", "u2"], 200)
    assert {segment_id(account, slug) for slug in data["segments"]} < set(data["segments_all"])
    assert meta == {"by_fields": ["email", "uuid", "_uid"], "format": "json", "name": "user"}
    by_id = got(client, f"/api/me/_id/{data['_id']}")
    assert by_id["data"] == data
    only = got(client, "/api/entity/user/_uid/u1?fields=secret,first_name&fieldBlocklist=first_name&segments=0&meta=f")
    assert only == {"data": {"secret": "s3cret"}, "message": "success", "status": 200}
    assert set(got(client, "/api/entity/user/segments/_uid/u1")["data"]) == {"segments", "segments_all"}
    response = client.get("/api/entity/user/u1?events=true&download=1")
    assert [event["data"]["_eid"] for event in response.json()["data"]["events"]] == ["p.3", "p.2", "p.1"]
    assert "attachment" in response.headers["content-disposition"]
    for path, status in (("user/_uid/zoe", 404), ("user/shoe/9", 404), ("user/zoe", 404), ("content/_uid/u1", 404)):
        missing = client.get(f"/api/entity/{path}")
        assert (missing.status_code, missing.json()["data"]) == (status, None)


def test_3_8_the_old_public_form_tells_what_a_browser_may_know(client: TestClient, account: str, ann: str) -> None:
    body = got(client, f"/api/me/{account}/u1")
    assert (body["data"]["first_name"], "secret" in body["data"]) == ("Ann", False)
    assert "segments_all" not in body["data"]
    assert set(got(client, f"/api/me/{account}/u1?segments=false&fields=_uid")["data"]) == {"_uid"}
    assert client.get(f"/api/me/{account}/u1?callback=fn").text.startswith("/**/fn({")
    assert client.get(f"/api/me/{account}/u1?callback=a(").status_code == 400
    assert client.get(f"/api/me/{account}/u1?callback=fn", headers=FOREIGN).status_code == 403
    assert client.get("/api/me/email/ann@x.example", headers=FOREIGN).status_code == 403


def test_3_8_a_deletion_has_a_receipt_and_nothing_comes_back(
    client: TestClient, site: Site, account: str, ann: str, tmp_path: Path
) -> None:
    client.get(f"/c/{account}?_uid=bob&note=bobs")
    receipt = client.delete(f"/api/entity/user/email/{ann}").json()["data"]
    assert receipt["complete"] is True
    assert len(receipt["request_id"]) == 32
    assert receipt["deleted"]["events"] == 3
    assert receipt["deleted"]["identities"] == [["_uid", "u1"], ["_uid", "u2"], ["email", ann], ["uuid", "7"]]
    for field, value in (*receipt["deleted"]["identities"], ("_id", receipt["deleted"]["profile"])):
        assert site.platform.profile(field, value) is None
        assert site.platform.events(field, value) == []
    for number in (1, 2, 3):  # a browser that is not sure sends them again
        client.get(f"/c/{account}?_uid=u1&email=ann%40x.example&secret=s3cret&_eid=p.{number}")
    assert site.platform.profile("email", ann) is None
    again = client.delete(f"/api/entity/user/email/{ann}")
    assert (again.status_code, again.json()["status"]) == (404, 404)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("store.sqlite*"))
    assert b"bobs" in files
    for trace in (ann.encode(), b"s3cret", receipt["deleted"]["profile"].encode()):
        assert trace not in files
    client.get(f"/c/{account}?_uid=u1&_eid=p.4")
    profile = site.platform.profile("_uid", "u1")
    assert profile is not None
    assert (profile.fields["_num_events"], "email" in profile.fields) == (1, False)


@pytest.mark.parametrize("method", ["get", "delete"])
def test_other_sites_pages_and_other_machines_are_kept_out(site: Site, ann: str, method: str) -> None:
    app = create_app(site)
    path = "/api/entity/user/_uid/u1"
    own = TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 1))
    for headers in (FOREIGN, {"origin": "null"}, {"origin": "https://evil.test"}, {"sec-fetch-site": "same-site"}):
        refused = own.request(method, path, headers=headers)
        assert (refused.status_code, refused.json()["data"]) == (403, None)
    far = TestClient(app, base_url="http://127.0.0.1:8765", client=("192.0.2.7", 1))
    assert (far.request(method, path).status_code, "token" in far.request(method, path).text) == (401, True)
    server = site.workspace.settings.server
    settings = site.workspace.settings.model_copy(update={"server": server.model_copy(update={"token": "t0ken"})})
    object.__setattr__(site.workspace, "settings", settings)
    for client in (own, far):
        assert client.request(method, path).status_code == 401
        assert client.request(method, path, headers={"authorization": "wrong"}).status_code == 401
    assert far.get(f"{path}?access_token=t0ken").status_code == 200
    assert own.get(path, headers={"authorization": "Bearer t0ken"}).status_code == 200
    assert own.get(path, headers={"authorization": "t0ken"}).status_code == 200

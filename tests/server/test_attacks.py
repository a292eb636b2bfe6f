"""The attack corpus of quality.md E1, where it concerns collection, profiles and audiences: each is refused."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from understudy.server.app import create_app
from understudy.server.caps import LONGEST_HEADERS, MOST_HEADERS
from understudy.server.site import Site

FOREIGN = {"sec-fetch-site": "cross-site", "origin": "https://evil.test", "referer": "https://evil.test/"}
PRIVATE = (
    ("GET", "/api/entity/user/_uid/u1"), ("DELETE", "/api/entity/user/_uid/u1"), ("GET", "/api/entity/user/u1"),
    ("GET", "/api/entity/user/segments/_uid/u1"), ("GET", "/api/me/_uid/u1"), ("GET", "/api/segment"),
    ("POST", "/api/segment"), ("PUT", "/api/segment/all"), ("DELETE", "/api/segment/all"), ("GET", "/v2/segment/all"),
    ("GET", "/api/segment/all/scan"), ("POST", "/api/segment/scan"), ("POST", "/api/segment/size"),
    ("GET", "/api/segment/sizes"), ("POST", "/api/segment/validate"), ("POST", "/collect/json/crm"),
)  # fmt: skip
CALLBACKS = (
    "alert(1)", "a b", "a;b", "</script>", "a\u2028b", "a.b.c.d.e.f.g", "a..b", ".a", "1a", "a[0]", "a" * 80,
    "javascript:alert(1)", "a%0a", "a\n", "é", "*/alert(1)/*", "a=b", "a`x`",
)  # fmt: skip


def refused(response: Any, *statuses: int) -> str:
    body = response.json()
    assert response.status_code in statuses, (response.status_code, body)
    assert (body["data"], body["status"]) == (None, response.status_code)
    return str(body["message"])


@pytest.fixture
def ann(client: TestClient, account: str) -> None:
    client.get(f"/c/{account}?_uid=u1&email=ann%40x.example&secret=s3cret")


def test_e1_no_page_of_another_origin_reads_or_changes_anything(client: TestClient, site: Site, ann: None) -> None:
    before = site.platform.profile("_uid", "u1")
    for headers in (
        FOREIGN,
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://127.0.0.1:8765.evil.test"},
        {"sec-fetch-site": "same-site"},
    ):
        for method, path in PRIVATE:
            response = client.request(method, path, headers=headers)
            refused(response, 403)
            assert "access-control-allow-origin" not in response.headers
            assert "s3cret" not in response.text
    assert site.platform.profile("_uid", "u1") == before
    assert "all" in site.platform.audiences


def test_e1_no_name_but_our_own_is_answered(site: Site, account: str, ann: None) -> None:
    rebound = TestClient(create_app(site), base_url="http://evil.test", client=("127.0.0.1", 1))
    for method, path in (*PRIVATE, ("GET", f"/c/{account}"), ("GET", f"/cid/{account}?callback=a")):
        assert "allowed_hosts" in refused(rebound.request(method, path), 400)


def test_e1_a_script_with_data_is_for_the_owners_pages_and_calls_only_functions(
    client: TestClient, account: str, ann: None
) -> None:
    for path in (f"/api/personalize/{account}/user/_uid/u1", f"/api/me/{account}/u1", f"/cid/{account}"):
        for callback in CALLBACKS:
            message = refused(client.get(path, params={"callback": callback}), 400)
            assert "not a function's name" in message
        refused(client.get(path, params={"callback": "fn"}, headers=FOREIGN), 403)
        good = client.get(path, params={"callback": "a.b.c"})
        assert good.text.startswith("/**/a.b.c(")
        assert good.headers["x-content-type-options"] == "nosniff"
        assert "s3cret" not in good.text


def test_e1_conditions_are_data(client: TestClient, account: str, ann: None) -> None:
    for text in (
        "FILTER __import__('os').system('id')",
        "FILTER eval(\"1\") = 1",
        "FILTER (#x = @java.lang.Runtime@getRuntime()) = 1",
        "FILTER mvel(\"x\") = 1",
        "FILTER " + "NOT " * 5000 + "EXISTS email",
        "FILTER " + "AND (" * 5000,
        "FILTER email LIKE \"" + "*a" * 5000,
    ):  # fmt: skip
        for path in ("/api/segment/validate", "/api/segment/size", "/api/segment/scan", "/api/segment"):
            refused(client.post(path, content=text), 422)
    slow = 'FILTER email LIKE "' + "*a" * 60 + '*z"'
    assert client.post("/api/segment/size", content=slow).json()["data"] == {"size": 0}


def test_e1_headers_and_addresses_are_capped(client: TestClient, account: str) -> None:
    path = f"/c/{account}?_uid=u1"
    assert "cookies" in refused(client.get(path, headers={"cookie": "x" * LONGEST_HEADERS}), 431)
    assert "headers" in refused(client.get(path, headers={f"x-{n}": "1" for n in range(MOST_HEADERS)}), 431)
    refused(client.post(f"/c/{account}", content=f"_uid=u1&x={'x' * 70_000}"), 413)


@pytest.mark.parametrize(
    "path",
    ["/c/..%2f..%2fetc%2fpasswd", "/api/entity/..%2f/x/y", "/api/segment/..%2f..%2funderstudy.toml", "/c/%00", "/v2/x"],
)
def test_e1_paths_lead_nowhere_else(client: TestClient, path: str) -> None:
    refused(client.get(path), 404)


def test_e1_a_profile_field_cannot_reach_into_objects(client: TestClient, site: Site, account: str) -> None:
    for body in (
        {"_uid": "u9", "__proto__": {"polluted": 1}, "constructor": {"prototype": {"x": 1}}},
        {"_uid": "u9", "$time": 5, "a": {"$time": 5}, "deep": json.loads("[" * 30 + "]" * 30)},
        {"_uid": "u9", "_created": "x", "_num_events": 10**400, "_split": 3, ".days": {"x": 1}, "_uids": ["stolen"]},
        {"_uid": ["u8", "u9"], "email": {"$ne": ""}, "consent": [1], "attr": [1], "pf-widget-event": ["show"]},
    ):
        assert client.post(f"/c/{account}", json=body).status_code == 200
    profile = site.platform.profile("_uid", "u9")
    assert profile is not None
    assert profile.fields["_num_events"] == 4
    assert profile.fields["_uids"] == ["u9"]  # of several the last is who it is, and the only one
    client.get(f"/c/{account}?email=ann%40x.example&_uid={'x' * 300}")
    known = site.platform.profile("email", "ann@x.example")
    assert known is not None
    assert "_uids" not in known.fields
    assert site.platform.profile("_uid", "stolen") is None
    assert client.get("/api/entity/user/_uid/u9").status_code == 200


def test_what_nobody_foresaw_is_told_without_its_insides(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(site.platform, "profile", broken)
    client = TestClient(
        create_app(site), base_url="http://127.0.0.1", client=("127.0.0.1", 1), raise_server_exceptions=False
    )
    message = refused(client.get("/api/entity/user/_uid/u1"), 500)
    assert "secret" not in message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
KEYS = st.sampled_from(
    ["_uid", "_uido", "_uids", "email", "uuid", "_e", "_ts", "_ref", "url", "consent", "attr", "_device", "_eid",
     "pf-widget-event", "pf-widget-id", "pf-custom-form", "utm_source", "formdata_a", "identifiers", "attributes",
     "name", "segments", "score_intensity", "_created", "visitct", "_sesstart", "a.b", "a"]
)  # fmt: skip
EVENTS = st.dictionaries(KEYS, JSON | st.sampled_from(["u1", "u2", "ann@x.example", "7"]), max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(st.lists(EVENTS, max_size=3), st.text(max_size=20), st.sampled_from(["_uid", "email", "uuid", "_id", "x"]))
def test_whatever_comes_no_route_fails(client: TestClient, account: str, bodies: Any, text: str, field: str) -> None:
    """`TestClient` raises what the server did not foresee."""
    posts = (f"/c/{account}", f"/c/{account}/s", "/collect/json/s", "/api/segment", "/api/segment/scan")
    for path in posts:
        assert client.post(path, content=json.dumps(bodies)).status_code < 500
        assert client.post(path, content=text.encode()).status_code < 500
    for path in (f"/c/{account}", "/c/provider/x", f"/api/me/{account}/u1", f"/api/personalize/{account}/user/_uid/u1"):
        assert client.get(path, params={"_uid": "u1", "callback": text, "fields": text}).status_code < 500
    for query in ({"fields": text, "events": "1"}, {"limit": text}):
        assert client.get(f"/api/entity/user/{field}/u1", params=query).status_code < 500
        assert client.get("/api/segment/all/scan", params={**query, "sortfield": text, "start": text}).status_code < 500

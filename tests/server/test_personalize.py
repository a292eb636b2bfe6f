import json

import pytest
from starlette.testclient import TestClient

from understudy.server.platform.decoder import MAX_EVENT_BYTES
from understudy.server.site import Site


def ask(client: TestClient, account: str, query: str = "", **headers: str) -> dict[str, object]:
    response = client.get(f"/api/personalize/{account}/user/_uid/u1?{query}", headers=headers)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_an_unknown_visitor_has_segments_and_no_fields(client: TestClient, account: str) -> None:
    body = ask(client, account)
    assert (body["message"], body["status"]) == ("success", 200)
    user = body["data"]["user"]  # type: ignore[index]
    assert "all" in user["segments"]
    assert "high_value" not in user["segments"]
    assert ("anonymous_profiles" in user["segments"], "known_profiles" in user["segments"]) == (True, False)
    nobody = client.get(f"/api/personalize/{account}/user/_uid/").json()["data"]["user"]["segments"]
    assert "known_profiles" not in nobody  # nobody is known by no name


def test_only_allow_listed_fields_are_answered(client: TestClient, account: str) -> None:
    client.get(f"/c/{account}?first_name=Ada&secret=s3cret&_uid=u1")
    user = ask(client, account)["data"]["user"]  # type: ignore[index]
    assert user["first_name"] == "Ada"
    assert user["_uid"] == "u1"
    assert "secret" not in user


def test_the_payload_counts_for_the_decision_and_is_not_stored(client: TestClient, account: str) -> None:
    first = ask(client, account, "email=a%40b.test")["data"]["user"]  # type: ignore[index]
    second = ask(client, account)["data"]["user"]  # type: ignore[index]
    assert "ly_known_email" in first["segments"]
    assert "ly_known_email" not in second["segments"]


def test_a_long_payload_is_posted(client: TestClient, account: str) -> None:
    url = f"/api/personalize/{account}/user/_uid/u1"
    user = client.post(url, data={"_js": "email=a%40b.test"}).json()["data"]["user"]
    assert "ly_known_email" in user["segments"]
    assert client.post(url, content=b"x" * (4 * MAX_EVENT_BYTES)).status_code == 413


@pytest.mark.parametrize("path", ["nobody/user/_uid/u1", "{account}/content/_uid/u1"])
def test_unknown_accounts_and_tables_are_said(client: TestClient, account: str, path: str) -> None:
    response = client.get(f"/api/personalize/{path.format(account=account)}")
    assert response.status_code == 404
    assert response.json()["message"].startswith("No such")


def test_jsonp_is_for_local_pages_with_a_sound_name(client: TestClient, account: str) -> None:
    url = f"/api/personalize/{account}/user/_uid/u1?callback=jstag.cb_1"
    good = client.get(url, headers={"sec-fetch-site": "same-origin"})
    assert good.headers["content-type"].startswith("text/javascript")
    assert good.text.startswith("/**/jstag.cb_1({")
    assert json.loads(good.text.removeprefix("/**/jstag.cb_1(").removesuffix(");"))["status"] == 200
    assert client.get(url, headers={"sec-fetch-site": "cross-site", "referer": "https://evil.test/"}).status_code == 403
    assert client.get(url.replace("jstag.cb_1", "alert(1)")).status_code == 400


def test_cross_origin_pages_read_it_only_when_allowed(client: TestClient, account: str) -> None:
    url = f"/api/personalize/{account}/user/_uid/u1"
    assert "access-control-allow-origin" in client.get(url, headers={"origin": "http://127.0.0.1:1"}).headers
    assert "access-control-allow-origin" not in client.get(url, headers={"origin": "https://evil.test"}).headers


def test_a_store_that_cannot_be_read_is_said_to_the_page(client: TestClient, site: Site, account: str) -> None:
    site.platform.close()
    response = client.get(f"/api/personalize/{account}/user/_uid/u1", headers={"origin": "http://localhost:3000"})
    assert response.status_code == 503
    assert "store.sqlite" in response.json()["message"]
    assert response.headers["access-control-allow-origin"] == "http://localhost:3000"


def test_5_5_the_answer_names_the_experiences_for_the_visitor_in_their_order(client: TestClient, site: Site) -> None:
    def told(uid: str, **headers: str) -> list[str]:
        answer = client.get(f"/api/personalize/storefront/user/_uid/{uid}", headers=headers).json()["data"]
        ids = {one["slug"]: one["id"] for one in client.get("/api/experience").json()["data"]}
        assert all(one["experience_id"] == ids[one["experience_slug"]] for one in answer["experiences"])
        return [one["experience_slug"] for one in answer["experiences"]]

    def change(name: str, status: int = 200, **body: object) -> None:
        answer = client.patch(f"/api/experience/{name}?update_state", json={"experience": body})
        assert answer.status_code == status, answer.text

    client.get("/c/storefront?_uid=vip&order_count=3&lifetime_value=900")
    assert (told("new"), told("vip")) == (["reading"], ["reading", "vip-offer"])
    assert client.post("/api/experience/prioritization", json={"experiences": ["vip-offer"]}).status_code == 200
    assert told("vip") == ["vip-offer", "reading"]
    change("studio-sale", state={"status": "published"})  # from June 2027 on
    assert told("new") == ["reading"]
    site.clock.freeze()
    site.clock.set(1_811_894_400_000)  # 2027-06-02
    assert told("new") == ["reading", "studio-sale"]
    change("reading", state={"status": "unpublished"})
    assert told("new") == ["studio-sale"]

"""Events as JSON, uploads and providers' redirects (tag.md 5.2, 5.9)."""

import asyncio
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server import bodies, upload
from understudy.server.collect import PIXEL
from understudy.server.platform.json_events import MAX_MESSAGES, decode_messages
from understudy.server.site import Site


def stored(site: Site, uid: str) -> list[dict[str, object]]:
    return [event.data for event in reversed(site.platform.events("_uid", uid))]


def send(client: TestClient, stream: str, body: Any, query: str = "") -> dict[str, Any]:
    text = body if isinstance(body, str) else json.dumps(body)
    response = client.post(f"/collect/json/{stream}?{query}", content=text)
    assert response.status_code == 200, response.text
    return dict(response.json()["data"])


def test_5_2_json_on_the_collection_endpoint_keeps_its_types(client: TestClient, site: Site, account: str) -> None:
    one = {"_uid": "u1", "ltv": 12.5, "vip": True, "tags": ["a"], "user.id": 7, "user.name": "Ann"}
    for body in (one, [one, {"_uid": "u1", "n": 2}]):
        assert client.post(f"/c/{account}/orders", json=body).content == PIXEL
    events = stored(site, "u1")
    assert [event.get("n") for event in events] == [None, None, 2]
    assert events[0] == {"_uid": "u1", "ltv": 12.5, "vip": True, "tags": ["a"], "user": {"id": 7, "name": "Ann"}}
    raw = site.platform.events("_uid", "u1")[0]
    assert (raw.stream, json.loads(raw.raw)) == ("orders", {"_uid": "u1", "n": 2})
    profile = site.platform.profile("_uid", "u1")
    assert profile is not None
    assert (profile.fields["ltv"], profile.fields["vip"]) == (12.5, True)


@pytest.mark.parametrize("body", ["{", "[1]", '[{"_uid":"u1"},{"n":NaN}]', '{"n":1e999,"_uid":"u1"}', "[" * 9999])
def test_5_2_what_is_no_event_is_refused_with_nothing_stored(
    client: TestClient, site: Site, account: str, body: str
) -> None:
    response = client.post(f"/c/{account}", content=body)
    assert (response.status_code, response.json()["data"], response.json()["status"]) == (400, None, 400)
    assert stored(site, "u1") == []


def test_5_2_a_page_may_ask_before_it_posts_json(client: TestClient, account: str) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    for origin, allowed in (("http://localhost:3000", "http://localhost:3000"), ("https://evil.test", "*")):
        answer = client.options(f"/c/{account}", headers={"origin": origin, **asks})
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == allowed
        assert answer.headers["access-control-allow-headers"] == "Content-Type"
        assert ("access-control-allow-credentials" in answer.headers) is (allowed != "*")


def test_5_2_an_upload_counts_what_it_takes(client: TestClient, site: Site) -> None:
    body = [{"_uid": "u1", "when": "2026-01-31T12:00:00Z"}, 7, {"_uid": "u1", "when": 1_700_000_000}, {"n": [1e308]}]
    dry = send(client, "crm", body, "dryrun=true&timestamp_field=when&filename=a.json&droperrors=true")
    assert stored(site, "u1") == []
    assert {key: value for key, value in dry.items() if key != "rejected"} == {
        "message_count": 3,
        "rejected_count": 1,
        "content-type": "application/json",
        "droperrors": True,
        "dryrun": True,
        "timestamp_field": "when",
        "filename": "a.json",
    }
    assert dry["rejected"] == [{"message": 2, "reason": "a message must be an object, not 7"}]
    assert send(client, "crm", body, "timestamp_field=when")["dryrun"] is False
    times = [event.time for event in site.platform.events("_uid", "u1")]
    assert times == [1_700_000_000_000, 1_769_860_800_000]
    lines = '{"_uid":"u2","n":1}\n\nnonsense\n{"_uid":"u2","n":2}\n'
    assert (send(client, "crm", lines)["message_count"], len(stored(site, "u2"))) == (2, 2)
    assert "rejected" not in send(client, "crm", {"_uid": "u2"})


def test_5_2_an_upload_is_one_commit_a_group_and_heard_event_by_event(client: TestClient, site: Site) -> None:
    heard: list[int] = []
    site.platform.subscribe(lambda receipt: heard.append(receipt.event_id))
    send(client, "crm", [{"_uid": f"many-{number % 7}", "n": number} for number in range(450)])
    assert len(heard) == len(set(heard)) == 450
    assert len(stored(site, "many-0")) == 65


def test_5_2_uploads_are_capped_in_size_count_and_time(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "LONGEST_BODY", 50)
    large = client.post("/collect/json/crm", content="[" + " " * 99 + "]")
    assert (large.status_code, "101 bytes" in large.json()["message"]) == (413, True)
    with pytest.raises(ValueError, match="over the limit"):
        decode_messages(json.dumps([{}] * (MAX_MESSAGES + 1)))

    monkeypatch.setattr(bodies, "SECONDS", 0.001)
    monkeypatch.setattr("starlette.requests.Request.stream", lambda _self: _Endless())
    slow = client.post("/collect/json/crm", content="[]")
    assert (slow.status_code, slow.json()["status"]) == (408, 408)


class _Endless:
    def __aiter__(self) -> "_Endless":
        return self

    async def __anext__(self) -> bytes:
        await asyncio.Event().wait()
        return b""


def test_5_9_a_provider_sends_the_browser_back_with_its_id(client: TestClient, site: Site) -> None:
    answer = client.get("/c/provider/taboola?taboola_id=t-1&_uid=u1")
    assert (answer.status_code, answer.content) == (200, PIXEL)
    assert client.get("/c/provider/thetradedesk?ttd_id=d-2&_uid=u1").status_code == 200
    profile = site.platform.profile("_uid", "u1")
    assert profile is not None
    assert [profile.fields[name] for name in ("taboola_id", "ttd_id")] == ["t-1", "d-2"]
    assert [event.stream for event in site.platform.events("_uid", "u1")] == ["thetradedesk", "taboola"]


def test_mobile_shapes_are_laid_out_as_the_tag_sends_them(client: TestClient, site: Site) -> None:
    event = {
        "name": "Opened",
        "identifiers": {"_uid": "phone-1", "email": "Ann@x.example"},
        "attributes": {"name": "Ann", "email": "ignored@x.example"},
        "properties": {"screen": "home", "name": "no"},
        "consent": {"purpose": "push", "consented": "yes"},
    }
    send(client, "ios", event)
    profile = site.platform.profile("email", "ann@x.example")
    assert profile is not None
    fields = profile.fields
    assert (fields["_uid"], fields["name"], fields["screen"]) == ("phone-1", "Ann", "home")
    assert fields["consent_status"] == {"push": "yes"}
    assert "Opened" in str(fields["event_last_seen"])
    (odd,) = decode_messages('{"identifiers": {"a": 1}, "attributes": 5, "_e": "x", "name": "y"}')
    assert odd.data == {"_e": "x", "name": "y", "attributes": 5, "a": 1}


def test_5_2_a_file_of_events_as_csv_or_flat_json(client: TestClient, site: Site) -> None:
    def bulk(body: str, status: int = 200, **headers: str) -> Any:
        answer = client.post("/collect/bulk/crm?timestamp_field=when", content=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json()["data"] if status == 200 else answer.json()["message"]

    table = '\ufeff_uid,when,user.name,city\r\nu1,2026-01-31T12:00:00Z,"Ann, Lee",\r\n\r\nu1,,a,b,too many\n'
    counts = bulk(table, **{"content-type": "text/csv"})
    assert (counts["message_count"], counts["rejected_count"], counts["content-type"]) == (1, 1, "text/csv")
    assert counts["rejected"] == [{"message": 2, "reason": "the row has 5 cells, and the first line 4 names"}]
    (event,) = site.platform.events("_uid", "u1")
    assert (event.data["user"], "city" in event.data, event.time) == ({"name": "Ann, Lee"}, False, 1_769_860_800_000)
    nested = [{"_uid": "u2", "items": [{"sku": 1}]}, {"_uid": "u2", "items": [1], "a": {"b": [[{}]]}}, {"_uid": "u2"}]
    counts = bulk(json.dumps(nested))
    assert (counts["message_count"], counts["rejected_count"], len(stored(site, "u2"))) == (1, 2, 1)
    assert counts["rejected"][0]["reason"] == "a message may not have objects nested in arrays"
    assert send(client, "crm", nested)["rejected_count"] == 0
    assert "The body is empty" in bulk("", 400)
    assert "no CSV" in bulk('a,b\n"x', 400)
    foreign = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
    assert client.post("/collect/bulk/crm", content="a\n1", headers=foreign).status_code == 403


def test_5_2_a_file_has_only_so_many_rows(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understudy.server.bulk.MOST_ROWS", 2)
    assert "over the limit of 2" in client.post("/collect/bulk/crm", content="a\n1\n2\n3").json()["message"]

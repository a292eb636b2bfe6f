import asyncio
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from understudy.server.app import create_app
from understudy.server.collect import PIXEL
from understudy.server.platform.decoder import MAX_EVENT_BYTES
from understudy.server.site import Site


def stored(site: Site, uid: str) -> list[dict[str, object]]:
    return [event.data for event in reversed(site.platform.events("_uid", uid))]


def test_an_image_request_is_stored_before_it_is_answered(client: TestClient, site: Site, account: str) -> None:
    response = client.get(f"/c/{account}?_e=pv&plan=gold&_uid=u1")
    assert (response.status_code, response.content, response.headers["content-type"]) == (200, PIXEL, "image/gif")
    assert response.headers["cache-control"] == "no-store"
    event = site.platform.events("_uid", "u1")[0]
    assert event.stream == "default"
    assert event.data["plan"] == "gold"


def test_the_stream_is_in_the_url(client: TestClient, site: Site, account: str) -> None:
    client.get(f"/c/{account}/orders?_uid=u1")
    assert site.platform.events("_uid", "u1")[0].stream == "orders"


def test_the_form_field_is_the_event(client: TestClient, site: Site, account: str) -> None:
    text = urlencode({"note": "50% & more + ünïcode", "_uid": "u1"})
    assert client.post(f"/c/{account}", data={"_js": text}).content == PIXEL
    assert stored(site, "u1")[0]["note"] == "50% & more + ünïcode"


def test_a_bare_body_is_the_event_too(client: TestClient, site: Site, account: str) -> None:
    client.post(f"/c/{account}", content=b"note=beacon&_uid=u1", headers={"content-type": "text/plain"})
    assert stored(site, "u1")[0]["note"] == "beacon"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_account_is_refused_and_nothing_stored(client: TestClient, site: Site, method: str) -> None:
    response = getattr(client, method)("/c/nobody?_uid=u1")
    assert response.status_code == 404
    assert (
        response.json()["message"] == f"No such account id: 'nobody'. This workspace serves account {site.account!r}."
    )
    assert stored(site, "u1") == []


def test_a_megabyte_is_refused_with_the_limit(client: TestClient, site: Site, account: str) -> None:
    client.get(f"/c/{account}?kept=1&_uid=u1")
    response = client.post(f"/c/{account}", content=b"_js=_uid%3Du1%26big%3D" + b"x" * 1_000_000)
    assert response.status_code == 413
    assert f"{MAX_EVENT_BYTES:,}" in response.json()["message"]
    assert "is 1,000,022 bytes" in response.json()["message"]
    assert [event.get("kept") for event in stored(site, "u1")] == ["1"]


@pytest.mark.parametrize("query", ["%", "%zz=%ff&&&=&a", "=", "\ud800", "a[]=1&a.b.c=2&__proto__.x=1", "%00=%00"])
def test_garbage_is_stored_as_it_came(client: TestClient, site: Site, account: str, query: str) -> None:
    response = client.post(f"/c/{account}", content=f"{query}&_uid=u1".encode("utf-8", "surrogatepass"))
    assert response.status_code == 200
    assert len(stored(site, "u1")) == 1


def test_a_full_disk_is_said_and_what_was_stored_stays(
    client: TestClient, site: Site, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from understudy.server.platform.errors import StoreError

    client.get(f"/c/{account}?kept=1&_uid=u1")

    async def full(_event: object) -> None:
        raise StoreError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(site.platform, "collect", full)
        response = client.get(f"/c/{account}?lost=1&_uid=u1")
    assert response.status_code == 507
    assert "full" in response.json()["message"]
    assert len(stored(site, "u1")) == 1


def test_other_origins_see_only_that_it_was_answered(client: TestClient, account: str) -> None:
    """The tag has to know whether to send again; what an error says is not for every page."""
    local, foreign = {"origin": "http://localhost:3000"}, {"origin": "https://evil.test"}
    allowed = [client.get(f"/c/{account}?_uid=u1", headers=page).headers for page in (local, foreign)]
    assert [headers["access-control-allow-origin"] for headers in allowed] == ["http://localhost:3000", "*"]
    assert {headers["access-control-expose-headers"] for headers in allowed} == {"Retry-After"}
    large = b"x" * 1_000_000
    told, untold = (client.post(f"/c/{account}", content=large, headers=page) for page in (local, foreign))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert "1,000,000 bytes" in told.json()["message"]
    assert (untold.content, untold.headers["access-control-allow-origin"]) == (b"", "*")


def test_an_event_with_an_id_is_stored_once(client: TestClient, site: Site, account: str) -> None:
    heard: list[object] = []
    site.platform.subscribe(lambda receipt: heard.append(receipt.event_id))
    query = "_uid=u1&_e=pv&_eid=page.1"
    answers = [client.get(f"/c/{account}?{query}"), client.post(f"/c/{account}", data={"_js": query})]
    assert [(answer.status_code, answer.content) for answer in answers] == [(200, PIXEL)] * 2
    assert len(stored(site, "u1")) == len(heard) == 1
    for other in ("_eid=page.2", "_eid=", "_eid=", f"_eid={'x' * 65}", f"_eid={'x' * 65}"):
        client.get(f"/c/{account}?_uid=u1&{other}")
    assert len(stored(site, "u1")) == 6


def test_bytes_that_are_no_text_are_collected(site: Site, account: str) -> None:
    """Some servers pass a raw query on, where browsers and ours escape it."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/c/{account}",
        "query_string": b"_uid=u1&note=\xff&hash=a#b",
        "headers": [(b"host", b"localhost")],
    }
    asyncio.run(create_app(site)(scope, receive, send))
    assert sent[0]["status"] == 200
    assert stored(site, "u1") == [{"_uid": "u1", "note": "\ufffd", "hash": "a#b"}]


def test_a_head_request_is_the_get_without_its_body(client: TestClient, site: Site, account: str) -> None:
    assert client.head(f"/c/{account}?_uid=u1&_e=pv").status_code == 200
    assert [event["_e"] for event in stored(site, "u1")] == ["pv"]


def test_the_accounts_stream_is_for_events_that_name_none(client: TestClient, site: Site, account: str) -> None:
    settings = site.workspace.settings.model_copy(update={"stream": "web"})
    site.workspace = replace(site.workspace, settings=settings)
    client.get(f"/c/{account}?_uid=u1")
    client.get(f"/c/{account}/orders?_uid=u1")
    assert [event.stream for event in site.platform.events("_uid", "u1")] == ["orders", "web"]


def test_5_2_the_servers_own_token_is_stored_nowhere(client: TestClient, site: Site, account: str) -> None:
    def send(query: str) -> tuple[dict[str, object], str]:
        assert client.get(f"/c/{account}/crm?_uid=u1&{query}").status_code == 200
        event = site.platform.events("_uid", "u1")[0]
        return event.data, event.raw

    assert send("key=own") == ({"_uid": "u1", "key": "own"}, "_uid=u1&key=own")
    server = site.workspace.settings.server.model_copy(update={"token": "t0ken &"})
    site.workspace = replace(site.workspace, settings=site.workspace.settings.model_copy(update={"server": server}))
    for secret in ("key=t0ken%20%26", "access_token=t0ken+%26"):
        assert send(f"{secret}&n=1") == ({"_uid": "u1", "n": "1"}, "_uid=u1&n=1")
    assert send("key=own")[0]["key"] == "own"

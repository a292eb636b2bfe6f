"""The debugger's HTTP surface."""

import asyncio
import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from understudy.dev_tools.debugger import MOST_EVENTS, answers_script, debugger_routes, debugger_script, panel_script
from understudy.dev_tools.debugger_views import type_name
from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.live import watch
from understudy.dev_tools.stream import Hub
from understudy.server.platform import Platform, RawEvent, StoreError
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace
from understudy.server.world_gate import WorldGate
from understudy.server.worlds import Worlds

OWN = {"Sec-Fetch-Site": "same-origin"}
FILES = {
    "understudy.toml": 'account = "shop"\n',
    "widgets/offer.yaml": "label: Offer\naudience: vip\nwidget: {type: message, layout: modal, msg: Hi}\n"
    "inverse: {type: message, layout: bar, msg: Bye}\n",
    "widgets/later.yaml": "status: draft\nwidget: {type: message, layout: bar, msg: Soon}\n",
    "widgets/own.js": "1;\n",
    "audiences/vip.fql": 'FILTER plan = "gold" FROM user WITH name = "Very important" ALIAS vip\n',
    "personas/anna.yaml": "label: Anna\nidentities: {email: anna@shop.example}\nfields: {plan: gold}\n",
}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    workspace = load_workspace(tmp_path)
    platform = Platform.open(":memory:", workspace.audiences)
    yield Site(workspace, platform)
    platform.close()


def application(site: Site, make: Callable[[], Hub] = Hub) -> Starlette:
    """The debugger's routes alone, for the one world of a site."""
    worlds = Worlds(site)
    app = Starlette(routes=debugger_routes(Hubs(make)), middleware=[Middleware(WorldGate, worlds=worlds)])
    app.state.worlds = worlds
    return app


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(application(site)) as client:
        yield client


def get(client: TestClient, path: str, **headers: str) -> Any:
    return client.get(f"/__understudy__/api/{path}", headers=headers)


def post(client: TestClient, path: str, body: Any, headers: dict[str, str] = OWN) -> Any:
    return client.post(f"/__understudy__/api/{path}", content=json.dumps(body), headers=headers)


def collect(site: Site, **data: object) -> None:
    asyncio.run(site.platform.collect(RawEvent("shop", "web", {"_uid": "own-1", **data}, 1_700_000_000_000.0)))


@pytest.mark.parametrize(
    ("name", "script"),
    [("debugger", debugger_script), ("debugger-answers", answers_script), ("debugger-panel", panel_script)],
)
def test_each_script_is_a_classic_one_asked_for_each_time(
    client: TestClient, name: str, script: Callable[[], str]
) -> None:
    response = client.get(f"/__understudy__/{name}.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    assert not re.search(r"^(import|export) ", response.text, re.MULTILINE)
    assert response.text == script()
    again = client.get(f"/__understudy__/{name}.js", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def test_what_every_page_has_of_the_debugger_is_small() -> None:
    assert len(gzip.compress(debugger_script().encode(), 9)) < 15_360


def test_the_workspace_lists_drafts_personas_and_audiences(client: TestClient) -> None:
    found = get(client, "workspace").json()
    assert found["account"] == "shop"
    assert {item["id"]: (item["status"], item["file"]) for item in found["experiences"]} == {
        "later": ("draft", "widgets/later.yaml"),
        "offer": ("published", "widgets/offer.yaml"),
    }
    offer = next(item for item in found["experiences"] if item["id"] == "offer")
    assert offer["inverse"] == {"id": "offer-inverse", "type": "message", "layout": "bar"}
    assert (offer["type"], offer["layout"], offer["audience"]) == ("message", "modal", "vip")
    assert found["scripts"] == ["widgets/own.js"]
    assert found["personas"][0]["uid"] == "persona-anna"
    assert found["personas"][0]["identities"] == {"_uid": "persona-anna", "email": "anna@shop.example"}
    vip = next(item for item in found["audiences"] if item["slug"] == "vip")
    assert (vip["name"], vip["file"]) == ("Very important", "audiences/vip.fql")
    assert "plan" in vip["statement"]
    assert found["problems"] == []


def test_an_unknown_visitor_has_no_profile_and_no_audience(client: TestClient) -> None:
    found = get(client, "profile?uid=nobody").json()
    assert found["found"] is False
    assert found["fields"] == []
    assert not [item for item in found["audiences"] if item["member"]]


def test_a_profile_has_typed_fields_and_each_audience(client: TestClient, site: Site) -> None:
    collect(site, plan="gold", _e="pv")
    found = get(client, "profile?uid=own-1").json()
    fields = {item["name"]: (item["type"], item["value"]) for item in found["fields"]}
    assert fields["plan"] == ("string", "gold")
    assert fields["_created"][0] == "time"
    members = {item["slug"]: item["member"] for item in found["audiences"]}
    assert members["vip"] is True
    assert False in members.values()
    assert found["audiences"][0] == {"slug": "vip", "name": "Very important", "own": True, "member": True}
    assert not found["fields"][0]["name"].startswith("_")


def test_types_are_the_platforms_or_those_of_json() -> None:
    assert type_name("visitct", 3) == "int"
    own = [
        ("x", "string"),
        (1, "int"),
        (1.5, "number"),
        (True, "bool"),
        (["a"], "list"),
        ({"a": 1}, "map"),
        (None, "any"),
    ]
    assert [type_name("own_field", value) for value, _ in own] == [name for _, name in own]


def test_events_are_the_visitors_newest_first_and_limited(client: TestClient, site: Site) -> None:
    for number in range(3):
        collect(site, number=number)
    found = get(client, "events?uid=own-1&limit=2").json()
    assert [event["data"]["number"] for event in found["events"]] == [2, 1]
    assert "raw" not in found["events"][0]
    assert get(client, "events?uid=nobody").json()["events"] == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("profile", "'uid' is missing"),
        ("events?uid=", "'uid' is ''"),
        ("events?uid=a&limit=0", "limit='0'"),
        ("events?uid=a&limit=-1", "limit='-1'"),
        (f"events?uid=a&limit={MOST_EVENTS + 1}", "from 1 to"),
    ],
)
def test_a_bad_question_is_answered_in_the_envelope(client: TestClient, path: str, said: str) -> None:
    response = get(client, path)
    assert response.status_code == 400
    assert response.json() == {"status": 400, "message": response.json()["message"], "data": None}
    assert said in response.json()["message"]


def test_a_persona_is_put_in_place_afresh_each_time(client: TestClient, site: Site) -> None:
    first = post(client, "persona", {"persona": "anna"})
    assert first.status_code == 200
    assert first.json()["uid"] == "persona-anna"
    assert first.json()["label"] == "Anna"
    assert first.json()["fields"]["plan"] == "gold"
    collect(site, _uid="persona-anna", plan="silver")
    assert get(client, "profile?uid=persona-anna").json()["found"]
    assert post(client, "persona", {"persona": "anna"}).json()["fields"]["plan"] == "gold"
    assert get(client, "events?uid=persona-anna").json()["events"] == []


def test_reset_forgets_the_visitor(client: TestClient, site: Site) -> None:
    collect(site, plan="gold")
    assert post(client, "reset", {"uid": "own-1"}).json() == {"uid": "own-1", "events": 1}
    assert get(client, "profile?uid=own-1").json()["found"] is False
    assert post(client, "reset", {"uid": "own-1"}).json()["events"] == 0


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("persona", {"persona": "nobody"}, 404, "There is: anna"),
        ("persona", {"persona": 7}, 400, "it must be a text"),
        ("persona", {}, 400, "'persona' is missing"),
        ("persona", ["anna"], 400, "not an object"),
        ("reset", {"uid": "x" * 20_000}, 413, "The body is over"),
        ("nowhere", {}, 404, "POST /__understudy__/api/nowhere is not part of the debugger's API"),
        ("workspace", {}, 405, "POST is not answered at '/__understudy__/api/workspace'. Send GET or HEAD."),
        ("faults", {}, 405, "Send GET or HEAD or PUT."),
    ],
)
def test_a_bad_order_is_refused_with_a_reason(client: TestClient, path: str, body: Any, status: int, said: str) -> None:
    response = post(client, path, body)
    assert response.status_code == status
    assert response.json()["status"] == status
    assert said in response.json()["message"]


def test_a_body_that_is_no_json_is_refused(client: TestClient) -> None:
    response = client.post("/__understudy__/api/reset", content=b"uid=1", headers=OWN)
    assert response.status_code == 400
    assert "not JSON" in response.json()["message"]


def test_a_store_that_fails_says_so(client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> int:
        raise StoreError("The disk is full; free some space.")

    monkeypatch.setattr(site.platform, "forget", full)
    response = post(client, "reset", {"uid": "own-1"})
    assert (response.status_code, response.json()["message"]) == (503, "The disk is full; free some space.")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "file://testserver"},
        {"Origin": "http://testserver.evil.example"},
    ],
)
def test_only_own_pages_may_change_anything(client: TestClient, site: Site, headers: dict[str, str]) -> None:
    collect(site, plan="gold")
    assert post(client, "reset", {"uid": "own-1"}, headers).status_code == 403
    assert site.platform.profile("_uid", "own-1") is not None


def test_an_origin_that_is_this_host_may_change(client: TestClient) -> None:
    assert post(client, "reset", {"uid": "x"}, {"Origin": "http://testserver"}).status_code == 200


@pytest.mark.parametrize("path", ["api/workspace", "api/profile?uid=a", "api/events?uid=a", "live"])
@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}])
def test_other_sites_may_not_read(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.get(f"/__understudy__/{path}", headers=headers).status_code == 403


def test_answers_are_kept_by_nobody(client: TestClient) -> None:
    headers = get(client, "workspace").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_a_live_stream_greets_and_ends_with_the_hub(site: Site) -> None:
    hub = Hub()
    hub.publish({"type": "problems", "problems": []}, keep=True)
    hub.close()  # so that the stream ends after its greeting
    with TestClient(application(site, lambda: hub)) as client:
        response = client.get("/__understudy__/live")
        assert '"type":"hello"' in response.text
        assert '"type":"problems"' in response.text
        seen = response.text.split("id: ")[1].split("\n")[0]
        for again in (
            client.get("/__understudy__/live", headers={"Last-Event-ID": seen}),
            client.get("/__understudy__/live", params={"last": seen}),
        ):
            assert "hello" not in again.text


def test_while_it_is_watched_a_site_reloads_and_tells_of_events(site: Site) -> None:
    async def test() -> None:
        hubs = Hubs()
        worlds = Worlds(site, [hubs.attend])
        frames = hubs.of(site).listen()
        await message(frames, "hello")
        async with worlds.attended(), watch(worlds, hubs):
            await site.platform.collect(RawEvent("shop", "web", {"_uid": "own-1", "plan": "gold"}, 1.0))
            event = await message(frames, "event")
            assert (event["uid"], event["stream"], event["entered"].count("vip")) == ("own-1", "web", 1)
            assert event["changed"]["plan"] == [None, "gold"]
            (site.workspace.root / "audiences/vip.fql").write_text('FILTER plan = "silver" FROM user ALIAS vip\n')
            assert (await message(frames, "audiences"))["slugs"] == ["vip"]
            assert "silver" in str(site.workspace.audiences["vip"].statement)
            profile = site.platform.profile("_uid", "own-1")
            assert profile is not None
            assert "vip" not in profile.segments
        assert [frame async for frame in frames if b"data" in frame] == []

    asyncio.run(asyncio.wait_for(test(), 20))


async def message(frames: Any, kind: str) -> dict[str, Any]:
    """The next message of a type."""
    async for frame in frames:
        _, found, data = frame.decode().partition("data: ")
        if found and (parsed := json.loads(data))["type"] == kind:
            return dict(parsed)
    raise AssertionError(f"the stream ended without {kind}")

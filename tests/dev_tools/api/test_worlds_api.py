"""Worlds, clocks and resets by HTTP."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from support.hubs import everything_told

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

FILES = {
    "understudy.toml": 'account = "shop"\n',
    "audiences/fresh.fql": 'FILTER lastvisit_ts > "now-3d" WITH name = "Fresh", public = true ALIAS fresh\n',
    "widgets/sale.yaml": "dates: {start: 2027-01-01, end: 2027-02-01}\n"
    "widget: {type: message, layout: modal, msg: Hi}\n",
    "widgets/draft.yaml": "status: draft\ndates: {start: 2027-01-01}\nwidget: {type: message, layout: bar, msg: Hi}\n",
    "content/articles.yaml": "documents: [{url: /new.html, topics: [Tea], published: 2026-12-30}]\n",
}
JANUARY = 1_798_761_600_000  # 2027-01-01T00:00:00Z
DAY = 86_400_000
A = {"X-Understudy-World": "a"}


@pytest.fixture
def hubs() -> Hubs:
    return Hubs()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    for name, text in FILES.items():
        path = tmp_path / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    workspace = load_workspace(tmp_path / "shop")
    assert workspace.problems == ()
    platform = Platform.open(tmp_path / "store.db", workspace.audiences)
    yield Site(workspace, platform)
    platform.close()


@pytest.fixture
def client(site: Site, hubs: Hubs) -> Iterator[TestClient]:
    with TestClient(build(site, hubs), base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        yield client


def call(client: TestClient, method: str, path: str, body: object = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = None if body is None else json.dumps(body)
    return client.request(method, f"/__understudy__/api/{path}", content=content, headers=named)


def done(client: TestClient, method: str, path: str, body: object = None, **headers: str) -> Any:
    response = call(client, method, path, body, **headers)
    assert response.status_code in {200, 201}, response.text
    return response.json()


def kinds(hubs: Hubs, site: Site) -> list[object]:
    """The kinds of what the pages of a world were told; its hub is closed by that."""
    return [message["type"] for message in asyncio.run(everything_told(hubs.of(site)))]


def test_the_api_tells_its_version_and_where_one_is(client: TestClient) -> None:
    found = done(client, "GET", "")
    assert (found["version"], found["world"], found["account"], found["faults"]) == (1, "default", "shop", [])
    assert found["clock"]["mode"] == "real"


def test_a_world_is_made_shown_listed_and_ended(client: TestClient) -> None:
    made = call(client, "POST", "worlds", {"name": "a", "clock": {"set": "2027-01-01", "mode": "frozen"}})
    assert made.status_code == 201
    world = made.json()
    assert (world["name"], world["url"]) == ("a", "http://a.localhost:8765/")
    assert (world["header"], world["cookie"]) == (A, {"name": "understudy_world", "value": "a"})
    assert (world["clock"]["now"], world["clock"]["iso"]) == (JANUARY, "2027-01-01T00:00:00.000Z")
    assert client.get("/__understudy__/api/", headers=A).json()["clock"]["now"] == JANUARY
    again = done(client, "GET", "worlds/a")
    assert {**again, "clock": None} == {**world, "clock": None}
    listed = done(client, "GET", "worlds")
    assert ([one["name"] for one in listed["worlds"]], listed["limit"]) == (["default", "a"], 256)
    assert done(client, "DELETE", "worlds/a") == {"name": "a", "deleted": True}
    assert call(client, "GET", "worlds/a").status_code == 404
    assert call(client, "DELETE", "worlds/a").status_code == 404
    assert call(client, "POST", "worlds/a/reset").status_code == 404


def test_a_world_needs_no_name_and_no_body(client: TestClient) -> None:
    assert [done(client, "POST", "worlds")["name"], done(client, "POST", "worlds", {})["name"]] == ["w1", "w2"]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"name": "default"}, 409, "already"),
        ({"name": "A"}, 400, "lower-case letters"),
        ({"name": 7}, 400, "'name'"),
        ({"nam": "a"}, 400, "did you mean 'name'"),
        ({"name": "a", "clock": {"set": "soon"}}, 400, "'soon' is no date"),
        ({"name": "a", "clock": {"mode": "slow"}}, 400, "mode"),
        ({"name": "a", "faults": {"tag": {"status": 1}}}, 400, "status"),
    ],
)
def test_a_world_that_cannot_be_made_is_not_there(
    client: TestClient, body: dict[str, object], status: int, said: str
) -> None:
    response = call(client, "POST", "worlds", body)
    assert (response.status_code, said in response.json()["message"]) == (status, True), response.text
    assert [one["name"] for one in done(client, "GET", "worlds")["worlds"]] == ["default"]


def test_a_world_is_taken_back_whatever_goes_wrong(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no faults today")

    monkeypatch.setattr("understudy.dev_tools.api.worlds.set_faults", broken)
    with pytest.raises(RuntimeError, match="no faults today"):
        call(client, "POST", "worlds", {"name": "half", "faults": {"offline": True}})
    assert [one["name"] for one in done(client, "GET", "worlds")["worlds"]] == ["default"]


def test_the_clock_drives_audiences_experiences_receipts_and_documents(client: TestClient) -> None:
    done(client, "POST", "worlds", {"name": "a", "clock": {"set": "2026-12-30T12:00:00Z", "mode": "frozen"}})
    client.get("/c/shop?_uid=u1&_e=pv", headers=A)
    (stored,) = done(client, "GET", "events?uid=u1", **{"X-Understudy-World": "a"})["events"]
    assert stored["time"] == stored["received"] == JANUARY - 1.5 * DAY
    shown = done(client, "GET", "clock?uid=u1", **A)
    flip = next(flip for flip in shown["flips"] if flip["audience"] == "fresh")
    assert (flip["at"], flip["enters"], flip["identities"]) == (JANUARY + 1.5 * DAY, False, [["_uid", "u1"]])
    assert shown["experiences"] == [
        {"at": JANUARY, "id": "sale", "opens": True},
        {"at": JANUARY + 31 * DAY, "id": "sale", "opens": False},
    ]
    moved = done(client, "POST", "clock?uid=u1", {"advance": "3d"}, **A)
    assert [one["time"] for one in moved["moved"] if "fresh" in one["left"]] == [JANUARY + 1.5 * DAY]
    assert [one["opens"] for one in moved["experiences"]] == [False]
    segments = client.get("/api/personalize/shop/user/_uid/u1", headers=A).json()["data"]["user"]["segments"]
    assert "fresh" not in segments
    back = done(client, "POST", "clock", {"advance": "-3d"}, **A)
    assert any("fresh" in one["entered"] for one in back["moved"])
    recent = "/api/content/recommend/shop/user/_uid/u1?from=now-2d"
    assert len(client.get(recent, headers=A).json()["data"]) == 1
    done(client, "POST", "clock", {"set": JANUARY + 9 * DAY}, **A)
    assert client.get(recent, headers=A).json()["data"] == []


def test_a_pages_own_clock_is_moved_along_unless_it_was_set_too(client: TestClient, site: Site) -> None:
    done(client, "POST", "worlds", {"name": "a", "clock": {"set": JANUARY, "mode": "frozen"}})
    for stated in (round(site.now) - 200, JANUARY - 500, JANUARY - 40 * DAY):
        client.get(f"/c/shop?_uid=u1&_ts={stated}", headers=A)
    events = done(client, "GET", "events?uid=u1", **A)["events"]
    assert [event["time"] for event in reversed(events)] == [JANUARY, JANUARY - 500, JANUARY - 40 * DAY]
    assert events[-1]["data"]["_ts"] != JANUARY, "what was sent is kept as it was"


@pytest.mark.parametrize(
    ("body", "mode", "ahead"),
    [
        ({"set": "2027-01-01T00:00:00Z"}, "offset", 0),
        ({"set": JANUARY, "advance": 60}, "offset", 60_000),
        ({"set": "2027-01-01", "advance": "1M", "mode": "frozen"}, "frozen", 31 * DAY),
        ({"set": "2027-01-01T01:00:00+01:00", "advance": "-1w"}, "offset", -7 * DAY),
    ],
)
def test_ways_to_set_the_clock(
    client: TestClient, site: Site, body: dict[str, object], mode: str, ahead: float
) -> None:
    shown = done(client, "POST", "clock", body)
    assert (shown["mode"], site.clock.mode) == (mode, mode)
    assert 0 <= shown["now"] - JANUARY - ahead < 60_000
    done(client, "POST", "clock", {"mode": "real"})
    assert (site.clock.mode, site.clock.offset) == ("real", 0)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Nothing is asked"),
        ({"set": "tomorrow"}, "'tomorrow' is no date"),
        ({"set": -5}, "from 1970 to 9999"),
        ({"set": 1e300}, "from 1970 to 9999"),
        ({"set": True}, "set"),
        ({"advance": "3 days"}, "'3 days' is no time to advance by"),
        ({"advance": "9999y"}, "is no time to advance by"),
        ({"advance": [1]}, "advance"),
        ({"mode": "fast"}, "mode"),
        ({"now": 5}, "unknown key 'now'"),
        ("x", "not an object"),
    ],
)
def test_what_no_clock_can_do_is_said(client: TestClient, site: Site, body: object, said: str) -> None:
    response = call(client, "POST", "clock", body)
    assert (response.status_code, said in response.json()["message"]) == (400, True), response.text
    assert site.clock.mode == "real"


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "clock"), ("PUT", "faults"), ("POST", "worlds"), ("POST", "reset")]
)
@pytest.mark.parametrize("depth", [10, 300, 600, 900, 5000])
def test_a_body_that_is_nested_deeply_is_refused(client: TestClient, method: str, path: str, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        body = f'{{"faults": {opening * depth}1{closing * depth}}}'
        response = client.request(method, f"/__understudy__/api/{path}", content=body)
        assert response.status_code in {400, 413}, response.text


def test_pages_hear_of_clock_faults_and_reset_in_their_world_alone(client: TestClient, hubs: Hubs, site: Site) -> None:
    done(client, "POST", "worlds", {"name": "a"})
    world = client.app.state.worlds.get("a")  # type: ignore[attr-defined]
    before = hubs.of(site).last_id
    done(client, "POST", "clock", {"advance": 5}, **A)
    done(client, "PUT", "faults", {"offline": True}, **A)
    done(client, "POST", "reset", {"all": True}, **A)
    assert kinds(hubs, world)[-5:] == ["clock", "faults", "clock", "faults", "reset"]
    assert hubs.of(site).last_id == before


def test_a_reset_of_a_world_forgets_all_and_of_a_visitor_only_them(client: TestClient, site: Site) -> None:
    for uid in ("u1", "u2"):
        client.get(f"/c/shop?_uid={uid}&_e=pv")
    assert done(client, "POST", "reset", {"uid": "u1"}) == {"uid": "u1", "events": 1}
    assert site.platform.profile("_uid", "u2") is not None
    done(client, "POST", "clock", {"advance": "3d"})
    assert done(client, "POST", "worlds/default/reset")["clock"]["mode"] == "real"
    assert site.platform.profile("_uid", "u2") is None
    for body in ({}, {"all": False}, {"all": True, "uid": "u1"}):
        response = call(client, "POST", "reset", body)
        assert response.status_code == (200 if "uid" in body else 400)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Origin": "http://127.0.0.1:8765"}, 201),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_commands_of_this_machine_and_own_pages_may_change_things(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert call(client, "POST", "worlds", {"name": "a"}, **headers).status_code == status


def test_another_machines_command_needs_the_token(site: Site, hubs: Hubs) -> None:
    far = TestClient(build(site, hubs), base_url="http://127.0.0.1:8765", client=("10.0.0.9", 50000))
    assert call(far, "POST", "worlds").status_code == 403
    server = site.workspace.settings.server.model_copy(update={"token": "secret"})
    settings = site.workspace.settings.model_copy(update={"server": server})
    object.__setattr__(site.workspace, "settings", settings)
    refused = call(far, "PUT", "faults", {}, Authorization="wrong")
    assert (refused.status_code, "`token` of [server]" in refused.json()["message"]) == (403, True)
    assert call(far, "PUT", "faults", {}, Authorization="secret").status_code == 200


def test_7_2_a_world_s_own_file_is_shown_as_its_source(client: TestClient) -> None:
    done(client, "POST", "worlds", {"name": "a", "files": {"audiences/own.fql": "FILTER visitct > 3 ALIAS own"}})
    named = {"X-Understudy-World": "a"}
    assert "visitct > 3" in done(client, "GET", "source?file=audiences/own.fql", **named)["text"]
    assert call(client, "GET", "source?file=audiences/own.fql").status_code == 404

"""Each fault switch as a client meets it."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from support.serving import Serving

from understudy.server.faults import SURFACES, Fault, Faults, ProfileFault
from understudy.server.site import Site
from understudy.server.world_gate import WorldGate
from understudy.server.worlds import Worlds

API = "/__understudy__/api/"
PROFILE = "/api/personalize/shop/user/_uid/u1"
PATHS = {
    "collector": "/c/shop?_uid=u1&_e=pv",
    "profile": PROFILE,
    "tag": "/api/tag/shop/latest.min.js",
    "sdk": "/static/pathfora.min.js",
    "candidates": "/api/experience/candidate/shop/config.js",
    "content": "/api/content/recommend/shop/user/_uid/u1",
}


def switch(client: TestClient, **faults: object) -> dict[str, Any]:
    response = client.put(f"{API}faults", json=faults)
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_all_are_off_at_first_and_cost_no_look(site: Site) -> None:
    assert not site.faults.on
    assert site.faults.as_json()["active"] == []
    assert {name for _, name in SURFACES} == set(PATHS) == set(Faults().by_surface)


@pytest.mark.parametrize("surface", PATHS)
def test_a_surface_that_fails_leaves_the_others_alone(client: TestClient, surface: str) -> None:
    assert switch(client, **{surface: {"status": 503}})["active"] == [f"{surface}: answers 503"]
    for name, path in PATHS.items():
        assert client.get(path).status_code == (503 if name == surface else 200), name
    assert client.get("/").status_code == 200
    assert switch(client) == {**Faults().model_dump(), "active": []}
    assert client.get(PATHS[surface]).status_code == 200


def test_a_refusal_can_be_read_by_pages_of_other_origins(client: TestClient, site: Site) -> None:
    switch(client, collector={"status": 429, "retry_after": 7})
    response = client.get(PATHS["collector"], headers={"Origin": "http://shop.example"})
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")
    assert response.headers["access-control-allow-origin"] == "http://shop.example"
    assert "Retry-After" in response.headers["access-control-expose-headers"]
    assert "A fault switch of this world is on: answers 429." in response.json()["message"]
    assert client.options(PATHS["collector"]).status_code == 204, "the browser's question is not what fails"
    assert site.platform.profile("_uid", "u1") is None


def test_for_so_many_requests_and_then_no_more(client: TestClient) -> None:
    switch(client, collector={"status": 500, "times": 2})
    assert [client.get(PATHS["collector"]).status_code for _ in range(3)] == [500, 500, 200]
    assert client.get(f"{API}faults").json()["active"] == []


def test_no_audiences_though_the_visitor_is_in_some(client: TestClient, site: Site) -> None:
    client.get(PATHS["collector"])
    told = lambda: client.get(PROFILE).json()["data"]["user"]["segments"]  # noqa: E731
    old = lambda: client.get("/api/me/shop/u1").json()["data"]["segments"]  # noqa: E731
    assert "fresh" in told()
    assert "fresh" in old()
    assert switch(client, profile={"empty_segments": True})["active"] == ["profile: no audiences"]
    assert (told(), old()) == ([], [])
    profile = site.platform.profile("_uid", "u1")
    assert profile is not None
    assert "fresh" in profile.segments


def test_a_late_answer_comes_after_the_delay(site: Site) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    site.faults.set(Faults(profile=ProfileFault(delay_ms=1500), tag=Fault(delay_ms=20, status=404)))
    routes = [Route(path, lambda _request: PlainTextResponse("in")) for path in (PROFILE, PATHS["tag"], "/c/shop")]
    app = Starlette(routes=routes, middleware=[Middleware(WorldGate, worlds=Worlds(site), sleep=sleep)])
    client = TestClient(app)
    assert client.get(PROFILE).text == "in"
    assert client.get(PATHS["tag"]).status_code == 404
    assert client.get("/c/shop").text == "in"
    assert slept == [1.5, 0.02]


def test_faults_are_of_one_world(client: TestClient) -> None:
    client.post(f"{API}worlds", json={"name": "a", "faults": {"tag": {"status": 404}}})
    assert client.get(PATHS["tag"], headers={"X-Understudy-World": "a"}).status_code == 404
    assert client.get(PATHS["tag"]).status_code == 200


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"colector": {}}, "did you mean 'collector'"),
        ({"tag": {"status": 200}}, "400"),
        ({"tag": {"delay_ms": -1}}, "0"),
        ({"tag": {"delay_ms": 60_001}}, "60000"),
        ({"tag": {"times": 0}}, "1"),
        ({"collector": {"empty_segments": True}}, "empty_segments"),
        ({"offline": "yes"}, "offline"),
        ([], "not an object"),
    ],
)
def test_what_is_no_fault_is_said_and_changes_nothing(client: TestClient, body: object, said: str) -> None:
    switch(client, sdk={"status": 500})
    response = client.put(f"{API}faults", json=body)
    assert (response.status_code, said in response.json()["message"]) == (400, True), response.text
    assert client.get(f"{API}faults").json()["active"] == ["sdk: answers 500"]


@pytest.fixture
def serving(shop: Path) -> Iterator[Serving]:
    with Serving(shop) as serving:
        yield serving


def test_hanging_up_closes_the_connection_without_an_answer(serving: Serving) -> None:
    address = urlsplit(serving.url).netloc

    def ask(method: str, path: str, body: str | None = None) -> int:
        connection = http.client.HTTPConnection(address, timeout=30)
        connection.request(method, path, body)
        status = connection.getresponse().status
        connection.close()
        return status

    assert ask("PUT", f"{API}faults", '{"collector": {"hang_up": true, "times": 1}}') == 200
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        ask("GET", PATHS["collector"])
    assert ask("GET", PATHS["collector"]) == 200
    assert ask("PUT", f"{API}faults", '{"offline": true}') == 200
    for path in PATHS.values():
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            ask("GET", path)
    assert ask("GET", "/") == ask("GET", f"{API}faults") == 200
    assert ask("PUT", f"{API}faults", "{}") == 200
    assert ask("GET", PATHS["tag"]) == 200

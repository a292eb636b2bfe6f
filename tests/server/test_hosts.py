import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from understudy.server.app import create_app
from understudy.server.hosts import HostGuard, host_of, is_local
from understudy.server.site import Site


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[Route("/", lambda _request: PlainTextResponse("in"))],
        middleware=[Middleware(HostGuard, allowed=lambda: ["Shop.Test"])],
    )
    return TestClient(app)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:8765", "[::1]:8765", "shop.localhost:1", "LOCALHOST", "shop.test:80", "localhost."]
)
def test_local_and_listed_hosts_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).text == "in"


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "localhost@evil.test",
        "127.0.0.1.evil.test",
        "evil.test#localhost",
        "evil.test@localhost",
        "localhost#evil.test",
        "localhost/evil.test",
        "localhost?",
        "localhost:80:80",
        "",
        "[::1",
        "localhost.evil.test",
        "0.0.0.0",
        "a.shop.test",
    ],
)
def test_any_other_host_is_refused_and_told_the_setting(client: TestClient, host: str) -> None:
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    assert repr(host) in response.text
    assert "allowed_hosts" in response.text


def test_host_of_drops_port_case_and_final_dot() -> None:
    assert host_of("Example.TEST.:80") == "example.test"
    assert host_of("[::1]:80") == "::1"
    assert host_of("[broken") == ""
    assert is_local("::1")
    assert not is_local("localhost.test")


def test_a_host_listed_while_the_server_runs_is_answered() -> None:
    listed: list[str] = []
    guarded = TestClient(HostGuard(PlainTextResponse("in"), allowed=lambda: listed))
    refused = guarded.get("/", headers={"host": "192.0.2.7:8765"})
    assert refused.status_code == 400
    assert refused.text.endswith('allowed_hosts = ["192.0.2.7"]\n')
    listed.append("192.0.2.7")
    assert guarded.get("/", headers={"host": "192.0.2.7:8765"}).text == "in"


@pytest.mark.parametrize(
    "path",
    ["/", "/nowhere", "/styles/brand.css", "/widgets/x.js", "/static/pathfora.js", "/c/x", "/api/nowhere"],
)
def test_every_address_of_the_site_is_guarded(site: Site, path: str) -> None:
    client = TestClient(create_app(site), base_url="http://evil.test")
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        assert client.request(method, path).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "evil.test"])
def test_websockets_are_closed_before_any_route(host: str) -> None:
    async def accept(websocket: WebSocket) -> None:
        await websocket.accept()

    app = Starlette(
        routes=[Mount("/sub", routes=[WebSocketRoute("/socket", accept)])],
        middleware=[Middleware(HostGuard, allowed=list)],
    )
    with pytest.raises(WebSocketDisconnect), TestClient(app).websocket_connect("/sub/socket", headers={"host": host}):
        pass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from understudy.server.hosts import HostGuard, host_of, is_local


@pytest.fixture
def client() -> TestClient:
    app = Starlette(
        routes=[Route("/", lambda _request: PlainTextResponse("in"))],
        middleware=[Middleware(HostGuard, allowed=["Shop.Test"])],
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

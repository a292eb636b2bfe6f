"""Which world a request is for."""

import pytest
from starlette.testclient import TestClient

from understudy.server.world_gate import named_world
from understudy.server.worlds import Worlds

API = "/__understudy__/api/"


def header(*pairs: tuple[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("latin-1")) for name, value in pairs]


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ([("host", "localhost:8765")], ""),
        ([("host", "a.localhost:8765")], "a"),
        ([("host", "A.LOCALHOST.")], "a"),
        ([("host", "www.a.localhost")], "a"),
        ([("host", "localhost.evil.test")], ""),
        ([("cookie", "x=1; understudy_world=b; y=2"), ("host", "a.localhost")], "b"),
        ([("cookie", 'understudy_world="b"')], "b"),
        ([("cookie", "not_understudy_world=b")], ""),
        ([("cookie", "understudy_world=; x=1"), ("host", "a.localhost")], "a"),
        ([("cookie", "understudy_world=b"), ("x-understudy-world", "c"), ("host", "a.localhost")], "c"),
        ([("x-understudy-world", ""), ("cookie", "understudy_world=b")], "b"),
    ],
)
def test_the_header_goes_before_the_cookie_and_the_cookie_before_the_host(
    headers: list[tuple[str, str]], name: str
) -> None:
    assert named_world(header(*headers))[0] == name


@pytest.mark.parametrize(
    ("headers", "asked_by"),
    [
        ({"X-Understudy-World": "none"}, "header X-Understudy-World"),
        ({"Cookie": "understudy_world=none"}, "cookie understudy_world"),
        ({"Host": "none.localhost:8765"}, "host none.localhost"),
    ],
)
@pytest.mark.parametrize(
    "path", ["/", "/c/shop?_uid=u1", "/api/tag/shop/latest.min.js", f"{API}workspace", "/styles/brand.css"]
)
def test_a_world_that_is_not_there_is_never_another(
    client: TestClient, headers: dict[str, str], asked_by: str, path: str
) -> None:
    response = client.get(path, headers=headers)
    assert response.status_code == 404
    message = response.json()["message"]
    assert message.startswith(f"There is no world 'none' here (named by the {asked_by}).")
    assert 'POST /__understudy__/api/worlds {"name": "none"}, or ask without that name.' in message


@pytest.mark.parametrize("name", ["Ä", "a b", "../x", "x" * 200, '"'])
def test_a_name_that_no_world_can_have_is_no_world_either(client: TestClient, name: str) -> None:
    response = client.get("/", headers=[(b"x-understudy-world", name.encode())])
    assert response.status_code == 404
    assert '{"name": "my-world"}' in response.json()["message"]


def test_the_default_world_has_a_name_too(client: TestClient) -> None:
    for headers in ({"X-Understudy-World": "default"}, {"Host": "default.localhost"}, {}):
        assert client.get(API, headers=headers).json()["world"] == "default"


def test_a_world_may_be_made_by_a_client_that_names_it_already(client: TestClient, worlds: Worlds) -> None:
    named = {"X-Understudy-World": "mine"}
    assert client.post(f"{API}worlds", json={"name": "mine"}, headers=named).status_code == 201
    assert client.get(API, headers=named).json()["world"] == "mine"
    assert client.delete(f"{API}worlds/mine", headers=named).status_code == 200
    assert client.get(API, headers=named).status_code == 404
    assert worlds.find("mine") is None


def test_a_world_by_host_has_its_own_events_and_pages(client: TestClient, worlds: Worlds) -> None:
    client.post(f"{API}worlds", json={"name": "a", "files": {"pages/index.html": "<p>another"}})
    own = {"Host": "a.localhost:8765"}
    assert client.get("/", headers=own).text.endswith("<p>another")
    assert client.get("/").text.endswith("<p>The shop")
    client.get("/c/shop?_uid=u1&_e=pv", headers=own)
    assert worlds.default.platform.profile("_uid", "u1") is None
    assert worlds.get("a").platform.profile("_uid", "u1") is not None

"""The description of the API: it knows every route, it is valid, and it says what the code says."""

from collections.abc import Iterator
from typing import Any

import pytest
from fuzzing import ALL
from openapi_spec_validator import validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.access import guarded
from understudy.server.app import create_app
from understudy.server.openapi.document import described, document, strays, summary_of
from understudy.server.openapi.families import FAMILIES
from understudy.server.openapi.parts import Family, Operation, text, told
from understudy.server.openapi.routes import in_words
from understudy.server.site import Site

METHODS = {"get", "post", "put", "patch", "delete", "options"}
FOREIGN = {"sec-fetch-site": "cross-site", "origin": "https://evil.test"}


@pytest.fixture
def app(site: Site) -> Starlette:
    return build(site, Hubs())


@pytest.fixture
def client(app: Starlette) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000))


@pytest.fixture
def whole(client: TestClient) -> Any:
    return client.get("/__understudy__/openapi.json").json()


def operations(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (one for item in whole["paths"].values() for method, one in item.items() if method in METHODS)


def test_e1_no_route_is_without_a_description_and_no_description_without_a_route(app: Starlette, site: Site) -> None:
    assert strays(app.routes, ALL) == []
    assert strays(create_app(site).routes, FAMILIES) == []


async def known(_request: Request) -> Response:
    """`GET x`: tell of it. Then more."""
    return Response()


def test_what_is_missing_is_told() -> None:
    families = [Family("A", "a", {"GET /a": Operation(told({})), "PUT /b/{id:path}": Operation(told({}))})]
    routes = [Route("/a", known), Route("/b/{id:path}", guarded(known), methods=["POST"])]
    assert strays(routes, families) == ["POST /b/{id:path}", "PUT /b/{id:path}"]


def test_e1_the_document_is_valid(whole: dict[str, Any]) -> None:
    validate(whole)
    assert whole["openapi"].startswith("3.1")
    ids = [one["operationId"] for one in operations(whole)]
    assert len(ids) == len(set(ids)) > 150


def test_e1_every_operation_says_what_it_does_and_what_it_answers(whole: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in whole["tags"]}
    for one in operations(whole):
        assert len(one["summary"]) > 8, one["operationId"]
        assert "see above" not in one["summary"], one["operationId"]
        assert set(one["tags"]) < tags
        assert any(int(status) < 500 for status in one["responses"])
        assert {"400", "404", "431"} <= set(one["responses"])


def test_a_summary_is_the_first_sentence_of_the_endpoint_under_all_its_guards() -> None:
    assert summary_of(guarded(known)) == "Tell of it"
    (one,) = described([Route("/a", guarded(known))], [])
    assert (one.key, one.summary, one.operation) == ("GET /a", "Tell of it", None)


def test_refusals_follow_from_what_a_route_is(app: Starlette, whole: dict[str, Any]) -> None:
    paths = whole["paths"]
    assert {"401", "403", "408", "413", "409", "422"} <= set(paths["/api/segment"]["post"]["responses"])
    assert "401" not in paths["/c/{cid}"]["post"]["responses"]
    assert "405" in paths["/api/segment/{id}"]["put"]["responses"]
    assert paths["/api/segment"]["post"]["security"] == [{}, {"token": []}]
    assert document(app.routes, ALL) == whole


def test_limits_are_those_of_the_code(whole: dict[str, Any]) -> None:
    scan = {one["name"]: one for one in whole["paths"]["/api/segment/{id}/scan"]["get"]["parameters"]}
    assert scan["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert (scan["id"]["in"], scan["id"]["required"]) == ("path", True)
    posted = whole["paths"]["/api/subscription"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert posted["properties"]["channel"]["enum"] == ["webhook", "kinesis"]
    assert "At most 1,000,000 bytes." in whole["paths"]["/api/segment"]["post"]["requestBody"]["description"]


def test_the_page_has_every_operation_and_no_script(client: TestClient, whole: dict[str, Any]) -> None:
    page = client.get("/__understudy__/api/docs")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    for one in operations(whole):
        assert f'id="{one["operationId"]}"' in page.text
    assert "integer, from 1, to 100, default 20" in page.text
    style = client.get("/__understudy__/api/docs.css")
    assert style.headers["content-type"].startswith("text/css")


def test_e1_pages_of_other_sites_do_not_read_it(client: TestClient) -> None:
    for path in ("openapi.json", "api/docs"):
        answer = client.get(f"/__understudy__/{path}", headers=FOREIGN)
        assert (answer.status_code, answer.json()["data"]) == (403, None)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"enum": ["a", "b"]}, "'a' or 'b'"),
        ({"$ref": "#/components/schemas/Audience"}, "Audience"),
        ({"type": ["string", "null"]}, "string or null"),
        ({}, "anything"),
        (text("a", maxLength=9, default="x").schema, "string, up to 9 characters, default 'x'"),
        ({"type": "string", "examples": ["u1"]}, "string, such as u1"),
    ],
)
def test_schemas_are_said_in_words(schema: dict[str, Any], words: str) -> None:
    assert in_words(schema) == words

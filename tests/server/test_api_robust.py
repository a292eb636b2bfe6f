"""Whatever is asked of the API, the answer is in the vendor's envelope and never the server's own failure (3.8)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.server.app import create_app
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

GETS = (
    "/api/content/doc", "/api/content/taxonomy", "/api/content/topicrollup", "/api/content/topic/{0}",
    "/api/content/recommend/storefront/user/_uid/{0}", "/api/content/recommend/user/{0}/{1}",
    "/api/content/recommend/segment/{0}", "/api/entity/user/{0}", "/api/entity/user/{0}/{1}", "/api/entity/{0}/{1}",
    "/api/entity/user/segments/{0}/{1}", "/api/me/{0}/{1}", "/api/personalize/storefront/user/{0}/{1}",
    "/api/segment", "/api/segment/{0}", "/api/segment/all/fieldinfo", "/api/segment/{0}/fieldinfo",
    "/api/segment/all/scan", "/api/segment/journal/scan", "/api/segment/{0}/size", "/api/segment/sizes",
    "/api/segment/{0}/attribution", "/v2/segment/{0}", "/v2/segment/{0}/ancestors", "/v2/segment/{0}/jobs",
    "/v2/segment/group/{0}", "/v2/identity/{0}/{1}/{0}", "/v2/identity/user/_uid/{0}", "/api/schema/{0}",
    "/api/account/setting", "/api/account/setting/{0}",
)  # fmt: skip
POSTS = (
    "/api/content/corpus", "/api/content/doc/hashedurl/{0}/topic/{1}", "/api/segment", "/api/segment/validate",
    "/api/segment/size", "/api/segment/scan", "/v2/segment/group", "/v2/segment/{0}/reevaluate", "/v2/identity/lookup",
)  # fmt: skip
PUTS = ("/api/segment/{0}", "/api/segment/journal", "/api/account/setting/{0}", "/api/account/setting/entity_timeout")
DELETES = ("/api/entity/softdelete/user/{0}/{1}", "/v2/segment/group/{0}", "/api/account/setting/{0}")
KEYS = (
    "urls",
    "fields",
    "limit",
    "start",
    "sortfield",
    "sortorder",
    "ids",
    "table",
    "kind",
    "valid",
    "sizes",
    "inline",
    "relevance",
    "ql",
    "contentsegment",
    "rank",
    "contentsegments",
    "topics",
    "rollups",
    "visited",
    "shuffle",
    "from",
    "to",
    "url",
    "callback",
    "segments",
    "meta",
    "events",
    "download",
)
HOSTILE = (
    "",
    "0",
    "-1",
    "1e999",
    "NaN",
    "\x00",
    "\ud7ff",
    "%",
    "%00",
    "../..",
    "a,b,,",
    "true",
    "[]",
    "{",
    "'",
    "`",
    "é" * 300,
)
TEXT = st.one_of(
    st.sampled_from((*HOSTILE, "all", "u1", "journal", "_uid", "email", "user", "content")), st.text(max_size=12)
)
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ("url", "topics", "name", "segment_ql", "slug_name", "value", "identifiers", "segments", "tags")
)
BODY = st.one_of(TEXT, VALUE.map(json.dumps), st.dictionaries(NAMES, VALUE, max_size=4).map(json.dumps))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    root: Path = copy_storefront(tmp_path_factory.mktemp("robust") / "storefront")
    workspace = load_workspace(root)
    platform = Platform.open(":memory:", workspace.audiences)
    with TestClient(
        create_app(Site(workspace, platform)), base_url="http://127.0.0.1:8765", client=("127.0.0.1", 1)
    ) as client:
        client.get("/c/storefront?_uid=u1&email=a%40b.test&_e=pv&url=127.0.0.1/product.html&points=3")
        yield client
    platform.close()


def at(path: str, parts: tuple[str, str]) -> str:
    return path.format(*(quote(part or "x", safe="", errors="replace") for part in parts))


def check(answer: Any) -> None:
    assert answer.status_code < 500, (answer.request.method, answer.request.url, answer.text)
    if answer.headers["content-type"].startswith("application/json"):
        assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/segment", r'{"name": "\ud800", "segment_ql": "FILTER *", "slug_name": "s"}'),
        ("POST", "/api/segment", r'{"name": "x", "segment_ql": "FILTER a = \"\ud800\""}'),
        ("PUT", "/api/segment/all", r'{"tags": ["\ud800"]}'),
        ("POST", "/v2/segment/group", r'{"name": "\ud800", "segments": ["all"]}'),
        ("POST", "/api/content/corpus", r'[{"url": "a.test/x", "title": "\ud800"}]'),
        ("POST", "/api/content/corpus", '[{"url": "a.test/x", "fields": {"a": 1e999}}]'),
        ("POST", "/api/content/corpus", '[{"url": "a.test/x", "fields": {"a": NaN}}]'),
        ("POST", "/v2/identity/lookup", r'["\ud800"]'),
        ("PUT", "/api/account/setting/allowlist_fields_public_api", r'["\ud800"]'),
        ("PUT", "/api/account/setting/entity_timeout", "9" * 5000),
    ],
)
def test_3_8_json_that_cannot_be_answered_is_refused(served: TestClient, method: str, path: str, body: str) -> None:
    answer = served.request(method, path, content=body)
    assert (answer.status_code, answer.json()["data"]) == (400, None)


RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RELAXED
@given(st.sampled_from(GETS), st.tuples(TEXT, TEXT), st.dictionaries(st.sampled_from(KEYS), TEXT, max_size=4))
def test_3_8_any_question_has_an_answer(
    served: TestClient, path: str, parts: tuple[str, str], query: dict[str, str]
) -> None:
    check(served.get(at(path, parts), params=query))


@RELAXED
@given(st.sampled_from(POSTS), st.tuples(TEXT, TEXT), st.dictionaries(st.sampled_from(KEYS), TEXT, max_size=2), BODY)
def test_3_8_any_body_has_an_answer(
    served: TestClient, path: str, parts: tuple[str, str], query: dict[str, str], body: str
) -> None:
    check(served.post(at(path, parts), params=query, content=body.encode("utf-8", "replace")))


@RELAXED
@given(st.sampled_from(PUTS + DELETES), st.tuples(TEXT, TEXT), BODY)
def test_3_8_any_change_has_an_answer(served: TestClient, path: str, parts: tuple[str, str], body: str) -> None:
    method = "PUT" if path in PUTS else "DELETE"
    check(served.request(method, at(path, parts), content=body.encode("utf-8", "replace")))

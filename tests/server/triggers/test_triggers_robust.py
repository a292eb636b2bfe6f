"""Whatever is asked of these routes, the answer is in the envelope and never the server's own failure (4.3, 4.5)."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from triggers_support import HERE, Stand, job_text, serving

HOSTILE = ("", "0", "-1", "1e999", "NaN", "\x00", "%00", "../..", "a\nb", "[]", "{", "é" * 300, "gold", "x.js", HERE)
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=5,
)
NAMES = st.sampled_from(
    ("job_config", "entity", "channel", "segment_ids", "segmentql", "webhook_url", "headers", "withbackfill", "name")
)
BODY = st.one_of(TEXT, VALUE.map(json.dumps), st.dictionaries(NAMES, VALUE, max_size=4).map(json.dumps))
KEYS = st.sampled_from(("name", "type", "description", "desired_format", "job", "outcome", "limit"))
PATHS = st.sampled_from(
    (
        ("GET", "/v2/template"), ("GET", "/v2/template/{}"), ("POST", "/v2/template"), ("PUT", "/v2/template/{}"),
        ("PUT", "/v2/template/x.js"), ("DELETE", "/v2/template/{}"), ("POST", "/v2/template/x.js/test"),
        ("POST", "/v2/template/{}/test"), ("GET", "/api/subscription"), ("POST", "/api/subscription"),
        ("GET", "/api/subscription/{}"), ("DELETE", "/api/subscription/{}"), ("PATCH", "/api/subscription"),
        ("GET", "/__understudy__/api/webhooks"), ("DELETE", "/__understudy__/api/webhooks"),
        ("POST", "/__understudy__/api/webhooks/{}/start"), ("POST", "/__understudy__/api/webhooks/crm/start"),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    files = {"webhooks/crm.yaml": job_text(), "webhooks/x.js": "function template(data) { return data }"}
    with serving(tmp_path_factory.mktemp("robust"), files) as stand:
        yield stand


@settings(max_examples=200)
@given(PATHS, TEXT, st.dictionaries(KEYS, TEXT, max_size=3), BODY)
def test_4_3_any_request_has_an_answer(
    stand: Stand, asked: tuple[str, str], part: str, query: dict[str, str], body: str
) -> None:
    method, path = asked
    url = path.format(quote(part or "x", safe="", errors="replace"))
    answer: Any = stand.client.request(method, url, params=query, content=body.encode("utf-8", "replace"))
    assert answer.status_code < 500, (method, url, answer.text)
    if answer.status_code >= 400:
        assert answer.json()["status"] == answer.status_code


def test_4_1_any_event_can_be_told_of(stand: Stand) -> None:
    for value in ("\x00", "é" * 100, [1, [2]], {"a": {"b": None}}, 10**30, "\U0001f389", ""):
        stand.send(uid="odd", tier="gold", value=value)
        stand.send(uid="odd", tier="tin", value=value)
    stand.settle()
    assert len([one for one in stand.receiver.payloads if one["data"]["_uid"] == "odd"]) == 14

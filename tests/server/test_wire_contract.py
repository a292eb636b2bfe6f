"""What the tag puts on the wire, decoded by the collector: the same vectors that the browser tests hold the tag to."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from understudy.server.platform.decoder import decode_fields
from understudy.server.site import Site

CONTRACT = Path(__file__).resolve().parents[1] / "contract"
REQUESTS = json.loads((CONTRACT / "tag_requests.json").read_text("utf-8"))["requests"]
VECTORS = json.loads((CONTRACT / "tag_wire.json").read_text("utf-8"))["vectors"]


def literal(vectors: list[dict[str, Any]]) -> list[Any]:
    """The pairs of each expected request that are given as they are, not as a pattern."""
    found = []
    for vector in vectors:
        for index, expected in enumerate(vector["expect"]):
            pairs = [(key, value) for key, value in expected.get("query", []) if isinstance(value, str)]
            if pairs:
                found.append(pytest.param(pairs, id=f"{vector['name']} #{index}"))
    return found


def flatten(fields: object, prefix: str = "") -> set[tuple[str, str]]:
    """Decoded fields as (dotted key, text) pairs."""
    if isinstance(fields, dict):
        return {pair for key, value in fields.items() for pair in flatten(value, f"{prefix}.{key}" if prefix else key)}
    if isinstance(fields, list):
        return {pair for value in fields for pair in flatten(value, prefix)}
    return {(prefix, fields if isinstance(fields, str) else json.dumps(fields))}


@pytest.mark.parametrize("request_", [pytest.param(one, id=one["name"]) for one in REQUESTS])
def test_a_captured_request_is_stored_field_for_field(client: TestClient, site: Site, request_: dict[str, Any]) -> None:
    path, _, query = request_["url"].partition("?")
    own = path.replace(request_["account"], site.account)
    assert client.get(f"{own}?{query}").status_code == 200
    event = site.platform.events("_uid", request_["fields"]["_uid"])[0]
    assert event.stream == request_["stream"]
    assert event.data == request_["fields"]


@pytest.mark.parametrize("pairs", literal(VECTORS))
def test_what_the_tag_sends_is_what_the_collector_reads(pairs: list[tuple[str, str]]) -> None:
    text = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in pairs)
    decoded = flatten(decode_fields(text))
    arrays = {key.removesuffix("_len") for key, _ in pairs if f"{key.removesuffix('_len')}_json" in dict(pairs)}
    companions = {f"{name}{suffix}" for name in arrays for suffix in ("_len", "_json")}
    assert {pair for pair in pairs if pair[0] not in companions} <= decoded
    assert not companions & {key for key, _ in decoded}

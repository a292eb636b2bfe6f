"""The wire format, vector by vector (tests/contract/tag_wire.json)."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from tag_page import ORIGIN, TagPage

CONTRACT = Path(__file__).resolve().parents[2] / "contract"
WIRE = json.loads((CONTRACT / "tag_wire.json").read_text("utf-8"))
CAPTURED = json.loads((CONTRACT / "tag_requests.json").read_text("utf-8"))["requests"]
CALL = "(calls) => { for (const [method, ...values] of calls) jstag[method](...values); }"


def expand(value: Any) -> Any:
    """`REPEAT:x:2000` is 2000 letters x, so that the data stays readable."""
    if isinstance(value, str) and value.startswith("REPEAT:"):
        _, text, times = value.split(":")
        return text * int(times)
    if isinstance(value, dict):
        return {key: expand(item) for key, item in value.items()}
    return [expand(item) for item in value] if isinstance(value, list) else value


def check_pair(found: tuple[str, str], name: str, value: str | dict[str, str]) -> None:
    assert found[0] == name
    if isinstance(value, dict):
        assert re.search(value["match"], found[1]), (name, found[1], value["match"])
    else:
        assert found[1] == value, name


@pytest.mark.parametrize("vector", WIRE["vectors"], ids=lambda vector: vector["name"])
def test_wire(tag: TagPage, vector: dict[str, Any]) -> None:
    cookies = [{"name": name, "value": value, "url": ORIGIN} for name, value in vector.get("cookies", {}).items()]
    tag.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    tag.open("src:/tag.js", settings=WIRE["defaults"], at=vector.get("at", "/page"))
    tag.run("(config) => { jstag.init(config); }", vector.get("config", {}))
    tag.run(CALL, expand(vector["calls"]))
    events = tag.events(len(vector["expect"]))
    assert len({event.fields["_eid"] for event in events}) == len({event.fields["_ts"] for event in events})
    for event, expected in zip(events, expand(vector["expect"]), strict=True):
        assert event.names.index("_eid") == len(event.pairs) - 1
        event.pairs.pop()
        assert event.path == expected["path"]
        assert event.method == {"Gif": "GET", "Form": "POST"}[expected.get("channel", "Gif")]
        pairs = [pair for pair in event.pairs if "only" not in expected or pair[0] in expected["only"]]
        assert [name for name, _ in pairs] == [name for name, _ in expected["query"]]
        for pair, (name, value) in zip(pairs, expected["query"], strict=True):
            check_pair(pair, name, value)


@pytest.mark.parametrize("request_", CAPTURED, ids=lambda request_: request_["name"])
def test_our_serializer_writes_what_was_captured(tag: TagPage, request_: dict[str, Any]) -> None:
    """The same fields, sent as a payload by themselves, give the captured query byte by byte."""
    tag.start({"cid": request_["account"]})
    message = tag.run(
        "(fields) => new Promise((done) => jstag.mock(fields, done))",
        request_["fields"],
    )
    query = urlsplit(request_["url"]).query
    assert dict(parse_qsl(query)) == request_["fields"]
    own = {"_ts", "url", "_device", "_nmob"}
    captured = [pair for pair in query.split("&") if pair.split("=")[0] not in own]
    written = [pair for pair in message["dataMsg"].split("&") if pair.split("=")[0] not in own]
    assert [pair for pair in written if pair != "_e=mk"] == captured

"""From the wire to an event: what the tag writes is read back, and garbage loses nothing."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.codec import dumps
from understudy.server.platform.decoder import MAX_EVENT_BYTES, EventTooLarge, decode_event, decode_fields


def encode(value: Any, name: str = "") -> Iterable[str]:
    """The tag's serialisation (tag.md 5.4), for values that it can write."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from encode(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        yield f"{quote(name)}_len={len(value)}"
        yield f"{quote(name)}_json={quote(json.dumps(value), safe='')}"
        for item in value:
            yield from encode(item, name)
    else:
        yield f"{quote(name, safe='')}={quote(str(value), safe='')}"


TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
KEYS = st.text("abcdefgh", min_size=1, max_size=4)
LISTS = st.lists(st.one_of(TEXT, st.integers(-9, 9), st.dictionaries(KEYS, TEXT, min_size=1, max_size=2)), max_size=3)
OBJECTS = st.recursive(
    st.dictionaries(KEYS, st.one_of(TEXT, LISTS), min_size=1, max_size=3),
    lambda inner: st.dictionaries(KEYS, st.one_of(TEXT, inner), min_size=1, max_size=3),
    max_leaves=5,
)


@given(OBJECTS)
def test_decoding_undoes_encoding(data: dict[str, Any]) -> None:
    assert decode_fields("&".join(encode(data))) == data


@given(st.one_of(st.text(max_size=60), st.text("ab.=&%+_jsonle[]1", max_size=60)))
def test_nothing_but_size_makes_decoding_fail(raw: str) -> None:
    event = decode_event(raw, "acc", "default", 1.0)
    assert event.raw == raw
    assert json.loads(dumps(event.data)) == event.data
    dumps(event.data).encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", {}),
        ("?a=1", {"a": "1"}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a", {"a": ""}),
        ("a=", {"a": ""}),
        ("=v", {"": "v"}),
        ("&&a=1&", {"a": "1"}),
        ("a=b=c", {"a": "b=c"}),
        ("a+b=c+d", {"a b": "c d"}),
        ("a=%zz%4", {"a": "%zz%4"}),
        ("a=%FF", {"a": "\ufffd"}),
        ("a=\ud800", {"a": "?"}),
        ("a=1&a=2&a=3", {"a": ["1", "2", "3"]}),
        ("user.id=12&user.name=a", {"user": {"id": "12", "name": "a"}}),
        ("0.one=value1&1.two=value2", {"0": {"one": "value1"}, "1": {"two": "value2"}}),
        ("a=1&a.b=2", {"a": "1", "a.b": "2"}),
        ("a.b=2&a=1", {"a.b": "2", "a": "1"}),
        ("a.b=1&a.b.c=2", {"a": {"b": "1"}, "a.b.c": "2"}),
        ("a.b.c=2&a.b=1", {"a": {"b": {"c": "2"}}, "a.b": "1"}),
        ("a..b=1&.c=2&d.=3", {"a..b": "1", ".c": "2", "d.": "3"}),
        ("g_len=2&g_json=%5B%22a%22%2C%22b%22%5D&g=a&g=b", {"g": ["a", "b"]}),
        ("g_len=0&g_json=%5B%5D", {"g": []}),
        ("f_len=1&f_json=%5B%7B%22id%22%3A0%7D%5D&f.id=0", {"f": [{"id": 0}]}),
        ("g_len=3&g_json=%5B1%5D&g=1", {"g_len": "3", "g_json": "[1]", "g": "1"}),
        ("g_len=1&g_json=nonsense", {"g_len": "1", "g_json": "nonsense"}),
        ("g_len=1&g_json=[1e999]", {"g_len": "1", "g_json": "[1e999]"}),
        ("g_len=1&g_json=[NaN]", {"g_len": "1", "g_json": "[NaN]"}),
        ('g_len=1&g_json=["\\ud800"]', {"g_len": "1", "g_json": '["\\ud800"]'}),
        ("g_json=[1]", {"g_json": "[1]"}),
    ],
)
def test_what_is_decoded(raw: str, expected: dict[str, object]) -> None:
    decoded = decode_fields(raw)
    assert decoded == expected
    assert list(decoded) == list(expected)


def test_depth_is_bounded() -> None:
    assert dumps(decode_fields(".".join("a" * 5000) + "=1")).count("{") < 10
    deep = "[" * 40 + "]" * 40
    assert decode_fields(f"g_len=1&g_json={deep}") == {"g_len": "1", "g_json": deep}
    endless = "[" * 30000 + "]" * 30000
    assert decode_fields(f"g_len=1&g_json={endless}")["g_json"] == endless


def test_size_is_bounded() -> None:
    assert decode_fields("a=" + "x" * (MAX_EVENT_BYTES - 2))
    with pytest.raises(EventTooLarge, match=r"1,000,002 bytes, over the limit of 65,536.*Send fewer") as caught:
        decode_fields("a=" + "x" * 1_000_000)
    assert caught.value.size == 1_000_002
    with pytest.raises(EventTooLarge):
        decode_fields("é" * (MAX_EVENT_BYTES // 2 + 1))

"""`[streams.<name>]` of understudy.toml, from the file to the profile (platform.md 3.2, 3.3)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from understudy.server.platform import AudienceBook, Platform, Profile, parse_audience
from understudy.server.platform.decoder import decode_event
from understudy.server.platform.event import RawEvent
from understudy.server.platform.json_events import decode_messages
from understudy.server.settings import Settings
from understudy.server.streams import schema_of
from understudy.server.workspaces.workspace import load_workspace, read_settings

NOW = 1_795_435_200_000.0  # 2026-11-23T12:00:00Z
ORDERS = """
account = "shop"

[streams.orders]
where = 'OR (NOT EXISTS _bot, _bot = "f")'

[streams.orders.fields]
email = "buyer.mail"
first_name = "given"
last_order_ts = { from = "todate(placed)", kind = "date", merge = "max" }
total = { from = "tonumber(amount)", kind = "number", merge = "sum" }
orders = { from = "amount", kind = "int", merge = "count", if = "tonumber(amount) > 10" }
first_item = { from = "tolower(item)", merge = "oldest" }
items = { from = "item", kind = "[]string" }
shops = { from = "domain(url)", kind = "map[string]int" }
card = "hash.sha256(card)"
latest_only = { from = "item", kind = "[]string", merge = "latest" }
notes = { from = "note", kind = "map[string]string", merge = "oldestmap" }

[streams.crm.fields]
_uid = "cookie"
total = { from = "ltv", kind = "number", merge = "sum" }
"""


def settings(text: str) -> Settings:
    found, problems = read_settings(text.encode(), "understudy.toml")
    assert [str(problem) for problem in problems] == []
    assert found is not None
    return found


@pytest.fixture
def platform() -> Iterator[Platform]:
    book = AudienceBook([parse_audience("FILTER total > 50 ALIAS spender")])
    platform = Platform.open(":memory:", book, clock=lambda: NOW)
    platform.use_schema(schema_of(settings(ORDERS).streams))
    yield platform
    platform.close()


def send(platform: Platform, stream: str, raw: str) -> Any:
    return asyncio.run(platform.collect(decode_event(raw, "acc", stream, NOW)))


def known(platform: Platform, field: str, value: str) -> Profile:
    profile = platform.profile(field, value)
    assert profile is not None
    return profile


def test_3_3_a_stream_feeds_fields_by_its_own_sources(platform: Platform) -> None:
    send(platform, "orders", "_uid=a&buyer.mail=Ann%20%3CAnn%40x.example%3E&given=Ann&amount=20&item=Hat&card=42")
    receipt = send(
        platform, "orders", "_uid=b&buyer.mail=ann%40x.example&amount=5&item=Shoe&placed=2026-11-01&url=s.x/1"
    )
    assert receipt.entered == []
    assert send(platform, "orders", "_uid=b&amount=30&placed=2026-10-01&url=www.s.x/2").entered == ["spender"]
    fields = known(platform, "email", "ann@x.example").fields
    assert fields["_uids"] == ["a", "b"]
    assert (fields["email"], fields["first_name"], fields["total"], fields["orders"]) == ("ann@x.example", "Ann", 55, 2)
    assert (fields["first_item"], fields["items"], fields["shops"]) == ("hat", ["Hat", "Shoe"], {"s.x": 2})
    assert fields["last_order_ts"] == "2026-11-01T00:00:00.000Z"
    assert fields["latest_only"] == ["Shoe"]
    assert fields["card"] == "73475cb40a568e8da8a045ced110137e159f890ac4da883b6b17dc651b3a8049"
    assert fields["amount"] == "30"  # a key of its own, as ever
    raw = platform.events("_uid", "a")[-1]
    assert "email" not in raw.data
    send(platform, "web", "_uid=a&amount=1000&total=7&given=Eve")
    fields = known(platform, "_uid", "a").fields
    assert (fields["total"], fields["first_name"]) == (55, "Ann")


def test_3_3_where_keeps_events_from_feeding_and_keeps_them(platform: Platform) -> None:
    receipt = send(platform, "orders", "_uid=bot&amount=20&_bot=t")
    assert (receipt.event_id, receipt.uid, receipt.moved) == (1, "bot", {})
    assert platform.profile("_uid", "bot") is None
    erasure = asyncio.run(platform.erase("_uid", "bot"))
    assert erasure is not None
    assert (erasure.profile, erasure.events) == ("", 1)
    assert asyncio.run(platform.erase("_uid", "bot")) is None
    send(platform, "orders", "_uid=bot&amount=20&_bot=t&note=kept")
    send(platform, "orders", "_uid=bot&amount=20&_bot=f")
    assert known(platform, "_uid", "bot").fields["total"] == 20
    erasure = asyncio.run(platform.erase("_uid", "bot"))
    assert erasure is not None
    assert erasure.events == 2
    send(
        platform, "orders", "_uid=x&buyer.mail=ann%40x.example&_bot=t"
    )  # whom it names is in a key of the stream's own
    send(platform, "web", "buyer.mail=bob%40x.example")
    erasure = asyncio.run(platform.erase("email", "Ann@x.example"))
    assert erasure is not None
    assert (erasure.profile, erasure.events) == ("", 1)


def test_3_3_a_stream_may_say_whose_its_events_are(platform: Platform) -> None:
    receipt = send(platform, "crm", "cookie=c1&ltv=40")
    assert receipt.uid == "c1"
    assert known(platform, "_uid", "c1").fields["total"] == 40
    (message,) = decode_messages('{"cookie": "c1", "ltv": 2.5, "item": {"odd": 1}, "note": {"a": 1}}')
    asyncio.run(platform.collect(RawEvent("acc", "crm", message.data, NOW, message.raw)))
    assert known(platform, "_uid", "c1").fields["total"] == 42.5


@pytest.mark.parametrize("amount", ["", "x", "1e999", "nan", "%00", "1" * 400])
def test_a_value_that_does_not_fit_is_passed_over(platform: Platform, amount: str) -> None:
    send(platform, "orders", f"_uid=a&amount={amount}&note=text")
    fields = known(platform, "_uid", "a").fields
    assert "notes" not in fields
    assert "total" not in fields


def test_profiles_read_as_they_were_kept_when_the_streams_change(platform: Platform) -> None:
    send(platform, "orders", "_uid=a&amount=20&item=Hat")
    send(platform, "orders", "_uid=b&amount=5&item=Shoe")
    platform.use_schema(schema_of({}))
    assert known(platform, "_uid", "a").fields["total"] == 20
    send(platform, "web", "_uid=a&uuid=7&total=gone&_e=pv")
    send(platform, "web", "_uid=b&uuid=7")  # one is kept by sum, one by latest
    assert known(platform, "uuid", "7").fields["total"] in ("gone", 5)
    assert known(platform, "uuid", "7").fields["items"] == ["Hat", "Shoe"]
    platform.use_schema(schema_of(settings(ORDERS).streams))
    send(platform, "orders", "_uid=a&amount=2")
    send(platform, "orders", "_uid=b&amount=3")
    assert isinstance(total := known(platform, "uuid", "7").fields["total"], float | int)
    assert total in (5, 10)


def test_a_persona_states_fields_of_a_stream(platform: Platform) -> None:
    asyncio.run(platform.seed({"_uid": "vip"}, {"total": 100, "items": ["Hat"], "first_item": "hat"}))
    send(platform, "orders", "_uid=vip&amount=5&item=Shoe")
    fields = known(platform, "_uid", "vip").fields
    assert (fields["total"], fields["items"], fields["first_item"]) == (105, ["Hat", "Shoe"], "hat")
    with pytest.raises(ValueError, match="total must be a number"):
        asyncio.run(platform.seed({"_uid": "vip"}, {"total": "many"}))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('x = "tonumber("', "7:5: 'streams.orders.fields.x': expected a field"),
        ('x = "no.such(thing)"', "no.such"),
        ('x = { from = "a", kind = "int", merge = "merge" }', "7:5: 'streams.orders.fields.x': a int cannot be kept"),
        ('x = { from = "a", merge = "sum" }', "'sum' is for kind int or number, not string"),
        ('x = { from = "a", kind = "text" }', "'streams.orders.fields.x.kind'"),
        ('x = { from = "a", if = "b >" }', "7:5: 'streams.orders.fields.x.if'"),
        ('x = { from = "a", iff = "b" }', "unknown key 'iff'"),
        ('visitct = { from = "a", merge = "max" }', "'visitct' is a field of the platform"),
        ('_split = "a"', "'_split' is worked out by the platform"),
        ('score_x = "a"', "worked out"),
        ('"9x" = "a"', "not a field's name"),
        ('x = ""', "x"),
        ('x = { from = "a", capacity = 2 }', "a field with one value has no capacity"),
        ('x = { from = "a", kind = "[]string", merge = "latest", capacity = 2 }', "a field with one value has no"),
        ('x = { from = "a", kind = "[]string", merge = "capped", capacity = 0 }', "'streams.orders.fields.x.capacity'"),
        ('x = { from = "a", kind = "int", merge = "capped" }', "a int cannot be kept by 'capped'"),
        ('refdomain = { from = "a", capacity = 2 }', "'refdomain' is a field of the platform"),
    ],
)
def test_3_3_what_is_wrong_is_said_with_its_place(lines: str, expected: str) -> None:
    text = f'account = "shop"\n\n[streams.orders]\nwhere = "EXISTS a"\n\n[streams.orders.fields]\n{lines}\n'
    found, problems = read_settings(text.encode(), "understudy.toml")
    assert found is None
    said = [str(problem) for problem in problems]
    assert any(expected in each and each.startswith("understudy.toml:7:") for each in said), said


def test_two_streams_keep_a_field_in_one_way() -> None:
    one = '[streams.a.fields]\nx = { from = "a", kind = "int", merge = "sum" }\n[streams.b.fields]\nx = "b"\n'
    _, problems = read_settings(f'account = "shop"\n{one}'.encode(), "understudy.toml")
    assert str(problems[0]).startswith("understudy.toml:5:1: the stream 'a' keeps 'x' in another way")


def test_a_saved_file_changes_the_reading(tmp_path: Path) -> None:
    (tmp_path / "understudy.toml").write_text(ORDERS, "utf-8")
    workspace = load_workspace(tmp_path)
    assert workspace.problems == ()
    assert set(schema_of(workspace.settings.streams).streams) == {"orders", "crm"}


CAPPED = """
account = "shop"
[streams.web.fields]
last_items = { from = "item", kind = "[]string", merge = "capped", capacity = 2 }
shops = { from = "shop", kind = "map[string]int", capacity = 2 }
"""


def test_3_3_a_field_keeps_as_many_values_as_it_has_room_for(platform: Platform) -> None:
    platform.use_schema(schema_of(settings(CAPPED).streams))
    for item, shop in (("Hat", "a"), ("Shoe", "b"), ("Hat", "b"), ("Mug", "a"), ("Mug", "a"), ("Mug", "c")):
        send(platform, "web", f"_uid=a&item={item}&shop={shop}")
    fields = known(platform, "_uid", "a").fields
    assert (fields["last_items"], fields["shops"]) == (["Hat", "Mug"], {"a": 3, "b": 2})

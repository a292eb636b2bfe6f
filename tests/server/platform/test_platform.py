"""The platform as the routes use it."""

import asyncio
import json
from pathlib import Path

import pytest
from platform_support import NOW, Send

from understudy.server.platform import (
    AudienceBook,
    EventTooLarge,
    FieldError,
    Platform,
    RawEvent,
    Receipt,
    StoreError,
    parse_audience,
    visible,
)
from understudy.server.platform.decoder import decode_event

DAY = 86_400_000.0


def with_audiences(*texts: str) -> AudienceBook:
    return AudienceBook.with_defaults(parse_audience(text) for text in texts)


def test_receipt_of_a_first_page_view(platform: Platform, send: Send) -> None:
    receipt = send("_uid=a&_e=pv&_sesstart=1&_ts=1795348800000&utm_medium=email")
    assert (receipt.event_id, receipt.account, receipt.stream, receipt.uid) == (1, "acc", "default", "a")
    assert receipt.time == 1795348800000
    assert receipt.changed["pageviewct"] == [None, 1]
    assert receipt.changed["_created"] == [None, "2026-11-22T12:00:00.000Z"]
    assert {"all", "anonymous_profiles", "ly_first_time_visitor", "ly_from_email", "smt_new"} <= set(receipt.entered)
    assert receipt.left == []
    assert json.loads(json.dumps(receipt.as_json()))["data"]["_e"] == "pv"


def test_receipt_of_a_second_page_view(platform: Platform, send: Send) -> None:
    send("_uid=a&_e=pv&_sesstart=1")
    receipt = send("_uid=a&_e=pv&_sesstart=1&_ul=en")
    assert receipt.changed["pageviewct"] == [1, 2]
    assert receipt.changed["language"] == [None, "en"]
    assert "_uid" not in receipt.changed
    assert "_id" not in receipt.changed
    assert not any(name.startswith(".") for name in receipt.changed)
    assert {"ly_repeat_visitor", "ly_multi_session_visitor"} <= set(receipt.entered)
    assert {"ly_first_time_visitor", "ly_single_page_visitor"} <= set(receipt.left)
    assert "all" not in receipt.entered


def test_events_are_kept_as_sent_newest_first(platform: Platform, send: Send) -> None:
    raw = "_uid=a&user.id=1&bad=%zz"
    send(raw)
    send("_uid=a&_e=buy", stream="crm", received=NOW + 5)
    newest, oldest = platform.events("_uid", "a")
    assert (newest.event_id, newest.stream, newest.data["_e"], newest.received, newest.time) == (
        2,
        "crm",
        "buy",
        NOW + 5,
        NOW + 5,
    )
    assert (oldest.raw, oldest.data) == (raw, {"_uid": "a", "user": {"id": "1"}, "bad": "%zz"})
    assert oldest.as_json()["uid"] == "a"
    assert [event.event_id for event in platform.events("_uid", "a", limit=1)] == [2]
    assert platform.events("_uid", "a", limit=-1) == []
    assert platform.events("_uid", "nobody") == []


def test_what_a_page_sends_is_never_taken_for_a_time_of_ours(platform: Platform, send: Send) -> None:
    send('_uid=a&x_len=1&x_json=[{"$time":5}]')
    assert platform.events("_uid", "a")[0].data == {"_uid": "a", "x": [{"$time": 5}]}


def test_memberships_follow_the_clock(platform: Platform, send: Send) -> None:
    send("_uid=a")
    receipt = send("_uid=a", received=NOW + 8 * DAY)
    assert "smt_new" in receipt.left
    assert "smt_active" in receipt.entered


def test_a_change_of_audiences_is_not_a_move_of_the_visitor(platform: Platform, send: Send) -> None:
    send("_uid=a&tier=gold")
    platform.use_audiences(with_audiences('FILTER tier = "gold" ALIAS gold', "FILTER visitct > 9 ALIAS all"))
    profile = platform.profile("_uid", "a")
    assert profile is not None
    assert "gold" in profile.segments
    assert "all" not in profile.segments
    receipt = send("_uid=a&x=1")
    assert (receipt.entered, receipt.left) == ([], [])
    assert send("_uid=a&tier=silver").left == ["gold"]
    assert send("_uid=a&tier=gold").entered[0] == "gold"


def test_personalize_applies_the_payload_to_a_copy(platform: Platform, send: Send) -> None:
    platform.use_audiences(
        with_audiences('FILTER tier = "gold" ALIAS gold', "FILTER * WITH is_public = false ALIAS secret")
    )
    send("_uid=a&tier=silver&_e=pv")
    decision = platform.personalize("_uid", "a", {"tier": "gold", "_e": "pv"})
    assert decision.fields["tier"] == "gold"
    assert decision.fields["pageviewct"] == 2
    assert "gold" in decision.segments
    assert "secret" not in decision.segments
    json.dumps(decision.fields)
    again = platform.personalize("_uid", "a", {})
    assert (again.fields["tier"], again.fields["pageviewct"], "gold" in again.segments) == ("silver", 1, False)
    profile = platform.profile("_uid", "a")
    assert profile is not None
    assert "secret" in profile.segments
    assert json.loads(json.dumps(profile.as_json()))["fields"]["tier"] == "silver"


def test_personalize_for_an_unknown_visitor_is_for_a_new_one(platform: Platform) -> None:
    decision = platform.personalize("_uid", "new", {})
    assert decision.fields == {}
    assert {"all", "anonymous_profiles", "smt_new", "ly_unknown_email"} <= set(decision.segments)
    decision = platform.personalize("_uid", "new", {"tier": "gold"})
    assert (decision.fields["tier"], decision.fields["_uid"]) == ("gold", "new")
    assert platform.profile("_uid", "new") is None
    assert "all" in platform.personalize("shoe_size", "9", {}).segments


def test_a_payload_opens_nobody_elses_profile(platform: Platform, send: Send) -> None:
    send("_uid=ann&email=ann%40x.example&phone=555")
    decision = platform.personalize("_uid", "mallory", {"email": "ann@x.example"})
    assert "phone" not in decision.fields
    assert decision.fields["email"] == "ann@x.example"


def test_seed_makes_a_persona_in_place_of_what_was(platform: Platform, send: Send) -> None:
    send("_uid=persona-vip&_e=pv")
    send("_uid=other&email=vip%40x.example")
    fields = {
        "visitct": "12",
        "lastvisit_ts": "2026-11-22T12:00:00Z",
        "utm_mediums": ["email"],
        "tier": "gold",
        "_split": 7,
    }
    profile = asyncio.run(platform.seed({"_uid": "persona-vip", "email": "VIP@x.example"}, fields))
    assert profile == platform.profile("email", "vip@x.example") == platform.profile("_uid", "persona-vip")
    assert {name: profile.fields[name] for name in ("visitct", "lastvisit_ts", "utm_mediums", "tier", "_split")} == {
        **fields,
        "visitct": 12,
        "lastvisit_ts": "2026-11-22T12:00:00.000Z",
    }
    assert {"known_profiles", "ly_repeat_visitor", "ly_from_email"} <= set(profile.segments)
    assert "pageviewct" not in profile.fields
    assert platform.profile("_uid", "other") is None
    assert platform.events("_uid", "persona-vip") == []
    receipt = send("_uid=persona-vip&tier=silver&_sesstart=1&utm_medium=cpc")
    assert (receipt.changed["visitct"], receipt.changed["tier"]) == ([12, 13], ["gold", "silver"])
    assert receipt.changed["utm_mediums"] == [["email"], ["cpc", "email"]]
    assert "known_profiles" not in receipt.entered
    assert "_split" not in receipt.changed
    assert receipt.event_id == 3


def test_seed_takes_an_address_from_the_fields_too(platform: Platform) -> None:
    profile = asyncio.run(platform.seed({"_uid": "p"}, {"email": "Vip@x.example", "uuid": 7}))
    assert profile.identities == [("email", "vip@x.example"), ("uuid", "7"), ("_uid", "p")]


def test_seed_keeps_every_cookie(platform: Platform) -> None:
    profile = asyncio.run(platform.seed({"_uid": "p", "_uids": "also"}, {}))
    assert profile.identities == [("_uid", "also"), ("_uid", "p")]
    assert platform.profile("_uid", "p") == platform.profile("_uid", "also") == profile


@pytest.mark.parametrize(
    ("identities", "fields", "message"),
    [
        ({"_uid": "p"}, {"visitct": "lots"}, "visitct must be a whole number, but is 'lots'"),
        ({"_uid": "p"}, {"segments": ["all"]}, "segments cannot be stated"),
        ({"_uid": "p"}, {"_num_aliases": 3}, "_num_aliases cannot be stated"),
        ({"email": "nobody"}, {}, "email cannot be 'nobody'"),
        ({"shoe": "9"}, {}, "shoe cannot be '9'"),
        ({}, {"tier": "gold"}, "needs an identity"),
    ],
)
def test_a_wrong_seed_changes_nothing(
    platform: Platform, send: Send, identities: dict[str, str], fields: dict[str, object], message: str
) -> None:
    send("_uid=p&tier=silver")
    with pytest.raises(FieldError, match=message):
        asyncio.run(platform.seed(identities, fields))
    profile = platform.profile("_uid", "p")
    assert profile is not None
    assert profile.fields["tier"] == "silver"


def test_forget(platform: Platform, send: Send) -> None:
    send("_uid=a&email=ann%40x.example")
    send("_uid=a")
    send("_uid=b")
    assert asyncio.run(platform.forget("_uid", "a")) == 2
    assert platform.profile("email", "ann@x.example") is None
    assert platform.events("_uid", "a") == []
    assert platform.profile("_uid", "b") is not None
    assert asyncio.run(platform.forget("_uid", "a")) == 0
    assert send("_uid=a").event_id == 4


def test_listeners_hear_after_the_commit_and_before_the_answer(platform: Platform) -> None:
    heard: list[tuple[int, bool]] = []

    def listen(receipt: Receipt) -> None:
        heard.append((receipt.event_id, platform.profile("_uid", "a") is not None))

    def broken(_receipt: Receipt) -> None:
        raise RuntimeError("a listener of no use")

    async def collect() -> int:
        receipt = await platform.collect(RawEvent("acc", "default", {"_uid": "a"}, NOW))
        return len(heard) if receipt.event_id else -1

    platform.subscribe(broken)
    unsubscribe = platform.subscribe(listen)
    assert asyncio.run(collect()) == 1
    assert heard == [(1, True)]
    unsubscribe()
    unsubscribe()
    assert asyncio.run(collect()) == 1


def test_a_caller_that_gives_up_does_not_hide_the_event(platform: Platform) -> None:
    heard: list[Receipt] = []
    platform.subscribe(heard.append)

    async def give_up() -> None:
        task = asyncio.create_task(platform.collect(RawEvent("acc", "default", {"_uid": "a"}, NOW)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await platform.collect(RawEvent("acc", "default", {"_uid": "b"}, NOW))

    asyncio.run(give_up())
    assert [receipt.uid for receipt in heard] == ["a", "b"]


def test_an_oversized_event_is_refused(platform: Platform) -> None:
    for event in (
        RawEvent("acc", "default", {"_uid": "a"}, NOW, "x" * 70_000),
        RawEvent("acc", "default", {"_uid": "a", "x": "y" * 70_000}, NOW),
    ):
        with pytest.raises(EventTooLarge, match="over the limit"):
            asyncio.run(platform.collect(event))
    assert platform.profile("_uid", "a") is None


def test_visible_fields() -> None:
    fields = {"_id": 1, "email": 2, "tier": 3}
    assert visible(fields, ["tier", "email", "gone"]) == {"email": 2, "tier": 3}
    assert visible(fields, []) == {}
    assert visible(fields, ["*"]) == fields


def test_the_system_clock_is_the_default(tmp_path: Path) -> None:
    platform = Platform.open(tmp_path / "new" / "store.db", AudienceBook.with_defaults(), synchronous="FULL")
    asyncio.run(platform.collect(decode_event("_uid=a", "acc", "default", platform.clock())))
    assert "smt_new" in platform.personalize("_uid", "a", {}).segments
    platform.close()
    platform.close()
    with pytest.raises(StoreError, match="closed"):
        platform.profile("_uid", "a")
    with pytest.raises(StoreError, match="closed"):
        asyncio.run(platform.collect(decode_event("_uid=a", "acc", "default", NOW)))

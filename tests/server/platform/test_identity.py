"""Whose event it is: joining, parting and linking of profiles."""

import asyncio

import pytest
from platform_support import Send

from understudy.server.platform import AudienceBook, Platform, Profile, parse_audience
from understudy.server.platform.identity import identities_of, normal
from understudy.server.platform.state import profile_id


def known(platform: Platform, field: str, value: str) -> Profile:
    profile = platform.profile(field, value)
    assert profile is not None
    return profile


def test_a_cookie_is_a_visitor(platform: Platform, send: Send) -> None:
    send("_uid=a&x=1")
    send("_uid=b&x=2")
    assert known(platform, "_uid", "a").fields["x"] == "1"
    assert known(platform, "_uids", "b").fields["x"] == "2"
    assert known(platform, "_uid", "a").id != known(platform, "_uid", "b").id
    assert platform.profile("_uid", "c") is None
    assert platform.profile("shoe_size", "9") is None


def test_an_address_joins_two_visitors(platform: Platform, send: Send) -> None:
    send("_uid=a&_e=pv&tier=gold&utm_medium=email")
    send("_uid=b&_e=pv&city=Paris&utm_medium=cpc&email=Ann%40x.example")
    receipt = send("_uid=a&_e=pv&email=ann%40x.example")
    profile = known(platform, "_uid", "a")
    assert profile.fields["_uids"] == ["a", "b"]
    assert profile.identities == [("email", "ann@x.example"), ("_uid", "a"), ("_uid", "b")]
    assert {name: profile.fields[name] for name in ("tier", "city", "pageviewct", "_num_events", "_num_aliases")} == {
        "tier": "gold",
        "city": "Paris",
        "pageviewct": 3,
        "_num_events": 3,
        "_num_aliases": 3,
    }
    assert profile.fields["utm_mediums"] == ["cpc", "email"]
    assert known(platform, "_uid", "b") == known(platform, "email", "Ann <ANN@x.example>") == profile
    assert known(platform, "_id", profile.id) == profile
    assert [event.event_id for event in platform.events("_uid", "b")] == [3, 2, 1]
    assert "anonymous_profiles" in receipt.left


def test_joining_keeps_the_value_that_came_last(platform: Platform, send: Send) -> None:
    send("_uid=b&tier=silver&email=ann%40x.example")
    send("_uid=a&tier=gold")
    send("_uid=a&email=ann%40x.example")
    assert known(platform, "_uid", "b").fields["tier"] == "gold"


def test_two_addresses_are_two_people_and_the_browser_counts_for_the_last(platform: Platform, send: Send) -> None:
    send("_uid=shared&email=ann%40x.example&tier=gold")
    send("_uid=shared&email=bob%40x.example")
    send("_uid=shared&_e=pv")
    ann, bob = known(platform, "email", "ann@x.example"), known(platform, "email", "bob@x.example")
    assert ann.id != bob.id
    assert ann.fields["tier"] == "gold"
    assert "_uids" not in ann.fields
    assert "tier" not in bob.fields
    assert bob.fields["_uids"] == ["shared"]
    assert bob.fields["pageviewct"] == 1
    assert known(platform, "_uid", "shared").id == bob.id
    assert [event.event_id for event in platform.events("email", "ann@x.example")] == [1]
    send("_uid=shared&email=ann%40x.example")
    assert known(platform, "_uid", "shared").id == ann.id


def test_an_address_outranks_a_uuid(platform: Platform, send: Send) -> None:
    send("_uid=a&uuid=1&email=ann%40x.example")
    send("_uid=b&uuid=2&email=bob%40x.example")
    send("_uid=c&uuid=2&email=ann%40x.example")
    assert known(platform, "_uid", "c").id == known(platform, "email", "ann@x.example").id
    assert known(platform, "uuid", "2").id == known(platform, "email", "ann@x.example").id
    assert "uuid" not in known(platform, "email", "bob@x.example").fields


def test_audiences_are_decided_anew_after_an_identity_was_lost(platform: Platform, send: Send) -> None:
    platform.use_audiences(AudienceBook([parse_audience("FILTER EXISTS uuid ALIAS has_uuid")]))
    send("_uid=a&uuid=1&email=ann%40x.example")
    send("_uid=b&uuid=2&email=bob%40x.example")
    send("_uid=c&uuid=2&email=ann%40x.example")
    assert known(platform, "_uid", "b").segments == []
    assert send("_uid=b").left == []
    assert send("_uid=b&uuid=9").entered == ["has_uuid"]


def test_a_uuid_joins_cookies(platform: Platform, send: Send) -> None:
    send("_uid=a&uuid=7&_e=pv")
    send("_uid=b&uuid=7&_e=pv")
    assert known(platform, "uuid", "7").fields["pageviewct"] == 2


def test_the_cookie_before_setid_is_linked(platform: Platform, send: Send) -> None:
    send("_uid=old&_e=pv")
    send("_uid=new&_uido=old&_e=pv")
    send("_uid=new&_uido=old&_e=pv")
    profile = known(platform, "_uid", "old")
    assert (profile.fields["_uids"], profile.fields["_uid"], profile.fields["pageviewct"]) == (["new", "old"], "new", 3)


def test_a_cookie_before_setid_that_nobody_knew_is_the_visitors_too(platform: Platform, send: Send) -> None:
    send("_uid=new&_uido=old&_e=pv")
    profile = known(platform, "_uid", "old")
    assert profile == known(platform, "_uid", "new")
    assert (profile.fields["_uids"], profile.fields["_uid"], profile.fields["_num_aliases"]) == (
        ["new", "old"],
        "new",
        2,
    )


def test_two_identities_of_one_profile_do_not_count_it_twice(platform: Platform, send: Send) -> None:
    send("_uid=a&_e=pv")
    send("_uid=b&_uido=a&_e=pv")
    send("_uid=b&_uido=a&_e=pv&email=ann%40x.example")
    send("_uid=z&email=zoe%40x.example")
    assert known(platform, "email", "ann@x.example").fields["pageviewct"] == 3
    assert known(platform, "email", "ann@x.example").fields["_num_events"] == 3


def test_taking_on_a_persona_links_nobody(platform: Platform, send: Send) -> None:
    send("_uid=me&_e=pv&tier=gold")
    asyncio.run(platform.seed({"_uid": "persona-vip"}, {"ltv": 500}))
    asyncio.run(platform.seed({"_uid": "persona-new"}, {}))
    send("_uid=persona-vip&_uido=me&_e=pv")
    send("_uid=persona-new&_uido=persona-vip&_e=pv")
    send("_uid=me&_uido=persona-new&_e=pv")
    assert known(platform, "_uid", "me").fields["pageviewct"] == 2
    vip = known(platform, "_uid", "persona-vip").fields
    assert (vip["pageviewct"], vip["_uids"], vip["ltv"]) == (1, ["persona-vip"], 500)
    assert "tier" not in vip


def test_an_event_of_nobody_is_kept_and_changes_nothing(platform: Platform, send: Send) -> None:
    receipt = send("_e=pv&tier=gold")
    assert (receipt.uid, receipt.changed, receipt.entered) == (None, {}, [])
    assert receipt.event_id == 1


@pytest.mark.parametrize(("kind", "value"), [("email", "nobody"), ("_uid", ""), ("_uid", "x" * 257), ("tier", "gold")])
def test_what_is_no_identity(kind: str, value: str) -> None:
    assert normal(kind, value) is None


def test_identities_of_an_event_by_rank() -> None:
    data = {"_uido": "old", "_uid": ["first", "new"], "uuid": 7, "email": "Ann <Ann@x.example>"}
    assert identities_of(data) == [("email", "ann@x.example"), ("uuid", "7"), ("_uid", "new"), ("_uid", "old")]
    assert identities_of({"_uido": "old"}) == []
    assert identities_of({"_uid": "a", "_uido": "a"}) == [("_uid", "a")]
    assert identities_of({"_uid": {"a": 1}}) == []


def test_ids_are_the_same_in_every_run_and_never_given_twice(platform: Platform, send: Send) -> None:
    send("_uid=shared&email=ann%40x.example")
    ann = known(platform, "email", "ann@x.example").id
    assert ann == profile_id(("email", "ann@x.example"))
    send("_uid=a")
    first = known(platform, "_uid", "a").id
    send("_uid=a&email=new%40x.example")
    send("_uid=a&email=bob%40x.example")
    assert asyncio.run(platform.forget("email", "bob@x.example")) == 1
    send("_uid=a")
    assert known(platform, "email", "new@x.example").id == first
    assert known(platform, "_uid", "a").id == profile_id(("_uid", "a"), [first]) != first


def test_splits_are_even_and_fixed(platform: Platform, send: Send) -> None:
    splits = []
    for number in range(200):
        send(f"_uid=u{number}")
        fields = known(platform, "_uid", f"u{number}").fields
        splits.append(fields["_split"])
        assert isinstance(fields["_split2"], int)
        assert 0 <= fields["_split2"] < 100
    assert 60 < sum(isinstance(split, int) and split < 50 for split in splits) < 140


def test_3_3_a_reset_takes_stitched_identities_apart(platform: Platform, send: Send) -> None:
    send("_uid=a&email=ann%40x.example&tier=gold")
    send("_uid=b&email=ann%40x.example")
    assert known(platform, "_uid", "a") == known(platform, "_uid", "b")
    asyncio.run(platform.clear())
    send("_uid=a")
    send("_uid=b")
    send("email=ann%40x.example")
    apart = [
        known(platform, field, value) for field, value in (("_uid", "a"), ("_uid", "b"), ("email", "ann@x.example"))
    ]
    assert len({profile.id for profile in apart}) == 3
    assert [profile.fields["_num_aliases"] for profile in apart] == [1, 1, 1]
    assert "tier" not in apart[0].fields

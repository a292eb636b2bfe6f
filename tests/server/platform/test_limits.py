"""What one visitor can make of a profile is bounded (platform.md 3.3, "Limits")."""

import logging

import pytest
from platform_support import NOW, Send

from understudy.server.platform import Platform, Profile
from understudy.server.platform.ingest import MAX_PROFILE_BYTES
from understudy.server.platform.state import MAX_IDENTITIES, ProfileState


def known(platform: Platform, field: str, value: str) -> Profile:
    profile = platform.profile(field, value)
    assert profile is not None
    return profile


def test_3_3_a_profile_keeps_its_fifty_freshest_identities(platform: Platform, send: Send) -> None:
    for number in range(MAX_IDENTITIES + 10):
        send(f"_uid=c{number:02}&uuid=7&_e=pv")
    send("_uid=c20&_e=pv")
    profile = known(platform, "uuid", "7")
    assert len(profile.identities) == MAX_IDENTITIES
    assert profile.fields["_num_aliases"] == MAX_IDENTITIES
    assert profile.fields["pageviewct"] == MAX_IDENTITIES + 11
    assert profile.fields["_uid"] == "c20"
    assert [platform.profile("_uid", uid) for uid in ("c00", "c10")] == [None, None]
    assert known(platform, "_uid", "c11") == profile
    send("_uid=c00&_e=pv")
    assert known(platform, "_uid", "c00").fields["pageviewct"] == 1
    send("_uid=c00&uuid=7")  # comes back, and the next in line goes
    assert known(platform, "_uid", "c00").id == profile.id
    assert platform.profile("_uid", "c11") is None
    assert len(known(platform, "uuid", "7").identities) == MAX_IDENTITIES


def test_3_3_joining_two_full_profiles_keeps_fifty(platform: Platform, send: Send) -> None:
    for number in range(MAX_IDENTITIES - 1):
        send(f"_uid=a{number:02}&uuid=1")
        send(f"_uid=b{number:02}&email=ann%40x.example")
    send("_uid=b00&email=ann%40x.example&uuid=1")
    profile = known(platform, "email", "ann@x.example")
    assert profile.id == known(platform, "uuid", "1").id
    assert len(profile.identities) == MAX_IDENTITIES
    assert known(platform, "_uid", "b00").id == profile.id
    assert len(platform.events("email", "ann@x.example", 500)) == 2 * (MAX_IDENTITIES - 1) + 1


def test_3_3_a_full_profile_takes_in_no_more_and_events_are_kept(
    platform: Platform, send: Send, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(20):
            send(f"_uid=a&big{number}={'x' * 60_000}&_e=pv")
    fields = known(platform, "_uid", "a").fields
    kept = sum(name.startswith("big") for name in fields)
    assert kept == 16
    assert fields["_num_events"] == kept
    assert len(platform.events("_uid", "a")) == 20
    assert "takes in no more" in caplog.text
    state = platform._store.read(lambda reader: reader.load(str(fields["_id"])))
    assert state is not None
    assert len(state.packed()) <= MAX_PROFILE_BYTES
    send("_uid=a&small=1")  # what still fits is taken in
    assert known(platform, "_uid", "a").fields["small"] == "1"


def test_3_3_takeovers_are_counted(platform: Platform, send: Send) -> None:
    send("_uid=shared&email=ann%40x.example&_num_conflicts=9")
    assert "_num_conflicts" not in known(platform, "_uid", "shared").fields
    send("_uid=shared&email=bob%40x.example")
    assert known(platform, "email", "bob@x.example").fields["_num_conflicts"] == 1
    send("_uid=shared&email=ann%40x.example")
    assert known(platform, "email", "ann@x.example").fields["_num_conflicts"] == 1


def test_a_profile_joined_with_itself_is_the_same(platform: Platform, send: Send) -> None:
    send(f"_uid=a&_e=pv&_sesstart=1&_ts={NOW}")
    identifier = known(platform, "_uid", "a").id
    state = platform._store.read(lambda reader: reader.load(identifier))
    assert state is not None
    before, other = state.packed(), ProfileState.unpacked(state.packed())
    state.absorb(other)
    assert state.packed() == before

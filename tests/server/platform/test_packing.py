"""Profiles as bytes: whatever a page sends comes back, whole or only the fields that are asked for."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.codec import dumps, loads_plain
from understudy.server.platform.packing import pack, partly, unpack, written
from understudy.server.platform.state import ProfileState

SCALAR = st.one_of(
    st.text(max_size=5),
    st.sampled_from(["\ud800", 10**30, -(10**25), 2**64 - 1]),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
    st.datetimes(timezones=st.just(UTC)).map(lambda each: each.replace(microsecond=each.microsecond // 1000 * 1000)),
    st.just({"$time": 5}),
)
NAMES = ["a", ".b", "ly_impressions", "with space", "$time", "ü", 'quo"te', "back\\slash", "line\n", "\x01", ""]
FIELDS = st.dictionaries(
    st.sampled_from(NAMES),
    st.recursive(
        SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@given(FIELDS, st.lists(st.sampled_from(NAMES)), st.sampled_from([{}, {"a": "mapsum"}]))
def test_a_profile_comes_back_whole_or_in_part(
    fields: dict[str, Any], names: list[str], operators: dict[str, str]
) -> None:
    state = ProfileState("id", fields, ["all", "some"], "digest", True, operators)
    packed = state.packed()
    if isinstance(packed, bytes):  # as JSON the map `{"$time": 5}` of a page is taken for a time
        assert ProfileState.unpacked(packed) == state
    part = ProfileState.unpacked(packed, partly(tuple(names)))
    assert (part.id, part.members, part.book, part.seeded, part.operators) == (
        "id",
        ["all", "some"],
        "digest",
        True,
        operators,
    )
    whole = ProfileState.unpacked(packed).fields
    assert part.fields == {name: whole[name] for name in names if whole.get(name) is not None}


def test_what_cannot_be_bytes_is_a_text() -> None:
    for odd in ("\ud800", 2**64, [{"k": -(2**63) - 1}]):
        packed = pack(["p", {"x": odd, "t": datetime(2026, 1, 2, tzinfo=UTC)}])
        assert isinstance(packed, str)
        assert unpack(packed) == ["p", {"x": odd, "t": datetime(2026, 1, 2, tzinfo=UTC)}]


def test_a_profile_of_an_earlier_format_is_read() -> None:
    kept = dumps(["p", {"x": [3, "new"], "lastvisit_ts": datetime(2026, 1, 2, tzinfo=UTC)}, ["all"], "digest", False])
    state = ProfileState.unpacked(kept)
    assert state.values()["x"] == "new"
    assert state.values()["lastvisit_ts"] == datetime(2026, 1, 2, tzinfo=UTC)
    assert ProfileState.unpacked(kept, partly(("x",))).fields == {"x": [3, "new"]}


SENT = st.recursive(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(["\ud800", "\x7f\u2028", 10**30, -(10**25), 2**64, -0.0, 1e22, 5e-324]),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.none(),
        st.just({"$time": 5}),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(NAMES), SENT))
def test_what_a_page_sent_reads_as_sent_and_has_types_and_order_as_before(data: dict[str, Any]) -> None:
    read = loads_plain(written(data))
    assert repr(read) == repr(loads_plain(dumps(data))) == repr(data)

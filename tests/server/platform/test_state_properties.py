"""Profiles are joined with the same outcome in whatever order, and fields that streams fill with them (3.3)."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.facts import facts_of
from understudy.server.platform.schema_rules import make_rule, make_schema, make_stream
from understudy.server.platform.state import ProfileState

NOW = 1_795_435_200_000.0
SCHEMAS = [
    make_schema({"s": make_stream([make_rule("total", "number", operator, "tonumber(n)")])})
    for operator in ("sum", "max", "oldest")
]
EVENTS = st.fixed_dictionaries(
    {"_uid": st.sampled_from("abc")},
    optional={
        "n": st.sampled_from(["1", "2", "x"]),
        "_e": st.sampled_from(["pv", "buy"]),
        "_sesstart": st.just("1"),
        "tier": st.sampled_from(["gold", "tin"]),
        "total": st.just("own"),
        "utm_source": st.sampled_from(["a", "b"]),
        "url": st.sampled_from(["a.test/1", "b.test/2"]),
        "attr": st.dictionaries(st.sampled_from("xy"), st.sampled_from("12"), max_size=2),
    },
)
FEEDS = st.lists(st.tuples(EVENTS, st.integers(0, 2), st.integers(0, 40)), max_size=4)
Feed = list[tuple[dict[str, Any], int, int]]


def profile(identifier: str, feed: Feed, first: int) -> ProfileState:
    state = ProfileState(identifier)
    for place, (data, schema, days) in enumerate(feed):
        state.feed(facts_of(data, "s", NOW + days * 86_400_000), first + 3 * place, SCHEMAS[schema])
    return state


def joined(*states: ProfileState) -> tuple[dict[str, Any], dict[str, str]]:
    whole = ProfileState("whole")
    for state in states:
        whole.absorb(state)
    return whole.fields, whole.operators


@given(FEEDS, FEEDS, FEEDS)
def test_3_3_joining_is_commutative_associative_and_idempotent(one: Feed, other: Feed, third: Feed) -> None:
    a, b, c = profile("a", one, 1), profile("b", other, 2), profile("c", third, 3)
    before = [state.packed() for state in (a, b, c)]
    expected = joined(a, b, c)
    assert joined(c, b, a) == joined(b, a, c) == expected
    pair = profile("pair", [], 0)
    pair.absorb(b)
    pair.absorb(c)
    assert joined(a, pair) == joined(pair, a) == expected
    again = a.copy()
    again.absorb(a)
    assert again.packed() == before[0]
    assert [state.packed() for state in (a, b, c)] == before


@given(FEEDS)
def test_a_profile_is_read_as_it_was_written(feed: Feed) -> None:
    state = profile("a", feed, 1)
    again = ProfileState.unpacked(state.packed())
    assert again == state
    assert again.values() == state.values()

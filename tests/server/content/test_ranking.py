"""Our order and confidence (platform.md 3.7)."""

from datetime import UTC, datetime

import pytest
from content_support import document
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.content.ranking import RANKS, Rank, Recommendation, confidence, ranked, shuffled

SHARES = st.dictionaries(st.sampled_from("abc"), st.floats(0, 1))


def one(address: str, sure: float = 0, rate: float = 0, day: int = 0) -> Recommendation:
    published = datetime(2026, 1, day, tzinfo=UTC) if day else None
    return Recommendation(document(address, published=published), sure, False, rate)


FOUND = [one("/a", 0.1, 0.9, 5), one("/b", 0.9, 0.1, 3), one("/c", 0.5, 0.5, 9), one("/d"), one("/e", day=1)]


@pytest.mark.parametrize(
    ("rank", "order"), [("affinity", "/b /c /a /e /d"), ("popular", "/a /c /b /e /d"), ("recent", "/c /a /b /e /d")]
)
def test_3_7_ranks(rank: Rank, order: str) -> None:
    assert [each.document.address for each in ranked(FOUND, rank)] == order.split()
    assert ranked(reversed(FOUND), rank) == ranked(FOUND, rank)


def test_3_7_what_is_equal_goes_by_address() -> None:
    same = [one("/b"), one("/a"), one("/c")]
    assert all([each.document.address for each in ranked(same, rank)] == ["/a", "/b", "/c"] for rank in RANKS)


def test_3_7_a_shuffle_can_be_repeated_and_has_them_all() -> None:
    orders = {tuple(each.document.address for each in shuffled(FOUND, str(seed))) for seed in range(50)}
    assert len(orders) > 20
    assert all(sorted(order) == ["/a", "/b", "/c", "/d", "/e"] for order in orders)
    assert shuffled(FOUND, "x") == shuffled(reversed(FOUND), "x")


@given(SHARES, SHARES, st.sampled_from("abc"))
def test_3_7_confidence_is_bounded_and_grows_with_affinity(
    topics: dict[str, float], affinity: dict[str, float], more: str
) -> None:
    found = confidence(topics, affinity)
    assert 0 <= found <= 1
    assert confidence(topics, {**affinity, more: 1.0}) >= found
    assert confidence(topics, {}) == 0

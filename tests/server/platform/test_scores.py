"""Scores: our own formulas, which keep the promises that their names make (platform.md 3.4)."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platform_support import NOW, Send

from understudy.server.platform import AudienceBook, Platform
from understudy.server.platform.decoder import decode_event
from understudy.server.platform.scores import NAMES, scores

DAY = 86_400_000.0
TODAY = date(2026, 11, 23)
BACKS = st.sets(st.integers(0, 400), min_size=1, max_size=40)


def of(backs: set[int], events: int, today: date = TODAY) -> dict[str, int]:
    """Scores of somebody who was active so many days before `TODAY`."""
    days = {(TODAY - timedelta(days=back)).isoformat() for back in backs}
    first, last = TODAY - timedelta(days=max(backs)), TODAY - timedelta(days=min(backs))
    return scores(events, days, len(days), first, last, today)


@given(BACKS, st.integers(0, 5000))
def test_3_4_scores_are_whole_numbers_from_0_to_100(backs: set[int], more: int) -> None:
    found = of(backs, len(backs) + more)
    assert tuple(found) == NAMES
    assert all(isinstance(score, int) and 0 <= score <= 100 for score in found.values())
    assert found == of(backs, len(backs) + more)


@given(BACKS, st.integers(1, 500), st.integers(1, 500))
def test_3_4_more_events_raise_quantity_and_intensity_alone(backs: set[int], events: int, more: int) -> None:
    one, other = of(backs, len(backs) + events), of(backs, len(backs) + events + more)
    for name in NAMES:
        if name in ("score_quantity", "score_intensity"):
            assert other[name] >= one[name]
        else:
            assert other[name] == one[name]


@given(BACKS, st.integers(1, 800))
def test_3_4_time_lowers_recency_and_propensity_and_raises_maturity(backs: set[int], later: int) -> None:
    one, other = of(backs, 50), of(backs, 50, TODAY + timedelta(days=later))
    assert other["score_recency"] <= one["score_recency"]
    assert other["score_propensity"] <= one["score_propensity"]
    assert other["score_maturity"] >= one["score_maturity"]
    assert other["score_quantity"] == one["score_quantity"]
    if later >= 28:
        quiet = {"score_frequency": 0, "score_momentum": 0, "score_consistency": 0, "score_volatility": 100}
        assert quiet.items() <= other.items()


@given(BACKS.filter(lambda backs: max(backs) >= 27), st.integers(0, 27))
def test_3_4_a_further_day_never_lowers_frequency_or_consistency(backs: set[int], day: int) -> None:
    one, other = of(backs, 100), of(backs | {day}, 100)
    for name in ("score_frequency", "score_consistency"):
        assert other[name] >= one[name]
    assert other["score_volatility"] <= one["score_volatility"]
    if day < 14 and max(backs) > day and day not in backs:
        assert other["score_momentum"] >= one["score_momentum"]


@pytest.mark.parametrize(
    ("backs", "momentum"),
    [(range(14), 100), (range(14, 28), 0), (range(28), 50), ({40}, 0), ({0}, 53), ({0, 20}, 50)],
)
def test_3_4_momentum_is_over_50_when_activity_grows(backs: set[int], momentum: int) -> None:
    assert of(set(backs), 50)["score_momentum"] == momentum


def test_3_4_scores_follow_the_clock_when_a_profile_is_looked_at() -> None:
    now = [NOW]
    platform = Platform.open(":memory:", AudienceBook.with_defaults(), clock=lambda: now[0])
    for back in (9, 5, 0):
        asyncio.run(platform.collect(decode_event("_uid=a&_e=pv", "acc", "default", NOW - back * DAY)))
    fresh = platform.profile("_uid", "a")
    assert fresh is not None
    assert (fresh.fields["score_recency"], "smt_dormant" in fresh.segments) == (100, False)
    now[0] += 60 * DAY
    stale = platform.profile("_uid", "a")
    assert stale is not None
    assert (stale.fields["score_recency"], stale.fields["score_momentum"]) == (83, 0)
    assert "ly_infrequent_user" in stale.segments
    platform.close()


def test_3_4_who_has_done_nothing_has_no_scores_and_a_persona_has_its_own(platform: Platform, send: Send) -> None:
    plain = asyncio.run(platform.seed({"_uid": "p"}, {"score_intensity": 90}))
    assert {name for name in plain.fields if name.startswith("score_")} == {"score_intensity"}
    send("_uid=p&_e=pv")
    profile = platform.profile("_uid", "p")
    assert profile is not None
    assert profile.fields["score_intensity"] == 90
    assert set(NAMES) <= profile.fields.keys()
    assert "ly_deeply_engaged_users" in profile.segments


def test_3_4_early_moments_do_no_harm() -> None:
    first = date(1970, 1, 1)
    assert scores(1, {"1970-01-01"}, 1, first, first, first)["score_recency"] == 100
    assert scores(1, set(), 1, date.min, date.min, date.min)["score_maturity"] == 0
    assert datetime(1970, 1, 1, tzinfo=UTC).date() == first

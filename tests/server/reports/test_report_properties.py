"""Reports say what profiles say, whatever happened (platform.md 2.4): reach and conversions are of the same maps."""

import asyncio
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from reports_support import DAY, HOUR, NOW

from understudy.server.platform import AudienceBook, Platform
from understudy.server.platform.event import RawEvent
from understudy.server.platform.scanning import everyone
from understudy.server.reports.evidence import Evidence, gather
from understudy.server.reports.periods import Period, period_of
from understudy.server.reports.series import outside, series
from understudy.server.reports.tally import figures

WIDGETS = ("a", "b")
KINDS = ("show", "show", "close", "confirm", "submit", "subscribe", "unlock", "conversion", "hover", "success.confirm")
EVENTS = st.lists(
    st.fixed_dictionaries(
        {"_uid": st.sampled_from(("u", "v", "w", "x")), "pf-widget-event": st.sampled_from(KINDS)},
        optional={
            "pf-widget-id": st.sampled_from((*WIDGETS, ["b", "a"])),
            "pf-widget-type": st.sampled_from(("message", "form", "sitegate", "")),
            "email": st.sampled_from(("one@a.test", "two@a.test")),  # by which cookies become one visitor
            "_ts": st.integers(0, 40).map(lambda hours: str(int(NOW - hours * 3 * HOUR + DAY))),
        },
    ),
    max_size=25,
)
PERIODS = st.builds(
    lambda by, last: period_of({"by": by, "last": str(last)}, NOW), st.sampled_from(("hour", "day")), st.integers(1, 60)
)


def reported(events: list[dict[str, object]], period: Period) -> tuple[Evidence, list[dict[str, object]]]:
    """What a report has to say of events, and the profiles that came of them."""
    platform = Platform.open(":memory:", AudienceBook([]), clock=lambda: NOW)
    try:
        asyncio.run(platform.collect_all([RawEvent("acc", "default", event, NOW) for event in events]))
        return gather(platform, [], period), [state.values() for state in everyone(platform._store)]
    finally:
        platform.close()


def counts(profiles: list[dict[str, object]], field: str, widget: str) -> list[int]:
    """How often each profile has the widget in a map, of those that have it."""
    maps = [profile.get(field) for profile in profiles]
    return [int(found[widget]) for found in maps if isinstance(found, dict) and widget in found]


@given(EVENTS, PERIODS)
def test_2_4_reports_agree_with_profiles(events: list[dict[str, object]], period: Period) -> None:
    evidence, profiles = reported(events, period)
    for widget in WIDGETS:
        found = figures(evidence.of([widget]), None)
        shown, converted = counts(profiles, "ly_impressions", widget), counts(profiles, "ly_conversions", widget)
        assert (found.reach, found.impressions) == (len(shown), sum(shown))
        assert (found.converted, found.conversions) == (len(converted), sum(converted))
        assert found.closes == sum(counts(profiles, "ly_closes", widget))
        assert found.hovers == sum(counts(profiles, "ly_hover", widget))
    both = figures(evidence.of(WIDGETS), None)
    reached = Counter(
        str(profile["_id"]) for profile in profiles for widget in WIDGETS if counts([profile], "ly_impressions", widget)
    )
    assert both.reach == len(reached)


@given(EVENTS, PERIODS)
def test_2_4_what_is_in_a_period_and_outside_of_it_is_all(events: list[dict[str, object]], period: Period) -> None:
    evidence, _ = reported(events, period)
    tallies = evidence.of(WIDGETS)
    points, rest, whole = series(tallies, period), outside(tallies, period), figures(tallies, None)
    assert len(points) == period.count
    for name in ("impressions", "conversions"):
        inside = sum(getattr(point, name) for point in points)
        assert inside + rest["earlier"][name] + rest["later"][name] == getattr(whole, name)
    assert all(point.reach <= point.impressions and point.converted <= point.conversions for point in points)
    if not any(number > period.last for tally in tallies for number in tally.buckets):
        assert points[-1].rate == whole.rate

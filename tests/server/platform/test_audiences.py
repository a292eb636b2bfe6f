"""Audience files, the vendor's default audiences, and books of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.platform.audiences import Audience, AudienceBook, default_audiences, parse_audience
from understudy.server.platform.filterql import FilterQLError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OLD, RECENT = NOW - timedelta(days=40), NOW - timedelta(days=2)
DEFAULTS = AudienceBook.with_defaults()


def book(*texts: str) -> AudienceBook:
    return AudienceBook(parse_audience(text) for text in texts)


def test_an_audience_file() -> None:
    source = Path("audiences/vip.fql")
    audience = parse_audience('FILTER ltv > 100 WITH name = "High value", is_public = false', slug="vip", source=source)
    assert (audience.slug, audience.name, audience.public, audience.source) == ("vip", "High value", False, source)
    assert parse_audience("FILTER * ALIAS other", slug="vip").slug == "other"
    plain = parse_audience("FILTER *", slug="vip")
    assert (plain.name, plain.public) == ("vip", True)


def test_an_audience_file_can_be_wrong() -> None:
    with pytest.raises(FilterQLError, match="is_public cannot be 'no'") as caught:
        parse_audience('FILTER *\nWITH is_public = "no"', slug="vip")
    assert (caught.value.line, caught.value.column) == (2, 6)
    with pytest.raises(FilterQLError, match="has no name"):
        parse_audience("FILTER *")


def test_default_audiences_are_complete_and_sound() -> None:
    slugs = [audience.slug for audience in default_audiences()]
    assert len(slugs) == len(set(slugs)) == 58
    assert DEFAULTS.problems() == []
    assert all(audience.public for audience in default_audiences())
    assert DEFAULTS.find("DEFAULT_ANON_SEG") is DEFAULTS["anonymous_profiles"]


@pytest.mark.parametrize(
    ("fields", "inside", "outside"),
    [
        ({}, ["all", "ly_unknown_email"], ["anonymous_profiles", "known_profiles", "smt_new", "ly_first_time_visitor"]),
        ({"_num_aliases": 1, "_uids": ["u"]}, ["anonymous_profiles"], ["known_profiles", "anonymous_profiles_30_days"]),
        (
            {"_num_aliases": 1, "_uids": ["u"], "_modified": OLD},
            ["anonymous_profiles", "anonymous_profiles_30_days"],
            ["anonymous_profiles_60_days"],
        ),
        (
            {"_num_aliases": 2, "_uids": ["u"], "email": "a@b.example"},
            ["known_profiles", "ly_known_email"],
            ["anonymous_profiles", "ly_unknown_email"],
        ),
        ({"visitct": 1, "pageviewct": 1}, ["ly_first_time_visitor", "ly_single_page_visitor"], ["ly_repeat_visitor"]),
        (
            {"visitct": 2, "pageviewct": 2},
            ["ly_repeat_visitor", "ly_multi_session_visitor"],
            ["ly_single_page_visitor"],
        ),
        ({"score_frequency": 70, "score_intensity": 20}, ["ly_frequent_user", "ly_moderately_frequent_user"], []),
        ({"score_intensity": 25}, ["ly_moderately_engaged_visitor"], ["ly_casual_visitor", "ly_deeply_engaged_users"]),
        ({"devices": {"IOS": 1}}, ["ly_uses_ios", "ly_uses_mobile"], ["ly_uses_desktop", "ly_uses_other"]),
        ({"visit_country": "US"}, ["ly_us_visitor"], ["ly_international_visitor"]),
        ({"visit_country": "FR"}, ["ly_international_visitor"], ["ly_us_visitor"]),
        ({"utm_mediums": ["ppc"]}, ["ly_from_paid", "ly_reporting_from_paid"], ["ly_from_email"]),
        ({"lastvisit_ts": RECENT}, ["ly_reporting_last_visit_within_week"], ["ly_reporting_last_visit_within_day"]),
        ({"_forceinvalidsegmentfield": 0}, [], ["connected_customer_segment", "default_unhealthy_profiles"]),
    ],
)
def test_default_audiences(fields: dict[str, object], inside: list[str], outside: list[str]) -> None:
    members = DEFAULTS.members(fields, NOW)
    assert members == sorted(members)
    assert set(inside) <= set(members)
    assert not set(outside) & set(members)


SCORE = st.one_of(st.none(), st.integers(0, 100), st.sampled_from([0, 3, 5, 10, 11, 25, 40, 50]))


@given(*[SCORE] * 4, st.datetimes(NOW.replace(tzinfo=None) - timedelta(days=9), NOW.replace(tzinfo=None)))
def test_the_smt_audiences_divide_all_profiles(
    frequency: int | None, intensity: int | None, momentum: int | None, quantity: int | None, created: datetime
) -> None:
    scores = {"frequency": frequency, "intensity": intensity, "momentum": momentum, "quantity": quantity}
    fields: dict[str, object] = {f"score_{name}": score for name, score in scores.items() if score is not None}
    members = DEFAULTS.members({**fields, "_created": created.replace(tzinfo=UTC)}, NOW)
    assert len([slug for slug in members if slug.startswith("smt_")]) == 1


def test_a_later_audience_replaces_an_earlier_one_and_slugs_go_before_aliases() -> None:
    mine = parse_audience("FILTER x = 1", slug="all")
    changed = AudienceBook.with_defaults([mine])
    assert changed["all"] is mine
    assert "all" not in changed.members({}, NOW)
    assert changed.digest != DEFAULTS.digest == AudienceBook.with_defaults().digest
    clash = book('FILTER * WITH slug = "one" ALIAS two', "FILTER x = 1 ALIAS two", "FILTER INCLUDE two ALIAS asks")
    assert clash.members({}, NOW) == ["one"]


def test_includes_are_found_by_slug_and_alias_in_any_case() -> None:
    texts = ["FILTER INCLUDE Base ALIAS a", "FILTER NOT INCLUDE BASE ALIAS b", "FILTER x = 1 ALIAS base"]
    assert book(*texts).members({"x": 1}, NOW) == ["a", "base"]
    assert book(*texts).members({}, NOW) == ["b"]


def test_unknown_includes_and_circles_are_problems_and_never_match() -> None:
    wrong = book(
        "FILTER INCLUDE two ALIAS one",
        "FILTER NOT\n  INCLUDE one ALIAS two",
        "FILTER INCLUDE me ALIAS me",
        "FILTER OR (*, INCLUDE me, INCLUDE gone) ALIAS outside",
        "FILTER NOT INCLUDE outside ALIAS farther",
        "FILTER NOT INCLUDE gone ALIAS fine",
    )
    assert wrong.members({}, NOW) == ["fine"]
    assert [(problem.audience.slug, problem.line, problem.column, problem.message) for problem in wrong.problems()] == [
        ("one", 1, 16, "'one' includes itself by way of this"),
        ("two", 2, 11, "'two' includes itself by way of this"),
        ("me", 1, 16, "'me' includes itself by way of this"),
        ("outside", 1, 23, "'me' includes itself, or one that does, so this has no members"),
        ("outside", 1, 35, "there is no audience 'gone'"),
        ("farther", 1, 20, "'outside' includes itself, or one that does, so this has no members"),
        ("fine", 1, 20, "there is no audience 'gone'"),
    ]


def test_a_long_chain_of_includes_is_no_problem() -> None:
    chain = book("FILTER x = 1 ALIAS a0", *(f"FILTER INCLUDE a{n - 1} ALIAS a{n}" for n in range(1, 1500)))
    assert len(chain.members({"x": 1}, NOW)) == 1500
    assert chain.problems() == []


def test_audiences_of_content_hold_no_visitors() -> None:
    mixed = book("FILTER * FROM content ALIAS docs", "FILTER INCLUDE docs ALIAS asks", "FILTER * ALIAS everyone")
    assert mixed.members({}, NOW) == ["everyone"]
    assert dict(mixed) == {audience.slug: audience for audience in mixed.values()}
    assert len(mixed) == 3


def test_public_and_explained() -> None:
    some = book("FILTER x = 1 WITH is_public = false ALIAS secret", "FILTER INCLUDE secret ALIAS open")
    assert some.public(["secret", "open", "gone"]) == ["open"]
    explanation = some.explain("open", {"x": 1}, NOW)
    assert explanation.lines() == ["yes: INCLUDE secret"]
    with pytest.raises(KeyError):
        some.explain("gone", {}, NOW)


CONDITIONS = st.sampled_from(
    (
        "a = 1",
        "b > 1",
        "NOT a = 1",
        'seen > "now-1d"',
        "m.k = 1",
        "EXISTS c",
        "INCLUDE s0",
        "INCLUDE s1",
        "INCLUDE gone",
    )
) | st.sampled_from(
    ("NOT INCLUDE s2", "b BETWEEN 0 AND 3", "NOT AND (INCLUDE s0, INCLUDE gone)", 'OR (a = 2, seen < "now-1d")')
)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "a": st.integers(1, 2),
    "b": st.integers(0, 3),
    "c": st.none(),
    "m": st.dictionaries(st.just("k"), st.integers(1, 2)),
    "seen": st.just(NOW),
}
FIELDS = st.fixed_dictionaries({}, optional=VALUES)


@given(st.lists(CONDITIONS, min_size=4, max_size=7), FIELDS, FIELDS, st.sampled_from([0, 2]))
def test_deciding_only_what_changed_gives_the_same(
    conditions: list[str], before: dict[str, Any], after: dict[str, Any], days: int
) -> None:
    some = book(*(f"FILTER {condition} ALIAS s{index}" for index, condition in enumerate(conditions)))
    last = some.decide(before, NOW)
    touched = [name for name in VALUES if before.get(name, "missing") != after.get(name, "missing")]
    later = NOW + timedelta(days=days)
    assert some.decide(after, later, last, touched).members == some.members(after, later)


def test_plans_do_not_pile_up() -> None:
    some = book(*(f'FILTER f{number} CONTAINS "x" ALIAS s{number}' for number in range(600)))
    for number in range(600):
        decided = some.decide({f"f{number}": "x"}, NOW, some.decide({}, NOW), [f"f{number}"])
        assert decided.members == [f"s{number}"]
    assert len(some._plans) < 300


def test_an_audience_is_data() -> None:
    audience = parse_audience("FILTER * ALIAS x")
    assert audience == Audience("x", "x", True, audience.statement)
    assert audience.names == ("x",)

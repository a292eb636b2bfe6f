"""The audiences that come with experiences (platform.md 2.4 to 2.6)."""

from datetime import UTC, datetime

from understudy.server.experiences.segments import (
    conversion_audience,
    experience_audiences,
    reach_audience,
    segment_slug,
)
from understudy.server.platform import AudienceBook
from understudy.server.platform.audience import parse_audience
from understudy.widgets.experience import Experience, read_experience

NOW = datetime(2026, 6, 1, tzinfo=UTC)
VIP = parse_audience("FILTER vip = true ALIAS vip")
STAFF = parse_audience("FILTER staff = true ALIAS staff")


def experience(name: str, text: str = "") -> Experience:
    found, problems = read_experience(f"{text}\nwidget: {{type: message}}".encode(), f"widgets/{name}.yaml")
    assert problems == []
    assert found is not None
    return found


def members(experiences: list[Experience], **fields: object) -> set[str]:
    book = AudienceBook.with_defaults((*experience_audiences(experiences), VIP, STAFF))
    assert book.problems() == []
    found = book.members(fields, NOW)
    return {slug.removeprefix("orc_experience_") for slug in found if slug.startswith("orc_experience_")}


def test_2_4_reach_is_an_impression_and_conversion_what_counts_as_one() -> None:
    assert str(reach_audience("a-b.c").statement.phrase) == "ly_impressions.`a-b.c` > 0"
    assert str(conversion_audience("a").statement.phrase) == "ly_conversions.a > 0"
    assert segment_slug("a", "reach") == reach_audience("a").slug == "orc_experience_a_reach"
    offer = [experience("offer")]
    assert members(offer) == {"offer_fixed", "offer_target"}
    assert members(offer, ly_impressions={"offer": 2}) == {
        "offer_fixed",
        "offer_target",
        "offer_reach",
        "offer_decision",
    }
    assert "offer_reach" not in members(offer, ly_impressions={"offer": 0, "other": 1})


def test_2_6_fixed_is_the_experiences_audience_without_those_it_excludes() -> None:
    offer = [experience("offer", "audience: vip\nexclude: [staff]")]
    assert members(offer, vip=True) == {"offer_fixed", "offer_target"}
    assert members(offer, vip=True, staff=True) == set()
    assert members(offer, staff=False) == set()


def test_2_6_converted_visitors_drop_out_of_the_target_also_by_a_sibling() -> None:
    siblings = [experience(name, "campaign: spring") for name in ("one", "two")]
    other = experience("three", "campaign: summer")
    staged = [experience(name, f"campaign: spring\nstage: {stage}") for name, stage in (("s1", "late"), ("s2", "end"))]
    found = members([*siblings, other, *staged], ly_conversions={"one": 1, "s1": 1})
    assert {name for name in found if name.endswith("_target")} == {"three_target", "s2_target"}
    assert {name for name in found if name.endswith("_fixed")} == {
        f"{n}_fixed" for n in ("one", "two", "three", "s1", "s2")
    }
    assert {name for name in found if name.endswith("_conversion")} == {"one_conversion", "s1_conversion"}


def test_2_6_a_decision_needs_the_target_and_the_impression() -> None:
    offer = [experience("offer")]
    assert "offer_decision" in members(offer, ly_impressions={"offer": 1})
    assert "offer_decision" not in members(offer, ly_impressions={"offer": 1}, ly_conversions={"offer": 1})


def test_2_4_variations_are_measured_each_and_together() -> None:
    tested = [experience("offer", "variations: [{widget: {msg: a}}, {id: other, widget: {msg: b}}]")]
    assert members(tested, ly_impressions={"other": 1}, ly_conversions={"other": 1}) == {
        "offer_fixed",
        "offer_reach",
        "offer_conversion",
        "other_reach",
        "other_conversion",
    }
    assert "offer_reach" in members(tested, ly_impressions={"offer-a": 1})


def test_2_4_an_inverse_is_measured_by_itself() -> None:
    text = b"audience: vip\nwidget: {type: message}\ninverse: {type: message}"
    found, _ = read_experience(text, "widgets/offer.yaml")
    assert found is not None
    assert members([found], ly_impressions={"offer-inverse": 1}) == {"offer-inverse_reach"}


def test_only_the_target_of_a_campaign_is_told_to_browsers() -> None:
    made = experience_audiences([experience("one", "campaign: spring"), experience("two")])
    assert [audience.slug for audience in made if audience.public] == ["orc_experience_one_target"]
    assert {audience.name for audience in made if audience.slug.startswith("orc_experience_two")} == {
        "Reached: two",
        "Converted: two",
        "Meant: two",
        "Meant and not converted: two",
        "Meant, not converted and shown: two",
    }

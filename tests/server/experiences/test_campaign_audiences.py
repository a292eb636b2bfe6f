"""Audiences from campaign data (platform.md 2.5)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from understudy.server.platform.filterql import evaluate, parse

Call = Callable[..., Any]
PATH = "/__understudy__/api/experiences/audience"
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def tested(new: Call) -> Any:
    return new(variations=[{"widget": {"msg": "a"}}, {"widget": {"msg": "b"}}])


def inside(text: str, seen: str, done: str = "") -> bool:
    fields = {"ly_impressions": dict.fromkeys(seen.split(), 1), "ly_conversions": dict.fromkeys(done.split(), 1)}
    return evaluate(parse(text), fields, now=NOW)


def test_2_5_the_documented_example(call: Call, tested: Any) -> None:
    rules = [
        {"of": "spring-offer-a", "measure": "not_converted"},
        {"of": "spring-offer-b", "measure": "converted"},
    ]
    text = call("POST", PATH, {"any": rules})["filterql"]
    a, b = "spring-offer-a", "spring-offer-b"
    assert inside(text, a)
    assert not inside(text, a, a)
    assert inside(text, b, b)
    assert not inside(text, b)
    assert call("POST", "/api/segment", {"name": "Chained", "segment_ql": text})["invalid"] is False
    assert not inside(call("POST", PATH, {"all": rules})["filterql"], a)


def test_2_5_an_experience_is_all_of_its_variations_and_rules_exclude(call: Call, tested: Any) -> None:
    text = call("POST", PATH, {"all": [{"of": tested["id"]}, {"of": "vip-offer", "exclude": True}]})["filterql"]
    assert inside(text, "spring-offer-b")
    assert inside(text, "spring-offer-a x")
    assert not inside(text, "spring-offer-a vip-offer")
    assert not inside(text, "x")


def test_2_5_rules_say_what_is_wrong_with_them(call: Call) -> None:
    for body in ({}, {"any": []}, {"any": [], "all": []}, {"all": {}}):
        assert "1 to 50 rules" in call("POST", PATH, body, 400)
    assert "A rule must be" in call("POST", PATH, {"any": [3]}, 400)
    assert "Choose one of reached" in call("POST", PATH, {"any": [{"of": "vip-offer", "measure": "x"}]}, 400)
    assert "no experience" in call("POST", PATH, {"any": [{"of": "nowhere"}]}, 404)

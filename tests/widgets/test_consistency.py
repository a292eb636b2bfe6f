from typing import Any

import pytest

from understudy.widgets.consistency import experience_findings, widget_findings


def messages(**widget: Any) -> list[str]:
    return [finding.message for finding in widget_findings({"type": "message", **widget}, ("widget",))]


GOOD: list[dict[str, Any]] = [
    {},
    {"layout": "inline", "positionSelector": "#a"},
    {"layout": "inline", "position": "#a"},
    {"layout": "bar", "pushDown": "body"},
    {"layout": "bar", "pushDown": "body", "position": "top-fixed"},
    {"theme": "custom", "colors": {}},
    {"layout": "gate", "position": "middle-center"},
    {"msg": "Hello {{ first_name | friend }}", "image": "{{ picture }}"},
    {"recommend": {}, "content": [{"title": "x"}]},
    {"recommend": {"collection": "a"}, "content": [{"title": "x", "default": True}]},
    {"theme": "brand", "themes": {"brand": {}}},
    {"displayConditions": {"date": {"start_at": "2026-01-01", "end_at": "2026-01-01"}}},
    {"displayConditions": {"impressions": {"total": 3, "widget": {"duration": 60}}}},
]
BAD: list[tuple[dict[str, Any], str]] = [
    ({"layout": "bar", "position": "top"}, "'top' is not a position of a bar"),
    ({"position": "left"}, "'left' is not a position of a modal"),
    ({"layout": "inline"}, "an inline widget needs an element to stand in"),
    ({"pushDown": "body"}, "only a bar at the top can push the page down"),
    ({"layout": "bar", "position": "bottom-fixed", "pushDown": "body"}, "only a bar at the top"),
    ({"theme": "drk"}, "'drk' is not a theme"),
    ({"okMessage": "Yes, {{ first_name }}"}, "profile fields in {{braces}} are filled in only in headline, msg"),
    ({"type": "form", "recommend": {}}, "a form cannot recommend; only a message can"),
    ({"layout": "gate", "recommend": {}}, "a gate has no place for a recommendation"),
    ({"recommend": {"collection": "a"}, "content": [{"title": "x"}]}, "content beside a recommendation is what shows"),
    ({"theme": "custom"}, "the theme 'custom' takes its colours from 'colors'"),
    (
        {"displayConditions": {"date": {"start_at": "2026-02-01", "end_at": "2026-01-01"}}},
        "it ends (2026-01-01) before it starts (2026-02-01)",
    ),
    ({"displayConditions": {"impressions": {"global": {"duration": 60}}}}, "a duration without a total"),
    ({"displayConditions": {"impressions": {"total": 1, "global": {"duration": 60}}}}, "a duration without a total"),
    ({"displayConditions": {"impressions": {"widget": {"duration": 60}}}}, "a duration without a total"),
]


@pytest.mark.parametrize("widget", GOOD)
def test_what_goes_together(widget: dict[str, Any]) -> None:
    assert messages(**widget) == []


@pytest.mark.parametrize(("widget", "message"), BAD)
def test_what_does_not(widget: dict[str, Any], message: str) -> None:
    (found,) = messages(**widget)
    assert found.startswith(message)


def test_values_of_the_wrong_type_are_left_to_the_models() -> None:
    assert messages(layout=3, position=[], theme={}, displayConditions="x", pushDown=None) == []
    assert list(experience_findings({"widget": 3, "inverse": [], "dates": "x"})) == []


def test_type_and_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("understudy.widgets.matrix", fromlist=["x"]).MATRIX, "form", ("modal",))
    assert messages(type="form", layout="bar") == ["a form cannot be a bar; it can be modal"]


def test_inverse_needs_an_audience_to_be_outside_of() -> None:
    inverse = {"type": "message"}
    (found,) = experience_findings({"inverse": inverse})
    assert "nobody is outside of the audience '*'" in found.message
    assert list(experience_findings({"inverse": inverse, "audience": "x"})) == []


def test_ids_of_experience_and_widget_agree() -> None:
    (found,) = experience_findings({"id": "a", "widget": {"id": "b"}})
    assert found.message == "the experience's id is 'a' and its widget's 'b'"
    assert list(experience_findings({"id": "a", "widget": {"id": "a"}})) == []


def test_inverse_is_checked_as_well_and_dates_too() -> None:
    found = list(
        experience_findings(
            {
                "audience": "x",
                "inverse": {"position": "left"},
                "dates": {"start": "2026-02-01", "end": "2026-01-01"},
            }
        )
    )
    assert [finding.path for finding in found] == [("dates", "end"), ("inverse", "position")]

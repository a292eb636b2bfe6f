"""Triggers and limits in a workspace's files (widgets.md 3.9, 3.13)."""

import pytest

from understudy.widgets.candidates import candidates_of
from understudy.widgets.experience import read_experience


def conditions(text: str) -> tuple[dict[str, object], list[str]]:
    source = f"audience: '*'\nwidget: {{type: message, displayConditions: {{{text}}}}}"
    experience, problems = read_experience(source.encode(), "widgets/offer.yaml")
    found = next(candidates_of(experience))["widget"]["displayConditions"] if experience and not problems else {}
    return dict(found), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("showOnExitIntent: true", {"showOnExitIntent": True}),
        ("displayWhenElementVisible: '#end'", {"displayWhenElementVisible": "#end"}),
        ("scrollPercentageToDisplay: 62.5", {"scrollPercentageToDisplay": 62.5}),
        (
            "showOnExitIntent: true, scrollPercentageToDisplay: 50",
            {"showOnExitIntent": True, "scrollPercentageToDisplay": 50},
        ),
    ],
)
def test_3_13_triggers_are_published(text: str, given: dict[str, object]) -> None:
    found, problems = conditions(text)
    assert problems == []
    assert found == given


@pytest.mark.parametrize(
    "text",
    ["scrollPercentageToDisplay: 101", "scrollPercentageToDisplay: -1", "displayWhenElementVisible: '..'"],
)
def test_3_13_triggers_that_no_page_could_pull_are_refused(text: str) -> None:
    _, problems = conditions(text)
    assert len(problems) == 1


def test_3_9_a_count_and_then_a_pause() -> None:
    text = "hideAfterAction: {closed: {hideCount: 3, duration: 604800, together: true}}"
    found, problems = conditions(text)
    assert problems == []
    assert found == {"hideAfterAction": {"closed": {"hideCount": 3, "duration": 604800, "together": True}}}

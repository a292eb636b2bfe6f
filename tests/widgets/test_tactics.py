"""The vendor's tactics and the widgets that come of them (platform.md 1.1, 2.2)."""

import pytest

from understudy.widgets.experience import read_experience
from understudy.widgets.tactics import LABELS, TACTICS, tactic_named, tactic_of, widget_for


@pytest.mark.parametrize("tactic", TACTICS)
def test_2_2_a_tactic_leads_to_a_widget_and_back(tactic: str) -> None:
    named = tactic_named(LABELS[tactic])
    assert named == tactic == tactic_named(tactic) == tactic_named(tactic.upper().replace("_", "-"))
    assert named is not None
    assert tactic_of(widget_for(named)) == tactic
    found, problems = read_experience(
        repr({"widget": widget_for(named)}).replace("True", "true").replace("False", "false").encode(), "widgets/a.yaml"
    )
    assert problems == []
    assert found is not None
    assert found.purpose == tactic


def test_2_2_a_stated_tactic_counts_before_the_widgets_look() -> None:
    found, _ = read_experience(b"tactic: capture_leads\nwidget: {type: message}", "widgets/a.yaml")
    assert found is not None
    assert found.purpose == "capture_leads"
    assert tactic_named("sell more") is None


def test_2_2_gates_in_both_forms_are_gates() -> None:
    assert tactic_of({"type": "form", "layout": "gate"}) == "SiteGate"
    assert tactic_of({"type": "subscription", "layout": "bar"}) == "capture_leads"

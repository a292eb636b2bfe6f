"""Our formula of affinity: bounded, monotone, and the same in whichever order pages were seen (platform.md 3.7)."""

import pytest
from content_support import document
from hypothesis import given
from hypothesis import strategies as st

from understudy.server.content.interests import interests

MUG = document("/mug", {"Mugs": 1, "Glazes": 0.5})
BOWL = document("/bowl", {"Bowls": 1, "Glazes": 1})
SHARES = st.floats(0, 1)
VIEWS = st.fixed_dictionaries({"/mug": st.integers(0, 50), "/bowl": st.integers(0, 50)})


def test_3_7_affinity_by_views() -> None:
    assert interests([MUG, BOWL], {}) == {}
    assert interests([MUG, BOWL], {"/mug": 1}) == {"Mugs": 0.5, "Glazes": 0.25}
    assert interests([MUG, BOWL], {"/mug": 2})["Mugs"] == 0.75
    assert interests([MUG, BOWL], {"/mug": 1, "/bowl": 1})["Glazes"] == pytest.approx(1 - 0.75 * 0.5)


def test_3_7_a_persona_may_state_it() -> None:
    stated = {"Mugs": 0.9, "Fire": 7, "Ash": -1, "Bad": "x", "Worse": True}
    assert interests([MUG], {"/mug": 1}, stated) == {"Mugs": 0.9, "Glazes": 0.25, "Fire": 1.0, "Ash": 0.0}
    assert interests([MUG], {}, "nothing of the kind") == {}


@given(VIEWS, st.sampled_from(["/mug", "/bowl"]))
def test_3_7_another_view_never_lowers_it(views: dict[str, int], page: str) -> None:
    before = interests([MUG, BOWL], views)
    after = interests([MUG, BOWL], {**views, page: views[page] + 1})
    assert all(0 <= before[topic] <= after[topic] <= 1 for topic in before)
    assert interests([BOWL, MUG], views) == pytest.approx(before)

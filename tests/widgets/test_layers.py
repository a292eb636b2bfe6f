"""A configuration laid over another."""

from understudy.widgets.layers import over


def test_laying_over_joins_sections_and_replaces_all_else() -> None:
    below = {"a": {"x": 1, "y": [1, 2]}, "b": [1], "c": 1}
    assert over(below, {"a": {"y": [3]}, "b": [2], "c": {"z": 1}}) == {"a": {"x": 1, "y": [3]}, "b": [2], "c": {"z": 1}}
    assert below == {"a": {"x": 1, "y": [1, 2]}, "b": [1], "c": 1}

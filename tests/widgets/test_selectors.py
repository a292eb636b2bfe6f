import pytest

from understudy.widgets.selectors import selector_fault


@pytest.mark.parametrize(
    "selector",
    ["#a", ".a > .b", "a[href='x]{']", "li:nth-child(2n + 1)", "a, b", "*", r".a\:b", ".größe", "a ~ b", ":is(a, b)"],
)
def test_good_selectors(selector: str) -> None:
    assert selector_fault(selector) == ""


@pytest.mark.parametrize(
    "selector", ["", "  ", "a {", "> a", "a >", "a,,b", "a,", "a[b", "a]", "a(b]", "#", ". a", "a 'b", "@media"]
)
def test_bad_selectors(selector: str) -> None:
    assert selector_fault(selector) != ""

import pytest

from understudy.widgets.syntax import pattern_fault, selector_fault


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


GOOD = [
    "",
    r"\/integrations\/.+?\?.*?ref=our_partner",
    "[^]",
    "[]",
    "a{1,2}?b{3}c{4,}",
    "(?<year>\\d{4})-\\k<year>",
    "(?<!a)(?<=b)(?=c)(?!d)(?:e)(?i:f)",
    "[\\w-a]",
    "a{x}",
    "]}",
    "[a[]",
    "^$|x",
    "\\(",
    "a|*".replace("*", "b"),
]
BAD = {
    "a(": "a '(' that is never closed",
    "a)": "a ')' that nothing opens",
    "[a": "a '[' that is never closed",
    "a\\": "nothing after the last '\\'",
    "*a": "nothing to repeat before '*'",
    "a**": "nothing to repeat before '*'",
    "a++": "nothing to repeat before '+'",
    "a|+": "nothing to repeat before '+'",
    "^*": "nothing to repeat before '*'",
    "a{3,1}": "the numbers in 'a{3,1}' are the wrong way round".replace("a{", "{"),
    "[z-a]": "the range z-a is the wrong way round",
    "(?P<name>x)": "nothing to repeat before '?'",
}


@pytest.mark.parametrize("pattern", GOOD)
def test_good_patterns(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", BAD)
def test_bad_patterns(pattern: str) -> None:
    assert pattern_fault(pattern) == BAD[pattern]

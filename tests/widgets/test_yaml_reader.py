import pytest

from understudy.widgets.places import Place
from understudy.widgets.yaml_reader import read_yaml

BROKEN = {
    "a: b\n\tc: d": (2, 1, "a tab where YAML wants spaces"),
    "a: [1": (1, 4, "a '[' is opened here and never closed"),
    "a: {b: 1": (1, 4, "a '{' is opened here and never closed"),
    "a: b: c": (1, 5, "a ':' where no key can stand"),
    "a:\n  b: 1\n c: 2": (3, 2, "this line does not line up with the lines around it"),
    "a: 'x": (1, 4, "a quote is opened here and never closed"),
    "a: *x": (1, 4, "the alias '*x' has no '&x' before it"),
    "a: &x [*x]": (1, 8, "the alias '*x' has no '&x' before it"),
    "--- {}\n--- {}": (2, 1, "a second document begins here"),
    "a: \x00": (1, 4, "a character that YAML does not allow (U+0000)"),
    'a: "\\q"': (1, 6, "an unknown escape after '\\'"),
    "a: @x": (1, 4, "text may not begin with this character"),
    "<<: {a: 1}": (1, 1, "merge keys ('<<') are not supported"),
    "? [a]\n: 1": (1, 3, "a key must be text"),
    "a:\n- " + "[" * 3000: (2, 42, "nested more than 40 levels deep"),
}
ODD = {
    "a: 1\na: 2": (2, 1, "the key 'a' stands twice", {"a": 1}),
    "1: 2": (1, 1, "the key 1 is not text", {"1": 2}),
    "a: .inf": (1, 4, ".inf is not a number that can be sent", {"a": 0}),
    "a: 1e999": (1, 4, "1e999 is not a number that can be sent", {"a": 0}),
    "a: !python/object x": (1, 4, "the tag !python/object is not supported", {"a": "x"}),
    'a: "\\ud800"': (1, 4, "half of a surrogate pair in a text", {"a": ""}),
}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_text(text: str) -> None:
    value, _, problems = read_yaml(text, "a.yaml")
    assert value is None
    assert [(p.line, p.column, p.message) for p in problems] == [BROKEN[text]]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_read_and_reported(text: str) -> None:
    *expected, data = ODD[text]
    value, _, problems = read_yaml(text, "a.yaml")
    assert value == data
    assert [[p.line, p.column, p.message] for p in problems] == [expected]


def test_aliases_are_paid_for_in_full() -> None:
    laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    laughs += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    value, _, problems = read_yaml(laughs, "a.yaml")
    assert value is None
    assert problems[0].message == "more than 50000 values, aliases written out"


def test_values_are_those_of_yaml_1_2() -> None:
    text = "a: yes\nb: 2026-01-01T00:00:00Z\nc: 010\nd: 0x1f\ne: !!str 5\nf: '5'\ng:\nh: &x [1.5]\ni: *x\nj: True\n"
    assert read_yaml(text, "a.yaml")[0] == {
        "a": "yes",
        "b": "2026-01-01T00:00:00Z",
        "c": 10,
        "d": 31,
        "e": "5",
        "f": "5",
        "g": None,
        "h": [1.5],
        "i": [1.5],
        "j": True,
    }


def test_places_of_keys_values_and_block_texts() -> None:
    _, places, _ = read_yaml('w:\n  cb: |\n    one\n      two\n  q: "abc"\n  l: [1, {k: v}]\n', "a.yaml")
    assert places.keys["w", "cb"] == Place(2, 3, 2, 3)
    assert places.values["w", "cb"] == Place(2, 7, 3, 5, 4)
    assert places.values["w", "q"] == Place(5, 6, 5, 7)
    assert places.keys["w", "l", 1, "k"] == Place(6, 11, 6, 11)


def test_empty_text_has_no_value() -> None:
    assert read_yaml("# nothing", "a.yaml")[0] is None

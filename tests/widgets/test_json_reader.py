import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understudy.widgets.json_reader import read_json
from understudy.widgets.places import Place

BROKEN = {
    '{"a": 1,}': (1, 8),
    '{"a" 1}': (1, 6),
    "{'a': 1}": (1, 2),
    '{"a": 1e999}': (1, 7),
    '{"a":' + "[" * 50 + "]" * 50 + "}": (1, 46),
    '{"a":' + "[" * 9000 + "]" * 9000 + "}": (1, 1),
    '{"a": NaN}': (1, 1),
}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**200), 10**200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("text", BROKEN)
def test_broken_text(text: str) -> None:
    value, _, problems = read_json(text, "a.json")
    assert value is None
    assert [(p.line, p.column) for p in problems] == [BROKEN[text]]


def test_trailing_comma_is_pointed_at() -> None:
    problem = read_json('{"a": [1,\n  2,\n]}', "a.json")[2][0]
    assert (problem.line, problem.column, problem.hint) == (2, 4, "remove the comma")
    elsewhere = read_json('{"a": ",}" x}', "a.json")[2][0]
    assert (elsewhere.column, elsewhere.hint) == (12, "check the commas and quotes before this place")


def test_key_that_stands_twice() -> None:
    value, _, problems = read_json('{"a": {"b": 1},\n "a": {"c": 2}}', "a.json")
    assert value == {"a": {"b": 1}}
    assert str(problems[0]) == "a.json:2:2: the key 'a' stands twice — it is on line 1 already"


def test_half_a_character_is_refused_and_a_whole_one_read() -> None:
    value, _, problems = read_json('{"a": "\\ud83d\\ude00", "b": "\\ud83d"}', "a.json")
    assert value == {"a": "😀", "b": ""}
    assert [(p.column, p.message) for p in problems] == [(28, "half of a surrogate pair in a text")]


def test_places() -> None:
    _, places, _ = read_json('{\n\t"a": [1, {"b": "x"}]\n}', "a.json")
    assert places.keys["a",] == Place(2, 2)
    assert places.values["a", 0] == Place(2, 8)
    assert places.values["a", 1, "b"] == Place(2, 17, 2, 18)


@settings(deadline=None, derandomize=True)
@given(VALUES, st.sampled_from([None, 2, "\t"]))
def test_reads_what_the_standard_parser_reads(value: object, indent: int | str | None) -> None:
    text = json.dumps(value, indent=indent)
    found, _, problems = read_json(text, "a.json")
    assert problems == []
    assert found == json.loads(text)

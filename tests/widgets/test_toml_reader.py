import pytest

from understudy.widgets.places import Place
from understudy.widgets.toml_reader import locate, read_toml

BROKEN = {"a = ": (1, 5), "a = 1\na = 2": (2, 6), "[x]\ny = foo": (2, 5), "[x\n": (1, 3), "a = [1": (1, 7)}


@pytest.mark.parametrize("text", BROKEN)
def test_broken_text(text: str) -> None:
    value, _, problems = read_toml(text, "a.toml")
    assert value is None
    assert [(p.line, p.column) for p in problems] == [BROKEN[text]]
    assert problems[0].message.startswith("not valid TOML: ")


def test_good_text() -> None:
    assert read_toml('a = "x"\n[b.c]\nd = 1', "a.toml") == (
        {"a": "x", "b": {"c": {"d": 1}}},
        locate('a = "x"\n[b.c]\nd = 1'),
        [],
    )


def test_places_of_tables_and_keys() -> None:
    places = locate('a = 1\n[b."c d"]\n  e.f =  2\n')
    assert places.keys["a",] == Place(1, 1)
    assert places.keys["b", "c d"] == Place(2, 2)
    assert places.keys["b", "c d", "e", "f"] == Place(3, 3)
    assert places.values["b", "c d", "e", "f"] == Place(3, 10)


def test_lines_of_a_long_text_are_no_keys() -> None:
    places = locate('a = """\nb = 1\n"""\nb = 2\n')
    assert places.keys["b",] == Place(4, 1)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a = 1\na = 2", "the key or table stands twice; remove one"),
        ("[a]\n[a]", "the key or table stands twice; remove one"),
        ("[server\nport = 1", "close it: [table]"),
        ('a = "x', "close the quote"),
        ("a = [1", "close it with ]"),
        ("a 1", "write key = value, one a line"),
        ('path = "C:\\data"', r"write \\ for each \, or use single quotes"),
        ("a = yes", 'text needs quotes: key = "value"'),
    ],
)
def test_hint_is_for_the_mistake(text: str, hint: str) -> None:
    assert read_toml(text, "a.toml")[2][0].hint == hint

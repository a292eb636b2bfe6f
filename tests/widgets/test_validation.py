"""From a wrong document to problems: place, value, what to change. One document, all problems at once."""

import pytest
from pydantic import Field

from understudy.widgets.documents import Document, parse_document
from understudy.widgets.experience import Experience
from understudy.widgets.fields import Strict
from understudy.widgets.problems import Finding
from understudy.widgets.validation import dotted, keys_of, validate


class Inner(Strict):
    size: int = 0
    names: list[str] = Field([])


class Outer(Strict):
    inner: Inner = Inner()
    many: list[Inner] = Field([])
    by_name: dict[str, Inner] = Field({}, alias="byName")
    color: str = ""


def lines(text: str, model: type[Strict] = Outer) -> list[str]:
    return [str(problem) for problem in validate(model, parse_document(text.encode(), "a.yaml"))[1]]


def test_a_good_document_gives_the_model() -> None:
    outer, problems = validate(Outer, parse_document(b"inner: {size: 2}\nbyName: {x: {size: 1}}", "a.yaml"))
    assert problems == []
    assert outer is not None
    assert (outer.inner.size, outer.by_name["x"].size) == (2, 1)


def test_all_problems_at_once_in_order() -> None:
    assert lines("colour: x\ninner:\n  size: big\n  names: [1]\nmany:\n  - size: 1.5\n  - 7\n") == [
        "a.yaml:1:1: unknown key 'colour' — did you mean 'color'?",
        "a.yaml:3:9: 'inner.size' must be a whole number, not 'big'",
        "a.yaml:4:11: 'inner.names[0]' must be text, not 1 — put quotes around it",
        "a.yaml:6:11: 'many[0].size' must be a whole number, not 1.5",
        "a.yaml:7:5: 'many[1]' must be a mapping of `key: value`, not 7",
    ]


def test_unknown_key_of_another_level_is_told_where_it_belongs() -> None:
    assert lines("size: 1") == ["a.yaml:1:1: unknown key 'size' — it belongs in 'inner'"]
    assert lines("byName: {x: {sise: 1}}") == ["a.yaml:1:14: unknown key 'sise' in 'byName.x' — did you mean 'size'?"]


def test_unknown_key_without_a_neighbour_lists_the_keys() -> None:
    assert lines("inner: {zebra: 1}") == ["a.yaml:1:9: unknown key 'zebra' in 'inner' — known here: names, size"]


def test_problem_has_the_value_seen() -> None:
    _, (problem,) = validate(Outer, parse_document(b"inner: {size: big}", "a.yaml"))
    assert (problem.value, problem.line, problem.column) == ("'big'", 1, 15)
    _, (problem,) = validate(Outer, parse_document(b"colour: x", "a.yaml"))
    assert problem.value == "colour"


def test_a_key_without_a_value_is_one_problem() -> None:
    assert lines("inner:\n  size:\n") == [
        "a.yaml:2:3: 'inner.size' has no value "
        "— give it one or remove the line; a value that begins with # needs quotes"
    ]


def test_a_missing_key_is_reported_at_its_parent() -> None:
    assert lines("id: x\nwidget:\n  layout: bar\n", Experience) == ["a.yaml:2:1: 'widget.type' is missing — add it"]


def test_unreadable_documents_keep_their_own_problems() -> None:
    document = parse_document(b"a: [", "a.yaml")
    assert validate(Outer, document) == (None, list(document.problems))


def test_findings_become_problems_with_places() -> None:
    document = parse_document(b"color: red", "a.yaml")
    outer, problems = validate(Outer, document, findings=[Finding(("color",), "red", "too red", "less")])
    assert outer is None
    assert [str(problem) for problem in problems] == ["a.yaml:1:8: too red — less"]


def test_document_without_places() -> None:
    assert str(validate(Outer, Document("a", {"x": 1}))[1][0]).startswith("a:1:1: unknown key 'x'")


@pytest.mark.parametrize(("path", "text"), [((), "''"), (("a", 0, "b"), "'a[0].b'")])
def test_dotted(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_keys_are_those_of_the_file() -> None:
    assert list(keys_of(Outer)) == ["inner", "many", "byName", "color"]

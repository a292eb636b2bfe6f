"""Callbacks through a model: source strings, files, and where a mistake is reported."""

from pathlib import Path

import pytest

from understudy.widgets.callbacks import Folder, Function
from understudy.widgets.documents import parse_document
from understudy.widgets.problems import Problem
from understudy.widgets.validation import validate
from understudy.widgets.widget import Action


def read(text: str, folder: Folder | None = None, name: str = "widgets/a.yaml") -> tuple[Action | None, list[Problem]]:
    return validate(Action, parse_document(text.encode(), name), folder)


def only_problem(text: str, folder: Folder | None = None, name: str = "widgets/a.yaml") -> str:
    action, (problem,) = read(text, folder, name)
    assert action is None
    return str(problem)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "shop" / "widgets").mkdir(parents=True)
    return Folder(tmp_path / "shop", tmp_path / "shop" / "widgets")


def test_a_string_becomes_a_function() -> None:
    action, _ = read("callback: '(event) => 1;'")
    assert action is not None
    assert action.callback == Function("(event) => 1")
    assert repr(action.callback) == "Function('(event) => 1')"
    assert hash(action.callback) == hash(Function("(event) => 1"))


def test_mistake_in_a_block_is_found_at_its_line_in_the_file() -> None:
    text = "name: x\ncallback: |\n  function (event) {\n    let x = ;\n  }\n"
    assert only_problem(text).startswith("widgets/a.yaml:4:11: 'callback': a JavaScript syntax error near 'let x = ;'")


def test_mistake_in_a_quoted_string_is_found_at_its_column() -> None:
    assert only_problem('callback: "function () { foo( }"').startswith("widgets/a.yaml:1:26: ")


def test_mistake_in_json_is_found_at_the_string() -> None:
    assert only_problem('{"callback": "function () {\\n foo( }"}', name="a.json").startswith("a.json:1:14: ")


@pytest.mark.parametrize("value", ["5", "[a]", "{a: b}"])
def test_other_values_are_no_callback(value: str) -> None:
    assert "must be a JavaScript function as text" in only_problem(f"callback: {value}")


def test_a_file_is_read_from_beside_the_configuration(folder: Folder) -> None:
    (folder.base / "claimed.js").write_text("// when claimed\nfunction claimed(event) {}\n")
    action, _ = read("callback: ./claimed.js", folder)
    assert action is not None
    assert action.callback is not None
    assert action.callback.source == "function claimed(event) {}"
    assert action.callback.origin == (folder.base / "claimed.js").resolve()


def test_mistake_in_a_file_is_reported_in_that_file(folder: Folder) -> None:
    (folder.base / "claimed.js").write_text("function claimed(event) {\n  foo(;\n}\n")
    assert only_problem("callback: claimed.js", folder).startswith("widgets/claimed.js:2:")


def test_a_file_outside_of_the_workspace_is_refused(folder: Folder) -> None:
    (folder.root.parent / "x.js").write_text("() => 1")
    assert "lies outside of the workspace" in only_problem("callback: ../../x.js", folder)
    (folder.base / "link.js").symlink_to(folder.root.parent / "x.js")
    assert "lies outside of the workspace" in only_problem("callback: link.js", folder)


def test_a_missing_file_and_one_in_another_encoding(folder: Folder) -> None:
    assert "widgets/gone.js: the file cannot be read: no such file" in only_problem("callback: gone.js", folder)
    (folder.base / "latin.js").write_bytes(b"() => '\xe9'")
    assert "widgets/latin.js: the file is not UTF-8 text" in only_problem("callback: latin.js", folder)


def test_a_file_without_a_workspace_is_refused() -> None:
    assert "cannot be looked for here" in only_problem("callback: claimed.js")

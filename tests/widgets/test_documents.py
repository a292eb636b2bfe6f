"""Bad bytes, bad syntax, bad shapes: one clear problem each, with its place."""

import os
from pathlib import Path

import pytest

from understudy.widgets import documents
from understudy.widgets.documents import Document, decode, parse_document, read_bytes


def only_problem(text: str | bytes, name: str = "a.yaml") -> tuple[int, int, str]:
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    document = parse_document(raw, name)
    (problem,) = document.problems
    return problem.line, problem.column, problem.message


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.json"])
def test_empty_file(name: str) -> None:
    assert only_problem(" \n", name) == (1, 1, "the file is empty")


def test_file_of_comments_is_empty() -> None:
    assert only_problem("# nothing yet\n") == (1, 1, "the file is empty")


@pytest.mark.parametrize(("text", "name"), [("- a\n", "a.yaml"), ("[1]", "a.json"), ("just text", "a.yaml")])
def test_top_level_must_be_a_mapping(text: str, name: str) -> None:
    assert "must hold `key: value` lines" in only_problem(text, name)[2]


def test_wrong_encoding_points_at_the_byte() -> None:
    assert only_problem("a: 1\nb: café".encode("latin-1")) == (2, 7, "the file is not UTF-8 text")
    assert only_problem("a: 1".encode("utf-16"))[2] == "the file is not UTF-8 text"


def test_byte_order_mark_and_windows_lines_are_fine() -> None:
    assert parse_document(b"\xef\xbb\xbfa: 1\r\nb: x\r\n", "a.yaml").data == {"a": 1, "b": "x"}


def test_decode_answers_text_or_problem() -> None:
    assert decode("ü".encode(), "a") == ("ü", [])
    assert decode(b"\xff", "a")[1][0].value == "0xff"


def test_unreadable_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    raw, problems = read_bytes(tmp_path / "folder.yaml", "widgets/folder.yaml")
    assert raw == b""
    assert str(problems[0]).startswith("widgets/folder.yaml: the file cannot be read: is a directory")
    assert "no such file" in read_bytes(tmp_path / "gone.yaml", "gone.yaml")[1][0].message


def test_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 10)
    (tmp_path / "a.yaml").write_text("a: 123456789")
    assert "too large" in read_bytes(tmp_path / "a.yaml", "a.yaml")[1][0].message


def test_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1")
    raw, problems = read_bytes(tmp_path / "a.yaml", "a.yaml")
    assert (parse_document(raw, "a.yaml"), problems) == (Document("a.yaml", {"a": 1}), [])


def test_documents_that_say_the_same_are_equal() -> None:
    assert parse_document(b"a: 1", "a.yaml") == parse_document(b"# why\n\na: 1", "a.yaml")
    assert parse_document(b"a: 1", "a.yaml") != parse_document(b"a: 2", "a.yaml")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    _, (problem,) = read_bytes(tmp_path / "a.yaml", "a.yaml")
    assert problem.message == "not an ordinary file"

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path

import pytest
from support.serving import copy_storefront

from understudy.dev_tools import lint
from understudy.server.workspaces.workspace import load_workspace
from understudy.widgets.problems import Problem


def run(*arguments: str) -> int:
    parser = ArgumentParser()
    lint.add_arguments(parser)
    return lint.run(parser.parse_args(arguments))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return copy_storefront(tmp_path / "shop")


def test_a_good_workspace(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(shop)) == 0
    assert capsys.readouterr().out == "No problems. 4 experiences, 3 personas, 4 pages.\n"


def test_problems_with_the_line_and_a_caret(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(shop / "pages")
    (shop / "widgets" / "a.yaml").write_text("widget:\n  type: message\n  headlin: Hello\n")
    assert run(str(shop)) == 1
    assert capsys.readouterr().out == (
        "widgets/a.yaml:3:3: unknown key 'headlin' in 'widget' — did you mean 'headline'?\n"
        "      headlin: Hello\n"
        "      ^\n"
        "1 problem. 4 experiences, 3 personas, 0 pages.\n"
    )


def test_problems_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "widgets" / "a.yaml").write_text("widget: {}\nzebra: 1")
    assert run(str(shop), "--json") == 1
    found = json.loads(capsys.readouterr().out)["problems"]
    assert [(problem["path"], problem["line"]) for problem in found] == [("widgets/a.yaml", 1), ("widgets/a.yaml", 2)]
    assert "2 problems." in lint.as_text(load_workspace(shop))
    assert lint.as_json(load_workspace(shop)).startswith("{")


def test_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "gone")) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "There is no folder" in captured.err


def test_excerpts_that_cannot_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\tx: 1\n" + b"y" * 200 + b"\n")
    (tmp_path / "b.yaml").write_bytes(b"\xff")
    excerpts = [
        lint.excerpt(tmp_path, Problem(name, line, 2, "", ""))
        for name, line in (("a.yaml", 1), ("a.yaml", 2), ("a.yaml", 9), ("a.yaml", 0), ("b.yaml", 1), ("c.yaml", 1))
    ]
    assert excerpts == [["    \tx: 1", "    \t^"], [], [], [], [], []]


def test_contents_in_words(shop: Path) -> None:
    assert lint.contents(load_workspace(shop)) == "4 experiences, 3 personas, 4 pages."


def test_bytes_that_a_terminal_would_obey_are_not_shown(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"x: \x1b[2J\ny: \0\n")
    assert [lint.excerpt(tmp_path, Problem("a.yaml", line, 4, "", "")) for line in (1, 2)] == [[], []]

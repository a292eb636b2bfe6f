"""The bootstrap, run with a double that records what it starts; `.ci/run` runs it for real."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from understudy.dev_tools import up


class Machine:
    """What the bootstrap called, and how each call ended."""

    def __init__(self, fails: Callable[[list[str]], bool]) -> None:
        self.fails = fails
        self.calls: list[list[str]] = []

    def call(self, command: list[str], **_more: object) -> int:
        self.calls.append([Path(command[0]).name, *command[1:]])
        if command[1:3] == ["-m", "venv"] and not self.fails(command):
            up.BIN.mkdir(parents=True)
            (up.BIN / "python").touch()
        return int(self.fails(command))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setattr(up, "ROOT", tmp_path)
    monkeypatch.setattr(up, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(up, "BIN", tmp_path / ".venv" / "bin")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / ".ns").mkdir()
    fresh = Machine(lambda _command: False)
    monkeypatch.setattr(up.subprocess, "call", fresh.call)
    monkeypatch.setattr(up, "become", fresh.call)
    monkeypatch.chdir(tmp_path)
    return fresh


def test_without_arguments_it_installs_and_serves_the_storefront(machine: Machine, tmp_path: Path) -> None:
    assert up.main([]) == 0
    venv, pip, serve = machine.calls
    assert venv[1:] == ["-m", "venv", str(tmp_path / ".venv")]
    assert pip[-2:] == ["--editable", str(tmp_path)]
    assert serve == ["understudy", "serve", str(tmp_path / "examples" / "storefront")]


def test_options_alone_are_for_serving_the_storefront(machine: Machine, tmp_path: Path) -> None:
    up.main(["--port", "8766"])
    assert machine.calls[-1] == ["understudy", "serve", str(tmp_path / "examples" / "storefront"), "--port", "8766"]
    up.main(["--help"])
    assert machine.calls[-1] == ["understudy", "--help"]


def test_the_started_command_takes_the_place_of_the_bootstrap() -> None:
    """Or a signal to the one would leave the other running, with the port."""
    code = (
        "import sys; from understudy.dev_tools import up; "
        "up.become([sys.executable, '-c', 'import os; print(os.getpid())'])"
    )
    started = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    printed, _ = started.communicate(timeout=30)
    assert printed == f"{started.pid}\n"
    assert started.returncode == 0


def test_any_command_is_passed_on(machine: Machine) -> None:
    up.main(["lint", "shop", "--json"])
    assert machine.calls[-1] == ["understudy", "lint", "shop", "--json"]


def test_the_tests_get_their_extra_and_a_browser_first(machine: Machine, tmp_path: Path) -> None:
    assert up.main(["test", "-k", "tag"]) == 0
    assert machine.calls[1][-1] == f"{tmp_path}[test]"
    assert machine.calls[2:] == [
        ["understudy", "browser", "--install"],
        ["understudy", "browser", "--install", "--full"],
        ["python", "-m", "pytest", "-k", "tag"],
    ]
    up.main(["test"])
    assert machine.calls[-1] == ["python", "-m", "pytest", "--numprocesses=auto"]


def test_it_installs_again_only_when_the_project_has_changed(machine: Machine, tmp_path: Path) -> None:
    up.main([])
    machine.calls.clear()
    up.main([])
    assert [call[0] for call in machine.calls] == ["understudy"]
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    up.main([])
    assert "pip" in machine.calls[-2]
    (tmp_path / ".ns").rmdir()
    assert up.install("")
    assert "pip" in machine.calls[-1]


def test_without_venv_it_says_what_to_install(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.fails = lambda command: "venv" in command
    assert up.main([]) == 2
    assert "python3-venv" in capsys.readouterr().err


def test_a_failed_installation_is_tried_again(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.fails = lambda command: "pip" in command
    assert up.main([]) == 2
    assert "the installation failed" in capsys.readouterr().err
    machine.fails = lambda _command: False
    assert up.main([]) == 0


def test_no_browser_stops_the_tests(machine: Machine) -> None:
    machine.fails = lambda command: "browser" in command
    assert up.main(["test"]) == 1
    assert "pytest" not in machine.calls[-1]


def test_an_old_python_is_refused(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(up, "OLDEST", (9, 0))
    assert up.main([]) == 2
    assert "newer is needed" in capsys.readouterr().err

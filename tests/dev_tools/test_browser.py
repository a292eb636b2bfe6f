import argparse
import subprocess
from pathlib import Path
from typing import Any

import pytest

from understudy.dev_tools import browser
from understudy.dev_tools.browser import (
    BrowserMissingError,
    find_browser,
    install_browser,
    playwright_browser,
    run,
    system_browser,
)


@pytest.fixture
def executable(tmp_path: Path) -> Path:
    path = tmp_path / "bin" / "chromium"
    path.parent.mkdir()
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A machine without any browser, whose installers fail; returns the commands that were run."""
    commands: list[list[str]] = []

    def fail(command: list[str], **_more: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", "no network here\n")

    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(subprocess, "run", fail)
    return commands


def test_the_variable_comes_first(monkeypatch: pytest.MonkeyPatch, executable: Path) -> None:
    monkeypatch.setenv(browser.VARIABLE, str(executable))
    assert find_browser() == executable


def test_a_wrong_variable_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/no/such/chromium")
    with pytest.raises(BrowserMissingError, match=r"UNDERSTUDY_BROWSER is '/no/such/chromium'"):
        find_browser()


def test_playwrights_own_comes_before_the_systems(monkeypatch: pytest.MonkeyPatch, executable: Path) -> None:
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    own = subprocess.CompletedProcess([], 0, f"{executable}\n", "")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_more: own)
    assert playwright_browser() == executable
    assert find_browser() == executable


def test_the_systems_browser_is_found_on_path(
    nowhere: list[list[str]], monkeypatch: pytest.MonkeyPatch, executable: Path
) -> None:
    assert system_browser() is None
    assert find_browser() is None
    monkeypatch.setenv("PATH", str(executable.parent))
    assert system_browser() == executable
    assert find_browser() == executable


def test_when_nothing_can_be_installed_the_message_says_what_was_tried(nowhere: list[list[str]]) -> None:
    with pytest.raises(BrowserMissingError) as caught:
        install_browser()
    assert "playwright install chromium: exit code 1: no network here" in str(caught.value)
    assert "UNDERSTUDY_BROWSER" in str(caught.value)


def test_the_command_prints_the_path_or_says_how_to_get_one(
    nowhere: list[list[str]], monkeypatch: pytest.MonkeyPatch, executable: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(argparse.Namespace(install=False, full=False)) == 1
    assert "understudy browser --install" in capsys.readouterr().err
    assert run(argparse.Namespace(install=True, full=False)) == 2
    assert "tried:" in capsys.readouterr().err
    monkeypatch.setenv(browser.VARIABLE, str(executable))
    assert run(argparse.Namespace(install=False, full=False)) == 0
    assert capsys.readouterr().out == f"{executable}\n"


def test_apt_installs_no_more_than_it_takes(
    nowhere: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def apt(command: list[str], **_more: Any) -> subprocess.CompletedProcess[str]:
        nowhere.append(command)
        if "install" in command and command[0] == "apt-get":
            executable_at(tmp_path / command[-1])
        return subprocess.CompletedProcess(command, 0 if command[0] == "apt-get" else 1, "", "")

    executable_at(tmp_path / "apt-get")
    monkeypatch.setattr(subprocess, "run", apt)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0, raising=False)
    assert install_browser() == tmp_path / "chromium-headless-shell"
    assert [command[-1] for command in nowhere if command[0] == "apt-get"] == ["update", "chromium-headless-shell"]


def executable_at(path: Path) -> None:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)

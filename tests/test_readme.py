"""The README's own examples and pointers: what it shows must work as it stands there."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.dev_tools.cli import COMMANDS, main
from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.dev_tools.snippet import TARGETS
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.tag.script import PLUGINS
from understudy.server.workspaces.workspace import load_workspace

ROOT = Path(__file__).resolve().parents[1]
UP = "$ python3 dev_tools/up.py "
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str) -> str:
    """The first code block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1]


def test_the_five_line_widget_is_a_sound_experience(tmp_path: Path) -> None:
    text = block("yaml")
    assert len(text.splitlines()) == 5
    (tmp_path / "widgets").mkdir()
    (tmp_path / "understudy.toml").write_text('account = "readme"\n')
    (tmp_path / "widgets" / "hello.yaml").write_text(text)
    workspace = load_workspace(tmp_path)
    assert workspace.problems == ()
    assert [experience.id for experience in workspace.experiences] == ["hello"]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_every_command_it_names_exists() -> None:
    named = set(re.findall(r"(?:understudy|up\.py) ([a-z]+)\b", README)) - {"test"}
    assert named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize(
    "command", re.findall(r"^\$ python3 dev_tools/up\.py ((?:snippet|build|doctor) .*)$", README, re.MULTILINE)
)
def test_its_commands_for_a_site_run_as_they_stand_there(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_storefront(tmp_path / "examples" / "storefront")
    monkeypatch.chdir(tmp_path)
    words = command.split()
    assert main([*words, "--no-browser"] if words[0] == "doctor" else words) == 0
    assert (tmp_path / "dist" / "snippet.html").exists() == (words[0] == "build")


def test_its_requests_are_answered_as_they_stand_there(tmp_path: Path) -> None:
    workspace = load_workspace(copy_storefront(tmp_path / "storefront"))
    platform = Platform.open(":memory:", workspace.audiences)
    app = build(Site(workspace, platform), Hubs())
    with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        for line in block("http").splitlines():
            method, path, *body = line.split(" ", 2)
            answer = client.request(method, path, content=body[0] if body else None)
            assert answer.status_code < 300, (line, answer.text)
        assert client.get("/__understudy__/openapi.json").status_code == 200
    platform.close()


def test_it_has_a_command_for_each_step_of_embedding_and_names_every_place() -> None:
    row = next(line for line in README.splitlines() if line.startswith("| `snippet` |"))
    assert all(f"`{target}`" in row or f"--for {target}`" in row for target in TARGETS)
    assert all(f"up.py {command} examples/storefront" in README for command in ("snippet", "build", "doctor"))


def test_it_names_every_plugin_of_the_tag() -> None:
    flat = " ".join(README.split())
    assert all(name in flat for name in PLUGINS)

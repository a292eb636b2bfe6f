"""The README's own examples and pointers: what it shows must work as it stands there."""

import re
from pathlib import Path

import pytest

from understudy.dev_tools.cli import COMMANDS
from understudy.server.tag_script import PLUGINS
from understudy.server.workspace import load_workspace

ROOT = Path(__file__).resolve().parents[1]
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


def test_it_names_every_plugin_of_the_tag() -> None:
    flat = " ".join(README.split())
    assert all(name in flat for name in PLUGINS)

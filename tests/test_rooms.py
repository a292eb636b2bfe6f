"""The arrows between the rooms point one way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAY_IMPORT = {
    "widgets": {"widgets"},
    "server": {"server", "widgets", "static"},
    "dev_tools": {"dev_tools", "server", "widgets", "static"},
}
BROWSER_ROOMS = ("tag", "sdk", "debugger")


def rooms_imported(path: Path) -> Iterator[str]:
    """The rooms that a Python file names in its imports, also inside functions and for type checkers."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "understudy"
                else [node.module or ""]
            )
        for name in names:
            first, _, rest = name.partition(".")
            if first == "understudy" and rest and not rest.startswith("__"):
                yield rest.split(".")[0]


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_python_rooms(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        assert set(rooms_imported(path)) <= MAY_IMPORT[room], path


def test_the_platform_knows_nothing_of_the_web() -> None:
    for path in (ROOT / "server" / "platform").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "starlette" not in text, path
        assert not re.search(r"from understudy\.(widgets|server\.(?!platform))", text), path


def test_bundling_knows_nothing_of_the_server() -> None:
    for path in (ROOT / "server" / "bundling").rglob("*.py"):
        assert not re.search(r"from understudy\.(widgets|server\.(?!bundling))", path.read_text("utf-8")), path


@pytest.mark.parametrize("room", BROWSER_ROOMS)
def test_browser_rooms(room: str) -> None:
    folder = ROOT / "static" / room
    for path in folder.rglob("*.js"):
        for target in re.findall(r'^import [^;]*"([^"]+)";', path.read_text("utf-8"), re.MULTILINE):
            assert (path.parent / target).resolve().is_relative_to(folder), f"{path}: {target}"


def test_no_file_is_too_long_to_hold_in_mind() -> None:
    folders = [ROOT / name for name in ("widgets", "server", "dev_tools", "static", "tests", "examples")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in {".py", ".js", ".css"}]
    own = [path for path in files if not {"node_modules", "dist"} & set(path.parts)]
    assert {path.name: count for path in own if (count := len(path.read_text("utf-8").splitlines())) > 500} == {}

"""What a wheel and a source archive hold, built from this very checkout, links of the editable install and all."""

import ast
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from understudy import __version__
from understudy.dev_tools.hatch_hook import link_namespace
from understudy.server.bundling.bundle import STATIC
from understudy.server.sdk.script import sdk_script
from understudy.server.tag.script import tag_script

ROOT = STATIC.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"]))))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def sources() -> Iterator[Path]:
    for part in ("server", "widgets", "dev_tools", "static"):
        for path in (ROOT / part).rglob("*"):
            relative = path.relative_to(ROOT)
            made = {"node_modules", "__pycache__", "dist"} & set(relative.parts)
            if path.is_file() and not made and not any(part.startswith(".") for part in relative.parts):
                yield relative


def test_a_wheel_holds_every_source_file_under_one_name(names: set[str]) -> None:
    left_out = {"dev_tools/_package_init.py", "dev_tools/hatch_hook.py", "dev_tools/up.py", "static/py.typed"}
    tooling = ("static/package", "static/tsconfig", "static/eslint")
    wanted = {
        f"understudy/{path.as_posix()}"
        for path in sources()
        if path.as_posix() not in left_out and not path.as_posix().startswith(tooling)
    }
    assert wanted - names == set()
    assert {"understudy/__init__.py", "understudy/py.typed"} <= names
    assert {name.split("/")[0] for name in names} == {"understudy", f"understudy-{__version__}.dist-info"}
    assert not [name for name in names if "node_modules" in name or "hatch_hook" in name or "tsconfig" in name]


def test_a_wheel_makes_the_minified_scripts_of_this_checkout_without_a_minifier(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import sys; sys.modules['minify'] = None;"
        "from understudy.server.sdk.script import sdk_script; from understudy.server.tag.script import tag_script;"
        "sys.stdout.buffer.write((sdk_script(minified=True) + tag_script({'a': 1}, minified=True)).encode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={"PYTHONPATH": str(tmp_path / "site"), "PATH": ""},
        cwd=tmp_path,
        check=True,
    )
    assert done.stderr == b""
    assert done.stdout.decode() == sdk_script(minified=True) + tag_script({"a": 1}, minified=True)


def test_building_a_wheel_leaves_nothing_behind(wheel: Path) -> None:
    assert wheel.is_file()
    assert not (STATIC / "dist").exists()


def test_the_build_hook_needs_no_more_than_the_build_requires() -> None:
    """It runs before the package and what the package depends on are installed."""
    code = (
        "import sys; from pathlib import Path; from understudy.dev_tools.hatch_hook import load_minified\n"
        "for name in [name for name in sys.modules if name.split('.')[0] == 'understudy']: del sys.modules[name]\n"
        "before = set(sys.modules)\n"
        f"load_minified(Path({str(ROOT)!r})).minify('a')\n"
        "print({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT.parent, check=True)
    loaded = {name for name in ast.literal_eval(done.stdout) if not name.startswith("_")}
    assert loaded == {"understudy", "minify", "tree_sitter", "tree_sitter_javascript"}


def test_a_wheel_imports_and_leaks_no_top_level_name(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = (
        "import importlib.util as u, understudy.server.bundling.bundle, understudy.dev_tools.cli as c, sys;"
        "print(understudy.server.bundling.bundle.__file__);"
        "print([n for n in ('server','widgets','static','dev_tools','tests','examples') if u.find_spec(n)]);"
        "sys.exit(c.main(['--version']))"
    )
    environment = {"PYTHONPATH": str(tmp_path / "site"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=tmp_path, check=True
    )
    first, leaked, version = done.stdout.splitlines()
    assert first.startswith(str(tmp_path))
    assert leaked == "[]"
    assert version == f"understudy {__version__}"


def test_a_source_archive_is_complete(tmp_path: Path) -> None:
    archive = Path(next(iter(SdistBuilder(str(ROOT)).build(directory=str(tmp_path)))))
    with tarfile.open(archive) as tar:
        held = {name.split("/", 1)[1] for name in tar.getnames() if "/" in name}
    assert {path.as_posix() for path in sources()} - held == set()
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} <= held
    assert not [name for name in held if name.startswith(".ns") or "node_modules" in name]


def test_an_editable_install_points_at_the_real_files(tmp_path: Path) -> None:
    (tmp_path / "dev_tools").mkdir()
    (tmp_path / "dev_tools" / "_package_init.py").write_text('__version__ = "9"\n')
    for part in ("server", "widgets", "static"):
        (tmp_path / part).mkdir()
    (tmp_path / "server" / "__init__.py").write_text("")
    link_namespace(tmp_path)
    link_namespace(tmp_path)
    code = "import understudy, understudy.server; print(understudy.__version__, understudy.server.__file__)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path / ".ns")},
        check=True,
    )
    assert done.stdout.split() == ["9", str(tmp_path / "server" / "__init__.py")]

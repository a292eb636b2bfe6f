import subprocess
import sys
from pathlib import Path

import pytest

from understudy import __version__
from understudy.dev_tools import cli


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"understudy {__version__}\n"


def test_usage_errors_exit_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ([], ["nonsense"], ["serve", "--nonsense"]):
        with pytest.raises(SystemExit) as stopped:
            cli.main(wrong)
        assert stopped.value.code == 2
    assert "nonsense" in capsys.readouterr().err


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([command, "--help"])
    assert stopped.value.code == 0
    assert f"understudy {command}" in capsys.readouterr().out


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "understudy.dev_tools", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"understudy {__version__}\n"


def test_help_does_not_import_the_web_server() -> None:
    code = (
        "import sys; from understudy.dev_tools.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('starlette', 'pydantic', 'jinja2', 'playwright') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_no_file_imports_a_folder_as_a_top_level_package() -> None:
    """Ruff bans it too; this holds where a file is left out of the lint."""
    root = Path(cli.__file__).resolve().parents[1]
    banned = (
        "import server",
        "import widgets",
        "import static",
        "import dev_tools",
        "from server",
        "from widgets",
        "from static",
        "from dev_tools",
    )
    for folder in ("server", "widgets", "static", "dev_tools", "tests"):
        for path in (root / folder).rglob("*.py"):
            lines = path.read_text("utf-8").splitlines()
            assert not [line for line in lines if line.startswith(banned)], path

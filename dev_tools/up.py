"""Sets everything up on a bare machine, then serves the storefront or runs the tests. Standard library only.

    python3 dev_tools/up.py [--port PORT …]      the storefront at http://127.0.0.1:8765/
    python3 dev_tools/up.py serve FOLDER         any `understudy` command
    python3 dev_tools/up.py test                 the tests, browser tests included, in a process per core
    python3 dev_tools/up.py test ARGUMENTS       pytest with these arguments, in one process

It keeps one virtual environment, `.venv`, and installs again only when `pyproject.toml` has changed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STOREFRONT = Path("examples") / "storefront"
ABOUT_ITSELF = ("-h", "--help", "--version")
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Install what is missing and run; returns the exit code of what was run."""
    if sys.version_info < OLDEST:
        print("understudy: Python 3.11 or newer is needed, this is " + sys.version.split()[0], file=sys.stderr)
        return 2
    testing = arguments[:1] == ["test"]
    if not install("test" if testing else ""):
        return 2
    if not testing:
        return become([str(BIN / "understudy"), *command_of(arguments)])
    code = subprocess.call([str(BIN / "understudy"), "browser", "--install"], stdout=subprocess.DEVNULL)
    if code:
        return code
    # Only the extension's tests need it; without one they say so.
    subprocess.call([str(BIN / "understudy"), "browser", "--install", "--full"], stdout=subprocess.DEVNULL)
    os.chdir(ROOT)
    return become([str(BIN / "python"), "-m", "pytest", *(arguments[1:] or ["--numprocesses=auto"])])


def command_of(arguments: list[str]) -> list[str]:
    """The `understudy` command that is meant: options without a command are for serving the storefront."""
    if arguments and (not arguments[0].startswith("-") or arguments[0] in ABOUT_ITSELF):
        return arguments
    return ["serve", str(ROOT / STOREFRONT), *arguments]


def become(command: list[str]) -> int:
    """Run a command in this process's place, so that whatever ends this one ends it, and in order.

    Windows cannot do that; there it runs beside this process, and its exit code is returned.
    """
    if os.name != "nt":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def install(extra: str) -> bool:
    """Make the environment and install the project in it, editable; says what went wrong when it cannot."""
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        print("understudy: making .venv", file=sys.stderr)
        if subprocess.call([sys.executable, "-m", "venv", str(VENV)]):
            print(
                "understudy: this Python cannot make virtual environments; on Debian: apt-get install python3-venv",
                file=sys.stderr,
            )
            return False
    stamp = VENV / f".installed-{extra or 'serve'}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted and (ROOT / ".ns").exists():
        return True
    print("understudy: installing into .venv (once)", file=sys.stderr)
    target = f"{ROOT}[{extra}]" if extra else str(ROOT)
    command = [
        str(BIN / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--editable",
        target,
    ]
    if subprocess.call(command):
        print("understudy: the installation failed; pip's message is above", file=sys.stderr)
        return False
    stamp.write_text(wanted)
    return True


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

"""Sets everything up on a bare machine, then serves the storefront or runs the tests. Standard library only.

    python3 dev_tools/up.py                      the storefront at http://127.0.0.1:8765/
    python3 dev_tools/up.py serve FOLDER         any `understudy` command
    python3 dev_tools/up.py test [ARGUMENTS]     the tests, browser tests included

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
        return subprocess.call(
            [str(BIN / "understudy"), *(arguments or ["serve", str(ROOT / "examples" / "storefront")])]
        )
    code = subprocess.call([str(BIN / "understudy"), "browser", "--install"], stdout=subprocess.DEVNULL)
    return code or subprocess.call([str(BIN / "python"), "-m", "pytest", *arguments[1:]], cwd=ROOT)


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

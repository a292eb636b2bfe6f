"""Finding a Chromium for tests, or installing one: a variable, Playwright's own, the system's, a download, apt.

Playwright is part of the test extra, not of the product, so it may be missing.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

VARIABLE = "UNDERSTUDY_BROWSER"
# The headless shell starts a page in half the time of the full browser, which only extensions need.
SYSTEM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FULL_NAMES = SYSTEM_NAMES[1:]
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
DOWNLOAD_SECONDS = 300
CONNECTION_MS = "5000"  # a network that swallows packets would otherwise hold the download for minutes


class BrowserMissingError(Exception):
    """No browser was found or could be installed; the message lists what was tried and what to do."""


def find_browser(*, full: bool = False) -> Path | None:
    """The executable to use, or None; `full` is one that loads extensions.

    Raises `BrowserMissingError` when the variable names no executable file.
    """
    if named := os.environ.get(VARIABLE):
        path = shutil.which(named)
        if path is None:
            raise BrowserMissingError(f"{VARIABLE} is {named!r}, which is no executable file; correct or unset it")
        return Path(path)
    return playwright_browser() or system_browser(FULL_NAMES if full else SYSTEM_NAMES)


def playwright_browser() -> Path | None:
    """Playwright's own Chromium, if downloaded. Asked in a process of its own: a test run has one already."""
    asked = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = Path(asked.stdout.strip() or "?")
    return path if asked.returncode == 0 and path.is_file() else None


def system_browser(names: Sequence[str] = SYSTEM_NAMES) -> Path | None:
    """A Chromium or Chrome of the operating system, if one is on PATH."""
    found = (shutil.which(name) for name in names)
    return next((Path(path) for path in found if path), None)


def install_browser(*, full: bool = False) -> Path:
    """Install a browser: by Playwright, else by apt as root. Raises `BrowserMissingError` when neither can."""
    tried = [_attempt([sys.executable, "-m", "playwright", "install", "chromium"])]
    if (found := playwright_browser()) is not None:
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        tried.append(_attempt(["apt-get", "update"]))
        for package in SYSTEM_NAMES[full:2]:
            tried.append(_attempt(["apt-get", "install", "-y", "--no-install-recommends", package]))
            if (found := system_browser(SYSTEM_NAMES[full:])) is not None:
                return found
    raise BrowserMissingError(
        "no Chromium was found and none could be installed.\n"
        + "\n".join(f"  tried: {line}" for line in tried)
        + "\nInstall one by hand (`sudo apt-get install chromium`, or Chrome) "
        + f"or point {VARIABLE} at an executable."
    )


def _attempt(command: list[str]) -> str:
    """Run one installer; what it was and how it ended, for the message."""
    shown = " ".join(["python" if part == sys.executable else part for part in command])
    environment = {
        **os.environ,
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": CONNECTION_MS,
        "DEBIAN_FRONTEND": "noninteractive",
    }
    print(f"understudy: {shown}", file=sys.stderr)
    try:
        done = subprocess.run(
            command, env=environment, timeout=DOWNLOAD_SECONDS, capture_output=True, text=True, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{shown}: {error}"
    last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:] or ["no output"]
    return f"{shown}: exit code {done.returncode}: {last[0]}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy browser`."""
    parser.add_argument("--install", action="store_true", help="install a browser when none is found")
    parser.add_argument("--full", action="store_true", help="one that loads extensions, as the headless shell does not")


def run(arguments: argparse.Namespace) -> int:
    """Print the browser's path; 1 when there is none, 2 when one was asked for and could not be installed."""
    try:
        full = bool(arguments.full)
        path = find_browser(full=full) or (install_browser(full=full) if arguments.install else None)
    except BrowserMissingError as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    if path is None:
        print("understudy: no browser found; run `understudy browser --install`", file=sys.stderr)
        return 1
    print(path)
    return 0

"""Milliseconds from starting the command to the first page answered."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from support.serving import Serving
from table import show, spread

RUNS = 9


def run(workspace: Path) -> None:
    """Print the time to the first answer, and that of `--version` beside it."""
    served, version = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        with Serving(workspace) as serving, urllib.request.urlopen(serving.url) as response:
            response.read()
            served.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "understudy.dev_tools", "--version"], check=True, stdout=subprocess.DEVNULL
        )
        version.append((time.perf_counter() - start) * 1000)
    show(
        "Start-up, milliseconds",
        ["command", "runs", "median", "p95", "max"],
        [spread("serve, to the first page", served), spread("--version", version)],
    )

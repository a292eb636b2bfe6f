"""A server that is killed has lost nothing that it acknowledged, and needs no repair."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLING = Path(__file__).with_name("killing.py")


@pytest.mark.timeout(120)
def test_e4_two_hundred_sudden_deaths_lose_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(KILLING), str(tmp_path), "200", "8"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 2000

"""A real `understudy serve` in a process of its own, on a copy of a workspace."""

import queue
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType

STOREFRONT = Path(__file__).resolve().parents[2] / "examples" / "storefront"
READY = re.compile(r"http://\S+")
SECONDS = 30


def copy_storefront(target: Path) -> Path:
    """A fresh copy of the example, without what an earlier run stored."""
    return Path(shutil.copytree(STOREFRONT, target, ignore=shutil.ignore_patterns(".understudy")))


class Serving:
    """Use as a context manager; `url` ends with a slash, `lines` receives what the server prints, as it prints it."""

    def __init__(self, workspace: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "understudy.dev_tools", "serve", str(workspace), "--port", "0", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        self.printed: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()
        self.url = READY.search(self.wait_for("http://"))[0]  # type: ignore[index]

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def wait_for(self, text: str) -> str:
        """The first printed line that has `text`; fails with all that was printed when the server ends before."""
        while True:
            line = self.lines.get(timeout=SECONDS)
            if not line:
                raise AssertionError(f"the server ended before it printed {text!r}:\n{''.join(self.printed)}")
            self.printed.append(line)
            if text in line:
                return line

    def rest(self) -> str:
        """What a server that has ended printed since `wait_for`."""
        return "".join(iter(lambda: self.lines.get(timeout=SECONDS), ""))

    def stop(self) -> int:
        """End the server as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(2)
        return self.process.wait(timeout=SECONDS)

    def __enter__(self) -> "Serving":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()
        if self.process.stdout:
            self.process.stdout.close()

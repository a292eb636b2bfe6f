"""Rendering templates in a process of their own (see `kitchen`), which is killed when it takes too long."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping
from time import monotonic
from typing import Any

SECONDS = 2.0  # for a template
START_S = 30.0  # for the process: a busy machine is no fault of a template
LONGEST_IDLE_S = 30.0  # it ends by itself after twice that
_CODE = "import sys; sys.path[:0] = sys.argv[1:]; from understudy.server.triggers.kitchen.__main__ import main; main()"
_KEPT = ("SYSTEMROOT",)  # of the environment; secrets are in there, and templates must not get at them
EXTRA = "understudy[templates]"


class TemplateError(Exception):
    """A template that gave no value; `kind` is `runtime`, `assert` or `missing`."""

    def __init__(self, message: str, kind: str = "runtime") -> None:
        super().__init__(message)
        self.kind = kind


class Sandbox:
    """Renders one template at a time; may be used from several threads. The process starts when it is needed."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._end: weakref.finalize[Any, Any] | None = None
        self._used = 0.0

    def render(self, task: Mapping[str, object]) -> Any:
        """The value of a template; raises `TemplateError`."""
        with self._lock:
            if self._gone() or monotonic() - self._used > LONGEST_IDLE_S:
                self._start()
            try:
                answer = self._ask(json.dumps(task), self._seconds)
            except RecursionError:
                raise TemplateError("the event, or what the template gives, is nested too deep") from None
            self._used = monotonic()
        if answer is None:
            raise TemplateError(
                f"the template took longer than {self._seconds:g} s, or too much memory; it was stopped"
            )
        if "error" in answer:
            hint = f": install it with `pip install '{EXTRA}'`" if answer["kind"] == "missing" else ""
            raise TemplateError(answer["error"] + hint, answer["kind"])
        return answer["value"]

    def close(self) -> None:
        """End the process; a template rendered later starts another."""
        with self._lock:
            self._stop()

    def _start(self) -> None:
        self._stop()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _CODE, *filter(None, sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept,
            text=True,
            encoding="utf-8",
        )
        self._end = weakref.finalize(self, _end, self._process)
        if self._ask("", START_S) is None:
            raise TemplateError("the process that renders templates does not start", "missing")

    def _gone(self) -> bool:
        return self._process is None or self._process.poll() is not None

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None

    def _ask(self, line: str, seconds: float) -> dict[str, Any] | None:
        """The answer to a line, or the first word of a process that has just started; None when it had to end."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        alarm = threading.Timer(seconds, stop)
        alarm.start()
        try:
            if line:
                process.stdin.write(line + "\n")
                process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = ""
        finally:
            alarm.cancel()
            alarm.join()  # so that it cannot end the process beneath the next template
        if late.is_set() or not answer.endswith("\n"):
            self._stop()
        if not answer.endswith("\n"):
            return None
        found: dict[str, Any] = json.loads(answer)
        return sound(found) if "\\ud" in answer else found


def sound(value: Any) -> Any:
    """A value without halves of surrogates, which no answer can have."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    with contextlib.suppress(OSError):
        process.communicate()

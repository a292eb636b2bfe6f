"""The browser half of the doctor as a process of its own: a page may keep a browser busy for ever, and has to end it.

The parent hands a plan over and gets what was seen, or why nothing could be. When the time is over it ends the process
with all that belongs to it; what those leave behind lies in a folder that goes too.
"""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer

from understudy.dev_tools.diagnosis.browser import NoBrowserError, Plan, Seen, look

# A page may use up the patience for each of two steps; the rest is for the browser's start and end.
STEPS, START_SECONDS, END_SECONDS = 2, 15.0, 5.0


def look_apart(plan: Plan, executable: Path) -> Seen:
    """Run a page as `browser.look` does, within a time; raises `NoBrowserError`."""
    is_over = Event()

    def give_up() -> None:
        is_over.set()
        end(child)

    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        child = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "TMPDIR": scratch},
            start_new_session=True,
        )
        limit = Timer(STEPS * plan.seconds + START_SECONDS, give_up)
        limit.start()
        try:
            answer = child.communicate(pickle.dumps((plan, executable)))[0]
        finally:
            limit.cancel()
            end(child)
    if not answer:
        if is_over.is_set():
            return Seen(stuck=True)
        raise NoBrowserError("the browser's process ended without an answer")
    told: Seen | NoBrowserError = pickle.loads(answer)
    if isinstance(told, NoBrowserError):
        raise told
    return told


def end(child: "subprocess.Popen[bytes]") -> None:
    """End a process and all that it has started; their browsers go when nobody listens to them any more."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(child.pid)], capture_output=True, check=False)
    child.wait()


def answer() -> None:
    """Answer the parent, and close the browser, if it lets itself be closed."""

    def tell(seen: Seen | NoBrowserError) -> None:
        sys.stdout.buffer.write(pickle.dumps(seen))
        sys.stdout.buffer.flush()
        closing = Timer(END_SECONDS, os._exit, [0])
        closing.daemon = True
        closing.start()

    plan, executable = pickle.load(sys.stdin.buffer)
    try:
        look(plan, executable, tell)
    except NoBrowserError as error:
        tell(error)


if __name__ == "__main__":
    answer()

"""Bringing the log into the file, beside the writer.

SQLite by itself does it within a commit, which then takes a hundred times as long: at a thousand events a second a few
in a hundred would wait for that. Where events never pause, the log begins anew only when the writer brings in the rest
itself: it does so just after nearly all was brought in beside it, when that takes a few milliseconds.
"""

import contextlib
import sqlite3
import threading
from pathlib import Path
from urllib.parse import quote

AFTER = 1000  # pieces of work; some have a few pages, some one
LARGEST_LOG = 32_000_000  # bytes, where the machine has time for this; four times as many wherever it has not
_PAGE = 4096  # bytes
_BESIDE = "PRAGMA wal_checkpoint(PASSIVE)"


class Checkpoints:
    """For the store at `path`. Its thread begins when there is something to do; only the writer calls `count`."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._log = Path(f"{path}-wal")
        self._since = 0
        self._wanted = threading.Event()
        self._ended = False
        self._rest = False  # whether only a little is left to bring in, of a log that is large
        self._thread: threading.Thread | None = None

    def count(self, done: int) -> bool:
        """Note that so many pieces of work are on record; answers whether the writer is to bring the log in now."""
        self._since += done
        if self._since >= AFTER:
            self._since = 0
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="understudy-checkpoints", daemon=True)
                self._thread.start()
            self._wanted.set()
            return self._outgrown()
        rest, self._rest = self._rest, False
        return rest

    def close(self) -> None:
        """End, when what is under way is done."""
        self._ended = True
        self._wanted.set()
        if self._thread is not None:
            self._thread.join()

    def _outgrown(self) -> bool:
        try:
            return self._log.stat().st_size > 4 * LARGEST_LOG
        except OSError:
            return False

    def _run(self) -> None:
        # Not to be made anew, should someone have deleted it.
        address = f"file:{quote(str(Path(self._path).absolute()))}?mode=rw"
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            while self._wanted.wait() and not self._ended:
                self._wanted.clear()
                with contextlib.suppress(sqlite3.Error):  # if there is a fault, the writer meets it too, and tells
                    _busy, pages, _brought_in = connection.execute(_BESIDE).fetchone()
                    if pages * _PAGE > LARGEST_LOG:
                        connection.execute(_BESIDE).fetchall()  # what has come while the first took its time
                        self._rest = True

"""The store on SQLite: write-ahead log, one writing thread, one connection for reading."""

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from understudy.server.platform.errors import StoreError
from understudy.server.platform.sqlite_checkpoints import Checkpoints
from understudy.server.platform.sqlite_errors import explain
from understudy.server.platform.sqlite_file import StoreFile
from understudy.server.platform.sqlite_schema import MEMORY, connect, open_database
from understudy.server.platform.sqlite_session import SQLiteSession
from understudy.server.platform.store import Reader, Session
from understudy.server.platform.writer import Job, Writer

T = TypeVar("T")


class SQLiteStore:
    """See `store.Store`. A path of `:memory:` keeps everything in memory, for as long as the store is open.

    Reads may come from any thread. On file they see the last commit and never wait for the writer; in memory there is
    one connection, and they wait for a group that is being written.
    """

    def __init__(self, path: Path | str, *, synchronous: str = "NORMAL") -> None:
        self.path = str(path)
        self._lock = threading.Lock()
        self._closed = False
        self._writing = open_database(self.path, synchronous)
        in_memory = self.path == MEMORY
        self._reading = self._writing if in_memory else connect(self.path)
        self._reader = SQLiteSession(self._reading)
        self._file = StoreFile(self.path)
        guard = self._lock if in_memory else contextlib.nullcontext()
        checkpoints = None if in_memory else Checkpoints(self.path)
        self._writer = Writer(self._writing, self._file, guard, checkpoints)

    async def write(self, work: Callable[[Session], T], then: Callable[[T], None] | None = None) -> T:
        """Run `work` in the writer; returns after the commit. Raises `StoreError`, and what `work` raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._writer.submit(Job(work, then, loop, future))
        return await future

    def read(self, work: Callable[[Reader], T]) -> T:
        """Run `work` on one consistent view of what is committed; raises `StoreError`."""
        with self._lock:
            if self._closed:
                raise StoreError(f"The store {self.path} is closed; nothing more can be read from it.")
            self._file.check()
            try:
                with self._view():
                    return work(self._reader)
            except sqlite3.Error as error:
                raise explain(self.path, "read", error) from error

    def scrub(self) -> None:
        """Bring the log into the file, where what was deleted is overwritten, then empty it; waits for readers."""
        if self.path == MEMORY:
            return
        connection = connect(self.path)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise explain(self.path, "clean", error) from error
        finally:
            connection.close()

    def close(self) -> None:
        """Finish what was asked for, then close the file; may be called again."""
        self._writer.close()
        with self._lock:
            self._closed = True
            self._reading.close()
            self._writing.close()

    @contextlib.contextmanager
    def _view(self) -> Iterator[None]:
        """A transaction to read in, which holds one view of the file."""
        self._reading.execute("BEGIN")
        try:
            yield
        finally:
            if self._reading.in_transaction:  # after some faults SQLite has ended it already
                self._reading.execute("ROLLBACK")

"""The writer thread: one commit for all that waits (group commit), and no answer before it.

Each piece of work runs in a savepoint of the group's transaction, so that one that fails leaves its neighbours whole.
When a fault takes the whole transaction (a full disk does), every piece is run again in a transaction of its own: those
that fit are kept, and each of the others is told.
"""

import asyncio
import contextlib
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from understudy.server.platform.errors import StoreError
from understudy.server.platform.sqlite_errors import explain
from understudy.server.platform.sqlite_session import SQLiteSession

MAX_GROUP = 512


@dataclass(slots=True)
class Job:
    """A piece of work, and where its outcome is awaited."""

    work: Callable[[SQLiteSession], Any]
    then: Callable[[Any], None] | None
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = field(default=None)

    def settle(self) -> None:
        """Tell the outcome, on the loop that awaits it. Nobody may be left who does: the caller can be cancelled."""
        if self.error is None and self.then is not None:
            self.then(self.result)
        if self.future.done():
            return
        if self.error is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.error)


class Writer:
    """Owns the connection that writes, on a thread of its own. `guard` is held while a group is written."""

    def __init__(
        self, connection: sqlite3.Connection, path: str, guard: contextlib.AbstractContextManager[object]
    ) -> None:
        self._connection = connection
        self._session = SQLiteSession(connection)
        self._path = path
        self._guard = guard
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="understudy-writer", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Line a job up; raises `StoreError` after `close`."""
        with self._lock:
            if self._closed:
                raise StoreError(f"The store {self._path} is closed; nothing more can be written to it.")
            self._queue.put(job)

    def close(self) -> None:
        """Finish all jobs, then end the thread. May be called again."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (jobs := self._next_group()) is not None:
            with self._guard:
                self._write(jobs)
            _settle(jobs)

    def _next_group(self) -> list[Job] | None:
        """All jobs that wait, at least one; None at the end."""
        first = self._queue.get()
        if first is None:
            return None
        jobs = [first]
        with contextlib.suppress(Empty):
            while len(jobs) < MAX_GROUP:
                job = self._queue.get_nowait()
                if job is None:
                    self._queue.put(None)  # for the next round: nothing can have been lined up behind it
                    break
                jobs.append(job)
        return jobs

    def _write(self, jobs: list[Job]) -> None:
        if len(jobs) > 1 and self._write_together(jobs):
            return
        for job in jobs:
            self._write_alone(job)

    def _write_together(self, jobs: list[Job]) -> bool:
        """Write a group in one transaction; False, and nothing written, when the transaction was lost."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job in jobs:
                self._in_savepoint(job)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self._roll_back()
            return False
        return True

    def _in_savepoint(self, job: Job) -> None:
        job.result, job.error = None, None
        self._connection.execute("SAVEPOINT job")
        try:
            job.result = job.work(self._session)
        except Exception as error:
            if not self._connection.in_transaction:
                raise sqlite3.OperationalError("the transaction was lost") from error
            job.error = self._explained(error)
            self._connection.execute("ROLLBACK TO job")
        self._connection.execute("RELEASE job")

    def _write_alone(self, job: Job) -> None:
        job.result, job.error = None, None
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            job.result = job.work(self._session)
            self._connection.execute("COMMIT")
        except Exception as error:
            job.error = self._explained(error)
            self._roll_back()

    def _roll_back(self) -> None:
        # The fault itself is told to the caller; that SQLite has already rolled back is no second fault.
        with contextlib.suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _explained(self, error: Exception) -> Exception:
        return explain(self._path, "write to", error) if isinstance(error, sqlite3.Error) else error


def _settle(jobs: list[Job]) -> None:
    """Wake each event loop once for all of its jobs."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[Job]] = defaultdict(list)
    for job in jobs:
        by_loop[job.loop].append(job)
    for loop, its_jobs in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop was closed meanwhile: the jobs are done, nobody waits
            loop.call_soon_threadsafe(_settle_here, its_jobs)


def _settle_here(jobs: list[Job]) -> None:
    for job in jobs:
        job.settle()

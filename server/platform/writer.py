"""The writer thread: one commit for all that waits (group commit), and no answer before it.

When a piece of work fails, or a fault takes the whole transaction (a full disk does), every piece is run again in a
transaction of its own: those that can be written are kept, and each of the others is told.
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
from understudy.server.platform.sqlite_checkpoints import Checkpoints
from understudy.server.platform.sqlite_errors import explain
from understudy.server.platform.sqlite_file import StoreFile
from understudy.server.platform.sqlite_writing import WritingSession
from understudy.server.platform.store import Session

MAX_GROUP = 512


@dataclass(slots=True)
class Job:
    """A piece of work, and where its outcome is awaited."""

    work: Callable[[Session], Any]
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
        self,
        connection: sqlite3.Connection,
        file: StoreFile,
        guard: contextlib.AbstractContextManager[object],
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self._checkpoints = checkpoints
        self._session = WritingSession(connection)
        self._file = file
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
                raise StoreError(f"The store {self._file.path} is closed; nothing more can be written to it.")
            self._queue.put(job)

    def close(self) -> None:
        """Finish all jobs, then end the thread. May be called again."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()
        if self._checkpoints is not None:
            self._checkpoints.close()

    def _run(self) -> None:
        while (jobs := self._next_group()) is not None:
            with self._guard:
                self._write(jobs)
            _settle(jobs)
            if self._checkpoints is not None and self._checkpoints.count(len(jobs)):
                self._session.bring_in()

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
        """Run jobs in one transaction; when that fails, each in one of its own."""
        try:
            self._file.check()
            self._session.begin()
        except (sqlite3.Error, StoreError) as error:
            # Told to all at once: if each waited for the process that has the file, the last would wait for minutes.
            self._session.roll_back()
            for job in jobs:
                job.result, job.error = None, self._explained(error)
            return
        try:
            for job in jobs:
                job.result, job.error = job.work(self._session), None
            self._session.commit()
        except Exception as error:
            self._session.roll_back()
            if len(jobs) == 1:
                jobs[0].result, jobs[0].error = None, self._explained(error)
                return
            for job in jobs:
                self._write([job])

    def _explained(self, error: Exception) -> Exception:
        return explain(self._file.path, "write to", error) if isinstance(error, sqlite3.Error) else error


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

"""A job at work: first those who are in its audiences already, if they are wanted, then each notice as it comes.

Notices are taken from the record once they have come to their end, so a server that dies in between sends those again,
with the same ids; what has not been sent by then is sent when the job runs again. Of one visitor's notices each waits
for the one before, so that nobody leaves before they enter; batches go one after another.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from understudy.server.platform.errors import PlatformError
from understudy.server.platform.outbox import Notice
from understudy.server.triggers.authorization import MissingSecret
from understudy.server.triggers.enrichment import take_in
from understudy.server.triggers.job import ENRICHMENT, WebhookJob
from understudy.server.triggers.raising import Backfilling, Trigger
from understudy.server.triggers.sandbox import TemplateError
from understudy.server.triggers.sending import Interrupted, JobFailed, Sender

if TYPE_CHECKING:
    from understudy.server.site import Site

AT_ONCE = 200  # notices that are read from the record
AGAIN_S = 30.0  # after a fault of the store
GRACE_S = 2.0  # for a request that is under way when the server ends

Status = Literal["running", "failed", "stopped"]
Unit = Sequence[Notice]
log = logging.getLogger("understudy")


class Runner:
    """Runs one job of a site on the event loop, from `start` to `stop`."""

    def __init__(self, site: "Site", trigger: Trigger) -> None:
        self.job: WebhookJob = trigger.job
        self.status: Status = "running"
        self.error = ""
        self.filling = trigger.filling
        self._trigger = trigger
        self._site = site
        self._sender = Sender(site, trigger.job, lambda: self._halted, self._pause)
        self.idle = asyncio.Event()
        self._woken = asyncio.Event()
        self._stop = asyncio.Event()
        self._free = asyncio.Semaphore(trigger.job.worker_count)
        self._ended: set[int] = set()  # numbers that could not be taken from the record yet
        self._flush = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """There is something to send."""
        self.idle.clear()
        self._woken.set()

    async def stop(self) -> None:
        """End, when requests that are under way have their answers, or after a while."""
        self._stop.set()
        self._woken.set()
        if self._task is not None:
            done, _ = await asyncio.wait([self._task], timeout=GRACE_S)
            if not done:
                self._task.cancel()
                await asyncio.wait([self._task])
        self.idle.set()
        await self._sender.close()
        if self.status == "running":
            self.status = "stopped"

    @property
    def _halted(self) -> bool:
        return self._stop.is_set()

    async def _run(self) -> None:
        while not self._halted:
            self._woken.clear()
            try:
                await self._fill()
                await self._send_waiting()
                # A commit may have woken this for a notice that the next one has: that is on record after this.
                await self._site.platform.outbox.done(())
                await self._send_waiting()
            except PlatformError as error:
                log.warning("webhook %s: %s", self.job.key, error)
                await self._pause(AGAIN_S)
                continue
            except Exception as error:
                log.exception("the webhook %s stops at what nobody foresaw", self.job.key)
                self._fail(f"{type(error).__name__}: {error}")
            if not self._woken.is_set():
                self.idle.set()
            if not self._halted:
                await self._woken.wait()
        self.idle.set()

    async def _fill(self) -> None:
        while self.filling and not self._halted:
            book, now = self._site.platform.audiences, self._site.now
            done = await self._site.platform.outbox.go_through(self.job.key, book, now, Backfilling(self._trigger))
            self.filling = not done
            await self._send_waiting(more_to_come=not done)

    async def _send_waiting(self, *, more_to_come: bool = False) -> None:
        after = 0
        while not self._halted:
            size = self.job.batch_size if self.job.batch_requests else AT_ONCE
            waiting = self._site.platform.outbox.waiting(self.job.key, after, size)
            if not waiting:
                return
            if self.job.batch_requests and len(waiting) < size and not self._flush:
                if more_to_come:
                    return
                await self._pause(self.job.batch_flush_duration)
                self._flush = True
                continue
            self._flush = False
            after = waiting[-1].number
            unsent = [notice for notice in waiting if notice.number not in self._ended]
            # All of them come to their end, also when one could not be put on record.
            lines = [self._line(line) for line in lines_of(self.job, unsent)]
            ends = await asyncio.gather(*lines, return_exceptions=True)
            for end in filter(None, ends):
                raise end
            await self._record([])

    async def _line(self, units: Sequence[Unit]) -> None:
        """Send one after another what must stay in order."""
        async with self._free:
            for unit in units:
                if self._halted:
                    return
                try:
                    text = await self._sender.send(unit)
                except Interrupted:
                    return
                except (JobFailed, TemplateError, MissingSecret) as failure:
                    self._fail(str(failure))
                    return
                if text is not None and self.job.workflow == ENRICHMENT:
                    await self._take_in(unit[0], text)
                await self._record([notice.number for notice in unit])

    async def _take_in(self, notice: Notice, text: str) -> None:
        if fault := await take_in(self._site, self.job, notice, text):
            log.warning("webhook %s: %s", self.job.key, fault)

    async def _record(self, numbers: Sequence[int]) -> None:
        self._ended.update(numbers)
        if self._ended:
            ended = sorted(self._ended)
            await self._site.platform.outbox.done(ended)
            self._ended.difference_update(ended)

    def _fail(self, reason: str) -> None:
        if self.status == "failed":
            return
        self.status, self.error = "failed", reason
        self._stop.set()
        log.error(
            "the webhook %s has failed and stops: %s. Mend it and save its file, or start it again with "
            "POST /__understudy__/api/webhooks/%s/start",
            self.job.key,
            reason,
            self.job.key,
        )
        self._site.triggers.changed()

    async def _pause(self, seconds: float) -> None:
        """Wait that long, or until the job is to stop."""
        tasks = [asyncio.ensure_future(self._site.triggers.sleep(seconds)), asyncio.ensure_future(self._stop.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def lines_of(job: WebhookJob, notices: Sequence[Notice]) -> list[list[Unit]]:
    """What is sent in order, each in requests of its own: the notices of one visitor, or all of a job that batches."""
    if job.batch_requests:
        return [[notices]] if notices else []
    lines: dict[str, list[Unit]] = {}
    for notice in notices:
        lines.setdefault(notice.profile or str(notice.number), []).append([notice])
    return list(lines.values())

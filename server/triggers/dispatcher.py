"""All jobs of a site at work: which there are, what each listens for, and waking those that have something to send."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.errors import PlatformError
from understudy.server.platform.outbox import DONE, Change, Notice
from understudy.server.platform.store import Reader
from understudy.server.triggers.desk import MADE_BY_API
from understudy.server.triggers.job import WebhookJob
from understudy.server.triggers.raising import Raising, trigger_of
from understudy.server.triggers.runner import Runner

if TYPE_CHECKING:
    from understudy.server.site import Site

log = logging.getLogger("understudy")


class Dispatcher:
    """Runs the jobs of one site on one event loop, from `start` to `stop`."""

    def __init__(self, site: "Site") -> None:
        self.runners: dict[str, Runner] = {}
        self._site = site
        self._outbox = site.platform.outbox
        self._loop = asyncio.get_running_loop()
        self._changes = asyncio.Event()
        self._arranging = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: list[Callable[[], None]] = []
        self._seen: dict[str, object] = {}
        self._version = 0  # of what runs
        self._built: tuple[int, AudienceBook | None, Raising] = 0, None, Raising(())
        self._raised: set[str] = set()

    async def start(self) -> None:
        """Begin with what was left over."""
        await self._arranged()
        platform = self._site.platform
        self._unsubscribe = [
            platform.subscribe(lambda _: self._wake_raised()),
            platform.subscribe_moved(lambda _: self._wake_raised()),
        ]
        self._task = asyncio.create_task(self._follow())

    async def stop(self) -> None:
        """End all jobs; what they have not sent stays on record."""
        self._outbox.raising = None
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await asyncio.gather(*(runner.stop() for runner in self.runners.values()))

    def changed(self) -> None:
        """Look anew at which jobs there are; may be called from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changes.set)

    async def restart(self, key: str) -> None:
        """Let a job that has failed try again."""
        self._seen.pop(key, None)
        await self.arrange()

    async def idle(self) -> None:
        """Wait until no job has anything left to send, but for those that have failed."""
        for runner in list(self.runners.values()):
            await runner.idle.wait()

    async def _follow(self) -> None:
        while True:
            await self._changes.wait()
            self._changes.clear()
            await self._arranged()

    async def _arranged(self) -> None:
        try:
            await self.arrange()
        except PlatformError as error:
            log.warning("webhooks could not be looked at: %s", error)
        except Exception:  # nobody waits for this task, so what it does not say is lost
            log.exception("webhooks could not be looked at; the next change of a job tries again")

    async def arrange(self) -> None:
        """Bring what runs in line with the jobs there are."""
        async with self._arranging:
            await self._bring_in_line()

    async def _bring_in_line(self) -> None:
        wanted = {job.key: job for job in self._site.triggers.jobs(self._site) if job.running}
        for key, runner in list(self.runners.items()):
            job = wanted.get(key)
            # One that has failed goes on when anything about it is another, as when its template was mended.
            mended = runner.status == "failed" and self._seen.get(key) != self._about(runner.job)
            if job != runner.job or mended:
                await runner.stop()
                del self.runners[key]
        filling = {key for key in wanted if key not in self.runners and await self._is_filling(wanted[key])}
        new = []
        for key, job in wanted.items():
            if key not in self.runners:
                trigger = trigger_of(job, self._site.account, self._site.platform.audiences, filling=key in filling)
                self.runners[key] = Runner(self._site, trigger)
                self._seen[key] = self._about(job)
                new.append(self.runners[key])
        self._listen()
        for runner in new:
            runner.start()
        await self._forget_strangers()

    def _about(self, job: WebhookJob) -> object:
        desk = self._site.triggers
        return job, *(desk.templates.find(self._site, name) for name in (job.template_id, job.webhook_url))

    async def _is_filling(self, job: WebhookJob) -> bool:
        return job.backfills and self._outbox.progress(job.key) != DONE

    def _listen(self) -> None:
        self._version += 1
        self._outbox.raising = self._raise if any(self._active()) else None

    def _active(self) -> Iterator[Runner]:
        return (runner for runner in tuple(self.runners.values()) if runner.status != "failed")

    def _raise(self, reader: Reader, change: Change) -> Iterator[Notice]:
        """See `outbox.Raise`; on the thread that writes."""
        version, book = self._version, self._site.platform.audiences
        if self._built[0] != version or self._built[1] is not book:
            account = self._site.account
            triggers = [trigger_of(one.job, account, book, filling=one.filling) for one in self._active()]
            self._built = version, book, Raising(triggers)
        for notice in self._built[2](reader, change):
            self._raised.add(notice.job)
            yield notice

    def _wake_raised(self) -> None:
        """Wake the jobs that have something new on record, after the commit."""
        while self._raised:
            key = self._raised.pop()
            if runner := self.runners.get(key):
                self._loop.call_soon_threadsafe(runner.wake)

    async def _forget_strangers(self) -> None:
        """Take from the record what waits for jobs whose file is gone, or that an API made before a restart."""
        desk, files = self._site.triggers, self._site.workspace.webhooks
        for key in self._outbox.known():
            gone = key not in desk.subscriptions(self._site) if key.startswith(MADE_BY_API) else key not in files.names
            if gone:
                await self._outbox.drop(key)


@asynccontextmanager
async def keep_sending(site: "Site") -> AsyncIterator[None]:
    """While this is open, the site's jobs are at work."""
    desk = site.triggers
    dispatcher = desk.dispatcher = Dispatcher(site)
    try:
        await dispatcher.start()
        yield
    finally:
        desk.dispatcher = None
        await dispatcher.stop()
        desk.sandbox.close()

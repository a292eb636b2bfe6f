"""One request of a job, from its notices to the end of it: delivered, left out, or the job has failed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from understudy.server.platform.outbox import Notice
from understudy.server.triggers.addresses import stays_in_memory
from understudy.server.triggers.authorization import HIDDEN, Secrets
from understudy.server.triggers.calling import Answer, Caller
from understudy.server.triggers.deliveries import LONGEST_BODY, Delivery, Outcome, Try
from understudy.server.triggers.job import is_template
from understudy.server.triggers.making import Made, Maker, Outgoing, with_headers, with_parameters
from understudy.server.triggers.payload import notice_id
from understudy.server.triggers.retrying import DELIVERED, MOST_TRIES, verdict_of, wait_after
from understudy.server.triggers.sandbox import TemplateError

if TYPE_CHECKING:
    from understudy.server.site import Site
    from understudy.server.triggers.job import WebhookJob

UNAUTHORIZED = 401
NO_TOKEN = "a-token-that-nobody-was-asked-for"
Pause = Callable[[float], Awaitable[None]]


class JobFailed(Exception):  # noqa: N818  (named for what it says)
    """A job that cannot go on; the message says why."""


class Interrupted(Exception):  # noqa: N818
    """The job is to stop before a request has come to its end; its notices wait."""


class Sender:
    """Sends for one job. `stopping` is asked before each try, and `pause` waits until it is time or the job stops."""

    def __init__(self, site: "Site", job: "WebhookJob", stopping: Callable[[], bool], pause: Pause) -> None:
        self._site = site
        self._job = job
        self._stopping = stopping
        self._pause = pause
        desk = site.triggers
        self._log = desk.log
        self._secrets = Secrets(job.authorization, desk.environment if job.file else {})  # the API asks for no secrets
        self._caller = Caller(desk.transport)
        self._maker = Maker(
            site.account,
            job,
            self._secrets,
            lambda name: desk.templates.find(site, name),
            desk.sandbox.render,
            lambda: site.now,
        )

    async def send(self, notices: Sequence[Notice]) -> str | None:
        """Send notices in one request; answers the text that came back, None when it was not delivered.

        Raises `JobFailed`, `Interrupted`, and what `Maker.make` raises.
        """
        ids = [notice_id(self._site.account, notice) for notice in notices]
        # An address that is a template's is not known before the template has been given the secrets.
        self._secrets.lenient = self._pretends or (
            not is_template(self._job.webhook_url) and self._in_memory(self._job.webhook_url)
        )
        await self._authorized()  # templates may ask for the token; what is in the way is told by the first try
        made = await self._made(notices)
        delivery = self._log.open(self._job.key, self._site.now, ids, [notice.profile for notice in notices])
        if made.request is None:
            self._close(delivery, "omitted", made.omitted[0])
            return None
        delivery.reason = self._secrets.hide(made.omitted[0]) if made.omitted else ""
        request = made.request
        if self._in_memory(request.url):
            return self._keep(delivery, request)
        delivery.where, self._secrets.lenient = "network", False
        answer = await self._tried(delivery, request)
        return answer.text if delivery.outcome == "delivered" else None

    async def close(self) -> None:
        """Let go of the network."""
        await self._caller.close()

    async def _made(self, notices: Sequence[Notice]) -> Made:
        try:
            return await self._maker.make(notices)
        except TemplateError as error:  # its message may quote what the template was given
            raise TemplateError(self._secrets.hide(str(error)), error.kind) from None

    @property
    def _pretends(self) -> bool:
        return self._job.sink or self._site.workspace.settings.webhooks.sink

    def _in_memory(self, url: str) -> bool:
        return self._pretends or stays_in_memory(url, self._site.workspace.settings.webhooks.hosts)

    def _keep(self, delivery: Delivery, request: Outgoing) -> str:
        self._show(delivery, request)
        delivery.tries.append(Try(self._site.now, DELIVERED))
        self._close(delivery, "delivered", delivery.reason)
        return ""

    async def _tried(self, delivery: Delivery, request: Outgoing) -> Answer:
        while True:
            if self._stopping():
                self._close(delivery, "retrying", "the job stops; it is sent when the job runs again")
                raise Interrupted
            answer = await self._try(delivery, request)
            verdict = verdict_of(answer.status, self._job)
            error = "" if verdict == "delivered" else self._secrets.hide(answer.error) or f"it answered {answer.status}"
            tries = len(delivery.tries) + 1
            again = verdict == "again" and tries < MOST_TRIES
            # A date that the receiver names is by its own clock, which does not follow one that was set here.
            wait = wait_after(tries, answer.retry_after, self._site.clock.base()) if again else None
            delivery.tries.append(Try(self._site.now, answer.status, error, wait))
            if verdict != "again":
                self._close(delivery, verdict, error or delivery.reason)
                return answer
            if wait is None:
                self._close(delivery, "failed", error)
                raise JobFailed(f"{delivery.method} {delivery.url} failed {tries} times, at last because {error}")
            self._close(delivery, "retrying", error)
            await self._pause(wait)

    async def _try(self, delivery: Delivery, request: Outgoing) -> Answer:
        fault = await self._authorized()
        headers = self._show(delivery, request)
        if fault:
            return Answer(None, error=fault)
        url = with_parameters(request.url, self._secrets.parameters())
        answer = await self._caller.call(request.method, url, headers, request.body)
        if answer.status == UNAUTHORIZED:
            self._caller.drop_token()
        return answer

    async def _authorized(self) -> str:
        """See that there is a token where one is asked for; answers what is in the way."""
        credentials = self._job.authorization.oauth2
        if credentials is None:
            return ""
        if self._in_memory(credentials.token_url):
            self._secrets.use_token(NO_TOKEN)
            return ""
        return await self._caller.authorize(credentials, self._secrets, asyncio.get_running_loop().time())

    def _show(self, delivery: Delivery, request: Outgoing) -> dict[str, str]:
        """Put the request into its delivery, without secrets; answers the headers to send, with them."""
        proof = self._secrets.headers()
        shown = with_parameters(request.url, [(name, HIDDEN) for name, _ in self._secrets.parameters()])
        hide = self._secrets.hide
        delivery.method, delivery.url = request.method, hide(shown).replace("%2A%2A%2A", HIDDEN)
        headers = with_headers(request.headers, proof)
        delivery.headers = {name: HIDDEN if name in proof else hide(value) for name, value in headers.items()}
        delivery.body = None if request.body is None else hide(request.body)[:LONGEST_BODY]
        return headers

    def _close(self, delivery: Delivery, outcome: Outcome, reason: str) -> None:
        delivery.outcome, delivery.reason = outcome, self._secrets.hide(reason)
        self._log.tell(delivery)

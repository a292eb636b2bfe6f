"""A small served workspace with webhooks, a clock that stands still, and a network that tests play."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from starlette.testclient import TestClient

from understudy.server.app import create_app
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.streams import schema_of
from understudy.server.workspaces.workspace import load_workspace

NOW = 1_795_435_200_120.0  # 2026-11-23T12:00:00.12Z
HERE = "http://127.0.0.1:9/hook"
GOLD = 'FILTER tier = "gold" ALIAS gold\n'
SILVER = 'FILTER tier IN ("silver", "gold") ALIAS silver\n'
CONTRACT = Path(__file__).parents[2] / "contract" / "triggers"

Reply = Callable[[httpx2.Request], httpx2.Response]


def job_text(**keys: object) -> str:
    """A job's file: for the audience `gold`, to an address of this machine, unless `keys` say otherwise."""
    stated = {"segment_ids": ["gold"], "webhook_url": HERE, **keys}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in stated.items() if value is not None)


@dataclass
class Receiver:
    """Takes requests in place of the network: answers 200, or the next of `answers`."""

    answers: list[httpx2.Response | Exception] = field(default_factory=list)
    requests: list[httpx2.Request] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if self.answers else httpx2.Response(200)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def payloads(self) -> list[Any]:
        return [json.loads(request.content) for request in self.requests]


@dataclass
class Stand:
    """What a test looks at: the site, a client of the server, who receives, and how long jobs would have slept."""

    site: Site
    client: TestClient
    receiver: Receiver
    naps: list[float]

    async def reload(self) -> None:
        """Read the workspace anew, as when a file was saved."""
        self.client.app.state.worlds.reload()  # type: ignore[attr-defined]

    def send(self, uid: str = "ann", stream: str = "default", **data: object) -> None:
        """Send an event of a visitor, by the API of servers."""
        answer = self.client.post(f"/collect/json/{stream}", json={"_uid": uid, **data})
        assert answer.status_code == 200, answer.text

    def webhooks(self, **query: object) -> dict[str, Any]:
        """Jobs and deliveries, once nothing is left to send."""
        answer = self.client.get("/__understudy__/api/webhooks", params={"wait": 20, "limit": 1000, **query})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def settle(self) -> None:
        """Wait until nothing is left to send."""
        self.webhooks()

    def requests(self) -> list[httpx2.Request]:
        """The requests that came, once nothing is left to send."""
        self.settle()
        return self.receiver.requests

    def payloads(self) -> list[Any]:
        """What the receiver has got, once nothing is left to send."""
        self.settle()
        return self.receiver.payloads


def write(root: Path, files: Mapping[str, str]) -> Path:
    """A workspace's folder."""
    whole = {
        "understudy.toml": 'account = "acc"\n',
        "audiences/gold.fql": GOLD,
        "audiences/silver.fql": SILVER,
        **files,
    }
    for name, text in whole.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@contextmanager
def serving(
    root: Path,
    files: Mapping[str, str] | None = None,
    *,
    answers: Sequence[httpx2.Response | Exception] = (),
    environment: Mapping[str, str] | None = None,
    reply: Reply | None = None,
    before: Callable[[Site], None] = lambda _: None,
) -> Iterator[Stand]:
    """A workspace served, with its clock standing still at `NOW` and nobody ever sleeping."""
    write(root, files or {})
    workspace = load_workspace(root)
    assert workspace.problems == ()
    platform = Platform.open(root / "store.db", workspace.audiences, clock=lambda: NOW)
    platform.use_schema(schema_of(workspace.settings.streams))
    site = Site(workspace, platform)
    receiver, naps = Receiver(list(answers)), []

    async def nap(seconds: float) -> None:
        naps.append(seconds)

    site.triggers.sleep = nap
    site.triggers.transport = httpx2.MockTransport(reply or receiver)
    site.triggers.environment = environment or {}
    before(site)
    try:
        with TestClient(create_app(site), base_url="http://127.0.0.1:8765", client=("127.0.0.1", 5000)) as client:
            yield Stand(site, client, receiver, naps)
    finally:
        platform.close()

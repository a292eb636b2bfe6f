"""Eight clients at once, each in a world of its own: nobody's events meet another's."""

import asyncio
import random
from pathlib import Path

from starlette.applications import Starlette
from starlette.types import Message
from support.hubs import everything_told

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.dev_tools.stream import Hub
from understudy.server.site import Site
from understudy.server.worlds import Worlds

CLIENTS, EVENTS = 8, 10_000
VISITORS = 5  # of the same names in every world


async def request(app: Starlette, path: str, query: str, world: str, number: int) -> int:
    """One request, as a server hands it to the application; the world by header, cookie or host in turn."""
    named = (
        [(b"x-understudy-world", world.encode()), (b"host", b"127.0.0.1")],
        [(b"cookie", f"a=b; understudy_world={world}".encode()), (b"host", b"127.0.0.1")],
        [(b"host", f"{world}.localhost:8765".encode())],
    )
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": named[number % 3],
        "client": ("127.0.0.1", 1),
        "scheme": "http",
        "server": ("127.0.0.1", 8765),
        "root_path": "",
    }
    await app(scope, receive, send)
    return statuses[0]


async def client(app: Starlette, world: str, seed: int) -> None:
    """Send events of visitors that others have too, with rests at random so that clients take turns."""
    turns = random.Random(seed)
    for number in range(EVENTS // CLIENTS):
        query = f"_uid=u{number % VISITORS}&_e=pv&mark={world}-{number}&plan={world}"
        assert await request(app, "/c/shop", query, world, turns.randrange(3)) == 200
        if turns.random() < 0.2:
            await asyncio.sleep(0)


def test_10_000_interleaved_events_of_8_clients_stay_where_they_belong(site: Site, shop: Path) -> None:
    hubs = Hubs(lambda: Hub(depth=2 * EVENTS))
    app = build(site, hubs)
    worlds: Worlds = app.state.worlds
    heard: dict[str, set[str]] = {}

    async def story() -> None:
        async with app.router.lifespan_context(app):
            made = [await worlds.create(f"world-{number}") for number in range(CLIENTS)]
            for one in made:
                marks = heard[one.world] = set()
                one.platform.subscribe(lambda receipt, marks=marks: marks.add(str(receipt.data["mark"])))
            await asyncio.gather(*(client(app, one.world, seed) for seed, one in enumerate(made)))
            for one in made:
                own = {f"{one.world}-{number}" for number in range(EVENTS // CLIENTS)}
                assert heard[one.world] == own
                stored = [event for n in range(VISITORS) for event in one.platform.events("_uid", f"u{n}", EVENTS)]
                assert len(stored) == EVENTS // CLIENTS
                assert {event.data["mark"] for event in stored} == own
                profile = one.platform.profile("_uid", "u0")
                assert profile is not None
                assert profile.fields["plan"] == one.world
                told = [message for message in await everything_told(hubs.of(one)) if message["type"] == "event"]
                assert {message["data"]["mark"] for message in told} == own
            assert site.platform.profile("_uid", "u0") is None
            assert [one for one in await everything_told(hubs.of(site)) if one["type"] == "event"] == []

    asyncio.run(story())

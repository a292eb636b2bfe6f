"""A world that is reset or deleted while events come in (platform.md 3; the worlds' promise of isolation)."""

import asyncio
from typing import Any

import httpx2

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.site import Site

API = "/__understudy__/api"
ROUNDS = 30


def test_3_events_that_come_while_a_world_is_reset_or_deleted_are_each_answered(site: Site) -> None:
    app = build(site, Hubs())

    async def story() -> tuple[list[int], int]:
        transport = httpx2.ASGITransport(app, client=("127.0.0.1", 5000))
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client,
        ):
            own = {"X-Understudy-World": "a"}
            assert (await client.post(f"{API}/worlds", json={"name": "a"})).status_code == 201
            statuses: list[int] = []

            async def visitor(number: int) -> None:
                for turn in range(ROUNDS):
                    event = {"_uid": f"u{number}", "n": str(turn)}
                    statuses.append((await client.get("/c/shop", params=event, headers=own)).status_code)

            async def others() -> None:
                statuses.extend([(await client.post(f"{API}/worlds/a/reset")).status_code for _ in range(3)])

            await asyncio.gather(*(visitor(number) for number in range(4)), others())
            world = app.state.worlds.get("a")
            kept = sum(len(world.platform.events("_uid", f"u{number}", 1000)) for number in range(4))
            answers: list[Any] = await asyncio.gather(
                visitor(0), client.delete(f"{API}/worlds/a"), visitor(1), return_exceptions=True
            )
            assert answers[1].status_code == 200
            return statuses, kept

    statuses, kept = asyncio.run(story())
    assert set(statuses) <= {200, 404, 507}  # 404 once the world is gone, 507 for what was on its way just then
    assert statuses.count(200) >= 4 * ROUNDS
    assert 0 < kept <= 4 * ROUNDS

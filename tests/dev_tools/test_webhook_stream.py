"""Open pages hear of webhooks as they are sent, those of their own world (debugger.md, live stream)."""

import asyncio
import json
from pathlib import Path

import pytest
from support.serving import copy_storefront

from understudy.dev_tools.hubs import Hubs
from understudy.server.platform import Platform, RawEvent
from understudy.server.site import Site
from understudy.server.triggers.dispatcher import keep_sending
from understudy.server.workspaces.workspace import load_workspace


@pytest.mark.timeout(30)
def test_each_step_of_a_delivery_is_a_message(tmp_path: Path) -> None:
    workspace = load_workspace(copy_storefront(tmp_path / "storefront"))
    platform = Platform.open(":memory:", workspace.audiences)
    site, other = Site(workspace, platform), Site(workspace, platform)
    rich = {"_uid": "ann", "order_count": 3, "lifetime_value": 500}

    async def hear() -> tuple[dict[str, object], str]:
        hubs = Hubs()
        quiet = hubs.of(other).last_id
        async with hubs.attend(site), keep_sending(site):
            frames = hubs.of(site).listen()
            await anext(frames)
            await anext(frames)
            await platform.collect(RawEvent(site.account, "default", rich, site.now))
            async for frame in frames:
                message = json.loads(frame.partition(b"data: ")[2])
                if message["type"] == "webhook":
                    await frames.aclose()  # type: ignore[attr-defined]
                    return message, "quiet" if hubs.of(other).last_id == quiet else "told"
        raise AssertionError

    message, others = asyncio.run(hear())
    platform.close()
    assert {key: message[key] for key in ("job", "outcome", "status", "tries", "where")} == {
        "job": "crm",
        "outcome": "delivered",
        "status": 200,
        "tries": 1,
        "where": "memory",
    }
    assert "payload" not in message, "which may be large, and is at /__understudy__/api/webhooks"
    assert others == "quiet"

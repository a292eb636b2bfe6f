"""The running server keeps audiences true as time goes by."""

import asyncio
import json
import time
from pathlib import Path

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.platform import Platform
from understudy.server.platform.decoder import decode_event
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace


def test_3_6_open_pages_hear_that_a_visitor_has_left_though_nothing_happened(tmp_path: Path) -> None:
    (tmp_path / "understudy.toml").write_text('account = "shop"\n')
    (tmp_path / "audiences").mkdir()
    (tmp_path / "audiences" / "here.fql").write_text('FILTER lastvisit_ts > "now-1s"')
    workspace = load_workspace(tmp_path)
    platform = Platform.open(":memory:", workspace.audiences)
    hubs, site = Hubs(), Site(workspace, platform)
    app = build(site, hubs)

    async def run() -> dict[str, object]:
        async with app.router.lifespan_context(app):
            receipt = await platform.collect(decode_event("_uid=a&_e=pv", "shop", "default", time.time() * 1000))
            assert "here" in receipt.entered
            async for frame in hubs.of(site).listen():
                message: dict[str, object] = json.loads(frame.partition(b"data: ")[2] or b"{}")
                if message.get("type") == "moved":
                    return message
            raise AssertionError("the stream ended before the visitor left")

    moved = asyncio.run(run())
    platform.close()
    assert (moved["left"], moved["entered"]) == (["here"], [])
    assert moved["identities"] == [["_uid", "a"]]

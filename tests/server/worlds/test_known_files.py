"""Worlds that are made of the same few files, and what happens while one is made."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from understudy.server.site import Site
from understudy.server.workspaces import known_files
from understudy.server.workspaces.workspace import Workspace
from understudy.server.worlds import Worlds

SALE = {"widgets/sale.yaml": "widget: {type: message, layout: bar, msg: Sale}\n"}
OTHER = {"widgets/sale.yaml": "widget: {type: message, layout: bar, msg: Other}\n"}


def sale(site: Site) -> Any:
    (found,) = (one for one in site.workspace.experiences if one.id == "sale")
    return found


def test_a_text_that_a_world_had_before_is_not_read_into_values_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds = Worlds(site)

    async def story() -> list[Site]:
        made = [await worlds.create("", files) for files in (SALE, OTHER, SALE, {**SALE, "audiences/broken.fql": "x"})]
        made += [await worlds.create("", {**SALE, "audiences/broken.fql": "x"})]
        monkeypatch.setattr(known_files, "MOST", 0)
        await worlds.create("", OTHER)
        return [*made, await worlds.create("", SALE)]

    first, other, second, *broken, anew = asyncio.run(story())
    assert sale(first) is sale(second)
    assert (sale(other).widget.msg, sale(first).widget.msg) == ("Other", "Sale")
    assert all(len(one.workspace.problems) == 1 for one in broken), "what is wrong is told each time"
    assert (sale(anew) == sale(first), sale(anew) is sale(first)) == (True, False), "it is not remembered without end"
    for one in worlds:
        one.platform.close()


def test_a_world_that_is_made_while_a_file_changes_has_what_is_there_afterwards(
    site: Site, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds, read, told = Worlds(site), Worlds._read, asyncio.Event()

    async def story() -> Site:
        loop = asyncio.get_running_loop()

        def reload() -> None:
            (shop / "widgets" / "offer.yaml").write_text("widget: {type: message, layout: modal, msg: Newer}\n")
            worlds.reload()
            told.set()

        def slow(self: Worlds, folder: Any, shared: Workspace, before: Workspace) -> Workspace:
            found = read(self, folder, shared, before)
            if not told.is_set():
                loop.call_soon_threadsafe(reload)
                asyncio.run_coroutine_threadsafe(told.wait(), loop).result(30)
            return found

        monkeypatch.setattr(Worlds, "_read", slow)
        return await worlds.create("a", SALE)

    made = asyncio.run(story())
    assert {one.widget.msg for one in made.workspace.experiences} == {"Newer", "Sale"}
    made.platform.close()

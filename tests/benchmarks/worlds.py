"""Milliseconds to make, reset and end a world, and what one costs while it is there."""

import asyncio
import gc
import resource
import time
from pathlib import Path

from table import show, spread

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.platform import Platform, RawEvent
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace
from understudy.server.worlds import Worlds

RUNS = 200
AT_ONCE = 200  # worlds, for what one weighs
WIDGET = {"widgets/more.yaml": "label: More\nwidget: {type: message, layout: bar, msg: More}\n"}
OVERLAYS = {
    "a widget": WIDGET,
    "a style": {"styles/more.css": "p { color: red }\n"},
    "a widget, an audience, a page": {
        **WIDGET,
        "audiences/more.fql": 'FILTER plan = "gold" FROM user ALIAS more\n',
        "pages/more.html": "<!doctype html><title>More</title>\n",
    },
}


def run(root: Path) -> None:
    """Print how long the life of a world takes, of the storefront with the debugger's routes, and its memory."""
    workspace = load_workspace(root)
    platform = Platform.open(":memory:", workspace.audiences)
    app = build(Site(workspace, platform), Hubs())
    rows = asyncio.run(lives(app.state.worlds, app))
    platform.close()
    show("Worlds, milliseconds (goal: made in 2)", ["what", "runs", "median", "p95", "max"], rows)


async def lives(worlds: Worlds, app: object) -> list[list[object]]:
    """One row for each part of a life."""
    times: dict[str, list[float]] = {}
    async with app.router.lifespan_context(app):  # type: ignore[attr-defined]  # a Starlette
        for number in range(RUNS):
            await timed(times, "make", worlds.create(f"a{number}"))
            site = worlds.get(f"a{number}")
            await site.platform.collect(RawEvent("a", "default", {"_uid": "u"}, 1_800_000_000_000.0))
            await timed(times, "reset", worlds.reset(site.world))
            await timed(times, "delete", worlds.delete(site.world))
        for name, files in OVERLAYS.items():
            for number in range(RUNS):
                await timed(times, f"make with {name} of its own", worlds.create(f"b{number}", files))
                await worlds.delete(f"b{number}")
        gc.collect()
        before = resident()
        for number in range(AT_ONCE):
            await worlds.create(f"c{number}")
        print(f"\n{(resident() - before) / AT_ONCE:,.0f} KiB of memory for each of {AT_ONCE} worlds at once")
    return [spread(name, values) for name, values in times.items()]


async def timed(times: dict[str, list[float]], name: str, work: object) -> None:
    """Await some work, and note how long it took."""
    begun = time.perf_counter()
    await work  # type: ignore[misc]  # an awaitable
    times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)


def resident() -> float:
    """This process's memory in KiB: what it has now where that is told, else the most it had."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return pages * resource.getpagesize() / 1024

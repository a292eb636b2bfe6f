"""Reports and insights over 100,000 events, and what collection and personalize wait meanwhile."""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from client import Connection
from collection import events, lookups
from support.serving import Serving, copy_storefront
from table import median, percentile, show

from understudy.server.platform import Platform
from understudy.server.platform.event import RawEvent
from understudy.server.workspaces.workspace import load_workspace

EVENTS = 100_000
VISITORS = 10_000
ROUNDS = 9
GOAL_MS = 1000
MONTH_MS = 30 * 86_400_000
REPORTS = {
    "overview, JSON": "/__understudy__/api/reports",
    "one experience, JSON": "/__understudy__/api/reports/vip-offer",
    "one experience, page": "/__understudy__/reports/vip-offer",
    "insights, JSON": "/__understudy__/api/reports/insights",
}


def made_up(now: float) -> list[RawEvent]:
    """A month of events of some visitors: half of them page views, half of them acts with widgets."""
    dice = random.Random(3)
    found = []
    for number in range(EVENTS):
        moment = now - MONTH_MS * (1 - number / EVENTS)
        data = {"_uid": f"r{dice.randrange(VISITORS)}", "_ts": f"{moment:.0f}", "url": "127.0.0.1/", "_v": "3.0.37"}
        if number % 2:
            kind = dice.choice(("show", "show", "close", "confirm", "hover"))
            widget = dice.choice(("vip-offer", "welcome-back", "studio-sale", "reading"))
            names = {"pf-widget-id": widget, "pf-widget-event": kind, "pf-widget-type": "message"}
            data |= {**names, "pf-widget-layout": "modal", "pf-widget-variant": "1"}
        else:
            data |= {"_e": "pv", "_sesstart": "1", "_ul": "en-GB", "_ref": "https://news.test/"}
        raw = "&".join(f"{key}={value}" for key, value in data.items())
        found.append(RawEvent("storefront", "default", data, moment, raw))
    return found


async def beside(serving: Serving, path: str, account: str) -> tuple[list[float], dict[str, list[float]]]:
    """Ask for a report again and again; the milliseconds of each, and those of requests that come in meanwhile."""
    asking = await Connection(serving.url).open()
    times: list[float] = []
    others: dict[str, list[float]] = {"collect": [], "personalize": []}
    done = asyncio.Event()

    async def disturb(name: str, paths: object) -> None:
        connection = await Connection(serving.url).open()
        while not done.is_set():
            status, took = await connection.get(next(paths))  # type: ignore[call-overload]
            assert status == 200, status
            others[name].append(took)
            await asyncio.sleep(0.01)
        connection.close()

    async def ask() -> None:
        for _ in range(ROUNDS):
            status, took = await asking.get(path)
            assert status == 200, status
            times.append(took)
        done.set()
        asking.close()

    await asyncio.gather(ask(), disturb("collect", events(account)), disturb("personalize", lookups(account)))
    return times, others


def run(temporary: Path) -> None:
    """Print the milliseconds of each report, alone on its store, with requests coming in all the while."""
    workspace = load_workspace(copy_storefront(temporary / "reported"))
    platform = Platform.open(workspace.store_path, workspace.audiences)
    begun = time.perf_counter()
    asyncio.run(platform.collect_all(made_up(time.time() * 1000)))
    platform.close()
    print(f"{EVENTS:,} events of {VISITORS:,} visitors stored in {time.perf_counter() - begun:.0f} s")
    rows = []
    with Serving(workspace.root) as serving:
        for label, path in REPORTS.items():
            times, others = asyncio.run(beside(serving, path, workspace.settings.account))
            waits = [f"{median(each):.1f} / {percentile(each, 0.99):.1f}" for each in others.values()]
            rows.append([label, GOAL_MS, median(times), max(times), *waits])
    heads = ["report", "goal", "median", "worst", "collect, median / p99", "personalize, median / p99"]
    show(f"Reports over {EVENTS:,} events, milliseconds", heads, rows)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder))

"""Collection with commit before the answer, and personalize, over HTTP; the load comes from a process beside it."""

import asyncio
import itertools
from collections.abc import Iterator

from client import hammer
from support.serving import Serving
from table import median, percentile, show

REQUESTS = 4000
VISITORS = 200


def events(account: str) -> Iterator[str]:
    """Page views of some visitors, as the tag sends them."""
    for number in itertools.count():
        yield (
            f"/c/{account}?_e=pv&_sesstart=1&_tz=1&_ul=en-GB&_sz=1280x800&_ts={1_700_000_000_000 + number}"
            f"&_nmob=t&_device=desktop&url=127.0.0.1%2F&_v=3.0.37&_uid=bench-{number % VISITORS}"
        )


def lookups(account: str) -> Iterator[str]:
    """Personalize requests of the same visitors."""
    for number in itertools.count():
        yield f"/api/personalize/{account}/user/_uid/bench-{number % VISITORS}"


def run(serving: Serving, account: str) -> None:
    """Print requests per second and latencies at one and at sixteen connections."""
    rows = []
    for label, paths in (("collect, committed", events(account)), ("personalize", lookups(account))):
        for connections in (1, 16):
            asyncio.run(hammer(serving.url, paths, 200, connections))
            times, total = asyncio.run(hammer(serving.url, paths, REQUESTS, connections))
            rate = len(times) / total
            rows.append(
                [label, connections, int(rate), median(times), percentile(times, 0.95), percentile(times, 0.99)]
            )
    show("Requests over HTTP, milliseconds", ["request", "connections", "per second", "median", "p95", "p99"], rows)

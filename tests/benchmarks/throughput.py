"""What the server takes in: events one a request and in batches, committed before the answer, a hundred audiences.

The load comes from one process beside the server's, on the same cores. CPU is the server's own, for each event: it
says more than the rate where other programs run too.
"""

import json
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from audience_files import add_audiences
from load import Load, Outcome, apply, cpu_of
from support.serving import Serving, copy_storefront
from table import percentile, show

VISITORS = 1000
ROUNDS = 3
REQUESTS = 8000
BATCH = 500
HEADERS = ["what", "per second", "goal", "p50 ms", "p99 ms", "goal", "server CPU us"]


def event(number: int) -> str:
    """A page view as the tag sends it."""
    return (
        f"_e=pv&_sesstart=1&_tz=1&_ul=en-GB&_sz=1280x800&_ts={1_795_435_200_000 + number}&_nmob=t&_device=desktop"
        f"&url=127.0.0.1%2Fpage{number % 50}&_v=3.0.37&_uid=bench-{number * 7919 % VISITORS}&_eid=b{number}.{number:x}"
    )


def one_each(account: str, numbers: Iterator[int], count: int) -> list[bytes]:
    """Events as an image's address brings them."""
    head = "Host: 127.0.0.1\r\nReferer: http://127.0.0.1/\r\nUser-Agent: Mozilla/5.0\r\nAccept: image/*,*/*;q=0.8\r\n"
    return [f"GET /c/{account}?{event(next(numbers))} HTTP/1.1\r\n{head}\r\n".encode() for _ in range(count)]


def batches(numbers: Iterator[int], count: int) -> list[bytes]:
    """Uploads of `BATCH` events each."""
    found = []
    for _ in range(count):
        events = [dict(pair.split("=", 1) for pair in event(next(numbers)).split("&")) for _ in range(BATCH)]
        body = json.dumps(events).encode()
        found.append(
            b"POST /collect/json/default HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
    return found


def measured(serving: Serving, loads: list[Load], events: int = 1) -> tuple[float, list[float], float]:
    """The median events a second, all latencies, and the server's CPU for an event in microseconds."""
    before, outcomes = cpu_of(serving.process.pid), list[Outcome]()
    for load in loads:
        outcomes.append(apply(load))
    used = cpu_of(serving.process.pid) - before
    times = [each for outcome in outcomes for each in outcome.times]
    rate = statistics.median(outcome.rate * events for outcome in outcomes)
    return rate, times, used / (len(times) * events) * 1_000_000


def run(temporary: Path) -> None:
    """Print the table."""
    workspace = copy_storefront(temporary / "throughput")
    add_audiences(workspace)
    rows: list[list[object]] = []
    with Serving(workspace) as serving:
        port, numbers = urlsplit(serving.url).port or 0, iter(range(10**9))
        account = tomllib.loads((workspace / "understudy.toml").read_text("utf-8"))["account"]

        def row(label: str, goals: tuple[str, str], loads: list[Load], events: int = 1) -> None:
            rate, times, used = measured(serving, loads, events)
            rows.append(
                [label, int(rate), goals[0], percentile(times, 0.5), percentile(times, 0.99), goals[1], int(used)]
            )

        apply(Load(port, one_each(account, numbers, 2000), 16))
        for connections, goal in ((1, ""), (16, "6,000")):
            loads = [Load(port, one_each(account, numbers, REQUESTS), connections) for _ in range(ROUNDS)]
            row(f"events, {connections} at once", (goal, ""), loads)
        loads = [Load(port, one_each(account, numbers, 4000), 16, 1000.0) for _ in range(ROUNDS)]
        row("events, 1,000 a second", ("", "5"), loads)
        loads = [Load(port, batches(numbers, 20), 2) for _ in range(ROUNDS)]
        row(f"events, {BATCH} a request", ("60,000", ""), loads, BATCH)
    show("Collection, committed, 100 audiences decided", HEADERS, rows)

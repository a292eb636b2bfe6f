"""What many profiles cost: personalize over HTTP, an audience that is changed while events come in, memory, disk."""

import json
import sqlite3
import threading
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from audience_files import add_audiences
from load import Load, apply, resident
from support.serving import Serving, copy_storefront
from table import median, percentile, show
from throughput import one_each

from understudy.server.platform.packing import pack, unpack

SIZES = (1_000, 100_000, 1_000_000)
LARGEST_CHANGE = 100_000  # of the stores in which audiences are changed; answers are asked of larger ones too
REQUESTS = 4000
SAMPLES = 200  # visitors whose events make the profiles that the others are copies of


def run(temporary: Path, sizes: tuple[int, ...] = SIZES) -> None:
    """Print the tables for stores of each size."""
    answers: list[list[object]] = []
    changes: list[list[object]] = []
    for size in sizes:
        workspace = copy_storefront(temporary / f"profiles{size}")
        add_audiences(workspace)
        account = tomllib.loads((workspace / "understudy.toml").read_text("utf-8"))["account"]
        numbers = iter(range(10**9))
        with Serving(workspace) as serving:
            apply(Load(urlsplit(serving.url).port or 0, one_each(account, numbers, 3000), 8))
        store = workspace / ".understudy" / "store.db"
        per_event = store.stat().st_size / 3000
        _multiply(store, size)
        with Serving(workspace) as serving:
            port = urlsplit(serving.url).port or 0
            answers += _personalize(port, account, size)
            if size <= LARGEST_CHANGE:
                changes.append(_change(serving, port, account, numbers, size, per_event))
    show("Personalize, 100 audiences", ["profiles", "at once", "per second", "p50 ms", "p99 ms", "goal"], answers)
    show(
        "An audience is changed, and its size told, while 200 events a second come in",
        ["profiles", "seconds", "goal", "events p99 ms", "memory MB", "goal", "bytes an event"],
        changes,
    )


def _personalize(port: int, account: str, size: int) -> Iterator[list[object]]:
    step = max(1, size // REQUESTS)
    uids = (f"copy-{number * step % size}" for number in range(REQUESTS))
    ask = "GET /api/personalize/{}/user/_uid/{} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    requests = [ask.format(account, uid).encode() for uid in uids]
    for connections in (1, 8):
        apply(Load(port, requests[:500], connections))
        outcome = apply(Load(port, requests, connections))
        p99 = percentile(outcome.times, 0.99)
        yield [size, connections, int(outcome.rate), median(outcome.times), p99, "5"]


def _change(
    serving: Serving, port: int, account: str, numbers: Iterator[int], size: int, per_event: float
) -> list[object]:
    outcomes = []
    load = Load(port, one_each(account, numbers, 1200), 8, 200.0)
    events = threading.Thread(target=lambda: outcomes.append(apply(load)))
    events.start()
    seconds = []
    while events.is_alive():
        begun = time.perf_counter()
        n = len(seconds)
        ql = f'FILTER AND (pageviewct > {n % 3}, lastvisit_ts > "now-{400 + n}d") FROM user ALIAS changed_{n}'
        _post(f"{serving.url}api/segment", json.dumps({"name": f"Changed {n}", "segment_ql": ql}))
        _post(f"{serving.url}api/segment/size", ql)
        seconds.append(time.perf_counter() - begun)
    events.join()
    p99 = percentile(outcomes[0].times, 0.99)
    return [size, median(seconds), "1", p99, resident(serving.process.pid), "120", int(per_event)]


def _post(url: str, body: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(url, body.encode())) as response:
        response.read()


def _multiply(path: Path, size: int) -> None:
    """Make it so many profiles, each like one of those that are there, with a cookie of its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    samples = [unpack(row[0]) for row in connection.execute(f"SELECT state FROM profiles LIMIT {SAMPLES}")]

    def copies() -> Iterator[tuple[str, bytes | str]]:
        for number in range(size):
            _, fields, *more = samples[number % len(samples)]
            uid, name = f"copy-{number}", f"{number:032x}"
            yield name, pack([name, {**fields, "_uid": [1, uid], "_uids": {uid: 1}}, *more])

    connection.execute("BEGIN")
    connection.executemany("INSERT INTO profiles (id, state) VALUES (?, ?)", copies())
    cookies = ((f"copy-{number}", f"{number:032x}") for number in range(size))
    connection.executemany("INSERT INTO identities (kind, value, profile) VALUES ('_uid', ?, ?)", cookies)
    connection.execute("INSERT OR IGNORE INTO agenda (profile, at) SELECT id, 4000000000000 FROM profiles")
    connection.execute("COMMIT")
    connection.close()

"""A better order for the functions of the tag and the SDK, which is written to `static/*/order.txt`.

What repeats compresses, and the better the shorter the way back; how much a build weighs in one order or another only
trying can tell. So functions are moved about at random, and what weighs no more than before is kept.
"""

import random
import time
from dataclasses import dataclass
from unittest.mock import patch

from support.builds import BUILDS, compressed
from table import show

from understudy.server.bundling import minified
from understudy.server.bundling.bundle import STATIC, order_of
from understudy.server.bundling.syntax import tree_of

# By rooms: the builds that count, with their weight in the sum. What is small counts more: many pages have no more.
ROOMS = {"tag": {"tag-core": 1, "tag-everything": 2}, "sdk": {"sdk-one-modal": 2, "pathfora.min.js": 1}}
SECONDS = 150
MOST_MOVED = 5


@dataclass(frozen=True)
class _Build:
    """A build as what stands before its functions, they, by their names in the source, and what stands behind."""

    before: str
    functions: dict[str, str]
    after: str

    def weight(self, order: list[str]) -> int:
        own = [self.functions[name] for name in order if name in self.functions]
        return compressed(self.before + ",".join(own) + self.after)


def run() -> None:
    """Look for an order for each room, and print what the builds weigh before and after."""
    rows: list[list[object]] = []
    for room, counts in ROOMS.items():
        builds = {name: _build(name) for name in counts}
        known = [name for build in reversed(builds.values()) for name in build.functions]
        first = list(dict.fromkeys([*(name for name in order_of(room) if name in known), *known]))
        best = _better(first, [(build, counts[name]) for name, build in builds.items()])
        (STATIC / room / "order.txt").write_text("".join(f"{name}\n" for name in best), "utf-8")
        rows += [[name, build.weight(first), build.weight(best)] for name, build in builds.items()]
    show("Order of functions, bytes after gzip -9", ["build", "before", "after"], rows)


def _better(order: list[str], builds: list[tuple[_Build, int]]) -> list[str]:
    chance = random.Random(1)
    best = sum(count * build.weight(order) for build, count in builds)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        start, many = chance.randrange(len(order)), chance.randint(1, MOST_MOVED)
        moved, left = order[start : start + many], order[:start] + order[start + many :]
        place = chance.randrange(len(left) + 1)
        tried = [*left[:place], *moved, *left[place:]]
        weight = sum(count * build.weight(tried) for build, count in builds)
        if weight <= best:
            best, order = weight, tried
    return order


def _build(name: str) -> _Build:
    """Make a build, and find its functions under their names and in their short form."""
    texts: list[str] = []

    def record(source: str) -> str:
        texts[:] = [source, minified_text(source)]
        return texts[1]

    minified_text = minified.shortened
    minified.join_minified.cache_clear()
    with patch.object(minified, "shortened", record):
        whole = BUILDS[name]()
    (long, _), (short, end) = map(_functions, texts)
    names = [function.partition("=")[0] for function in long]
    before, after = whole.split(texts[1])
    return _Build(f"{before}let ", dict(zip(names, short, strict=True)), texts[1].encode()[end:].decode() + after)


def _functions(script: str) -> tuple[list[str], int]:
    """The functions that a script begins with, and where they end."""
    declared = tree_of(script.encode(), "bundle").named_children[0].named_children
    count = 0
    while (value := declared[count].child_by_field_name("value")) and value.type == "arrow_function":
        count += 1
    return [(node.text or b"").decode() for node in declared[:count]], declared[count - 1].end_byte

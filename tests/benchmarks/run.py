"""Prints sizes, scripts' CPU, the widget SDK's speed, start-up, collection, delivery, save-to-paint, worlds, reports.

python tests/benchmarks/run.py [sizes modules cpu sdk startup collection delivery paint panel worlds reports]
    [gallery=<folder>]
python tests/benchmarks/run.py throughput profiles order

The first two are what the platform bears, with the goals beside; they make large stores, and are not done by default.
Nor is `order`, which looks for a better order of the functions in the tag and the SDK, and writes it to the sources.
`gallery` measures nothing: it takes a picture of every widget, into the folder, and is not done by default.
"""

import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import collection
import cpu
import delivery
import gallery
import modules
import order
import paint
import panel
import profiles
import reports
import sdk
import sizes
import startup
import throughput
import worlds
from support.serving import Serving, copy_storefront

NAMES = ("sizes", "modules", "cpu", "sdk", "startup", "collection", "delivery", "paint", "panel", "worlds", "reports")

ASKED_FOR = ("throughput", "profiles", "order")


def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks, all by default; 2 when a name is unknown."""
    folders = [name.partition("=")[2] for name in chosen if name.startswith("gallery=")]
    wanted = [name for name in chosen if not name.startswith("gallery=")] or ([] if folders else list(NAMES))
    if unknown := set(wanted) - {*NAMES, *ASKED_FOR}:
        known = ", ".join((*NAMES, *ASKED_FOR, "gallery=<folder>"))
        print(f"unknown benchmark: {', '.join(sorted(unknown))}; there are {known}", file=sys.stderr)
        return 2
    for folder in folders:
        gallery.run(Path(folder))
    if wanted:
        measure(wanted)
    return 0


def measure(wanted: list[str]) -> None:
    """Run benchmarks on a copy of the storefront, one after another."""
    with tempfile.TemporaryDirectory() as temporary:
        workspace = copy_storefront(Path(temporary) / "storefront")
        account = tomllib.loads((workspace / "understudy.toml").read_text("utf-8"))["account"]
        with Serving(workspace) as serving:
            runs = {
                "sizes": lambda: sizes.run(serving, account),
                "modules": modules.run,
                "cpu": cpu.run,
                "sdk": sdk.run,
                "startup": lambda: startup.run(workspace),
                "collection": lambda: collection.run(serving, account),
                "delivery": lambda: delivery.run(workspace),
                "paint": lambda: paint.run(serving, workspace),
                "panel": lambda: panel.run(serving),
                "worlds": lambda: worlds.run(workspace),
                "reports": lambda: reports.run(Path(temporary)),
                "throughput": lambda: throughput.run(Path(temporary)),
                "order": order.run,
                "profiles": lambda: profiles.run(Path(temporary)),
            }
            for name in wanted:
                runs[name]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

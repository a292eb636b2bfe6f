"""Prints sizes, start-up, collection, personalize and save-to-paint of the storefront example.

python tests/benchmarks/run.py [sizes modules startup collection paint] [gallery=<folder>]

`gallery` measures nothing: it takes a picture of every widget, into the folder, and is not done by default.
"""

import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import collection
import gallery
import modules
import paint
import sizes
import startup
from support.serving import Serving, copy_storefront

NAMES = ("sizes", "modules", "startup", "collection", "paint")


def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks, all by default; 2 when a name is unknown."""
    folders = [name.partition("=")[2] for name in chosen if name.startswith("gallery=")]
    for folder in folders:
        gallery.run(Path(folder))
    chosen = [name for name in chosen if not name.startswith("gallery=")]
    if unknown := set(chosen) - set(NAMES):
        known = ", ".join((*NAMES, "gallery=<folder>"))
        print(f"unknown benchmark: {', '.join(sorted(unknown))}; there are {known}", file=sys.stderr)
        return 2
    if folders and not chosen:
        return 0
    wanted = chosen or list(NAMES)
    with tempfile.TemporaryDirectory() as temporary:
        workspace = copy_storefront(Path(temporary) / "storefront")
        account = tomllib.loads((workspace / "understudy.toml").read_text("utf-8"))["account"]
        if "modules" in wanted:
            modules.run()
        if "startup" in wanted:
            startup.run(workspace)
        with Serving(workspace) as serving:
            if "sizes" in wanted:
                sizes.run(serving, account)
            if "collection" in wanted:
                collection.run(serving, account)
            if "paint" in wanted:
                paint.run(serving, workspace)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

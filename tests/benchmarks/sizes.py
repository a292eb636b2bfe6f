"""Sizes of every asset that a page loads."""

import gzip
import urllib.request

import brotli
from support.serving import Serving
from table import show


def run(serving: Serving, account: str) -> None:
    """Print raw, gzip and brotli bytes."""
    paths = [
        f"api/tag/{account}/latest.js",
        f"api/tag/{account}/latest.min.js",
        "static/pathfora.js",
        "static/pathfora.min.js",
        "static/pathfora.css",
        "static/pathfora.min.css",
        f"api/experience/candidate/{account}/config.js",
        "__understudy__/debugger.js",
    ]
    rows = []
    for path in paths:
        with urllib.request.urlopen(serving.url + path) as response:
            body = response.read()
        rows.append(
            [path.replace(account, "<account>"), len(body), len(gzip.compress(body, 9)), len(brotli.compress(body))]
        )
    show("Sizes, bytes", ["asset", "raw", "gzip -9", "brotli 11"], rows)

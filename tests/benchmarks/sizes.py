"""Sizes of every asset that a page loads, and of the builds that have a budget."""

import urllib.request

import brotli
from support.budgets import budgets
from support.builds import BUILDS, compressed
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
        "__understudy__/debugger-answers.js",
        "__understudy__/debugger-panel.js",
    ]
    rows: list[list[object]] = []
    for path in paths:
        with urllib.request.urlopen(serving.url + path) as response:
            rows.append([path.replace(account, "<account>"), *sizes(response.read().decode())])
    show("Sizes, bytes", ["asset", "raw", "gzip -9", "brotli 11"], rows)
    limits = budgets()
    rows = [[name, *sizes(make()), limits[name].goal] for name, make in BUILDS.items()]
    show("Budgets, bytes", ["build", "raw", "gzip -9", "brotli 11", "goal, gzip -9"], rows)


def sizes(text: str) -> tuple[int, int, int]:
    """Raw, gzip and brotli bytes."""
    return len(text.encode()), compressed(text), len(brotli.compress(text.encode()))

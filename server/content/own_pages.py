"""The site's own pages as files: where each is, at what path it is served, and whether it has changed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from understudy.server.content.document import INDEXES, SUFFIXES

MOST = 5000


class OwnPage(NamedTuple):
    """A page's file: `changed` (in nanoseconds) and `size` tell whether it is worth reading again."""

    path: Path
    address: str
    changed: int
    size: int


def own_pages(folder: Path) -> tuple[OwnPage, ...]:
    """The pages in a folder and below it, by path; hidden ones, and links that lead out of it, are passed over."""
    found = sorted(_pages(folder), key=lambda page: page.address)
    return tuple(found[:MOST])


def _pages(folder: Path) -> Iterator[OwnPage]:
    inside = folder.resolve()
    for here, names, files in os.walk(folder):
        names[:] = [name for name in names if name[0] not in ".#~" and name != "node_modules"]
        for name in files:
            path = Path(here) / name
            if path.suffix.lower() not in SUFFIXES or name[0] in ".#~":
                continue
            try:
                stat = path.stat()
                if not path.resolve().is_relative_to(inside):
                    continue
            except (OSError, RuntimeError):  # gone by now, or a link that leads to itself
                continue
            yield OwnPage(path, _address(path.relative_to(folder).as_posix()), stat.st_mtime_ns, stat.st_size)


def _address(name: str) -> str:
    """The path that a page is best known by: `/mugs.html`, and `/` for the index of a folder."""
    before, _, leaf = name.rpartition("/")
    return quote(f"/{before}/".replace("//", "/") if leaf in INDEXES else f"/{name}")

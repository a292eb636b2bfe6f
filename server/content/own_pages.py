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

    path: str
    address: str
    changed: int
    size: int


def own_pages(folder: Path) -> tuple[OwnPage, ...]:
    """The pages in a folder and below it, by path; hidden ones, and links that lead out of it, are passed over."""
    found = sorted(_pages(folder), key=lambda page: page.address)
    return tuple(found[:MOST])


def _pages(folder: Path, prefix: str = "") -> Iterator[OwnPage]:
    for entry in _entries(folder / prefix):
        name = f"{prefix}{entry.name}"
        if entry.name[0] in ".#~" or entry.name == "node_modules":
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _pages(folder, f"{name}/")
            elif entry.name.lower().endswith(SUFFIXES) and _inside(entry, folder):
                stat = entry.stat()
                yield OwnPage(entry.path, _address(name), stat.st_mtime_ns, stat.st_size)
        except (OSError, RuntimeError):  # gone by now, or a link that leads to itself
            continue


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _inside(entry: os.DirEntry[str], folder: Path) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(folder.resolve())


def _address(name: str) -> str:
    """The path that a page is best known by: `/mugs.html`, and `/` for the index of a folder."""
    before, _, leaf = name.rpartition("/")
    return quote(f"/{before}/".replace("//", "/") if leaf in INDEXES else f"/{name}")

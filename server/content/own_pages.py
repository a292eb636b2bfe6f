"""The site's own pages as files: where each is, at what path it is served, and whether it has changed."""

import os
from collections.abc import Iterable, Iterator
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
    return in_order(_pages(folder))


def in_order(pages: Iterable[OwnPage]) -> tuple[OwnPage, ...]:
    """Pages by path, as many as a site may have."""
    return tuple(sorted(pages, key=lambda page: page.address)[:MOST])


def _pages(folder: Path, prefix: str = "") -> Iterator[OwnPage]:
    for entry in _entries(folder / prefix):
        name = f"{prefix}{entry.name}"
        if is_passed_over(entry.name):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _pages(folder, f"{name}/")
            elif is_page(entry.name) and _inside(entry, folder):
                stat = entry.stat()
                yield OwnPage(entry.path, address_of(name), stat.st_mtime_ns, stat.st_size)
        except (OSError, RuntimeError):  # gone by now, or a link that leads to itself
            continue


def is_page(name: str) -> bool:
    """Whether a file of that name is a page."""
    return name.lower().endswith(SUFFIXES)


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of that name is no part of the site."""
    return name[0] in ".#~" or name == "node_modules"


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _inside(entry: os.DirEntry[str], folder: Path) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(folder.resolve())


def address_of(name: str) -> str:
    """The path that a page is best known by: `/mugs.html`, and `/` for the index of a folder."""
    before, _, leaf = name.rpartition("/")
    return quote(f"/{before}/".replace("//", "/") if leaf in INDEXES else f"/{name}")

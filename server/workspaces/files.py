"""The files of a workspace, as everything that reads a workspace finds them."""

import os
from pathlib import Path

from understudy.server.content.own_pages import OwnPage, own_pages
from understudy.widgets.documents import read_bytes
from understudy.widgets.problems import Problem

Answer = tuple[bytes, list[Problem]]


class Files:
    """A folder on disk, at one moment: what was listed or read once is remembered so.

    Whatever lies over it (see `overlays`) then sees what the workspace itself has seen, and asks the disk for nothing.
    """

    def __init__(self, place: Path) -> None:
        self.place = place
        self._listed: dict[str, tuple[str, ...]] = {}
        self._outside: dict[str, bool] = {}
        self._read: dict[str, Answer] = {}
        self._pages: tuple[OwnPage, ...] | None = None

    @property
    def root(self) -> Path:
        """The folder, which has all of the files on disk; `place` is its path, whether they are there yet or not."""
        return self.place

    def listing(self, folder: str) -> tuple[str, ...]:
        """The names of all that is in a folder of the workspace, sorted; raises `OSError`."""
        if folder not in self._listed:
            self._listed[folder] = tuple(sorted(path.name for path in (self.place / folder).iterdir()))
        return self._listed[folder]

    def outside(self, name: str) -> bool:
        """Whether a file is a link to somewhere outside of the workspace. Files go by their paths from its folder."""
        if name not in self._outside:
            try:
                self._outside[name] = not (self.place / name).resolve().is_relative_to(self.place.resolve())
            except RuntimeError:  # a link that leads to itself: reading it will say so
                self._outside[name] = False
        return self._outside[name]

    def read(self, name: str) -> Answer:
        """A file's bytes, or what keeps it from being read."""
        if name not in self._read:
            self._read[name] = read_bytes(self.place / name, name)
        return self._read[name]

    def pages(self) -> tuple[OwnPage, ...]:
        """The site's own pages."""
        if self._pages is None:
            self._pages = own_pages(self.place / "pages")
        return self._pages

    def page_names(self) -> tuple[str, ...]:
        """The paths of the pages from the workspace's folder."""
        before = len(str(self.place)) + 1
        return tuple(page.path[before:].replace(os.sep, "/") for page in self.pages())

    def read_inside(self, _path: Path, name: str) -> Answer:
        """As `read`, but a link to outside of the workspace is not followed."""
        return (b"", [outside_problem(name)]) if self.outside(name) else self.read(name)


def outside_problem(name: str) -> Problem:
    """What is wrong with a file that is a link to somewhere outside of the workspace."""
    return Problem(name, 0, 0, "", "a link to outside of the workspace", "put the file itself there")

"""The files of a workspace as last read. A file that has not changed is not read into values again; a broken one keeps
the value it had, so that a mistake in an editor takes nothing away from what is served. What is made of several files
is not made again either while they are the same."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_
from pathlib import Path
from typing import Any, TypeVar

from understudy.server.workspaces.files import Files, outside_problem
from understudy.widgets.problems import Problem

T = TypeVar("T")
Read = Callable[[bytes, str], tuple[T | None, list[Problem]]]
Reusable = Callable[[T], bool]


@dataclass(frozen=True)
class Loaded:
    """One file: the digest of its bytes when it was read well (else empty), and its value, None when it never was."""

    digest: str
    value: Any


@dataclass(frozen=True)
class Made:
    """Something made `of` just these values, `beside` something that was equal, with the problems found then."""

    of: tuple[object, ...]
    beside: object
    value: Any
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Reading:
    """What the next reading can take over: files by their paths in the workspace, and what was made, by its name."""

    files: Mapping[str, Loaded] = field(default_factory=dict)
    made: Mapping[str, Made] = field(default_factory=dict)


class Shelf:
    """Reads the files of one workspace, with the previous reading at hand."""

    def __init__(self, source: Files, previous: Reading | None = None) -> None:
        self.source = source
        self.root = source.place
        self.previous = previous or Reading()
        self.files: dict[str, Loaded] = {}
        self.made: dict[str, Made] = {}
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        """What problems call a file: its path from the workspace's folder."""
        return str(path)[len(str(self.root)) + 1 :].replace(os.sep, "/")  # `relative_to` is ten times as slow

    def listing(self, folder: str, *suffixes: str) -> list[Path]:
        """The files of a folder with one of the suffixes, by name; hidden ones and editors' leftovers are passed over.

        A file that is a link to somewhere outside of the workspace is a problem.
        """
        try:
            names = self.source.listing(folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.problems.append(Problem(folder, 0, 0, "", f"the folder cannot be read: {error.strerror}", ""))
            return []
        found = [name for name in names if name.lower().endswith(suffixes) and name[0] not in ".#~"]
        place = self.root / folder
        return [place / name for name in found if self._inside(f"{folder}/{name}")]

    def read(self, path: Path, reader: Read[T], reusable: Reusable[T] = lambda _: True) -> T | None:
        """A file's value: as before when its bytes are the same and the value `reusable`, else newly read."""
        name = self.name(path)
        before = self.previous.files.get(name, Loaded("", None))
        raw, problems = self.source.read(name)
        digest = hashlib.sha256(raw).hexdigest()
        value: T | None = None
        if not problems:
            if before.digest == digest and reusable(before.value):
                self.files[name] = before
                return before.value  # type: ignore[no-any-return]  # it was read by the same reader
            value, problems = reader(raw, name)
        self.problems += problems
        self.files[name] = Loaded("" if problems else digest, before.value if value is None else value)
        return self.files[name].value  # type: ignore[no-any-return]

    def read_all(self, paths: Iterable[Path], reader: Read[T], reusable: Reusable[T] = lambda _: True) -> list[T]:
        """The values of several files, without those that never had one."""
        values = (self.read(path, reader, reusable) for path in paths)
        return [value for value in values if value is not None]

    def make(self, name: str, make: Callable[[list[Problem]], T], of: Sequence[object], beside: object = None) -> T:
        """What was made by that name before, when it was `of` the very same values and `beside` is equal; else anew.

        `make` is given a list for the problems that it finds.
        """
        made = self.previous.made.get(name)
        if made is None or len(made.of) != len(of) or not all(map(is_, made.of, of)) or made.beside != beside:
            problems: list[Problem] = []
            value = make(problems)
            made = Made(tuple(of), beside, value, tuple(problems))
        self.made[name] = made
        self.problems += made.problems
        return made.value  # type: ignore[no-any-return]  # it was made by the same maker

    def _inside(self, name: str) -> bool:
        if not self.source.outside(name):
            return True
        self.problems.append(outside_problem(name))
        return False

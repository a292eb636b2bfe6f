"""The files of a workspace as last read. A file that has not changed is not read into values again; a broken one keeps
the value it had, so that a mistake in an editor takes nothing away from what is served."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from understudy.widgets.documents import read_bytes
from understudy.widgets.problems import Problem

T = TypeVar("T")
Read = Callable[[bytes, str], tuple[T | None, list[Problem]]]
Reusable = Callable[[T], bool]


@dataclass(frozen=True)
class Loaded:
    """One file: the digest of its bytes when it was read well (else empty), and its value, None when it never was."""

    digest: str
    value: Any


class Shelf:
    """Reads the files of one workspace, with the previous reading at hand."""

    def __init__(self, root: Path, previous: Mapping[str, Loaded]) -> None:
        self.root = root
        self.previous = previous
        self.files: dict[str, Loaded] = {}
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        """What problems call a file: its path from the workspace's folder."""
        return path.relative_to(self.root).as_posix()

    def listing(self, folder: str, *suffixes: str) -> list[Path]:
        """The files of a folder with one of the suffixes, by name; hidden ones and editors' leftovers are passed over.

        A file that is a link to somewhere outside of the workspace is a problem.
        """
        try:
            paths = sorted((self.root / folder).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.problems.append(Problem(folder, 0, 0, "", f"the folder cannot be read: {error.strerror}", ""))
            return []
        found = [path for path in paths if path.suffix.lower() in suffixes and path.name[0] not in ".#~"]
        return [path for path in found if self._inside(path)]

    def read(self, path: Path, reader: Read[T], reusable: Reusable[T] = lambda _: True) -> T | None:
        """A file's value: as before when its bytes are the same and the value `reusable`, else newly read."""
        name = self.name(path)
        before = self.previous.get(name, Loaded("", None))
        raw, problems = read_bytes(path, name)
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

    def _inside(self, path: Path) -> bool:
        try:
            inside = path.resolve().is_relative_to(self.root.resolve())
        except RuntimeError:  # a link that leads to itself: reading it will say so
            return True
        if inside:
            return True
        hint = "put the file itself there"
        self.problems.append(Problem(self.name(path), 0, 0, "", "a link to outside of the workspace", hint))
        return False

"""The files of a workspace as they lie on disk: what is there, what each holds, and what differs from before.

Comparing contents, not events, is what makes every way of saving alike: in place, by a temporary file and a rename,
or by a version control system that replaces a folder.
"""

import hashlib
import os
import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

ROOMS = ("audiences", "content", "pages", "personas", "styles", "webhooks", "widgets")
SETTINGS = "understudy.toml"
# Hidden files, and what editors write beside the file being saved: `x~`, `#x#`, `x.swp`, vim's 4913, `x___jb_tmp___`.
PASSING = re.compile(r"\.|#.*#$|4913$|.*(?:~|\.sw[a-z]|\.tmp|\.temp|\.part|___jb_(?:tmp|old|bak)___)$")
DATA_SUFFIXES = frozenset({".yaml", ".yml", ".json", ".fql", ".js", ".css", ".html"})
SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})

Stamp = tuple[int, int, int, int]  # inode, size, and the times of the last write and change in nanoseconds


@dataclass(frozen=True)
class File:
    """One file: `stamp` says whether it is worth reading again, `digest` what it holds (12 hex digits)."""

    stamp: Stamp
    digest: str


Files = Mapping[str, File]


@dataclass(frozen=True)
class Difference:
    """Paths relative to the workspace, with `/`: those with new content (or new altogether) and those gone."""

    written: tuple[str, ...]
    added: frozenset[str]
    removed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def folders(root: Path) -> list[Path]:
    """Every folder to watch, the workspace's own first; those that do not exist are left out."""
    found = [root] if root.is_dir() else []
    for room in ROOMS:
        for folder, names, _ in os.walk(root / room):
            names[:] = [name for name in names if not is_passing(name)]
            found.append(Path(folder))
    return found


def is_passing(name: str) -> bool:
    """Whether a file or folder name is nobody's content: hidden, an editor's, or a package manager's."""
    return name in SKIPPED_FOLDERS or PASSING.match(name) is not None


def read_files(root: Path, before: Files | None = None, touched: Set[Path] = frozenset()) -> Files:
    """All files of the workspace; one whose stamp is as `before` is not read again, unless it was `touched`.

    A file that cannot be read has the digest `unreadable`: it changed, and loading it will say why.
    """
    known = before or {}
    found: dict[str, File] = {}
    for path in _paths(root):
        try:
            stamp = _stamp(path)
        except OSError:
            continue  # gone between the listing and now
        name = path.relative_to(root).as_posix()
        old = known.get(name)
        found[name] = old if old and old.stamp == stamp and path not in touched else File(stamp, _digest(path))
    return found


def compare(before: Files, after: Files) -> Difference:
    """What must happen to `before` to become `after`, both parts sorted."""
    added = after.keys() - before.keys()
    written = sorted(name for name in after if name in added or after[name].digest != before[name].digest)
    return Difference(tuple(written), frozenset(added), tuple(sorted(before.keys() - after.keys())))


def _paths(root: Path) -> list[Path]:
    paths = [root / SETTINGS] if (root / SETTINGS).is_file() else []
    for folder in folders(root)[1:]:
        paths += [Path(entry.path) for entry in _entries(folder) if _counts(entry) and not is_passing(entry.name)]
    return paths


def _counts(entry: os.DirEntry[str]) -> bool:
    """Files, and what stands in a file's place: a link to nowhere, a folder with a file's name."""
    return entry.is_file() or entry.is_symlink() or Path(entry.name).suffix.lower() in DATA_SUFFIXES


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _stamp(path: Path) -> Stamp:
    stat = path.stat() if path.exists() else path.lstat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    except OSError:
        return "unreadable"

"""A workspace with some files of its own in place of, or beside, those on disk.

All is laid out in a temporary folder, so that every reader finds it as it finds any workspace. Files that stay as they
are become hard links where the file system allows, and copies elsewhere.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from understudy.server.workspace import SETTINGS_FILE

LARGEST = 2_000_000  # characters of all files together
SKIPPED = frozenset({"node_modules", "__pycache__"})

Overlay = Mapping[str, str | None]


class OverlayError(ValueError):
    """A file that cannot be part of a workspace, or too much of it; the message says what to change."""


class OverlaidFolder:
    """The files of an overlay, and where they are laid out together with the workspace's. Raises `OverlayError`."""

    def __init__(self, files: Overlay) -> None:
        for name in files:
            _check(name)
        if (size := sum(len(text or "") for text in files.values())) > LARGEST:
            raise OverlayError(f"the files have {size:,} characters; all together may have {LARGEST:,}")
        self.files = dict(files)
        self._home: Path | None = None

    def fill(self, source: Path) -> Path:
        """Lay out what the workspace in `source` has now with the overlay over it; answers the folder."""
        try:
            return self._fill(source)
        except (OSError, UnicodeError) as error:
            raise OverlayError(f"the files cannot be laid out: {error}") from error

    def _fill(self, source: Path) -> Path:
        self._home = self._home or Path(tempfile.mkdtemp(prefix="understudy-world-"))
        root = self._home / source.name
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        folders = {str(parent) for name in self.files for parent in PurePosixPath(name).parents}
        for path in _files(source):
            name = path.relative_to(source).as_posix()
            if name not in folders and self.files.keys().isdisjoint({name, *map(str, PurePosixPath(name).parents)}):
                _place(path, root / name, source)
        for name, text in self.files.items():
            if text is not None:
                target = root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, "utf-8", newline="")
        return root

    def remove(self) -> None:
        """Delete what was laid out; may be called again."""
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None


def _check(name: str) -> None:
    parts = name.split("/")
    bad = any(part in {"", ".."} or part.startswith(".") or "\\" in part or "\0" in part for part in parts)
    if bad or (len(parts) == 1 and name != SETTINGS_FILE):
        raise OverlayError(
            f"{name[:80]!r} is no file of a workspace: write its path in there, such as widgets/offer.yaml"
        )


def _files(folder: Path) -> Iterator[Path]:
    """Files in a folder and below it, without hidden ones and without folders that are links."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(".") or entry.name in SKIPPED:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def _place(path: Path, target: Path, source: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found = path.resolve()
    if not found.is_relative_to(source):  # still a link to outside of the workspace, which its readers refuse
        target.symlink_to(found)
        return
    try:
        os.link(found, target)
    except OSError:
        shutil.copy2(found, target)

"""A workspace with some files of its own in place of, or beside, those on disk.

A workspace is read from them in memory (see `overlaid_files`). For whoever serves or writes files, all is laid out in a
temporary folder when that is first asked for. Files that stay as they are become hard links where the file system
allows, and copies elsewhere.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from threading import RLock

from understudy.server.workspaces.workspace import SETTINGS_FILE

LARGEST = 2_000_000  # characters of all files together
LONGEST, LONGEST_PART = 1000, 255  # characters of a path, bytes of a name in it: what file systems take
SKIPPED = frozenset({"node_modules", "__pycache__"})

Overlay = Mapping[str, str | None]


class OverlayError(ValueError):
    """A file that cannot be part of a workspace, or too much of it; the message says what to change."""


class OverlaidFolder:
    """The files of an overlay, and where they are laid out together with the workspace's. Raises `OverlayError`.

    That is done when somebody first needs them on disk, which is late or never.
    """

    def __init__(self, files: Overlay) -> None:
        for name in files:
            _check(name)
        if files.get(SETTINGS_FILE, "") is None:
            raise OverlayError(f"a workspace is none when it has no {SETTINGS_FILE}: write another text for it")
        if (size := sum(len(text or "") for text in files.values())) > LARGEST:
            raise OverlayError(f"the files have {size:,} characters; all together may have {LARGEST:,}")
        self.files = dict(files)
        self.texts = _encoded(files)
        self._folders = {folder for name in files for folder in _above(name)}
        if barred := sorted(self._folders & self.texts.keys()):
            raise OverlayError(f"the files cannot be laid out: {barred[0][:80]!r} is a file and a folder")
        self._home = Path(tempfile.gettempdir()).resolve() / f"understudy-world-{token_hex(8)}"
        self._source: Path | None = None  # of what is laid out
        self._removed = False
        self._changing = RLock()

    def place(self, source: Path) -> Path:
        """The folder for the workspace in `source`, which need not be there yet."""
        return self._home / source.name

    def hides(self, name: str) -> bool:
        """Whether a file of the workspace is not to be seen, since the overlay has or takes away what is there."""
        return name in self._folders or not self.files.keys().isdisjoint((name, *_above(name)))

    def laid_out(self, source: Path) -> Path:
        """The folder, laid out by now."""
        with self._changing:
            return self.place(source) if source == self._source or self._removed else self.fill(source)

    def refill(self, source: Path) -> None:
        """Lay out anew what is laid out."""
        if self._source is not None:
            self.fill(source)

    def fill(self, source: Path) -> Path:
        """Lay out what the workspace in `source` has now with the overlay over it; answers the folder."""
        with self._changing:
            self._source = None
            try:
                self._fill(source, self.place(source))
            except OSError as error:
                raise OverlayError(f"the files cannot be laid out: {error}") from error
            self._source = source
            return self.place(source)

    def _fill(self, source: Path, root: Path) -> None:
        shutil.rmtree(self._home, ignore_errors=True)
        self._home.mkdir(mode=0o700)
        root.mkdir()
        for path in _files(source):
            name = path.relative_to(source).as_posix()
            if not self.hides(name):
                _place(path, root / name, source)
        for name, text in self.texts.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text)

    def remove(self) -> None:
        """Delete what was laid out, and lay out nothing more; may be called again."""
        with self._changing:
            self._removed = True
            if self._home.exists():
                shutil.rmtree(self._home, ignore_errors=True)


def _above(name: str) -> Iterator[str]:
    """The folders that a file is in, by their paths."""
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _encoded(files: Overlay) -> dict[str, bytes]:
    """The files that there are, as bytes."""
    try:
        return {name: text.encode("utf-8") for name, text in files.items() if text is not None}
    except UnicodeError as error:
        raise OverlayError(f"the files cannot be laid out: {error}") from error


def _check(name: str) -> None:
    parts = name.split("/")
    bad = any(part in {"", ".."} or part.startswith(".") or "\\" in part or "\0" in part for part in parts)
    if bad or (len(parts) == 1 and name != SETTINGS_FILE):
        raise OverlayError(
            f"{name[:80]!r} is no file of a workspace: write its path in there, such as widgets/offer.yaml"
        )
    if len(name) > LONGEST or any(len(part.encode("utf-8", "replace")) > LONGEST_PART for part in parts):
        raise OverlayError(f"the files cannot be laid out: the path {name[:80]!r}… is too long; shorten it")


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

"""Writing a build: whole files only, in an order that never leaves a page with half of it, and nobody else's file lost.

A file that an earlier build listed in its manifest may be replaced. Any other file that is in the way, with another
content, stops the build before it has written anything. Nothing is ever deleted: pages that browsers have kept may
still ask for the hashed files of earlier builds.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from understudy.dev_tools.build_files import GENERATOR, MANIFEST


class OutputError(Exception):
    """The files cannot be written; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Written:
    """What became of the files, by path."""

    written: list[str]
    unchanged: list[str]
    earlier: list[str]


def write_files(out: Path, files: Mapping[str, bytes]) -> Written:
    """Write `files` below `out`, in their order; raises `OutputError`, and then what was there is as it was."""
    earlier = listed(out)
    changed = {path: body for path, body in files.items() if not is_there(out / path, body)}
    foreign = [path for path in changed if os.path.lexists(out / path) and path not in earlier]
    if foreign:
        raise OutputError(
            f"{str(out)!r} has files that no earlier build lists, and they are not the same as the new ones: "
            f"{', '.join(foreign)}. Move them away, or choose another folder with --out."
        )
    try:
        replace_all(out, changed)
    except OSError as error:
        raise OutputError(
            f"{error.filename or str(out)!r} cannot be written: {error.strerror}. Choose --out."
        ) from error
    return Written(sorted(changed), sorted(set(files) - set(changed)), sorted(earlier - set(files)))


def listed(out: Path) -> set[str]:
    """What the manifest in a folder lists, itself included; nothing where there is none of ours."""
    try:
        manifest = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return set()
    if not isinstance(manifest, dict) or manifest.get("generator") != GENERATOR:
        return set()
    files = manifest.get("files")
    return {MANIFEST, *files} if isinstance(files, dict) else {MANIFEST}


def is_there(path: Path, body: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def replace_all(out: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside its place, and only when all are complete put them there."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, body in files.items():
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_name(f".{target.name}.{os.getpid()}.part")
            waiting.append((beside, target))
            with beside.open("wb") as stream:
                stream.write(body)
                stream.flush()
                os.fsync(stream.fileno())
        for beside, target in waiting:
            beside.replace(target)
    finally:
        for beside, _ in waiting:
            beside.unlink(missing_ok=True)

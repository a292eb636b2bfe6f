"""Writing what the API did to the workspace's files, when that is asked for: comments, order and all else stay.

A file is changed where it differs and nowhere else, and replaced at once or not at all. It is read again before it
counts, and must say what the site shows; what lint would find fault with is not written. What the API made becomes a
file of its own, and a deleted experience's file is deleted.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from understudy.server.experiences.shelf import Change, ExperienceError, built, of_file, wanted_data
from understudy.server.experiences.states import StateError
from understudy.server.site import Site
from understudy.server.streams import schema_of
from understudy.server.workspaces.workspace import load_workspace
from understudy.widgets.callbacks import Folder
from understudy.widgets.documents import decode, read_bytes
from understudy.widgets.experience import Experience, read_experience
from understudy.widgets.problems import Problem
from understudy.widgets.yaml_editing import edited, written

ORDER = tuple(Experience.model_fields)
BOM = b"\xef\xbb\xbf"
SCHEMA = "schema/experience.json"
TRIES = 5


@dataclass(frozen=True)
class Saved:
    """What saving did with a file: `written`, `deleted`, or `nothing` when it says so already."""

    id: str
    file: str
    done: str


def save(site: Site, names: Iterable[str]) -> list[Saved]:
    """Let the files of experiences say what the API did to them; raises `ExperienceError`, `StateError`, `OSError`.

    When one cannot be written, those before it are.
    """
    done: list[Saved] = []
    left: dict[str, Change | None] = {}
    try:
        for own in names:
            saved, rest = _save(site, own)
            done.append(saved)
            if rest is not site.experiences.change(own):
                left[own] = rest
    finally:
        if left:
            settle(site, left)
    return done


def _save(site: Site, own: str) -> tuple[Saved, Change | None]:
    """What was done with a file, and what is left of the change."""
    change, base = site.experiences.change(own), of_file(site, own)
    name = base.file if base else f"widgets/{own}.yaml"
    if change.imported:
        raise StateError(f"{own!r} was imported from another provider; a workspace has no file for that.")
    if not change.unsaved:
        return Saved(own, name if base else "", "nothing"), change
    path = (site.workspace.root / name).resolve()  # of a link, the file that it leads to
    if change.removed:
        if base:
            path.unlink(missing_ok=True)
        return Saved(own, name, "deleted" if base else "nothing"), None
    _, problems = built(site, own, change)
    if problems:
        raise ExperienceError(problems)
    if base is None and path.exists():
        raise ExperienceError([_problem(name, f"{name} is there already", "rename it, or read the workspace again")])
    done = "written" if _write(site, path, name, own, change) else "nothing"
    return Saved(own, name, done), replace(change, patch={}, override={})


def _write(site: Site, path: Path, name: str, own: str, change: Change) -> bool:
    """Write a change into a file, unless it says so already; what an editor saves meanwhile is not written over."""
    for _ in range(TRIES):
        raw = _bytes(path, name) if of_file(site, own) else b""
        new = new_bytes(site, name, raw, own, change)
        if new == raw:
            return False
        if replace_file(path, new, raw):
            return True
    hint = "save it when nothing else does"
    raise ExperienceError([_problem(name, f"{name} changes each time that it is to be written", hint)])


def new_bytes(site: Site, name: str, raw: bytes, own: str, change: Change) -> bytes:
    """The bytes that a file is to have; `raw` are those it has. Raises `ExperienceError`."""
    folder = Folder(site.workspace.root, site.workspace.root / "widgets")
    before = None
    if raw:
        before, problems = read_experience(raw, name, folder)
        if before is None:
            raise ExperienceError(problems)
    wanted = wanted_data(before, own, change)
    if not raw:
        wanted = {key: wanted[key] for key in ORDER if key in wanted and (key, wanted[key]) != ("id", own)}
    data = before.source.data or {} if before else {}
    new = raw if raw and wanted == data else _changed(site, name, raw, data, wanted)
    after, _ = read_experience(new, name, folder)
    if after is None or after.source.data != wanted:  # an anchor, say, that stands for something elsewhere
        raise ExperienceError([_problem(name, f"{name} cannot be changed at that place", "change it by hand")])
    return new


def _changed(site: Site, name: str, raw: bytes, data: dict[str, object], wanted: dict[str, object]) -> bytes:
    if name.endswith(".json"):
        text, _ = decode(raw, name)
        indent = re.search(r"\n( +)\S", text)
        made = json.dumps(wanted, indent=len(indent[1]) if indent else 2, ensure_ascii=False) + "\n"
    elif raw:
        text, _ = decode(raw, name)
        lines = text.replace("\r\n", "\n")
        made = edited(lines, data, wanted, ORDER)
        made = made.replace("\n", "\r\n") if lines != text else made
    else:
        there = (site.workspace.root / SCHEMA).exists()
        made = f"# yaml-language-server: $schema=../{SCHEMA}\n\n" if there else ""
        made += written(wanted)
    return (BOM if raw.startswith(BOM) else b"") + made.encode()


def replace_file(path: Path, content: bytes, before: bytes) -> bool:
    """Let a file have other bytes, all at once, if it still has those of `before`; its rights stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        if unchanged := (path.read_bytes() if path.exists() else b"") == before:
            Path(temporary).replace(path)
        return unchanged
    finally:
        Path(temporary).unlink(missing_ok=True)


def settle(site: Site, left: Mapping[str, Change | None]) -> None:
    """Read the workspace as it is now; of what was done to experiences only what is `left` stays."""
    workspace = load_workspace(site.workspace.root, site.workspace)
    site.platform.use_audiences(workspace.audiences)
    site.platform.use_schema(schema_of(workspace.settings.streams))
    site.workspace = workspace
    site.experiences.saved(site, left)


def _bytes(path: Path, name: str) -> bytes:
    raw, problems = read_bytes(path, name)
    if not problems and not raw.strip():  # as while an editor writes it
        problems = [_problem(name, f"{name} is empty", "save it again when it is whole, or delete the file")]
    if problems:
        raise ExperienceError(problems)
    return raw


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(name, 0, 0, "", message, hint)

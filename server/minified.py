"""Minified modules: the names of a room shortened, then each module minified alone, and shipped in `static/dist/`.

A wheel is built with a minifier and holds what came out, so a user's machine needs none and makes the same bytes as a
checkout. What is shipped is named by a digest of the whole room: an edited module makes every short name anew.

Only `modules`, `short_names` and what they need is imported, because the build hook loads this before installation.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from understudy.server.modules import Module, load_module
from understudy.server.short_names import name_table, shorten

NOT_ROOMS = {"dist", "node_modules"}

log = logging.getLogger("understudy")


@dataclass(frozen=True, eq=False)
class Room:
    """The short names of one folder of modules, and the key of what is shipped for it."""

    dist: Path
    key: str
    names: Mapping[str, str]

    def file_of(self, module: Module) -> Path:
        """Where a module's minified form lies when it is shipped."""
        return self.dist / f"{_digest((self.key, module.digest))}.js"


def load_room(static: Path, name: str) -> Room:
    """The room of `static/<name>/`, made anew only when one of its modules has changed."""
    return _room(static / "dist", tuple(_reached((static / name).rglob("*.js"))))


def minified_body(module: Module, room: Room) -> str:
    """A module's body, minified; only its names are short where nothing is shipped and no minifier is installed."""
    if module.path.is_file():
        return _minified(module, room)
    # One that is generated is a line or two, and has to be the same without a minifier.
    return shorten(module, room.names).strip().rstrip(";")


def minify(source: str) -> str | None:
    """Minify one module's body, or None where no minifier is installed (there is no wheel of it for Apple silicon)."""
    try:
        import minify as tdewolff
    except ImportError:
        return None
    return str(tdewolff.string("text/javascript", source)).rstrip(";\n")


def write_dist(static: Path) -> None:
    """Fill `static/dist/`: for each room its table of names and its modules (called when a wheel is built)."""
    dist = static / "dist"
    dist.mkdir(exist_ok=True)
    for old in dist.iterdir():
        old.unlink()
    for folder in static.iterdir():
        modules = _reached(folder.rglob("*.js")) if folder.name not in NOT_ROOMS else []
        room = _room(dist, tuple(modules))
        for module in modules:
            text = minify(shorten(module, room.names))
            if text is None:
                raise RuntimeError("a wheel is built with tdewolff-minify, which is not installed for this platform")
            room.file_of(module).write_text(text, "utf-8")
        if modules:
            (dist / f"{room.key}.json").write_text(json.dumps(room.names), "utf-8")


def _reached(paths: Iterable[Path]) -> list[Module]:
    """The modules of some files, and what they import from elsewhere."""
    found: dict[Path, Module] = {}
    waiting = list(paths)
    for path in waiting:
        if path not in found:
            found[path] = load_module(path)
            waiting.extend(target for target, _ in found[path].imports)
    return list(found.values())


@lru_cache(maxsize=16)
def _room(dist: Path, modules: tuple[Module, ...]) -> Room:
    key = _digest(sorted(module.digest for module in modules))
    shipped = dist / f"{key}.json"
    names = json.loads(shipped.read_text("utf-8")) if shipped.is_file() else name_table(modules)
    return Room(dist, key, names)


@lru_cache(maxsize=1024)
def _minified(module: Module, room: Room) -> str:
    shipped = room.file_of(module)
    if shipped.is_file():
        return shipped.read_text("utf-8")
    short = shorten(module, room.names)
    text = minify(short)
    if text is None:
        _warn_once()
        return short.strip().rstrip(";")
    return text


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _warn_once() -> None:
    log.warning(
        "no minifier for this platform in a source checkout: .min.js is served with blanks and comments "
        "(the wheel ships it minified)"
    )

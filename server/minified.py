"""Minified modules: names shortened, functions made shorter, then each minified alone; shipped in `static/dist/`.

A wheel is built with a minifier and holds what came out, so a user's machine needs none and makes the same bytes as a
checkout. What is shipped is one file a room, named by a digest of all its modules: an edit makes every short name anew.

This and what it imports needs no more than the build requires, because the build hook loads it before installation.
"""

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from understudy.server.compact import compact
from understudy.server.modules import Module, load_module
from understudy.server.short_names import name_table, shorten
from understudy.server.statements import LET, Statement, joined, needed

NOT_ROOMS = {"dist", "node_modules"}

log = logging.getLogger("understudy")


@dataclass(frozen=True, eq=False)
class Room:
    """One folder of modules: the short names, and what is shipped of it, by the modules' digests."""

    names: Mapping[str, str]
    shipped: Mapping[str, list[list[Any]]]


def load_room(static: Path, name: str) -> Room:
    """The room of `static/<name>/`, made anew only when one of its modules has changed."""
    return _room(static / "dist", tuple(_reached((static / name).rglob("*.js"))))


def join_minified(modules: Iterable[Module], room: Room) -> str:
    """The bodies of modules as one text, without the declarations that nothing in it uses."""
    return joined(needed(statement for module in modules for statement in statements_of(module, room)))


def statements_of(module: Module, room: Room) -> tuple[Statement, ...]:
    """A module's statements, minified. Those of a generated one go in as they are, which is the same everywhere."""
    if is_generated(module):
        return tuple(compact(shorten(module, room.names), set(room.names.values()), module.path))
    return _minified(module, room)


def is_generated(module: Module) -> bool:
    """Whether a module has no file: an entry that was made for an account."""
    return not module.path.is_file()


def minify(source: str) -> str | None:
    """Minify a text, or None where no minifier is installed (there is no wheel of it for Apple silicon)."""
    try:
        import minify as tdewolff
    except ImportError:
        return None
    return str(tdewolff.string("text/javascript", source)).rstrip(";\n")


def write_dist(static: Path) -> None:
    """Fill `static/dist/`, one file a room (called when a wheel is built)."""
    dist = static / "dist"
    dist.mkdir(exist_ok=True)
    for old in dist.iterdir():
        old.unlink()
    if minify("") is None:
        raise RuntimeError("a wheel is built with tdewolff-minify, which is not installed for this platform")
    for folder in static.iterdir():
        modules = _reached(folder.rglob("*.js")) if folder.name not in NOT_ROOMS else []
        if modules:
            names = name_table(modules)
            shipped = {module.digest: _make(module, names) for module in modules}
            _file(dist, modules).write_text(json.dumps({"names": names, "shipped": shipped}), "utf-8")


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
    file = _file(dist, modules)
    return Room(**json.loads(file.read_text("utf-8"))) if file.is_file() else Room(name_table(modules), {})


def _file(dist: Path, modules: Iterable[Module]) -> Path:
    digests = sorted(module.digest for module in modules)
    return dist / f"{hashlib.sha256(''.join(digests).encode()).hexdigest()[:16]}.json"


@lru_cache(maxsize=1024)
def _minified(module: Module, room: Room) -> tuple[Statement, ...]:
    shipped = room.shipped.get(module.digest)
    if shipped is None:
        return _make(module, room.names)
    return tuple(Statement(text, kind, tuple(names), tuple(uses), pure) for text, kind, names, uses, pure in shipped)


def _make(module: Module, names: Mapping[str, str]) -> tuple[Statement, ...]:
    statements = compact(shorten(module, names), set(names.values()), module.path)
    return tuple(statement._replace(text=_smaller(statement)) for statement in statements)


def _smaller(statement: Statement) -> str:
    word = "" if statement.kind == "other" else LET
    text = minify(word + statement.text)
    if text is None:
        _warn_once()
        return statement.text
    return text.removeprefix(word)


@lru_cache(maxsize=1)
def _warn_once() -> None:
    log.warning(
        "no minifier for this platform in a source checkout: .min.js is served with blanks and comments "
        "(the wheel ships it minified)"
    )

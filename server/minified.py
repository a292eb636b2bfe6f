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

from understudy.server.compact import Pieces, compact
from understudy.server.modules import Module, load_module
from understudy.server.short_names import name_table, shorten

LET = "let "
NOT_ROOMS = {"dist", "node_modules"}

log = logging.getLogger("understudy")


@dataclass(frozen=True, eq=False)
class Room:
    """One folder of modules: the short names, and what is shipped of it, by the modules' digests."""

    names: Mapping[str, str]
    shipped: Mapping[str, tuple[str, str, bool]]


def load_room(static: Path, name: str) -> Room:
    """The room of `static/<name>/`, made anew only when one of its modules has changed."""
    return _room(static / "dist", tuple(_reached((static / name).rglob("*.js"))))


def join_minified(modules: Iterable[Module], room: Room) -> str:
    """The bodies of modules as one text: all functions, then the rest of each in the order given."""
    pieces = [_generated(module, room) if is_generated(module) else _minified(module, room) for module in modules]
    functions = ",".join(piece.functions for piece in pieces if piece.functions)
    parts, declares = ([LET + functions], True) if functions else ([], False)
    for piece in pieces:
        if declares and piece.rest.startswith(LET):
            parts[-1] += "," + piece.rest.removeprefix(LET)
        elif piece.rest:
            parts.append(piece.rest)
        declares = piece.declares if piece.rest else declares
    return ";".join(parts)


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
def _minified(module: Module, room: Room) -> Pieces:
    shipped = room.shipped.get(module.digest)
    return Pieces(*shipped) if shipped else _make(module, room.names)


def _make(module: Module, names: Mapping[str, str]) -> Pieces:
    functions, rest, declares = compact(shorten(module, names), module.path)
    return Pieces(_smaller(LET + functions).removeprefix(LET) if functions else "", _smaller(rest), declares)


def _generated(module: Module, room: Room) -> Pieces:
    # A line or two, which has to be the same without a minifier.
    return Pieces("", shorten(module, room.names).strip().rstrip(";"), declares=False)


def _smaller(source: str) -> str:
    text = minify(source)
    if text is None:
        _warn_once()
        return source.strip().rstrip(";")
    return text


@lru_cache(maxsize=1)
def _warn_once() -> None:
    log.warning(
        "no minifier for this platform in a source checkout: .min.js is served with blanks and comments "
        "(the wheel ships it minified)"
    )

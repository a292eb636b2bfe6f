"""Minified modules: functions made shorter, then each minified alone; shipped in `static/dist/`.

A wheel is built with a minifier and holds what came out, by digests of the modules, so a user's machine needs none and
makes the same bytes as a checkout. What needs the whole bundle is done when it is joined: leaving out what nothing
uses, moving what is used once to its place, and shortening the names that modules share.

This and what it imports needs no more than the build requires, because the build hook loads it before installation.
"""

import json
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from understudy.server.bundling.compact import compact
from understudy.server.bundling.inlining import inlined
from understudy.server.bundling.modules import Module, load_module, own_names
from understudy.server.bundling.short_names import shortened
from understudy.server.bundling.statements import LET, Statement, joined, needed

NOT_ROOMS = {"dist", "node_modules"}
SHIPPED = "modules.json"

log = logging.getLogger("understudy")


@lru_cache(maxsize=64)
def join_minified(modules: tuple[Module, ...], dist: Path, order: tuple[str, ...] = (), *, apart: bool = False) -> str:
    """The bodies of modules as one text, with all that makes it small.

    `dist` is where minified ones are shipped; `order` has names of functions as they shall stand. With `apart` the last
    statement is not run: it is returned as a function.
    """
    statements = needed(each for module in modules for each in statements_of(module, dist))
    if apart:
        statements[-1] = statements[-1]._replace(text=f"return()=>{statements[-1].text}")
    return shortened(inlined(joined(statements, order)))


def statements_of(module: Module, dist: Path) -> tuple[Statement, ...]:
    """A module's statements, minified. Those of a generated one go in as they are, which is the same everywhere."""
    if is_generated(module):
        return tuple(compact(module.body, own_names(module), module.path))
    return _minified(module, dist)


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
    """Fill `static/dist/` (called when a wheel is built)."""
    dist = static / "dist"
    dist.mkdir(exist_ok=True)
    for old in dist.iterdir():
        old.unlink()
    if minify("") is None:
        raise RuntimeError("a wheel is built with tdewolff-minify, which is not installed for this platform")
    folders = [folder for folder in static.iterdir() if folder.is_dir() and folder.name not in NOT_ROOMS]
    modules = [load_module(path) for folder in sorted(folders) for path in sorted(folder.rglob("*.js"))]
    (dist / SHIPPED).write_text(json.dumps({module.digest: _make(module) for module in modules}), "utf-8")


@lru_cache(maxsize=4)
def _shipped(dist: Path) -> Mapping[str, list[list[Any]]]:
    file = dist / SHIPPED
    return dict(json.loads(file.read_text("utf-8"))) if file.is_file() else {}


@lru_cache(maxsize=1024)
def _minified(module: Module, dist: Path) -> tuple[Statement, ...]:
    shipped = _shipped(dist).get(module.digest)
    if shipped is None:
        return _make(module)
    return tuple(Statement(text, kind, tuple(names), tuple(uses), pure) for text, kind, names, uses, pure in shipped)


def _make(module: Module) -> tuple[Statement, ...]:
    statements = compact(module.body, own_names(module), module.path)
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

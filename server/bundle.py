"""Bundles: ES modules of `static/` joined into one classic script, readable or minified.

The entry is generated per account and imports just what the account uses; everything it reaches is laid out in
dependency order inside one strict function, so a page sees none of our names.
"""

import logging
from functools import lru_cache
from pathlib import Path

import understudy.static
from understudy.server.modules import Module, ModuleError, minify, parse_module

STATIC = Path(understudy.static.__file__).resolve().parent
OPEN, CLOSE = '(()=>{"use strict";', "})();\n"

log = logging.getLogger("understudy")


@lru_cache(maxsize=512)
def _parsed(path: Path, _changed: int) -> Module:
    return parse_module(path, path.read_text("utf-8"))


def load_module(path: Path) -> Module:
    """Read a module, again only when its file has changed; raises `ModuleError` when there is no such file."""
    try:
        return _parsed(path, path.stat().st_mtime_ns)
    except FileNotFoundError as error:
        raise ModuleError(f"{path}: no such module") from error


def link(entry: Module) -> list[Module]:
    """Everything `entry` reaches, dependencies first, each once; raises `ModuleError` on a clash or a gap."""
    order: list[Module] = []
    seen: set[Path] = set()

    def visit(module: Module) -> None:
        seen.add(module.path)
        for target, names in module.imports:
            dependency = load_module(target)
            if missing := sorted(set(names) - dependency.exports):
                raise ModuleError(f"{module.path}: {target.name} does not export {', '.join(missing)}")
            if target not in seen:
                visit(dependency)
        order.append(module)

    visit(entry)
    owners: dict[str, Path] = {}
    for module in order:
        for name in module.names:
            if name in owners:
                raise ModuleError(f"{module.path}: the name {name!r} is taken by {owners[name]}; rename one of them")
            owners[name] = module.path
    return order


def bundle(entry: str | Path, room: str, *, minified: bool = False, banner: str = "") -> str:
    """Join an entry with all it imports into one script.

    `entry` is a module's file, or the source of one generated as if it lay in `static/<room>/`; that one is a line or
    two and goes in as it is, so that every machine makes the same bytes. `banner` becomes the first line, a comment.
    """
    first = load_module(entry) if isinstance(entry, Path) else parse_module(STATIC / room / "(entry).js", entry)
    parts = [_minified(module) if minified else module.body.rstrip() for module in link(first)]
    body = ";".join(part for part in parts if part) if minified else "\n\n".join(parts)
    head = f"/*! {banner} */\n" if banner else ""
    return head + (f"{OPEN}{body}{CLOSE}" if minified else f'(() => {{\n"use strict";\n\n{body}\n{CLOSE}')


@lru_cache(maxsize=1024)
def _minified(module: Module) -> str:
    if not module.path.is_file():
        return module.body.strip().rstrip(";")
    shipped = STATIC / "dist" / f"{module.digest}.js"
    if shipped.is_file():
        return shipped.read_text("utf-8")
    minified = minify(module.body)
    return _unminified(module) if minified is None else minified


def _unminified(module: Module) -> str:
    _warn_once()
    return module.body.rstrip().rstrip(";")


@lru_cache(maxsize=1)
def _warn_once() -> None:
    log.warning(
        "no minifier for this platform in a source checkout: .min.js is served readable (the wheel ships it minified)"
    )

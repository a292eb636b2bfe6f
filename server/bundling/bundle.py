"""Bundles: ES modules of `static/` joined into one classic script, readable or minified.

The entry is generated per account and imports just what the account uses; everything it reaches is laid out in
dependency order inside one strict function, so a page sees none of our names.
"""

from functools import lru_cache
from pathlib import Path

import understudy.static
from understudy.server.bundling.minified import join_minified
from understudy.server.bundling.modules import Module, ModuleError, load_module, parse_module

STATIC = Path(understudy.static.__file__).resolve().parent
# An entry that imports a module of this folder has it stand in for the one of the same name beside the folder: it does
# less, for builds that need no more.
WITHOUT = "without"
OPEN, CLOSE = '(()=>{"use strict";', "})();\n"
# Chromium compiles the whole script at once, off the page's thread: a third less work when it starts. Others skip it.
COMPILE_AT_ONCE = "//# allFunctionsCalledOnLoad"


def link(entry: Module) -> list[Module]:
    """Everything `entry` reaches, dependencies first, each once; raises `ModuleError` on a clash or a gap."""
    order: list[Module] = []
    seen: set[Path] = set()
    stand_ins = {
        target.parent.parent / target.name: target for target, _ in entry.imports if target.parent.name == WITHOUT
    }

    def visit(module: Module) -> None:
        seen.add(module.path)
        for wanted, names in module.imports:
            target = stand_ins.get(wanted, wanted)
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


def bundle(entry: str | Path, room: str, *, minified: bool = False, banner: str = "", apart: bool = False) -> str:
    """Join an entry with all it imports into one script.

    `entry` is a module's file, or the source of one generated as if it lay in `static/<room>/`. `banner` becomes the
    first line, a comment, before the hint for Chromium. With `apart` the entry's last statement runs outside of the big
    function, once that is done: Chromium with developer tools writes down the stack when a script reads a cookie or
    makes a link, which takes the longer the larger the functions on it are.
    """
    first = load_module(entry) if isinstance(entry, Path) else parse_module(STATIC / room / "(entry).js", entry)
    modules = link(first)
    head = f"/*! {banner} */\n{COMPILE_AT_ONCE}\n" if banner else ""
    if not minified:
        body = "\n\n".join(module.body.rstrip() for module in modules)
        return f'{head}(() => {{\n"use strict";\n\n{body}\n{CLOSE}'
    body = join_minified(tuple(modules), STATIC / "dist", order_of(room), apart=apart)
    return head + OPEN + body + (CLOSE.replace(";", "();") if apart else CLOSE)


@lru_cache(maxsize=8)
def order_of(room: str) -> tuple[str, ...]:
    """The order of a room's functions in which they compress best: each stands near to what it resembles.

    It was found by trying (`tests/benchmarks/run.py order`). A function that it lacks comes after the others.
    """
    file = STATIC / room / "order.txt"
    return tuple(file.read_text("utf-8").split()) if file.is_file() else ()

"""What each module of the SDK adds to a build: its size after gzip with the module, minus without it."""

from support.builds import compressed, one_modal_entry
from table import show

from understudy.server.bundling.bundle import STATIC, link
from understudy.server.bundling.minified import statements_of
from understudy.server.bundling.modules import Module, load_module, parse_module
from understudy.server.bundling.statements import joined, needed

FOLDER = STATIC / "sdk"


def run() -> None:
    """Print the modules of the whole SDK and of that with one plain modal, the heaviest first."""
    weigh("SDK modules, bytes", load_module(FOLDER / "pathfora.js"))
    weigh("Modules of the build with one plain modal, bytes", parse_module(FOLDER / "(entry).js", one_modal_entry()))


def weigh(title: str, entry: Module) -> None:
    """Print what an entry reaches, without the declarations that nothing uses."""
    parts = {module.path: statements_of(module, STATIC / "dist") for module in link(entry)}
    kept = set(needed(statement for part in parts.values() for statement in part))
    parts = {path: tuple(statement for statement in part if statement in kept) for path, part in parts.items()}
    whole = joined(statement for part in parts.values() for statement in part)
    rows: list[list[object]] = []
    for path, part in parts.items():
        without = joined(statement for other in parts if other != path for statement in parts[other])
        added = compressed(whole) - compressed(without)
        rows.append([path.relative_to(FOLDER).as_posix(), len(joined(part).encode()), added])
    rows.sort(key=lambda row: (-int(str(row[2])), str(row[0])))
    sums: list[object] = ["all, together", len(whole.encode()), compressed(whole)]
    show(title, ["module", "raw", "gzip -9"], [*rows, sums])

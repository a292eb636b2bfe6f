"""What each module of the SDK adds to `pathfora.min.js`: its size after gzip with the module, minus without it."""

from support.builds import compressed
from table import show

from understudy.server.bundle import STATIC, link
from understudy.server.minified import load_room, statements_of
from understudy.server.modules import load_module
from understudy.server.statements import joined


def run() -> None:
    """Print the modules, the heaviest first."""
    folder = STATIC / "sdk"
    room = load_room(STATIC, "sdk")
    parts = {module.path: statements_of(module, room) for module in link(load_module(folder / "pathfora.js"))}
    whole = joined(statement for part in parts.values() for statement in part)
    rows: list[list[object]] = []
    for path, part in parts.items():
        without = joined(statement for other in parts if other != path for statement in parts[other])
        rows.append(
            [path.relative_to(folder).as_posix(), len(joined(part).encode()), compressed(whole) - compressed(without)]
        )
    rows.sort(key=lambda row: (-int(str(row[2])), str(row[0])))
    sums: list[object] = ["all, together", len(whole.encode()), compressed(whole)]
    show("SDK modules, bytes", ["module", "raw", "gzip -9"], [*rows, sums])

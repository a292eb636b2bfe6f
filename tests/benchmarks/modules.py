"""What each module of the SDK adds to `pathfora.min.js`: its size after gzip with the module, minus without it."""

from support.builds import compressed
from table import show

from understudy.server.bundle import STATIC, link
from understudy.server.minified import join_minified, load_room
from understudy.server.modules import load_module


def run() -> None:
    """Print the modules, the heaviest first."""
    folder = STATIC / "sdk"
    modules = link(load_module(folder / "pathfora.js"))
    room = load_room(STATIC, "sdk")
    whole = compressed(join_minified(modules, room))
    rows: list[list[object]] = []
    for module in modules:
        alone = join_minified([module], room)
        without = compressed(join_minified([other for other in modules if other is not module], room))
        rows.append([module.path.relative_to(folder).as_posix(), len(alone.encode()), whole - without])
    rows.sort(key=lambda row: (-int(str(row[2])), str(row[0])))
    sums: list[object] = ["all, together", len(join_minified(modules, room).encode()), whole]
    show("SDK modules, bytes", ["module", "raw", "gzip -9"], [*rows, sums])

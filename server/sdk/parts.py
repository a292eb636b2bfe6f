"""The parts that the SDK can be built of, as its entry lists them: `installPathfora({types: [message, ...], ...})`.

The entry of the whole SDK, `static/sdk/pathfora.js`, is the one list of parts. An entry with fewer of them is written
by leaving some out.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tree_sitter import Node

from understudy.server.bundling.bundle import WITHOUT
from understudy.server.bundling.modules import Module, ModuleError, load_module
from understudy.server.bundling.syntax import nodes_of, tree_of

INSTALL = "installPathfora"


@dataclass(frozen=True)
class Parts:
    """An SDK's parts by list, in order, and the module that each name comes from, relative to the entry.

    `without` names the modules that others stand in for.
    """

    lists: dict[str, tuple[str, ...]]
    homes: dict[str, str]
    without: tuple[str, ...] = ()

    def chosen(self, wanted: Callable[[str, str], bool]) -> "Parts":
        """Those that `wanted(list, name)` answers true for."""
        kept = {key: tuple(name for name in names if wanted(key, name)) for key, names in self.lists.items()}
        return Parts(kept, self.homes)

    def entry(self) -> str:
        """The text of an entry that installs just these."""
        names = [INSTALL, *dict.fromkeys(name for names in self.lists.values() for name in names)]
        imports = "".join(f'import {{ {name} }} from "{self.homes[name]}";\n' for name in names)
        imports += "".join(f'import "./{WITHOUT}/{name}.js";\n' for name in self.without)
        lists = ",".join(f"{key}:[{','.join(names)}]" for key, names in self.lists.items())
        return f"{imports}{INSTALL}({{{lists}}});\n"


def read_parts(path: Path) -> Parts:
    """The parts in an entry's file; raises `ModuleError` when it does not say them in the way above."""
    module = load_module(path)
    homes = {name: _relative(target, path.parent) for target, names in module.imports for name in names}
    lists = dict(_list_of(pair, module) for pair in _argument(module).named_children if pair.type != "comment")
    if unknown := {name for names in lists.values() for name in names} - set(homes):
        raise ModuleError(f"{path}: {', '.join(sorted(unknown))} in a list of parts is not imported")
    return Parts(lists, homes)


def _argument(module: Module) -> Node:
    for node in nodes_of(tree_of(module.body.encode(), module.path)):
        if node.type == "call_expression" and _text(node.child_by_field_name("function")) == INSTALL:
            arguments = node.child_by_field_name("arguments")
            if arguments and [child.type for child in arguments.named_children] == ["object"]:
                return arguments.named_children[0]
    raise ModuleError(f"{module.path}: no call `{INSTALL}({{...}})` with lists of parts")


def _list_of(pair: Node, module: Module) -> tuple[str, tuple[str, ...]]:
    value = pair.child_by_field_name("value")
    names = [child for child in value.named_children if child.type != "comment"] if value else []
    if pair.type != "pair" or value is None or value.type != "array" or {name.type for name in names} - {"identifier"}:
        raise ModuleError(f"{module.path}: {_text(pair)[:60]!r} is not a list of parts; write `features: [one, other]`")
    return _text(pair.child_by_field_name("key")), tuple(_text(name) for name in names)


def _relative(target: Path, folder: Path) -> str:
    relative = Path(os.path.relpath(target, folder)).as_posix()
    return relative if relative.startswith("../") else f"./{relative}"


def _text(node: Node | None) -> str:
    return (node.text or b"").decode() if node else ""

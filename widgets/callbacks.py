"""Callbacks: JavaScript functions written in a configuration, or in a `.js` file that it names.

The vendor's API has callbacks as source strings (platform.md 1.1). Here each is parsed, so that the script for the
browser carries a real function and a mistake is found before a browser meets it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf, ValidationInfo, WithJsonSchema

from understudy.widgets.documents import decode, read_bytes
from understudy.widgets.fields import refuse
from understudy.widgets.javascript import FunctionError, parse_function
from understudy.widgets.problems import Problem

WANTED = 'write "function (event, payload) { … }"'


class Function:
    """A JavaScript function expression, checked. `origin` is the file it came from, when not the configuration."""

    __slots__ = ("origin", "source")

    def __init__(self, source: str, origin: Path | None = None) -> None:
        self.source = source
        self.origin = origin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Function) and other.source == self.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Function({self.source!r})"


@dataclass(frozen=True)
class Folder:
    """Where callback files are looked for: beside the configuration, and nowhere outside of the workspace.

    `read` gives the bytes of one, or what keeps it from being read, from its path and what problems call it.
    """

    root: Path
    base: Path
    read: Callable[[Path, str], tuple[bytes, list[Problem]]] = read_bytes


def _read(value: Any, info: ValidationInfo) -> Function:
    if isinstance(value, Function):
        return value
    if not isinstance(value, str):
        raise refuse("must be a JavaScript function as text", WANTED)
    if value.strip().endswith(".js") and "\n" not in value.strip():
        return _read_file(value.strip(), info.context)
    try:
        return Function(parse_function(value))
    except FunctionError as fault:
        raise refuse(str(fault), WANTED, line=fault.line, column=fault.column) from fault


def _read_file(name: str, folder: Folder | None) -> Function:
    if folder is None:
        raise refuse(f"the file {name!r} cannot be looked for here", WANTED)
    path = (folder.base / name).resolve()
    root = folder.root.resolve()
    if not path.is_relative_to(root):
        raise refuse(f"the file {name!r} lies outside of the workspace", "move it into the workspace")
    shown = path.relative_to(root).as_posix()
    raw, problems = folder.read(path, shown)
    text, faults = decode(raw, shown)
    for problem in [*problems, *faults]:
        raise refuse(f"{shown}: {problem.message}", "a path is taken from the folder of this file")
    try:
        return Function(parse_function(text), path)
    except FunctionError as fault:
        raise refuse(str(fault), WANTED, line=fault.line, column=fault.column, file=shown) from fault


Callback = Annotated[
    InstanceOf[Function],
    BeforeValidator(_read),
    WithJsonSchema({"type": "string", "description": "A JavaScript function, or a path to a .js file with one."}),
]

"""What is wrong with a template's text, found when its file is read, and not only when somebody enters an audience.

Nothing is run: a script and a Handlebars text are parsed. Jsonnet has a parser that only its own process may use (see
`sandbox`), so a fault in a snippet is found when it is tried.
"""

import re
from importlib import import_module
from typing import NamedTuple

from understudy.widgets.javascript import FunctionError, parse_function

_OPEN, _CLOSE = "function () {", "\n}"  # makes one function of a script, without moving its lines
_DEFINES = re.compile(r"\btemplate\b")
_PLACE = re.compile(r" at line \d+, column \d+$")


class Fault(NamedTuple):
    """A mistake at its 1-based place, and what to do about it."""

    line: int
    column: int
    message: str
    hint: str


def fault_in(kind: str, text: str) -> Fault | None:
    """The first mistake in a template of a type; None when it can be parsed."""
    if kind == "js1":
        return _script_fault(text)
    return _handlebars_fault(text) if kind == "handlebars" else None


def _script_fault(text: str) -> Fault | None:
    try:
        parse_function(_OPEN + text + _CLOSE)
    except FunctionError as error:
        lines = text.rstrip().split("\n")
        if error.line > text.count("\n") + 1:
            return Fault(len(lines), len(lines[-1]) + 1, "the script ends too early", "close its last bracket")
        column = max(1, error.column - len(_OPEN)) if error.line == 1 else error.column
        return Fault(error.line, column, str(error), "look for what is missing or too much there, or before")
    if not _DEFINES.search(text):
        return Fault(1, 1, "the script defines no function template(data)", "write function template(data) { … }")
    return None


def _handlebars_fault(text: str) -> Fault | None:
    try:
        handlebars = import_module("pydantic_handlebars")  # takes half a second, and few workspaces need it
    except ImportError:  # who sends with the template is told what to install
        return None
    try:
        handlebars.HandlebarsEnvironment().compile(text)
    except handlebars.HandlebarsParseError as error:
        message = _PLACE.sub("", str(error))
        return Fault(error.line or 1, error.column or 1, message, "close what was opened: {{#if x}} … {{/if}}")
    except RecursionError:
        return Fault(1, 1, "the blocks are nested too deep", "write fewer blocks inside of each other")
    return None

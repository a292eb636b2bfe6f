"""What a matrix run found, as a table, JSON and JUnit, and compared with an earlier one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

KIND = "understudy-matrix"
SHOWN = ("shown", "closed")


@dataclass(frozen=True)
class Cell:
    """A persona on a page: how each widget fares and why, or why that is not known."""

    persona: str
    page: str
    states: Mapping[str, str]
    reasons: Mapping[str, str]
    picture: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Who is where."""
        return f"{self.persona} on {self.page}"


def as_text(cells: list[Cell], changed: list[str]) -> str:
    """A line for each visit with the widgets that showed, then what differs."""
    width = max((len(cell.name) for cell in cells), default=0)
    lines = [f"{cell.name:<{width}}  {cell.error or ', '.join(shown(cell)) or 'nothing'}" for cell in cells]
    return "\n".join([*lines, *(f"differs: {text}" for text in changed)])


def shown(cell: Cell) -> list[str]:
    """The widgets that showed."""
    return [widget for widget, state in cell.states.items() if state in SHOWN]


def as_json(cells: list[Cell], changed: list[str]) -> str:
    """All of it; the file is also the baseline of a later run."""
    items = [
        {
            "persona": cell.persona,
            "page": cell.page,
            "widgets": {name: {"state": cell.states[name], "reason": cell.reasons[name]} for name in cell.states},
            "picture": cell.picture,
            "error": cell.error,
        }
        for cell in cells
    ]
    return json.dumps({"kind": KIND, "version": 1, "cells": items, "changed": changed}, indent=2)


def as_junit(cells: list[Cell], changed: list[str]) -> str:
    """A test case for each visit, which fails when something there differs or it could not be looked at."""
    suite = ElementTree.Element("testsuite", name="understudy matrix", tests=str(len(cells)))
    failures = 0
    for cell in cells:
        case = ElementTree.SubElement(suite, "testcase", classname=cell.persona, name=cell.page)
        wrong = [cell.error] if cell.error else [text for text in changed if text.startswith(f"{cell.name}: ")]
        failures += bool(wrong)
        if wrong:
            ElementTree.SubElement(case, "failure", message=wrong[0]).text = "\n".join(wrong)
    suite.set("failures", str(failures))
    return ElementTree.tostring(suite, "unicode", xml_declaration=True) + "\n"


def baseline_of(path: Path) -> dict[str, dict[str, str]]:
    """Who was where, and how each widget fared; raises `ValueError` when the file is no matrix."""
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["kind"] != KIND:
            raise KeyError("kind")
        return {
            f"{cell['persona']} on {cell['page']}": {name: one["state"] for name, one in cell["widgets"].items()}
            for cell in found["cells"]
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no matrix.json of an earlier run: {error!r}") from error


def differences(before: dict[str, dict[str, str]], cells: list[Cell]) -> list[str]:
    """What fares otherwise than it did, with the reason of now; a visit that is new is no difference."""
    found = []
    for cell in cells:
        then = before.get(cell.name)
        if then is None or cell.error:
            continue
        for widget in sorted({*then, *cell.states}):
            was, now = then.get(widget, "not there"), cell.states.get(widget, "not there")
            if was != now:
                found.append(f"{cell.name}: {widget} was {was} and is {now}. {cell.reasons.get(widget, '')}".strip())
    return found

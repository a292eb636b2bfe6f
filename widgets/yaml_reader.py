"""YAML 1.2 into plain Python values, with the place of every key and value.

The parser's events are read directly, so that depth and size are bounded before anything is built: an alias counts as
many values as what it stands for, and a file that nests or multiplies without end is refused early.
"""

import warnings
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent
from ruamel.yaml.reader import ReaderError

from understudy.widgets.places import Path, Place, Places
from understudy.widgets.problems import Problem, shown
from understudy.widgets.scalars import NumberError, resolve_plain
from understudy.widgets.yaml_messages import explain

DEEPEST = 40
MOST_VALUES = 50_000
TEXT_TAG = "tag:yaml.org,2002:str"


class ReadingError(Exception):
    """Reading stops here; carries message, hint, line and column (from 1)."""


def read_yaml(text: str, name: str) -> tuple[object, Places, list[Problem]]:
    """Value, places and problems of a YAML text; the value is None when it cannot be read or the text is empty."""
    builder = _Builder(text, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a reused anchor is legal; the parser warns about it
            value = builder.document()
    except ReadingError as refusal:
        message, hint, line, column = refusal.args
    except MarkedYAMLError as error:
        message, hint, line, column = explain(error)
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message, hint = f"a character that YAML does not allow (U+{ord(text[error.position]):04X})", "remove it"
    except YAMLError as error:
        message, hint, line, column = f"not valid YAML: {error}", "", 1, 1
    else:
        return value, builder.places, builder.problems
    return None, builder.places, [*builder.problems, Problem(name, line, column, "", message, hint)]


class _Reader(YAML):
    """As it is, but does not search the disk for plug-ins at every text."""

    def official_plug_ins(self) -> list[str]:
        """None."""
        return []


class _Builder:
    """Builds values from events; problems that need not stop the reading are collected."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.events: Iterator[Any] = _Reader(typ="safe", pure=True).parse(text)
        self.name = name
        self.places = Places()
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[object, int]] = {}
        self.count = 0

    def document(self) -> object:
        """The single document's value; None when the stream holds none."""
        value: object = None
        seen = 0
        for event in self.events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                seen += 1
                if seen > 1:
                    self.refuse(event, "a second document begins here", "keep one document in a file")
            elif kind not in {"StreamStartEvent", "StreamEndEvent", "DocumentEndEvent", "CommentEvent"}:
                value = self.value(event, ())
        return value

    def value(self, event: Any, path: Path) -> object:
        """The value that begins with `event`."""
        if len(path) > DEEPEST:
            self.refuse(event, f"nested more than {DEEPEST} levels deep", "flatten it")
        before = self.count
        self.spend(event, 1)
        self.places.values[path] = self.place(event)
        if isinstance(event, AliasEvent):
            return self.alias(event)
        if isinstance(event, ScalarEvent):
            result = self.scalar(event)
        elif isinstance(event, MappingStartEvent):
            result = self.mapping(path)
        else:
            result = self.sequence(path)
        if event.anchor:
            self.anchors[event.anchor] = (result, self.count - before)
        return result

    def alias(self, event: Any) -> object:
        """What an earlier anchor stands for, paid for in full."""
        if event.anchor not in self.anchors:
            self.refuse(event, f"the alias '*{event.anchor}' has no '&{event.anchor}' before it", "define it first")
        result, size = self.anchors[event.anchor]
        self.spend(event, size)
        return result

    def scalar(self, event: Any) -> object:
        """A text, number, boolean or null."""
        tag = str(event.tag) if event.tag else ""
        if tag not in {"", "!", TEXT_TAG}:
            self.report(event, tag, f"the tag {tag} is not supported", "remove it")
        text = str(event.value)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.report(event, "", "half of a surrogate pair in a text", "write the character itself")
            return ""
        if tag or event.style:
            return text
        try:
            return resolve_plain(text)
        except NumberError as error:
            self.report(event, str(error), f"{error} is not a number that can be sent", "write a finite number")
            return 0

    def sequence(self, path: Path) -> list[object]:
        """A list, up to its end event."""
        items: list[object] = []
        while not isinstance(event := next(self.events), SequenceEndEvent):
            items.append(self.value(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, object]:
        """A mapping, up to its end event; a key that stands twice is reported and its first value kept."""
        items: dict[str, object] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            key = self.key(event)
            place = self.place(event)
            first = self.places.keys.get((*path, key))
            if key in items and first:
                self.report(event, key, f"the key {key!r} stands twice", f"it is on line {first.line} already")
                self.value(next(self.events), (*path, key, "(again)"))
                continue
            self.places.keys[(*path, key)] = place
            items[key] = self.value(next(self.events), (*path, key))
        return items

    def key(self, event: Any) -> str:
        """A mapping's key, which has to be text."""
        if not isinstance(event, ScalarEvent):
            self.refuse(event, "a key must be text", "write `key: value`")
        value = self.scalar(event)
        if event.value == "<<" and not event.style:
            self.refuse(event, "merge keys ('<<') are not supported", "write the keys out")
        if not isinstance(value, str):
            self.report(event, str(event.value), f"the key {shown(value)} is not text", "put quotes around it")
        return str(event.value)

    def place(self, event: Any) -> Place:
        """Where an event begins, and where its text lies when that can be told."""
        line, column = event.start_mark.line, event.start_mark.column
        if not isinstance(event, ScalarEvent):
            return Place(line + 1, column + 1)
        if event.style == "|":
            body = self.lines[line + 1 : event.end_mark.line + 1]
            indent = next((len(row) - len(row.lstrip(" ")) for row in body if row.strip()), 0)
            return Place(line + 1, column + 1, line + 2, indent + 1, indent)
        if event.end_mark.line == line:
            return Place(line + 1, column + 1, line + 1, column + 1 + bool(event.style))
        return Place(line + 1, column + 1)

    def spend(self, event: Any, values: int) -> None:
        """Count values against the limit."""
        self.count += values
        if self.count > MOST_VALUES:
            self.refuse(event, f"more than {MOST_VALUES} values, aliases written out", "use fewer aliases")

    def report(self, event: Any, value: str, message: str, hint: str) -> None:
        """Note a problem and read on."""
        mark = event.start_mark
        self.problems.append(Problem(self.name, mark.line + 1, mark.column + 1, value, message, hint))

    def refuse(self, event: Any, message: str, hint: str) -> None:
        """Stop reading; raises `ReadingError`."""
        raise ReadingError(message, hint, event.start_mark.line + 1, event.start_mark.column + 1)

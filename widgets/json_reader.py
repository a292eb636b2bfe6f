"""JSON into plain Python values, with the place of every key and value.

The standard parser says whether the text is JSON; the walk below then only has to find the places, and what the
standard parser lets pass: a key that stands twice, endless depth, numbers and texts that cannot be sent.
"""

import json
import re
from typing import NoReturn

from understudy.widgets.places import Path, Place, Places
from understudy.widgets.problems import Problem
from understudy.widgets.scalars import NumberError, resolve_plain
from understudy.widgets.yaml_reader import DEEPEST

STRINGS = json.JSONDecoder()
SPACE = re.compile(r"[ \t\r\n]*")
TRAILING = re.compile(r",\s*[}\]]")
ATOM = re.compile(r"[-+\w.]+")


def read_json(text: str, name: str) -> tuple[object, Places, list[Problem]]:
    """Value, places and problems of a JSON text; the value is None when it cannot be read."""
    walk = _Walk(text, name)
    try:
        json.loads(text, parse_constant=_no_constant, parse_int=str, parse_float=str)
        value = walk.value(()) if text.strip() else None
    except json.JSONDecodeError as error:
        return None, Places(), [_syntax(error, name)]
    except (NumberError, RecursionError) as error:
        line, column = walk.position()
        if isinstance(error, NumberError):
            message, hint = f"{error} is not a number that can be sent", "write a finite number"
        else:
            message, hint = _too_deep(), "flatten it"
        return None, Places(), [Problem(name, line, column, "", message, hint)]
    return value, walk.places, walk.problems


def _no_constant(name: str) -> NoReturn:
    raise NumberError(name)


def _too_deep() -> str:
    return f"nested more than {DEEPEST} levels deep"


def _syntax(error: json.JSONDecodeError, name: str) -> Problem:
    # Where a comma is one too many, Python's versions differ on the place and the words.
    comma = error.doc.rfind(",", 0, error.pos + 1)
    if TRAILING.fullmatch(error.doc, comma, error.pos + 1) or TRAILING.match(error.doc, error.pos):
        before = error.doc[:comma]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return Problem(name, line, column, ",", "not valid JSON: a comma with nothing after it", "remove the comma")
    message = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    hint = "check the commas and quotes before this place"
    return Problem(name, error.lineno, error.colno, "", message, hint)


class _Walk:
    """Reads a text that is known to be JSON."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.at = 0
        self.places = Places()
        self.problems: list[Problem] = []

    def value(self, path: Path) -> object:
        """The value at the current position."""
        if len(path) > DEEPEST:
            raise RecursionError
        self.skip()
        character = self.text[self.at]
        line, column = self.position()
        self.places.values[path] = Place(line, column, line, column + 1) if character == '"' else Place(line, column)
        if character == "{":
            return self.mapping(path)
        if character == "[":
            return self.sequence(path)
        if character == '"':
            return self.string()
        return self.atom()

    def mapping(self, path: Path) -> dict[str, object]:
        """An object; a key that stands twice is reported and its first value kept."""
        items: dict[str, object] = {}
        while self.more("}"):
            line, column = self.position()
            key = self.string()
            self.skip(":")
            again = key in items
            if again:
                before = self.places.keys[(*path, key)].line
                message, hint = f"the key {key!r} stands twice", f"it is on line {before} already"
                self.problems.append(Problem(self.name, line, column, key, message, hint))
                self.value((*path, key, "(again)"))
            else:
                self.places.keys[(*path, key)] = Place(line, column)
                items[key] = self.value((*path, key))
        return items

    def sequence(self, path: Path) -> list[object]:
        """An array."""
        items: list[object] = []
        while self.more("]"):
            items.append(self.value((*path, len(items))))
        return items

    def more(self, end: str) -> bool:
        """Step over what stands before an item; False when the collection ends here."""
        self.skip("{[,")
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def skip(self, marks: str = "") -> None:
        """Step over white space, and over one of `marks` when one stands here."""
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches the empty string
        if marks and self.text[self.at] in marks:
            self.at = SPACE.match(self.text, self.at + 1).end()  # type: ignore[union-attr]

    def string(self) -> str:
        """A quoted text."""
        line, column = self.position()
        value, self.at = STRINGS.raw_decode(self.text, self.at)
        if any("\ud800" <= character <= "\udfff" for character in value):
            message, hint = "half of a surrogate pair in a text", "write the character itself"
            self.problems.append(Problem(self.name, line, column, "", message, hint))
            return ""
        return str(value)

    def atom(self) -> object:
        """A number, boolean or null."""
        word = ATOM.match(self.text, self.at)[0]  # type: ignore[index]  # the text is known to be JSON
        value = resolve_plain(word)
        self.at += len(word)
        return value

    def position(self) -> tuple[int, int]:
        """Line and column, from 1, of the current position."""
        return self.text.count("\n", 0, self.at) + 1, self.at - self.text.rfind("\n", 0, self.at)

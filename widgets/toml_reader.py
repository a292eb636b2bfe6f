"""TOML into plain Python values, with the place of keys written on a line of their own.

Keys inside an inline table are found at the key that holds the table.
"""

import re
import tomllib

from understudy.widgets.places import Path, Place, Places
from understudy.widgets.problems import Problem

NAME = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
DOTTED = rf"{NAME}(?:\s*\.\s*{NAME})*"
HEADER = re.compile(rf"\s*\[\[?\s*(?P<name>{DOTTED})\s*\]")
PAIR = re.compile(rf"\s*(?P<name>{DOTTED})\s*=\s*")
WHERE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
HINTS = {
    "overwrite": "the key or table stands twice; remove one",
    "twice": "the key or table stands twice; remove one",
    "table declaration": "close it: [table]",
    "unterminated string": "close the quote",
    "unescaped '\\'": r"write \\ for each \, or use single quotes",
    "unclosed array": "close it with ]",
    "after a key in a key/value pair": "write key = value, one a line",
}
MULTILINE = re.compile(r'"""' + r"|'''")


def read_toml(text: str, name: str) -> tuple[object, Places, list[Problem]]:
    """Value, places and problems of a TOML text; the value is None when it cannot be read."""
    try:
        return tomllib.loads(text), locate(text), []
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        words = str(error)
        where = WHERE.search(words)
        line = int(where["line"]) if where and where["line"] else text.count("\n") + 1
        column = int(where["column"]) if where and where["column"] else len(text) - text.rfind("\n")
        message = WHERE.sub("", words)
        message = f"not valid TOML: {message[:1].lower()}{message[1:]}"
        return None, Places(), [Problem(name, line, column, "", message, hint_for_toml(message))]


def hint_for_toml(message: str) -> str:
    """What to change, by the words of Python's parser; the usual mistake where they are not known."""
    return next((hint for words, hint in HINTS.items() if words in message), 'text needs quotes: key = "value"')


def locate(text: str) -> Places:
    """Find tables and keys line by line; lines inside a multi-line string are passed over."""
    places = Places()
    table: Path = ()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            if header := HEADER.match(line):
                table = _path(header["name"])
                places.keys.setdefault(table, Place(number, header.start("name") + 1))
            elif pair := PAIR.match(line):
                path = (*table, *_path(pair["name"]))
                places.keys.setdefault(path, Place(number, pair.start("name") + 1))
                places.values.setdefault(path, Place(number, pair.end() + 1))
        if len(MULTILINE.findall(line)) % 2:
            inside = not inside
    return places


def _path(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(NAME, dotted))

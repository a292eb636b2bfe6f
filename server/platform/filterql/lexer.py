"""FilterQL text to tokens (platform.md 3.6, "Grammar").

Beyond the grammar, names may hold dashes (`INCLUDE high-value`): nothing in the language subtracts, and file names
become slugs here. A new line is no token of its own; each token remembers whether one came before it.
"""

import re
from dataclasses import dataclass

from understudy.server.platform.filterql.errors import FilterQLError

_PART = r"(?:`[^`\n]*`|[^\W\d](?:\w|-(?![-\s]))*)"
_KEY = r"(?:`[^`\n]*`|\w(?:\w|-(?![-\s]))*)"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\f\v]+)
    | (?P<newline>\n)
    | (?P<comment>--[^\n]*)
    | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    | (?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w`]))
    | (?P<name>{_PART}(?:\.{_KEY})*)
    | (?P<op>==|!=|<>|>=|<=|=|>|<)
    | (?P<mark>[(),*])
    """,
    re.VERBOSE | re.DOTALL,
)
_SEGMENT = re.compile(r"`([^`]*)`|([^.`]+)")
_BETWEEN = frozenset({"space", "newline", "comment"})
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
_HINTS = {
    "&": "write AND (first, second)",
    "|": "write OR (first, second)",
    "!": "write NOT in front of the condition, or != between two values",
    '"': "close the text with the same quote mark",
    "'": "close the text with the same quote mark",
    "`": "close the name with another back tick",
    "[": "lists are written in round brackets: IN (1, 2)",
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text: kind `name string number op mark end`, as written, its value, and where it stands."""

    kind: str
    text: str
    value: object
    line: int
    column: int
    after_newline: bool

    def is_word(self, *words: str) -> bool:
        """Whether this is one of the given keywords, in any case; a back-ticked name never is."""
        return self.kind == "name" and self.text.upper() in words


def tokenize(text: str) -> list[Token]:
    """All tokens of `text`, ending with one of kind `end`; raises `FilterQLError` at the first stray character.

    The end is where the last word ends: what is missing is missing there, not on the empty line that files end with.
    """
    tokens: list[Token] = []
    position, line, start_of_line, after_newline = 0, 1, 0, False
    end = (1, 1)
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _stray(text, position, line, position - start_of_line + 1)
        kind, word = str(match.lastgroup), match.group()
        if kind not in _BETWEEN:
            tokens.append(Token(kind, word, _value(kind, word), line, position - start_of_line + 1, after_newline))
        position = match.end()
        after_newline = kind == "newline" or (after_newline and kind in ("space", "comment"))
        if "\n" in word:
            line += word.count("\n")
            start_of_line = text.rfind("\n", 0, position) + 1
        if kind not in _BETWEEN:
            end = (line, position - start_of_line + 1)
    tokens.append(Token("end", "", None, *end, after_newline))
    return tokens


def _value(kind: str, word: str) -> object:
    if kind == "string":
        return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), word[1:-1], flags=re.DOTALL)
    if kind == "number":
        return int(word) if re.fullmatch(r"[+-]?\d{1,300}", word) else float(word)
    if kind == "name":
        return tuple(match[1] if match[2] is None else match[2] for match in _SEGMENT.finditer(word))
    return word


def _stray(text: str, position: int, line: int, column: int) -> FilterQLError:
    character = text[position]
    quote = character in "\"'`"
    message = f"this {character} is never closed" if quote else f"unexpected character {character!r}"
    return FilterQLError(
        line,
        column,
        message,
        _HINTS.get(character, ""),
        token=character,
        expected="a name, a value or a condition",
        text=text,
    )

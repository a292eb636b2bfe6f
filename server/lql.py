"""LQL, the vendor's older language of mappings, read into what `[streams.<name>]` of understudy.toml says (3.3).

SELECT <expr> [AS x] [IF cond] [SHORTDESC ""] [LONGDESC ""] [KIND k] [MERGEOP op], … FROM <stream> INTO user
BY _uid OR email [WHERE cond] ALIAS name

Expressions and conditions are FilterQL's, whose functions have the same names; conditions may also be joined by AND and
OR between them, the first join binding like any other. `count set min max sum valuect` around an expression say how
values are kept, which here are kinds and merge operators.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from understudy.server.platform.filterql.cursor import Cursor
from understudy.server.platform.filterql.nodes import And, Ident, Or, Phrase
from understudy.server.platform.filterql.operands import MAX_DEPTH, parse_operand
from understudy.server.platform.filterql.parser import parse_phrase
from understudy.server.platform.rules import FIELDS
from understudy.server.platform.schema_rules import IDENTIFYING

# Words around an expression, and what they say of the field.
_KEEPS: dict[str, dict[str, str]] = {
    "count": {"kind": "int", "merge": "count"},
    "set": {"kind": "[]string"},
    "min": {"kind": "number", "merge": "min"},
    "max": {"kind": "number", "merge": "max"},
    "sum": {"kind": "number", "merge": "sum"},
    "valuect": {"kind": "map[string]int"},
}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KIND = re.compile(r"(\bKIND\s+)((?:map\[string\]|\[\])\w+)", re.IGNORECASE)


@dataclass(slots=True)
class Query:
    """A mapping: the fields by name, each as understudy.toml has it; `by` are the identities that it names."""

    stream: str = ""
    table: str = "user"
    alias: str = ""
    by: list[str] = field(default_factory=list)
    where: str = ""
    fields: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self) -> dict[str, Any]:
        """What `[streams.<stream>]` says of it."""
        return {**({"where": self.where} if self.where else {}), "fields": self.fields}

    def toml(self) -> str:
        """The same as text for understudy.toml."""
        lines = [f"[streams.{self.stream}]", *([f"where = {_text(self.where)}"] if self.where else [])]
        lines += ["", f"[streams.{self.stream}.fields]"]
        for name, options in self.fields.items():
            inner = ", ".join(f"{key} = {_text(value)}" for key, value in options.items())
            lines.append(f"{name if _BARE.fullmatch(name) else _text(name)} = {{ {inner} }}")
        return "\n".join(lines) + "\n"


def parse_lql(text: str) -> Query:
    """Read a mapping; raises `FilterQLError` with its place."""
    cursor, query = Cursor(_KIND.sub(r'\1"\2"', text)), Query()
    if not cursor.take_word("SELECT"):
        cursor.fail("SELECT", "a mapping begins with SELECT")
    while True:
        _column(cursor, query)
        if not cursor.take_text(","):
            break
    if not cursor.take_word("FROM"):
        cursor.fail("FROM or ','")
    query.stream = cursor.name("a stream's name after FROM")
    while cursor.token.kind != "end":
        _clause(cursor, query)
    return query


def _clause(cursor: Cursor, query: Query) -> None:
    if cursor.take_word("INTO"):
        query.table = cursor.name("a table after INTO")
    elif cursor.take_word("BY"):
        query.by.append(cursor.name("an identity after BY"))
        while cursor.take_word("OR"):
            query.by.append(cursor.name("an identity after OR"))
    elif cursor.take_word("WHERE"):
        query.where = str(_condition(cursor))
    elif cursor.take_word("ALIAS"):
        query.alias = cursor.name("a name after ALIAS")
    else:
        cursor.fail("INTO, BY, WHERE, ALIAS or the end")


def _column(cursor: Cursor, query: Query) -> None:
    begun = cursor.token
    keeps: dict[str, str] = {}
    aggregate = begun.text.lower()
    if begun.kind == "name" and aggregate in _KEEPS and cursor.ahead().text == "(":
        cursor.take()
        cursor.take()
        operand = parse_operand(cursor, 0, "a key of the event, or a function")
        cursor.expect(")", "after what is counted")
        keeps = dict(_KEEPS[aggregate])
    else:
        operand = parse_operand(cursor, 0, "a key of the event, or a function")
    name = ".".join(operand.parts) if isinstance(operand, Ident) else ""
    options = {"from": str(operand), **keeps}
    while word := cursor.take_word("AS", "IF", "SHORTDESC", "LONGDESC", "KIND", "MERGEOP"):
        if word.is_word("AS"):
            name = cursor.name("a field's name after AS")
        elif word.is_word("IF"):
            options["if"] = str(_condition(cursor))
        elif word.is_word("KIND"):
            options["kind"] = cursor.name("a kind after KIND")
        elif word.is_word("MERGEOP"):
            options["merge"] = cursor.name("an operator after MERGEOP")
        else:
            cursor.name("a text in quotes")
    if not name:
        cursor.reject("a function's value has no name", "write AS and a field's name after it", token=begun)
    if name in query.fields:
        cursor.reject(f"the field {name!r} is selected twice", "remove one", token=begun)
    given = name in FIELDS or name in IDENTIFYING  # whose kind and operator are the platform's own
    query.fields[name] = {key: value for key, value in options.items() if not given or key in ("from", "if")}


def _condition(cursor: Cursor) -> Phrase:
    phrases, joint, turns = [parse_phrase(cursor)], None, 0
    while word := cursor.take_word("AND", "OR"):
        kind = And if word.is_word("AND") else Or
        if joint not in (None, kind):
            phrases, turns = [_joined(joint, phrases)], turns + 1
        if turns > MAX_DEPTH:  # further down the stack would not last
            hint = "write AND (…) and OR (…) around what belongs together"
            cursor.reject(f"AND and OR take turns more than {MAX_DEPTH} times", hint, token=word)
        phrases.append(parse_phrase(cursor))
        joint = kind
    return _joined(joint, phrases)


def _joined(joint: type[And] | type[Or] | None, phrases: list[Phrase]) -> Phrase:
    return joint(tuple(phrases)) if joint else phrases[0]


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")

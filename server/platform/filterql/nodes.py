"""The tree a FilterQL text parses into. `str(node)` writes it back as one line that parses to an equal tree."""

import re
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[^\W\d]\w*")
_PLAIN_KEY = re.compile(r"\w+")
KEYWORDS = frozenset(
    ("FILTER", "FROM", "LIMIT", "WITH", "ALIAS", "AND", "OR", "NOT", "TRUE", "FALSE", "MATCH_ALL", "INCLUDE")
).union(("EXISTS", "IN", "INTERSECTS", "CONTAINS", "LIKE", "BETWEEN"))


def _name(part: str, pattern: re.Pattern[str]) -> str:
    return part if pattern.fullmatch(part) and part.upper() not in KEYWORDS else f"`{part}`"


@dataclass(frozen=True, slots=True)
class Ident:
    """A field of the profile, or a key inside a map field: `("hits", "foo")` is key `foo` of map `hits`."""

    parts: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join(_name(part, _PLAIN_KEY if index else _PLAIN) for index, part in enumerate(self.parts))


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the text: string, int, float or bool. Line and column let one without sense be reported."""

    value: str | int | float | bool
    line: int = field(default=0, compare=False, repr=False)
    column: int = field(default=0, compare=False, repr=False)

    def __str__(self) -> str:
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        if not isinstance(self.value, str):
            return repr(self.value)
        text = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


@dataclass(frozen=True, slots=True)
class Call:
    """A built-in function with its arguments; the name is in lower case and known to exist."""

    name: str
    args: tuple["Operand", ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.args))})"


@dataclass(frozen=True, slots=True)
class Many:
    """A bracketed list of values, the right side of IN and INTERSECTS."""

    items: tuple["Operand", ...]

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.items))})"


@dataclass(frozen=True, slots=True)
class MatchAll:
    """`*` or `match_all`: everyone."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Exists:
    """`EXISTS field`."""

    subject: Ident

    def __str__(self) -> str:
        return f"EXISTS {self.subject}"


@dataclass(frozen=True, slots=True)
class Include:
    """`INCLUDE slug`: another audience. Line and column let a missing one be reported where it is named."""

    slug: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"INCLUDE {_name(self.slug, _PLAIN)}"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two sides and an operator: `= != > >= < <= CONTAINS LIKE IN INTERSECTS` (`==` is read as `=`, `<>` as `!=`)."""

    op: str
    left: "Operand"
    right: "Operand | Many"

    def __str__(self) -> str:
        return f"{self.left} {self.op} {self.right}"


@dataclass(frozen=True, slots=True)
class Between:
    """`subject BETWEEN low AND high`, both ends exclusive."""

    subject: "Operand"
    low: "Operand"
    high: "Operand"

    def __str__(self) -> str:
        return f"{self.subject} BETWEEN {self.low} AND {self.high}"


@dataclass(frozen=True, slots=True)
class Not:
    """`NOT phrase`; also what `field NOT IN (…)` and its kind become."""

    child: "Phrase"

    def __str__(self) -> str:
        return f"NOT {self.child}"


@dataclass(frozen=True, slots=True)
class And:
    """`AND (…)`."""

    children: tuple["Phrase", ...]

    def __str__(self) -> str:
        return f"AND ({', '.join(map(str, self.children))})"


@dataclass(frozen=True, slots=True)
class Or:
    """`OR (…)`."""

    children: tuple["Phrase", ...]

    def __str__(self) -> str:
        return f"OR ({', '.join(map(str, self.children))})"


Operand = Ident | Literal | Call
Phrase = And | Or | Not | Binary | Between | Exists | Include | Call | MatchAll


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole `FILTER … FROM … LIMIT … WITH … ALIAS …`; `options` are the pairs of WITH."""

    phrase: Phrase
    table: str = "user"
    limit: int | None = None
    options: dict[str, str | int | float | bool] = field(default_factory=dict)
    alias: str | None = None

    def __str__(self) -> str:
        parts = [f"FILTER {self.phrase}", f"FROM {_name(self.table, _PLAIN)}"]
        if self.limit is not None:
            parts.append(f"LIMIT {self.limit}")
        if self.options:
            pairs = (f"{_name(key, _PLAIN)} = {Literal(value)}" for key, value in self.options.items())
            parts.append(f"WITH {', '.join(pairs)}")
        if self.alias:
            parts.append(f"ALIAS {_name(self.alias, _PLAIN)}")
        return " ".join(parts)


def includes(node: object) -> list[Include]:
    """Every INCLUDE below a phrase, in reading order."""
    if isinstance(node, Include):
        return [node]
    if isinstance(node, Not):
        return includes(node.child)
    if isinstance(node, And | Or):
        return [found for child in node.children for found in includes(child)]
    return []

"""`[streams.<name>]` of understudy.toml: what events feed besides the vendor's table (platform.md 3.2, 3.3).

[streams.orders]
where = 'OR (NOT EXISTS _bot, _bot = "f")'

[streams.orders.fields]
email = "buyer.mail"
ordered_ts = "todate(placed)"
total_spent = { from = "tonumber(amount)", kind = "number", merge = "sum", if = "currency = \"EUR\"" }

Kinds and operators have the vendor's names. What is wrong is said with the place in the file where it stands.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from understudy.server.platform.filterql import FilterQLError
from understudy.server.platform.kinds import Kind
from understudy.server.platform.merge import CAPACITY, ROOMY
from understudy.server.platform.rules import FIELDS, HIDDEN, Rule
from understudy.server.platform.schema import Schema
from understudy.server.platform.schema_rules import (
    IDENTIFYING,
    make_rule,
    make_schema,
    make_stream,
    parse_condition,
    parse_source,
)
from understudy.server.platform.state import DERIVED
from understudy.widgets.fields import Strict, matching, refuse
from understudy.widgets.problems import Finding, one_of, section

KINDS: dict[str, Kind] = {
    "string": "string",
    "int": "int",
    "number": "number",
    "bool": "bool",
    "date": "time",
    "[]string": "set",
    "map[string]int": "counts",
    "map[string]number": "values",
    "map[string]time": "times",
    "map[string]string": "values",
}
_SCALAR = {name: name for name in ("latest", "oldest", "min", "max", "sum")} | {"count": "sum"}
_MAP = {"latest": "latest", "mapmin": "mapmin", "mapmax": "mapmax", "latestmap": "maplatest", "oldestmap": "mapoldest"}
# By kind of field: the vendor's names of the operators it can have, the first for when none is given.
MERGES: dict[Kind, dict[str, str]] = {
    "string": _SCALAR,
    "int": _SCALAR,
    "number": _SCALAR,
    "bool": {"latest": "latest", "oldest": "oldest"},
    "time": {name: name for name in ("latest", "oldest", "min", "max")},
    "set": {"merge": "set", "capped": "set", "latest": "latest"},
    "counts": {"merge": "mapsum", "capped": "mapsum", **_MAP},
    "times": {"merge": "mapmax", "capped": "mapmax", **_MAP},
    "values": {"merge": "maplatest", "capped": "maplatest", **_MAP},
}
_SUMMED = {"sum": ("int", "number"), "count": ("int",)}


def _filterql(parse: Callable[[str], object]) -> AfterValidator:
    def check(text: str) -> str:
        try:
            parse(text)
        except FilterQLError as error:
            raise refuse(error.message, error.hint, line=error.line, column=error.column) from None
        return text

    return AfterValidator(check)


Source = Annotated[str, Field(min_length=1), _filterql(parse_source)]
Condition = Annotated[str, Field(min_length=1), _filterql(parse_condition)]


def _from_text(value: Any) -> Any:
    return {"from": value} if isinstance(value, str) else value


class MappedField(Strict):
    """Where a profile field comes from, and how it is kept."""

    source: Source = Field(alias="from", description="A key of the event, or functions of one: tonumber(amount).")
    kind: Literal[
        "string", "int", "number", "bool", "date", "[]string", "map[string]int", "map[string]number",
        "map[string]time", "map[string]string",
    ] = Field("string", description="What kind of value it has.")  # fmt: skip
    merge: Literal[
        "latest", "oldest", "min", "max", "sum", "count", "merge", "capped", "mapmin", "mapmax", "latestmap",
        "oldestmap", "",
    ] = Field(
        "", description="How a new value is taken in: by default the latest counts, sets and maps are joined."
    )  # fmt: skip
    capacity: int = Field(
        CAPACITY, ge=1, le=CAPACITY, description="How many values a set or map that joins them has room for."
    )
    condition: Condition | None = Field(None, alias="if", description="Only events for which this is true count.")

    @model_validator(mode="after")
    def _kept_as_its_kind_can(self) -> "MappedField":
        allowed = MERGES[KINDS[self.kind]]
        if self.merge and self.merge not in allowed:
            raise refuse(f"a {self.kind} cannot be kept by {self.merge!r}", f"write {one_of(tuple(allowed))}")
        if self.kind not in _SUMMED.get(self.merge, (self.kind,)):
            kinds = one_of(_SUMMED[self.merge])
            raise refuse(f"{self.merge!r} is for kind {kinds}, not {self.kind}", f"add kind = {kinds}")
        if "capacity" in self.model_fields_set and self._joining not in ROOMY:
            raise refuse("a field with one value has no capacity", 'remove it, or keep several: kind = "[]string"')
        return self

    @property
    def key(self) -> str:
        """The key of the event that it comes from, unless it is worked out of some."""
        return self.source if _KEY.fullmatch(self.source) else ""

    @property
    def operator(self) -> str:
        """The merge operator."""
        return self._joining if self.capacity == CAPACITY else f"{self._joining}/{self.capacity}"

    @property
    def _joining(self) -> str:
        allowed = MERGES[KINDS[self.kind]]
        return allowed[str(self.merge) or next(iter(allowed))]

    def rule(self, name: str) -> Rule:
        """The mapping rule for a field."""
        return make_rule(
            name, KINDS[self.kind], self.operator, self.source, self.condition or "", counts=self.merge == "count"
        )


_KEY = re.compile(r"[\w.-]+")
_SHARED = {"kind": "string", "merge": "", "capacity": CAPACITY}  # what streams that fill one field agree on
_COUNTED = frozenset({"_created", "_modified", "_num_events", "_streamnames", "_uids", "segments", "_segments"})
FieldName = Annotated[
    str, matching(r"[A-Za-z_][\w.-]*", "not a field's name", "use letters, digits and '_', beginning with a letter")
]


class StreamSettings(Strict):
    """What the events of a stream feed, besides the vendor's table."""

    where: Condition | None = Field(
        None, description="Events for which this is not true are kept, and feed no profile."
    )
    fields: dict[FieldName, Annotated[MappedField, BeforeValidator(_from_text)]] = Field(
        {}, description="Profile field to its source; a text alone is the source of a string."
    )


def stream_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with fields that streams fill: the platform works them out, or two streams disagree on one."""
    kept: dict[str, tuple[str, object, object, object]] = {}
    for stream in section(data, "streams"):
        for name, stated in section(data, "streams", stream, "fields").items():
            path = ("streams", stream, "fields", name)
            options = stated if isinstance(stated, Mapping) else {}
            ours = name in FIELDS or name in IDENTIFYING
            if name in DERIVED or name in _COUNTED or name.startswith((HIDDEN, "score_")):
                yield Finding(path, None, f"{name!r} is worked out by the platform", "give the field another name")
            elif ours and options.keys() & _SHARED.keys():
                message = f"{name!r} is a field of the platform, so its kind and merge are given"
                yield Finding(path, None, message, "remove both")
            elif not ours:
                here = (stream, *(options.get(key, value) for key, value in _SHARED.items()))
                there = kept.setdefault(name, here)
                if there[1:] != here[1:]:
                    message = f"the stream {there[0]!r} keeps {name!r} in another way"
                    yield Finding(path, None, message, "give it the same kind, merge and capacity in both")


def schema_of(streams: Mapping[str, StreamSettings]) -> Schema:
    """What the platform reads events by."""
    schema = make_schema(
        {
            name: make_stream([mapped.rule(field) for field, mapped in stream.fields.items()], stream.where or "")
            for name, stream in streams.items()
        }
    )
    mapped = [(field, each.key) for stream in streams.values() for field, each in stream.fields.items() if each.key]
    return replace(schema, sources={kind: tuple(key for field, key in mapped if field == kind) for kind in IDENTIFYING})

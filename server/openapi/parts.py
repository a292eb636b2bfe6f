"""What the description of a route is made of: parameters, bodies, answers, and what JSON Schema says of them.

A family is the routes of one surface. It says of each only what its code cannot tell: the summary is the first sentence
of the endpoint, and what all routes have in common is added by `document`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

Schema = Mapping[str, Any]
JSON = "application/json"
ANYTHING: Schema = {}
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
COUNT: Schema = {"type": "integer", "minimum": 0}
YES_OR_NO: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": ["string", "null"], "description": "ISO 8601."}
TEXTS: Schema = {"type": "array", "items": TEXT}
OBJECT: Schema = {"type": "object"}


@dataclass(frozen=True)
class Parameter:
    """A parameter of the address, its query or a header."""

    name: str
    schema: Schema
    note: str = ""
    required: bool = False
    where: str = "query"


@dataclass(frozen=True)
class Body:
    """What is sent, by content type. A limit is in bytes; an example is of the first content type."""

    content: Mapping[str, Schema]
    note: str = ""
    required: bool = True
    limit: int = 0
    example: Any = None


@dataclass(frozen=True)
class Answer:
    """What is answered, by content type; none for an answer without a body."""

    content: Mapping[str, Schema]
    note: str = "What was asked for."


@dataclass(frozen=True)
class Operation:
    """One method of one path. `fails` are the statuses of refusals beyond those that all its kind have."""

    answers: Mapping[int, Answer]
    query: Sequence[Parameter] = ()
    body: Body | None = None
    fails: Sequence[int] = ()
    path: Mapping[str, Schema] = field(default_factory=dict)
    guarded: bool = True
    note: str = ""


@dataclass(frozen=True)
class Family:
    """The routes of one surface: `GET /path` to its description, and the schemas that they name."""

    name: str
    note: str
    operations: Mapping[str, Operation]
    schemas: Mapping[str, Schema] = field(default_factory=dict)


def text(name: str, note: str = "", *, required: bool = False, **schema: Any) -> Parameter:
    """A parameter that is a text."""
    return Parameter(name, {**TEXT, **schema}, note, required)


def names(name: str, note: str) -> Parameter:
    """A parameter that is a list of names with commas between them."""
    return Parameter(name, TEXT, f"{note} Names with commas between them.")


def yes(name: str, note: str, *, default: bool = False) -> Parameter:
    """A parameter that is true or false."""
    return Parameter(name, {**YES_OR_NO, "default": default}, note)


def choice(name: str, values: Sequence[str], note: str = "", default: str | None = None) -> Parameter:
    """A parameter that is one of a few texts."""
    return Parameter(
        name, {**TEXT, "enum": list(values), **({"default": default} if default is not None else {})}, note
    )


def whole(name: str, least: int, most: int, default: int | None = None, note: str = "") -> Parameter:
    """A parameter that is a whole number."""
    usual = {} if default is None else {"default": default}
    return Parameter(name, {"type": "integer", "minimum": least, "maximum": most, **usual}, note)


def one_of(*values: str) -> Schema:
    """A text that is one of these."""
    return {**TEXT, "enum": list(values)}


def such_as(*examples: str) -> Schema:
    """A text, with examples."""
    return {**TEXT, "examples": list(examples)}


def maybe(schema: Schema) -> Schema:
    """What is there, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listing(item: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": item}


def mapping(value: Schema) -> Schema:
    """An object of names and such values."""
    return {"type": "object", "additionalProperties": value}


def thing(**properties: Schema) -> Schema:
    """An object that has all of these, and perhaps more."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def wish(required: Sequence[str] = (), /, **properties: Schema) -> Schema:
    """An object that is sent: all of it may be left out, but for what is `required`."""
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> Schema:
    """A schema by its name among those of all families."""
    return {"$ref": f"#/components/schemas/{name}"}


def envelope(data: Schema, status: int = 200, /, **more: Schema) -> Schema:
    """The vendor's envelope around an answer's data."""
    return thing(data=data, message={"const": "success"}, status={"const": status}, **more)


def told(data: Schema, note: str = "What was asked for.", **more: Schema) -> Mapping[int, Answer]:
    """A 200 in the vendor's envelope."""
    return {200: Answer({JSON: envelope(data, 200, **more)}, note)}


def plain(schema: Schema, status: int = 200, note: str = "What was asked for.") -> Mapping[int, Answer]:
    """JSON without an envelope."""
    return {status: Answer({JSON: schema}, note)}


def file(*content_types: str, note: str = "The file.") -> Mapping[int, Answer]:
    """A file, which a browser that has it already is told to keep."""
    return {200: Answer(dict.fromkeys(content_types, TEXT), note), 304: Answer({}, "The browser has it already.")}


def json_body(schema: Schema, limit: int, note: str = "", *, required: bool = True, example: Any = None) -> Body:
    """A body that is JSON, of whatever content type."""
    return Body({JSON: schema}, note, required, limit, example)


def model(kind: type[BaseModel]) -> Schema:
    """The JSON Schema of a model that bodies are read as, in one piece."""
    return inlined(kind.model_json_schema(by_alias=True))


def inlined(schema: dict[str, Any]) -> Schema:
    """A schema without definitions of its own: each stands where it is named. None may name itself."""
    definitions = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, list):
            return [whole(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" not in part:
            return {key: whole(value) for key, value in part.items()}
        named = definitions[part["$ref"].rpartition("/")[2]]
        return {**whole(named), **{key: whole(value) for key, value in part.items() if key != "$ref"}}

    found: Schema = whole(schema)
    return found

"""Personas: visitors to become. One file of `personas/` holds one, named by the file."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PrivateAttr, WithJsonSchema

from understudy.server.platform.errors import FieldError
from understudy.server.platform.identity import normal
from understudy.server.platform.schema import NO_SCHEMA, Schema
from understudy.server.platform.state import SINGLE, ProfileState
from understudy.widgets.documents import parse_document
from understudy.widgets.fields import Strict, matching, refuse
from understudy.widgets.problems import Finding, Problem, section, shown
from understudy.widgets.validation import validate

# The platform works these out, so a persona cannot state them.
COMPUTED = frozenset({"segments", "_segments", "_segs", "segments_all"})
_SCALARS = (str, int, float, bool)


def _profile_value(value: Any) -> Any:
    items = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
    for item in items:
        if not isinstance(item, _SCALARS):
            raise refuse(
                f"{shown(item)} cannot be part of a profile field",
                "a field is a text, number or boolean, a list of them, or a mapping of names to them",
            )
    return value


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    if computed := sorted(COMPUTED & fields.keys()):
        raise refuse(f"{computed[0]!r} is worked out from the other fields", "remove it and state those fields")
    return fields


ProfileValue = Annotated[
    Any,
    AfterValidator(_profile_value),
    WithJsonSchema({"type": ["string", "number", "boolean", "array", "object"]}),
]
FieldName = Annotated[
    str, matching(r"[A-Za-z_][\w.-]*", "not a field's name", "use letters, digits and '_', beginning with a letter")
]
Identity = Annotated[str, Field(min_length=1)]


class Persona(Strict):
    """A visitor to become: who it is, and its profile."""

    label: str = Field("", description="What people call it; by default the file's name.")
    description: str = Field("", description="Who this is, in a sentence.")
    identities: dict[FieldName, Identity] = Field(
        {}, description="Identifying fields such as email. A visitor id of `persona-<name>` is added."
    )
    fields: Annotated[dict[FieldName, ProfileValue], AfterValidator(_stated)] = Field(
        {}, description="Profile fields: text, numbers, booleans, lists, mappings; times in ISO 8601."
    )

    _file: str = PrivateAttr("")

    @property
    def file(self) -> str:
        """The file it was read from, relative to the workspace."""
        return self._file

    @property
    def id(self) -> str:
        """The name of its file, without the suffix."""
        return PurePosixPath(self._file).stem

    @property
    def uid(self) -> str:
        """The visitor id that the browser takes on with this persona."""
        return self.identities.get("_uid", f"persona-{self.id}")

    @property
    def all_identities(self) -> dict[str, str]:
        """Its identities with the visitor id."""
        return {"_uid": self.uid, **self.identities}


def persona_findings(data: Mapping[str, Any], schema: Schema = NO_SCHEMA) -> Iterator[Finding]:
    """What the platform would refuse when the persona is put on: identities and fields of the wrong kind."""
    for kind, value in section(data, "identities").items():
        if isinstance(value, str) and value and normal(kind, value) is None:
            hint = "an identity is an email, a uuid or a _uid, of up to 256 bytes"
            yield Finding(("identities", kind), value, f"{kind} {value!r} does not identify a profile", hint)
    for name, value in section(data, "fields").items():
        if name in SINGLE or value is None or name in COMPUTED:
            continue
        try:
            ProfileState("").assign({name: value}, schema)
        except FieldError as error:
            yield Finding(("fields", name), value, str(error).rstrip("."), "")


def fits(persona: Persona, schema: Schema) -> bool:
    """Whether the fields of a persona are of the kinds that the streams of a workspace give them."""
    return not any(persona_findings({"fields": persona.fields}, schema))


def read_persona(raw: bytes, name: str, schema: Schema = NO_SCHEMA) -> tuple[Persona | None, list[Problem]]:
    """The persona in a file's bytes, and all of its problems; None when there is any."""
    document = parse_document(raw, name)
    persona, problems = validate(Persona, document, findings=persona_findings(document.data or {}, schema))
    if persona is None:
        return None, problems
    named = persona.model_copy(update={"label": persona.label or PurePosixPath(name).stem})
    named._file = name
    return named, problems

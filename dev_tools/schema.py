"""`understudy schema`: JSON Schema for each kind of file, so that editors complete and check while one types."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from understudy.server.content.entries import ContentFile
from understudy.server.personas import Persona
from understudy.server.settings import Settings
from understudy.server.triggers.job import WebhookJob
from understudy.widgets.experience import Experience

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[BaseModel]] = {
    "workspace": Settings,
    "experience": Experience,
    "persona": Persona,
    "content": ContentFile,
    "webhook": WebhookJob,
}


class _FileSchema(GenerateJsonSchema):
    """Schemas of files rather than of Python values: a key is there with a value, or it is not there."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Leave out null: a key without a value is a mistake in a file."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out defaults that say "not set", and those of sections, whose keys have their own."""
        found = super().default_schema(schema)
        if found.get("default") in (None, "", []) or isinstance(found["default"], dict):
            found.pop("default", None)
        return found

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # the base class has the parameter
        """No titles made up from names: an editor shows the name already."""
        return False


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of file, by kind."""
    return {kind: _schema(model) for kind, model in KINDS.items()}


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(by_alias=True, schema_generator=_FileSchema)
    return {"$schema": DIALECT, **schema}


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as it is written to a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def add_arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("kind", nargs="?", choices=sorted(KINDS), help="which file kind; all of them when left out")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write <kind>.json files into this folder")


def run(arguments: Namespace) -> int:
    """Print the schemas, or write them into a folder; 0, or 2 when the folder cannot be written."""
    chosen = {kind: schema for kind, schema in schemas().items() if arguments.kind in (None, kind)}
    if arguments.out is None:
        print(schema_text(chosen[arguments.kind] if arguments.kind else chosen), end="")
        return 0
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for kind, schema in chosen.items():
            (arguments.out / f"{kind}.json").write_text(schema_text(schema), "utf-8")
    except OSError as error:
        print(f"The schemas cannot be written to {str(arguments.out)!r}: {error.strerror}.", file=sys.stderr)
        return 2
    for kind in chosen:
        print(arguments.out / f"{kind}.json")
    return 0

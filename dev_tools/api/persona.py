"""Personas that are changed in the panel, below `/__understudy__/api/`.

- `POST persona-draft {"persona", "fields"}` puts a persona in place with other fields, and answers as `POST persona`
  does. Its file stays as it is.
- `PUT persona-file {"persona", "fields"}` writes the fields to its file, where comments and order of what stays are
  kept, and answers `{"file"}`. What lint would refuse is refused. Only the default world has files.
"""

import asyncio
import io
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import ApiError, Endpoint, answer, body_of, wanted
from understudy.dev_tools.debugger_views import persona_answer
from understudy.server.personas import Persona, read_persona
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql.datemath import parse_date
from understudy.server.platform.filterql.sense import numbers_wanted
from understudy.server.platform.filterql.values import to_number
from understudy.server.site import DEFAULT_WORLD, Site, site_of
from understudy.server.streams import schema_of

LARGEST_BODY = 1_048_576  # bytes: as large as a profile may be


async def draft_route(request: Request) -> Response:
    """`POST persona-draft`: put a persona in place with other fields than its file has."""
    site = site_of(request)
    body = await body_of(request, LARGEST_BODY)
    persona = changed(site, asked_for(site, body), stated(body))
    profile = await site.platform.seed(persona.all_identities, persona.fields)
    return answer(persona_answer(persona, profile))


async def file_route(request: Request) -> Response:
    """`PUT persona-file`: write fields to a persona's file."""
    site = site_of(request)
    body = await body_of(request, LARGEST_BODY)
    persona, fields = asked_for(site, body), stated(body)
    changed(site, persona, fields)
    if site.world != DEFAULT_WORLD:
        raise ApiError("A persona is saved to its file only from the default world; this is another one.", 409)
    await asyncio.to_thread(rewrite, site.workspace.root / persona.file, fields)
    return answer({"file": persona.file})


def asked_for(site: Site, body: dict[str, object]) -> Persona:
    """The persona that a body names."""
    name = wanted(body, "persona")
    persona = site.workspace.persona(name)
    if persona is None:
        raise ApiError(f"No persona {name[:80]!r} in this workspace.", 404)
    return persona


def stated(body: dict[str, object]) -> dict[str, Any]:
    """The fields in a body."""
    fields = body.get("fields")
    if not isinstance(fields, dict):
        raise ApiError("'fields' must be an object of profile fields.")
    return fields


def changed(site: Site, persona: Persona, fields: dict[str, Any]) -> Persona:
    """The persona with other fields; raises `ApiError` with what lint would say."""
    shown = {"label": persona.label, "description": persona.description, "identities": persona.identities}
    text, schema = json.dumps({**shown, "fields": fields}), schema_of(site.settings.streams)
    found, problems = read_persona(text.encode(), f"{persona.id}.json", schema)
    said = [f"{problem.message} ({problem.hint})" if problem.hint else problem.message for problem in problems]
    said += no_numbers(fields, site.workspace.audiences)
    if found is None or said:
        raise ApiError(f"The fields are not right: {'; '.join(said)}.")
    return found


def no_numbers(fields: dict[str, Any], audiences: AudienceBook) -> list[str]:
    """The texts among fields that an audience compares with a number: somebody with such a one is never in it."""
    compared = ((one.slug, numbers_wanted(one.statement.phrase)) for one in audiences.values())
    wanted = {name: (slug, number) for slug, found in compared for name, number in found}
    return [
        f"{name} is {value[:40]!r}, which the audience {slug!r} compares with {number:g} (write a number)"
        for name, value in fields.items()
        if isinstance(value, str) and to_number(value) is None and parse_date(value) is None
        for slug, number in [wanted.get(name, ("", 0.0))]
        if slug
    ]


def rewrite(path: Path, fields: dict[str, Any]) -> None:
    """Put these fields into a persona's file, at once or not at all; raises `ApiError`."""
    try:
        replace(path, rewritten(path, fields))
    except OSError as error:
        raise ApiError(f"{path.name} cannot be written: {error.strerror}.", 409) from error
    except (ValueError, YAMLError) as error:  # it was served from its last good version
        raise ApiError(f"{path.name} is not right, so correct it first: {error}", 409) from error


def rewritten(path: Path, fields: dict[str, Any]) -> str:
    """The text of a persona's file with these fields."""
    text = path.read_text("utf-8")
    if path.suffix.lower() != ".json":
        return with_fields(text, fields)
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("it is no mapping.")
    return json.dumps({**document, "fields": fields}, indent=2, ensure_ascii=False) + "\n"


def replace(path: Path, text: str) -> None:
    """Give a file another text, without a moment in which it has half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def with_fields(text: str, fields: dict[str, Any]) -> str:
    """A persona's YAML with these fields; comments, quotes and order of those that stay are kept."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    document = yaml.load(text)
    if not isinstance(document, dict):
        raise ValueError("it is no mapping.")
    kept = document.setdefault("fields", {})
    if kept is None:
        kept = document["fields"] = {}
    for name in [name for name in kept if name not in fields]:
        del kept[name]
    for name, value in fields.items():
        if name not in kept or kept[name] != value:
            kept[name] = value
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()


PERSONA_ROUTES: list[tuple[str, str, Endpoint]] = [
    ("POST", "persona-draft", draft_route),
    ("PUT", "persona-file", file_route),
]

"""Templates: what is sent in place of the usual payload, or where to (platform.md 4.3).

Those of a workspace are files of `webhooks/`, known by their names; others are made by the API and are on record. What
the API makes of a file's template lasts until the server ends, for the file may be edited then.
"""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from understudy.server.platform.codec import rfc3339
from understudy.server.triggers.template_faults import fault_in
from understudy.widgets.documents import decode
from understudy.widgets.problems import Problem

if TYPE_CHECKING:
    from understudy.server.site import Site

TemplateType = Literal["js1", "jsonnet", "handlebars"]
ROOM = "templates"
TYPES: tuple[TemplateType, ...] = ("js1", "jsonnet", "handlebars")
SUFFIXES: Mapping[str, TemplateType] = {
    ".js": "js1",
    ".jsonnet": "jsonnet",
    ".hbs": "handlebars",
    ".handlebars": "handlebars",
}


@dataclass(frozen=True)
class Template:
    """A template. `desired_format` is an example of what it gives, in JSON; the API asks for it before it tries one."""

    id: str
    name: str
    type: TemplateType
    source: str
    description: str = ""
    desired_format: str = "{}"
    created: float = 0.0
    updated: float = 0.0

    def as_json(self, account: str) -> dict[str, object]:
        """All that the API tells of it: the source is never among that."""
        return {
            "id": self.id,
            "account_id": account,
            "name": self.name,
            "type": self.type,
            "description": self.description,
            "desired_format": self.desired_format,
            "created": rfc3339(self.created) if self.created else None,  # nobody knows when a file was
            "updated": rfc3339(self.updated) if self.updated else None,
        }


def read_template(raw: bytes, name: str) -> tuple[Template | None, list[Problem]]:
    """The template in a file's bytes, and what is wrong with it."""
    text, problems = decode(raw, name)
    path = PurePosixPath(name)
    if not problems and not text.strip():
        problems = [Problem(name, 1, 1, "", "the file is empty", "write a template, or remove the file")]
    kind = SUFFIXES[path.suffix.lower()]
    if not problems and (fault := fault_in(kind, text)):
        problems = [Problem(name, fault.line, fault.column, "", fault.message, fault.hint)]
    return (None if problems else Template(path.name, path.stem, kind, text)), problems


class TemplateShelf:
    """What the API has made, changed (then it is a template of the shelf's own) and removed."""

    def __init__(self) -> None:
        self._changes: dict[str, Template | None] = {}
        self._made: dict[str, Template] | None = None  # None until they are read

    def all(self, site: "Site") -> Iterator[Template]:
        """Every template there is."""
        known = {**_files(site), **self._changes, **self._on_record(site)}
        return (template for template in known.values() if template is not None)

    def find(self, site: "Site", name: str) -> Template | None:
        """The template of that id."""
        return next((template for template in self.all(site) if template.id == name), None)

    async def put(self, site: "Site", template: Template) -> None:
        """Let a template count, new or changed; its file, if it has one, stays as it is. Raises `StoreError`."""
        if template.id in _files(site):
            self._changes[template.id] = template
        else:
            await site.platform.note(ROOM, template.id, json.dumps(asdict(template)))
            self._on_record(site)[template.id] = template

    async def remove(self, site: "Site", template: Template) -> None:
        """Let a template be known no more; a file's is kept in mind, for the file stays. Raises `StoreError`."""
        self._changes.pop(template.id, None)
        if template.id in _files(site):
            self._changes[template.id] = None
        else:
            await site.platform.note(ROOM, template.id, None)
            self._on_record(site).pop(template.id, None)

    def _on_record(self, site: "Site") -> dict[str, Template]:
        if self._made is None:
            notes = site.platform.notes(ROOM)
            self._made = {key: Template(**json.loads(text)) for key, text in notes.items()}
        return self._made


def new_template(name: str, kind: TemplateType, source: str, description: str, wanted: str, now: float) -> Template:
    """A template with an id of its own."""
    return Template(uuid.uuid4().hex, name, kind, source, description, wanted, now, now)


def _files(site: "Site") -> dict[str, Template]:
    return {template.id: template for template in site.workspace.webhooks.templates}

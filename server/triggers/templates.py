"""Templates: what is sent in place of the usual payload, or where to (platform.md 4.3).

Those of a workspace are files of `webhooks/`, known by their names; others are made by the API and last until the
server ends.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from understudy.server.platform.codec import rfc3339
from understudy.server.triggers.template_faults import fault_in
from understudy.widgets.documents import decode
from understudy.widgets.problems import Problem

if TYPE_CHECKING:
    from understudy.server.site import Site

TemplateType = Literal["js1", "jsonnet", "handlebars"]
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
            "created": rfc3339(self.created),
            "updated": rfc3339(self.updated),
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

    def all(self, site: "Site") -> Iterator[Template]:
        """Every template there is."""
        files = {template.id: template for template in site.workspace.webhooks.templates}
        return (template for template in {**files, **self._changes}.values() if template is not None)

    def find(self, site: "Site", name: str) -> Template | None:
        """The template of that id."""
        return next((template for template in self.all(site) if template.id == name), None)

    def make(self, name: str, kind: TemplateType, source: str, description: str, wanted: str, now: float) -> Template:
        """A new template."""
        made = Template(uuid.uuid4().hex, name, kind, source, description, wanted, now, now)
        self._changes[made.id] = made
        return made

    def change(self, template: Template, now: float, **changes: str) -> Template:
        """A template with something else about it; its file, if it has one, stays as it is."""
        changed = replace(template, updated=now, **changes)  # type: ignore[arg-type]  # the caller has checked the type
        self._changes[changed.id] = changed
        return changed

    def remove(self, site: "Site", template: Template) -> None:
        """Let a template be known no more; a file's is kept in mind, for the file stays."""
        if any(file.id == template.id for file in site.workspace.webhooks.templates):
            self._changes[template.id] = None
        else:
            del self._changes[template.id]

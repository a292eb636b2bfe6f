"""What the debugger's panel is told, as JSON. Nothing is invented: what is not there is left out."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from understudy.dev_tools.schema_files import schema_streams
from understudy.server.platform.rules import kind_of

if TYPE_CHECKING:
    from understudy.server.personas import Persona
    from understudy.server.platform import AudienceBook, Profile, Receipt, StoredEvent
    from understudy.server.workspaces.workspace import Workspace
    from understudy.widgets.experience import Experience
    from understudy.widgets.widget import Widget

View = dict[str, object]


def workspace_view(workspace: "Workspace", experiences: Iterable["Experience"], book: "AudienceBook") -> View:
    """Everything in the workspace, with the experiences and audiences that count, unpublished ones too."""
    return {
        "name": workspace.root.resolve().name,
        "account": workspace.settings.account,
        "experiences": [experience_view(experience) for experience in experiences],
        "scripts": [f"widgets/{path.name}" for path in workspace.scripts],
        "personas": [persona_view(persona) for persona in workspace.personas],
        "audiences": [
            {
                "slug": slug,
                "name": audience.name,
                "public": audience.public,
                "statement": str(audience.statement),
                "file": audience.source.as_posix() if audience.source else "",
            }
            for slug, audience in sorted(book.items())
        ],
        "problems": [problem.as_json() for problem in workspace.problems],
        "schemas": schema_streams(workspace.root),
    }


def experience_view(experience: "Experience") -> View:
    """One experience, as far as a list of them needs it."""
    return {
        **_widget_view(experience.widget),
        "id": experience.id,
        "label": experience.label,
        "status": experience.status,
        "file": experience.file,
        "audience": experience.audience,
        "exclude": list(experience.exclude),
        "dates": {"start": str(experience.dates.start), "end": str(experience.dates.end)},
        "inverse": _widget_view(experience.inverse) if experience.inverse else None,
        "variations": [
            {**_widget_view(one.widget), "id": one.id, "label": one.label, "weight": one.weight}
            for one in experience.variations
        ],
        "campaign": experience.campaign,
        "stage": experience.stage,
        "priority": experience.priority,
        "tactic": experience.purpose,
    }


def _widget_view(widget: "Widget") -> View:
    return {"id": widget.id, "type": widget.type, "layout": widget.layout}


def persona_view(persona: "Persona") -> View:
    """One persona, with the visitor id that it has in a browser."""
    return {
        "id": persona.id,
        "uid": persona.uid,
        "label": persona.label,
        "description": persona.description,
        "identities": persona.all_identities,
        "fields": persona.fields,
        "file": persona.file,
    }


def persona_answer(persona: "Persona", profile: "Profile") -> View:
    """What a page needs to become a persona that was just put in place."""
    return {"uid": persona.uid, "label": persona.label, "fields": profile.fields}


def profile_view(uid: str, profile: "Profile | None", book: "AudienceBook") -> View:
    """All of a visitor's fields with their types, and every audience with whether they are in it.

    A visitor without a profile has no fields, and is in no audience. The page's own fields and the workspace's own
    audiences come before the platform's.
    """
    fields = profile.fields if profile else {}
    members = set(profile.segments) if profile else set()
    return {
        "uid": uid,
        "found": profile is not None,
        "fields": [
            {"name": name, "type": type_name(name, fields[name]), "value": fields[name]}
            for name in sorted(fields, key=lambda name: (name.startswith("_"), name))
        ],
        "audiences": [
            {"slug": slug, "name": book[slug].name, "own": book[slug].source is not None, "member": slug in members}
            for slug in sorted(book, key=lambda slug: (book[slug].source is None, slug))
        ],
    }


def type_name(field: str, value: object) -> str:
    """A field's kind in the platform's own words; for a field of no fixed kind, what its value is in JSON."""
    kind = kind_of(field)
    if kind != "any":
        return kind
    names: dict[type, str] = {bool: "bool", int: "int", float: "number", str: "string", list: "list", dict: "map"}
    return names.get(type(value), kind)


def event_message(receipt: "Receipt") -> View:
    """The live message about an event that was just stored."""
    return {"type": "event", **receipt.as_json()}


def event_view(event: "StoredEvent") -> View:
    """A stored event as the log lists it; the text on the wire is left out, for its data says the same."""
    view = event.as_json()
    del view["raw"]
    return view

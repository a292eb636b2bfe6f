"""Read-only views below `/__understudy__/api/` that say where things come from.

- `GET provenance?uid=`: `{"uid", "events", "fields", "public_fields", "public_audiences", "known"}`. `fields` maps each
  field that is kept to the stored event that set it last, `{"event_id", "time", "title"}`; null for what no event that
  is still kept has set, such as what a persona states. `known` are the fields that events can fill.
- `GET reason?uid=&audience=`: `{"audience", "file", "inside", "reason", "flip", "next"}`, the tree of conditions.
- `GET persona-audiences`: `{"personas": [{"id", "label", "audiences"}]}`, as if each had just been put on.
- `GET source?file=`: `{"file", "path", "text"}` of a file of the workspace.
"""

import asyncio
from pathlib import Path, PurePosixPath

from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import ApiError, Endpoint, answer, wanted
from understudy.dev_tools.explain import close_to, persona_fields, what_next
from understudy.server.platform.codec import from_ms
from understudy.server.platform.event import RawEvent, StoredEvent
from understudy.server.platform.facts import facts_of
from understudy.server.platform.reasons import file_of, moment_text, reason_for
from understudy.server.platform.rules import FIELDS, HIDDEN
from understudy.server.platform.state import ProfileState
from understudy.server.site import Site, site_of
from understudy.server.streams import schema_of

MOST_EVENTS = 1_000  # the newest of a visitor's that are gone through
FOLDERS = frozenset({"widgets", "audiences", "personas", "content", "styles", "pages", "schemas"})
LARGEST = 262_144  # bytes of a file that is shown


async def provenance_route(request: Request) -> Response:
    """`GET provenance`: which event set each field of a visitor."""
    site, uid = site_of(request), wanted(request.query_params, "uid")
    return answer(await asyncio.to_thread(provenance, site, uid))


def provenance(site: Site, uid: str) -> dict[str, object]:
    """What set each field, found by going through the visitor's events anew."""
    events = sorted(site.platform.events("_uid", uid, MOST_EVENTS), key=lambda event: event.event_id)
    profile = site.platform.profile("_uid", uid)
    schema = schema_of(site.workspace.settings.streams)
    state, setters = ProfileState(""), dict[str, StoredEvent]()
    for event in events:
        raw = RawEvent(event.account, event.stream, event.data, event.received, event.raw)
        read = schema.read(raw)
        if read is None:
            continue
        before = dict(state.fields)
        state.feed(facts_of(read, event.stream, event.time), event.event_id, schema)
        setters |= {name: event for name, value in state.fields.items() if before.get(name) is not value}
    fields = profile.fields if profile else {}
    book, settings = site.platform.audiences, site.settings
    return {
        "uid": uid,
        "events": len(events),
        "fields": {name: setter_view(setters.get(name)) for name in fields},
        "public_fields": sorted({"_uid", *settings.profile.public_fields}),
        "public_audiences": sorted(slug for slug, audience in book.items() if audience.public),
        "known": sorted({name for name in FIELDS if not name.startswith(HIDDEN)} | set(schema.operators)),
    }


def setter_view(event: StoredEvent | None) -> dict[str, object] | None:
    """An event that set a field, in short."""
    if event is None:
        return None
    data = event.data
    title = data.get("pf-widget-event") or ("page view" if data.get("_e") == "pv" else data.get("_e")) or event.stream
    return {"event_id": event.event_id, "time": event.time, "title": str(title)}


async def reason_route(request: Request) -> Response:
    """`GET reason`: why a visitor is in an audience or not, and until when."""
    site, uid = site_of(request), wanted(request.query_params, "uid")
    name = wanted(request.query_params, "audience")
    book, profile, now = site.platform.audiences, site.platform.profile("_uid", uid), from_ms(site.now)
    audience = book.find(name)
    if audience is None:
        raise ApiError(f"There is no audience {name[:80]!r}.{close_to(name, list(book))}", 404)
    fields = profile.fields if profile else {}
    flip = book.flip(audience.slug, fields, now)
    reason = reason_for(book, audience.slug, fields, now)
    return answer(
        {
            "audience": audience.slug,
            "file": file_of(audience),
            "inside": reason.result is True,
            "reason": reason.as_json(),
            "flip": flip and {"at": moment_text(flip.at), "inside": flip.inside},
            "next": what_next(flip),
        }
    )


async def persona_audiences_route(request: Request) -> Response:
    """`GET persona-audiences`: the audiences that each persona would be in."""
    site = site_of(request)
    book, now = site.platform.audiences, from_ms(site.now)
    personas = [
        {
            "id": persona.id,
            "label": persona.label,
            "audiences": sorted(book.members(persona_fields(site.workspace, persona.id), now)),
        }
        for persona in site.workspace.personas
    ]
    return answer({"personas": personas})


async def source_route(request: Request) -> Response:
    """`GET source`: a file of the workspace."""
    name = wanted(request.query_params, "file")
    path = file_in(site_of(request).workspace.root, name)
    try:
        raw = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise ApiError(f"{name[:80]!r} cannot be read: {error.strerror}.", 404) from error
    if len(raw) > LARGEST:
        raise ApiError(f"{name[:80]!r} is over {LARGEST:,} bytes, too long to be shown.", 413)
    return answer({"file": name, "path": path.as_posix(), "text": raw.decode("utf-8", "replace")})


def file_in(root: Path, name: str) -> Path:
    """A file of the workspace that people write; raises `ApiError` for any other."""
    parts = PurePosixPath(name).parts
    allowed = len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\0" not in name
    path = (root / name).resolve() if allowed else root
    if not allowed or not path.is_relative_to(root.resolve()):
        raise ApiError(f"{name[:80]!r} is no file of this workspace; ask for one such as widgets/hello.yaml.", 404)
    return path


INSIGHT_ROUTES: list[tuple[str, str, Endpoint]] = [
    ("GET", "provenance", provenance_route),
    ("GET", "reason", reason_route),
    ("GET", "persona-audiences", persona_audiences_route),
    ("GET", "source", source_route),
]

"""`/v2/identity/…`: which profile an identifier belongs to, and by what else it is known (platform.md 3.3, 3.8).

The shape of the answers is UNKNOWN. Here: `id` of the profile, its `identities` by field with all values, the same as
`edges` between the highest-ranked of them and each other one, and `by_fields` as in an entity's `meta`. A lookup is a
list of `{field, value}` (or an object of fields to values), answered in order, with null for who is not known.
"""

from collections.abc import Iterator

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.bodies import posted_json, read_body
from understudy.server.entity import nobody
from understudy.server.envelope import success
from understudy.server.personalize import TABLE
from understudy.server.platform.profile import Profile
from understudy.server.site import Site, site_of

LARGEST, MOST = 100_000, 1_000


async def identity_route(request: Request) -> Response:
    """Which profile an identifier belongs to; 404 for nobody."""
    site, path = site_of(request), request.path_params
    require_users(path["table"])
    found = looked_up(site, path["field"], path["value"])
    if found is None:
        raise nobody(path["field"], path["value"])
    return success(found)


async def lookup_route(request: Request) -> Response:
    """Which profiles many identifiers belong to."""
    site = site_of(request)
    wanted = list(asked_for(await read_body(request, LARGEST)))
    return success([looked_up(site, field, value) for field, value in wanted])


def asked_for(text: str) -> Iterator[tuple[str, str]]:
    """The identifiers in a body; raises a 400."""
    body = posted_json(text)
    if isinstance(body, dict):
        require_users(body.pop("table", TABLE))
    items = body.get("identifiers", body) if isinstance(body, dict) else body
    if isinstance(items, dict):
        items = [{"field": field, "value": value} for field, value in items.items()]
    if not isinstance(items, list) or len(items) > MOST:
        raise HTTPException(
            400, f'Send a list of up to {MOST:,} identifiers: [{{"field": "email", "value": "a@b.c"}}].'
        )
    for item in items:
        field, value = (item.get("field", "_uid"), item.get("value")) if isinstance(item, dict) else ("_uid", item)
        if not isinstance(field, str) or not isinstance(value, str) or not value:
            raise HTTPException(400, f"An identifier needs a field and a value, both texts, not {repr(item)[:80]}.")
        yield field, value


def looked_up(site: Site, field: str, value: str) -> dict[str, object] | None:
    """What is known of an identifier."""
    profile = site.platform.profile(field, value, computed=False)
    return None if profile is None else shown(profile)


def shown(profile: Profile) -> dict[str, object]:
    """The identities of a profile."""
    known: dict[str, list[str]] = {}
    for field, value in profile.identities:
        known.setdefault(field, []).append(value)
    nodes = [{"field": field, "value": value} for field, value in profile.identities]
    edges = [{"from": nodes[0], "to": other} for other in nodes[1:]]
    return {"id": profile.id, "table": TABLE, "identities": known, "edges": edges, "by_fields": list(known)}


def require_users(table: object) -> None:
    """Raise a 404 for a table that has no identities."""
    if table != TABLE:
        raise HTTPException(404, f"No such table: {str(table)[:80]!r}. Identities are of {TABLE!r}.")


IDENTITY_ROUTES: tuple[BaseRoute, ...] = (
    Route("/v2/identity/lookup", guarded(lookup_route), methods=["POST"]),
    Route("/v2/identity/{table}/{field}/{value:path}", guarded(identity_route)),
)

"""`/api/entity/...` and `/api/me/...`: one profile, whole or as a browser may see it; its deletion (platform.md 3.8).

Decisions where the spec is silent: an unknown profile is a 404. `segments` are the slugs of the public audiences, and
`segments_all` the ids of all of them. `events=true` adds the stored events, so that one request answers what is known
of a person. The receipt of a deletion says besides `request_id` and `complete` what went; nothing of it is kept. What
`softdelete` keeps is UNKNOWN, and so is where the word stands in its address: here the same goes, but the store writes
over its place in the file when it needs that, instead of at once; the word may stand before or after the table.
`/api/me/<account>/<_uid>` is the old public form: allow-listed fields, public audiences, JSONP; every other form is for
who may use the API (see `access`).
"""

import uuid
from collections.abc import Iterable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import check, guarded
from understudy.server.envelope import success
from understudy.server.faults import hides_audiences
from understudy.server.origins import cors_headers
from understudy.server.personalize import TABLE, jsonp
from understudy.server.platform.profile import Profile, visible
from understudy.server.public_api import decided, public_fields, require_public
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site, site_of

NO = {"false", "0", "f"}
MAX_EVENTS = 10_000


async def entity_route(request: Request) -> Response:
    """`GET` answers the profile, `DELETE` deletes it with its events and identities."""
    site, (field, value) = site_of(request), asked_for(request)
    if request.method == "DELETE":
        return await deleted(site, field, value)
    return answer(request, site, known(site, field, value))


async def deleted(site: Site, field: str, value: str) -> Response:
    """Delete a profile; the answer is its receipt."""
    erasure = await site.platform.erase(field, value)
    if erasure is None:
        raise nobody(field, value)
    site.triggers.log.forget(erasure.profile)
    return success({"request_id": uuid.uuid4().hex, "complete": True, "deleted": erasure.as_json()})


async def softdelete_route(request: Request) -> Response:
    """`DELETE` a profile without clearing its place in the store's file."""
    site, (field, value) = site_of(request), asked_for(request)
    profile = known(site, field, value)
    events = await site.platform.forget(field, value)
    site.triggers.log.forget(profile.id)
    return success({"request_id": uuid.uuid4().hex, "complete": True, "deleted": {"events": events}})


async def memberships_route(request: Request) -> Response:
    """The audiences of a profile, and nothing else of it."""
    site, (field, value) = site_of(request), asked_for(request)
    profile = known(site, field, value)
    return success({"segments": public(site, profile), "segments_all": ids(site, profile)}, meta=meta(profile))


async def me_route(request: Request) -> Response:
    """A visitor's own profile: `<account>/<_uid>` is for browsers, `<field>/<value>` for who may use the API."""
    site, first, value = site_of(request), request.path_params["field"], request.path_params["value"]
    if first != site.account:
        check(request)
        return answer(request, site, known(site, first, value))
    headers, query = cors_headers(request.headers, site.settings.domains), request.query_params
    require_public(site, headers)
    allowed = public_fields(site)
    decision = await decided(site, "_uid", value, {}, allowed)
    shown = visible(decision.fields, allowed)
    data = chosen(shown, query)
    if query.get("segments", "true").lower() not in NO:
        data["segments"] = [] if hides_audiences(request.scope) else list(decision.segments)
    about = {"by_fields": ["_uid"], "format": "json", "name": TABLE}
    if callback := query.get("callback"):
        return jsonp(request, callback, {"data": data, "meta": about, "message": "success", "status": 200})
    return success(data, headers=headers, meta=about)


def answer(request: Request, site: Site, profile: Profile) -> JSONResponse:
    """All of a profile that the request's parameters ask for."""
    query = request.query_params
    data = chosen(profile.fields, query)
    if query.get("segments", "true").lower() not in NO:
        data |= {"segments": public(site, profile), "segments_all": ids(site, profile)}
    if query.get("events", "false").lower() not in NO:
        data["events"] = [event.as_json() for event in site.platform.events("_id", profile.id, MAX_EVENTS)]
    more = {"meta": meta(profile)} if query.get("meta", "true").lower() not in NO else {}
    headers = {"Cache-Control": "no-store"}
    if query.get("download", "false").lower() not in NO:
        headers["Content-Disposition"] = f'attachment; filename="{profile.id}.json"'
    return success(data, headers=headers, **more)


def asked_for(request: Request) -> tuple[str, str]:
    """The field and value of an address; a value alone may be any identity."""
    path = request.path_params
    if path["table"] != TABLE:
        raise HTTPException(404, f"No such table: {path['table'][:80]!r}. Profiles are in {TABLE!r}.")
    if "field" in path:
        return path["field"], path["value"]
    platform = site_of(request).platform
    kinds = ("_uid", "email", "uuid", "_id")
    return next((kind for kind in kinds if platform.profile(kind, path["value"])), "_uid"), path["value"]


def known(site: Site, field: str, value: str) -> Profile:
    """The profile; raises a 404."""
    profile = site.platform.profile(field, value)
    if profile is None:
        raise nobody(field, value)
    return profile


def nobody(field: str, value: str) -> HTTPException:
    """The error for a visitor who is not known."""
    return HTTPException(404, f"No profile has the {field[:80]} {value[:80]!r}. Identities are _uid, email, uuid, _id.")


def public(site: Site, profile: Profile) -> list[str]:
    """Those of a profile's audiences that are public."""
    return site.platform.audiences.public(profile.segments)


def ids(site: Site, profile: Profile) -> list[str]:
    """The ids of all of a profile's audiences."""
    return [segment_id(site.account, slug) for slug in profile.segments]


def meta(profile: Profile) -> dict[str, object]:
    """What the envelope says of the profile: the identities it has, without their values."""
    return {"by_fields": list(dict.fromkeys(kind for kind, _ in profile.identities)), "format": "json", "name": TABLE}


def chosen(fields: Mapping[str, object], query: Mapping[str, str]) -> dict[str, object]:
    """The fields that `fields` (or `include_fields`) names, all without it, but for those of `fieldBlocklist`."""
    wanted = names(query.get("fields") or query.get("include_fields"))
    unwanted = set(names(query.get("fieldBlocklist")))
    return {name: fields[name] for name in (wanted or fields) if name in fields and name not in unwanted}


def names(text: str | None) -> Iterable[str]:
    """The names in a list that is written with commas."""
    return [name.strip() for name in (text or "").split(",") if name.strip()]


SOFT_DELETE = (
    "/api/entity/softdelete/{table}/{field}/{value:path}",
    "/api/entity/{table}/softdelete/{field}/{value:path}",
)
ENTITY_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/me/{field}/{value:path}", me_route),
    Route("/api/entity/{table}/segments/{field}/{value:path}", guarded(memberships_route)),
    *(Route(path, guarded(softdelete_route), methods=["DELETE"]) for path in SOFT_DELETE),
    Route("/api/entity/{table}/{field}/{value:path}", guarded(entity_route), methods=["GET", "DELETE"]),
    Route("/api/entity/{table}/{value}", guarded(entity_route), methods=["GET", "DELETE"]),
)

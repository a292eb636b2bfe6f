"""`/api/experience/group`, `/orphan` and the two lists of priorities (platform.md 2.6)."""

from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.envelope import success
from understudy.server.experiences.body import BodyError
from understudy.server.experiences.groups import (
    CLASSES,
    Key,
    all_groups,
    change_group,
    find_group,
    group_id,
    group_shown,
    members,
    moved,
    new_group,
    patched_change,
    stages,
)
from understudy.server.experiences.handling import flag, named, object_in
from understudy.server.experiences.names import api_id
from understudy.server.experiences.objects import shown
from understudy.server.experiences.shelf import Change
from understudy.server.records.recording import recorded
from understudy.server.site import Site, site_of
from understudy.widgets.candidates import by_priority
from understudy.widgets.experience import Experience

PRIORITY = "account_priority"


async def groups_route(request: Request) -> Response:
    """`GET` all groups (`?class=`), `POST` a new one."""
    site = site_of(request)
    if request.method == "POST":
        made = group_shown(site, new_group(site, await object_in(request)))
        return JSONResponse({"data": made, "message": "success", "status": 201}, status_code=201)
    kind = request.query_params.get("class", "")
    if kind and kind not in CLASSES:
        raise BodyError(f"class cannot be {kind[:40]!r}. Choose campaign or stage.")
    every = [group_shown(site, key) for key in all_groups(site)]
    return success([one for one in every if not kind or one["class"] == kind])


async def group_route(request: Request) -> Response:
    """`GET`, `PATCH` (or `PUT`) or `DELETE` a group; `?recursive` deletes its experiences with it."""
    site = site_of(request)
    key = find_group(site, request.path_params["id"])
    if key is None:
        raise HTTPException(404, f"There is no group with the id {request.path_params['id'][:80]!r}.")
    if request.method == "DELETE":
        answer = {**group_shown(site, key), "deleted": True}
        dissolve(site, key, recursive=flag(request, "recursive"), hard=request.query_params.get("method") == "hard")
        return success(answer)
    if request.method in {"PATCH", "PUT"}:
        change_group(site, key, await object_in(request))
    return success(group_shown(site, key))


def dissolve(site: Site, key: Key, *, recursive: bool, hard: bool) -> None:
    """Let a group, and the stages of a campaign, be no more."""
    keys = [key, *stages(site, key)]
    inside = [one for each in keys for one in members(site, each)]
    if recursive:
        shelf = site.experiences
        how: Any = "hard" if hard else "soft"
        shelf.put(site, {one.id: replace(shelf.change(one.id), removed=how, updated=site.now) for one in inside})
    else:
        site.experiences.put(site, moved(site, inside, ("", "")))
    for each in keys:
        site.experiences.groups.pop(each, None)


async def orphan_route(request: Request) -> Response:
    """The experiences that belong to no group."""
    site = site_of(request)
    return success([shown(site, one) for one in site.experiences.all(site) if not any(one.group)])


async def priority_route(request: Request) -> Response:
    """`GET` the order in which experiences come to a page, `POST` or `PUT` another: `{"experiences": [ids]}`."""
    site = site_of(request)
    if request.method != "GET":
        wanted = _list(await object_in(request), "experiences")
        order(site, [named(site, str(name)) for name in wanted])
    ids = [api_id(site.account, "experience", one.id) for one in by_priority(site.experiences.all(site))]
    return success({"slug": PRIORITY, "experiences": ids})


async def group_priority_route(request: Request) -> Response:
    """The same by groups, `{"groups": [ids]}`: experiences of a group keep their order among themselves."""
    site = site_of(request)
    if request.method != "GET":
        keys = [find_group(site, name) for name in _list(await object_in(request), "groups")]
        if None in keys:
            raise BodyError("groups: there is no group of one of these ids.")
        ranked = by_priority(site.experiences.all(site))
        order(site, [one for key in keys for one in ranked if key and one.group in {key, *stages(site, key)}])
    seen = dict.fromkeys(one.group for one in by_priority(site.experiences.all(site)) if any(one.group))
    return success({"slug": PRIORITY, "groups": [group_id(site, key) for key in seen]})


def order(site: Site, first: list[Experience]) -> None:
    """Let these come first, in this order; the others have no priority."""
    names = dict.fromkeys(one.id for one in first)
    places = {name: place for place, name in enumerate(names, start=1)}
    changes: dict[str, Change] = {}
    for one in site.experiences.all(site):
        place = places.get(one.id)
        if place != one.priority:
            changes[one.id] = patched_change(site, one, {"priority": place})
    site.experiences.put(site, changes)


def _list(body: dict[str, Any], name: str) -> list[Any]:
    value = body.get(name)
    if not isinstance(value, list):
        raise BodyError(f'{name} must be a list of ids: {{"{name}": ["…"]}}.')
    return value


GROUP_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/experience/group", recorded(groups_route), methods=["GET", "POST"]),
    Route("/api/experience/group/priority", recorded(group_priority_route), methods=["GET", "POST", "PUT"]),
    Route("/api/experience/group/{id}", recorded(group_route), methods=["GET", "PATCH", "PUT", "DELETE"]),
    Route("/api/experience/prioritization", recorded(priority_route), methods=["GET", "POST", "PUT"]),
    Route("/api/experience/orphan", guarded(orphan_route)),
)

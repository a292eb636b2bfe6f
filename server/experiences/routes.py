"""`/api/experience`: list, make, read, change and delete experiences, as the vendor's API does (platform.md 2.6, 1.1).

What is made here counts at once: for pages, previews, audiences and reports. A published experience is not edited: the
answer is a 409 that says how to pause it. Files are written only by `saving`.
"""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.envelope import success
from understudy.server.experiences.body import BodyError, asked
from understudy.server.experiences.candidates_json import candidate_route
from understudy.server.experiences.grouping_routes import GROUP_ROUTES
from understudy.server.experiences.handling import asked_for, flag, json_in, object_in
from understudy.server.experiences.look_routes import LOOK_ROUTES
from understudy.server.experiences.making import changed, made
from understudy.server.experiences.objects import PROVIDER, shown
from understudy.server.experiences.program import PROGRAM_ROUTES
from understudy.server.experiences.save_routes import SAVE_ROUTES
from understudy.server.experiences.scripts import SCRIPT_ROUTES
from understudy.server.experiences.shelf import NOTHING, ExperienceError
from understudy.server.experiences.states import API_STATES, StateError
from understudy.server.records.recording import recorded
from understudy.server.site import Site, site_of
from understudy.widgets.experience import Experience
from understudy.widgets.tactics import LABELS, TACTICS, widget_for

MOST_IMPORTED = 10
STATES = ("", *API_STATES.values(), "deleted")


async def list_route(request: Request) -> Response:
    """`GET` all experiences (`?status=` picks a state), `POST` a new one."""
    site = site_of(request)
    if request.method == "POST":
        body = await object_in(request)
        own, change = made(site, body, asked(body))
        site.experiences.put(site, {own: change})
        one = asked_for_own(site, own)
        return JSONResponse({"data": shown(site, one), "message": "success", "status": 201}, status_code=201)
    wanted = request.query_params.get("status", "")
    if wanted not in STATES:
        raise BodyError(f"status cannot be {wanted[:40]!r}. Choose one of {', '.join(STATES[1:])}.")
    every = [shown(site, one) for one in listed(site, deleted=wanted == "deleted")]
    return success([one for one in every if not wanted or one["state"]["status"] == wanted])


def listed(site: Site, *, deleted: bool) -> list[Experience]:
    """All experiences, or those that were deleted."""
    return site.experiences.deleted(site) if deleted else list(site.experiences.all(site))


def asked_for_own(site: Site, own: str) -> Experience:
    """The experience of an id that is there."""
    one = site.experiences.find(site, own, deleted=True)
    assert one is not None
    return one


async def one_route(request: Request) -> Response:
    """`GET`, `PATCH` (`?update_state=true`, `?clean_override`) or `DELETE` (`?method=hard|soft`) an experience."""
    site = site_of(request)
    if request.method == "DELETE":
        method = request.query_params.get("method", "soft")
        return deleted(site, asked_for(request, site, deleted=method == "hard"), method)
    one = asked_for(request, site, deleted=True)
    if request.method == "PATCH":
        if site.experiences.change(one.id).removed:
            raise StateError(f"{one.id!r} is deleted. Make a new one from what GET answers.")
        wishes = asked(await object_in(request), state_only=flag(request, "update_state"))
        change = changed(site, one, wishes, clean=flag(request, "clean_override"))
        if change is not NOTHING:
            site.experiences.put(site, {one.id: change})
        one = asked_for_own(site, one.id)
    return success(shown(site, one))


def deleted(site: Site, one: Experience, method: str) -> Response:
    """Delete an experience: softly it can still be read, hard it is gone (its file stays until that is saved)."""
    if method not in {"hard", "soft"}:
        raise BodyError(f"method cannot be {method[:20]!r}. Choose hard or soft.")
    shelf, now = site.experiences, site.now
    before = shelf.change(one.id)
    answer = {**shown(site, one), "deleted": True}
    shelf.put(site, {one.id: replace(before, removed=method, updated=now)})  # type: ignore[arg-type]  # checked above
    return success(answer)


async def import_route(request: Request) -> Response:
    """`GET` what another provider has to import: nothing, for there is none here (`include_existing` lists those
    imported before). `POST` up to ten: 201, or 207 when some were refused, each with its own status."""
    site = site_of(request)
    shelf = site.experiences
    if request.method == "GET":
        old = (
            [one for one in shelf.all(site) if shelf.change(one.id).imported]
            if flag(request, "include_existing")
            else []
        )
        return success([shown(site, one) for one in old if flag(request, "include_ended") or one.status != "archived"])
    body = await json_in(request)
    bodies = body.get("experiences") if isinstance(body, dict) else body
    if not isinstance(bodies, list) or not 1 <= len(bodies) <= MOST_IMPORTED:
        raise BodyError(f'The body must be {{"experiences": […]}} with 1 to {MOST_IMPORTED} of them.')
    results = [imported(site, one) for one in bodies]
    status = 201 if all(result["status"] == 201 for result in results) else 207
    return JSONResponse({"data": results, "message": "success", "status": status}, status_code=status)


def imported(site: Site, body: object) -> dict[str, Any]:
    """Import one experience; what became of it."""
    try:
        if not isinstance(body, dict):
            raise BodyError("An experience must be an object.")
        own, change = made(site, body, asked(body), imported=True)
        site.experiences.put(site, {own: change})
    except (BodyError, ExperienceError, StateError) as error:
        return {"status": 400, "message": str(error), "data": None}
    return {"status": 201, "message": "success", "data": shown(site, asked_for_own(site, own))}


async def template_route(_request: Request) -> Response:
    """What the editor begins with: each tactic and its widget."""
    return success(
        [
            {"tactic": tactic, "label": LABELS[tactic], "providerSlug": PROVIDER, "detail": widget_for(tactic)}
            for tactic in TACTICS
        ]
    )


EXPERIENCE_ROUTES: tuple[BaseRoute, ...] = (
    *SCRIPT_ROUTES,
    Route("/api/experience", recorded(list_route), methods=["GET", "POST"]),
    Route("/api/experience/import", recorded(import_route), methods=["GET", "POST"]),
    Route("/api/experience/template", guarded(template_route)),
    Route("/api/experience/candidate", guarded(candidate_route)),
    *GROUP_ROUTES,
    Route("/api/experience/{id}", recorded(one_route), methods=["GET", "PATCH", "DELETE"]),
    *PROGRAM_ROUTES,
    *LOOK_ROUTES,
    *SAVE_ROUTES,
)

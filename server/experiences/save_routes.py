"""`/__understudy__/api/experiences`: what the API of experiences did and no file says yet, to save or to take back.

GET    /__understudy__/api/experiences            what is not saved
POST   /__understudy__/api/experiences/save       save all of it
POST   /__understudy__/api/experiences/<id>/save  save one
DELETE /__understudy__/api/experiences/<id>       let it be as its file has it
"""

from dataclasses import asdict
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import Endpoint, guarded
from understudy.server.envelope import failure, success
from understudy.server.experiences.campaign_audiences import audience_route
from understudy.server.experiences.names import api_id
from understudy.server.experiences.saving import save
from understudy.server.experiences.states import StateError
from understudy.server.records.recording import recorded
from understudy.server.site import Site, site_of
from understudy.server.worlds import worlds_of

BASE = "/__understudy__/api/experiences"


async def unsaved_route(request: Request) -> Response:
    """What the API did to each experience that it changed."""
    site = site_of(request)
    shelf = site.experiences
    changes = ((own, shelf.change(own)) for own in shelf.changed)
    return success(
        [
            {
                "id": api_id(site.account, "experience", own),
                "slug": own,
                "patch": dict(change.patch),
                "override": dict(change.override),
                "removed": change.removed,
            }
            for own, change in changes
            if change.unsaved and not change.imported
        ]
    )


async def save_all_route(request: Request) -> Response:
    """Save every experience that the API changed, one after another."""
    site = writable(request)
    shelf = site.experiences
    names = [own for own in shelf.changed if shelf.change(own).unsaved and not shelf.change(own).imported]
    return success([asdict(saved) for saved in save(site, names)])


async def save_route(request: Request) -> Response:
    """Save one experience."""
    site = writable(request)
    (saved,) = save(site, [changed_id(request, site)])
    return success(asdict(saved))


async def revert_route(request: Request) -> Response:
    """Let an experience be as its file has it, or be gone when it has none."""
    site = site_of(request)
    own = changed_id(request, site)
    site.experiences.drop(site, own)
    return success({"slug": own, "there": site.experiences.find(site, own) is not None})


def writable(request: Request) -> Site:
    """The site of a request, when its files are those on disk; raises `StateError`."""
    site = site_of(request)
    if worlds_of(request).overlay(site):
        raise StateError(f"The files of the world {site.world!r} are an overlay. Save in a world without one.")
    return site


def changed_id(request: Request, site: Site) -> str:
    """The experience of the address, also one that was deleted; raises a 404."""
    name = request.path_params["id"]
    for own in (*site.experiences.changed, *(one.id for one in site.workspace.experiences)):
        if name in {own, api_id(site.account, "experience", own)}:
            return own
    raise HTTPException(404, f"There is no experience with the id {name[:80]!r}.")


def writing(endpoint: Endpoint) -> Endpoint:
    """An endpoint that says so when a file cannot be written."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except OSError as error:
            name = error.filename or "The file"
            return failure(409, f"{name} cannot be written: {error.strerror or error}. Check its rights and the disk.")

    return recorded(answer)


SAVE_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, guarded(unsaved_route)),
    Route(f"{BASE}/audience", guarded(audience_route), methods=["POST"]),
    Route(f"{BASE}/save", writing(save_all_route), methods=["POST"]),
    Route(f"{BASE}/{{id}}/save", writing(save_route), methods=["POST"]),
    Route(f"{BASE}/{{id}}", recorded(revert_route), methods=["DELETE"]),
)

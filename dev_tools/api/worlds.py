"""`/__understudy__/api/worlds`: isolated worlds within this server (see `server.worlds` and `server.world_gate`).

`POST worlds` takes `{"name", "files", "clock", "faults"}`, all of them optional: `files` maps paths in the workspace to
texts that replace or add a file, null removes one; the others are as their own routes take them. It answers 201 and
`{"name", "url", "header", "cookie", "files", "problems", "clock", "faults"}`. `GET worlds` answers all `worlds` and the
`limit`, `GET worlds/<name>` one of them. `DELETE worlds/<name>` ends one, and `POST worlds/<name>/reset` brings one
back to its beginning, with its files; the default one, too.
"""

from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.clock import ClockWish, face, set_clock
from understudy.dev_tools.api.faults import set_faults, without_nothing
from understudy.dev_tools.api.kit import ApiError, answer, body_of, read_as
from understudy.dev_tools.hubs import Hubs
from understudy.server.faults import Faults
from understudy.server.site import Site
from understudy.server.workspaces.overlays import LARGEST, Overlay
from understudy.server.world_gate import COOKIE, HEADER
from understudy.server.worlds import Worlds, worlds_of
from understudy.widgets.fields import Strict

LARGEST_BODY = 3 * LARGEST


class WorldWish(Strict):
    """A world to make, but for its files."""

    name: str = ""
    clock: ClockWish = ClockWish()
    faults: Faults = Faults()


async def worlds_route(request: Request) -> Response:
    """`GET worlds`: all worlds of this server."""
    worlds = worlds_of(request)
    return answer({"worlds": [world_view(request, site) for site in worlds], "limit": worlds.most})


async def world_route(request: Request) -> Response:
    """`GET worlds/<name>`: one world, and how to be in it."""
    return answer(world_view(request, worlds_of(request).get(request.path_params["name"])))


async def make_world_route(request: Request, hubs: Hubs) -> Response:
    """`POST worlds`: make a world, with files, clock and faults of its own."""
    body = await body_of(request, LARGEST_BODY, needed=False)
    files = files_in(body.pop("files", None))
    wish = read_as(WorldWish, without_nothing(body))
    worlds = worlds_of(request)
    site = await worlds.create(wish.name, files)
    try:
        if wish.clock != ClockWish():
            await set_clock(site, wish.clock, hubs)
        if wish.faults.active:
            set_faults(site, wish.faults, hubs)
    except BaseException:  # whatever it is, nobody learns the name of a world that is half made
        await worlds.delete(site.world)
        raise
    return answer(world_view(request, site), 201)


async def delete_world_route(request: Request) -> Response:
    """`DELETE worlds/<name>`: end a world."""
    name = request.path_params["name"]
    await worlds_of(request).delete(name)
    return answer({"name": name, "deleted": True})


async def reset_world_route(request: Request, hubs: Hubs) -> Response:
    """`POST worlds/<name>/reset`: bring a world back to its beginning."""
    return answer(await reset(request, worlds_of(request), request.path_params["name"], hubs))


async def reset(request: Request, worlds: Worlds, name: str, hubs: Hubs) -> dict[str, object]:
    """Bring a world back to its beginning, and tell its pages; answers the world."""
    site = await worlds.reset(name)
    hub = hubs.of(site)
    hub.publish({"type": "clock", **face(site)}, keep=True)
    hub.publish({"type": "faults", "active": []}, keep=True)
    hub.publish({"type": "reset"})
    return world_view(request, site)


def files_in(given: object) -> Overlay:
    """The files of a body; raises `ApiError`."""
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(text, str | None) for text in given.values()):
        raise ApiError('"files" must be an object of paths and texts, such as {"widgets/offer.yaml": "label: …"}.')
    return given


def world_view(request: Request, site: Site) -> dict[str, object]:
    """A world, and how to be in it."""
    port = f":{request.url.port}" if request.url.port else ""
    return {
        "name": site.world,
        "url": f"{request.url.scheme}://{site.world}.localhost{port}/",
        "header": {HEADER: site.world},
        "cookie": {"name": COOKIE, "value": site.world},
        "files": sorted(worlds_of(request).overlay(site)),
        "problems": [problem.as_json() for problem in site.workspace.problems],
        "clock": face(site),
        "faults": site.faults.as_json(),
    }

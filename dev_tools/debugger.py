"""The debugger's server half, under `/__understudy__/`: its script, the live stream, and a small JSON API.

It reads and changes profiles, so only this server's pages and commands may use it (quality.md E1); `api.kit` has the
rules, and each `…_api` module the shapes of its part. `GET /__understudy__/api/` tells the version and what is there.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.dev_tools.api.clock import clock_route, face, set_clock_route
from understudy.dev_tools.api.content import CONTENT_API
from understudy.dev_tools.api.faults import faults_route, set_faults_route
from understudy.dev_tools.api.insight import INSIGHT_ROUTES
from understudy.dev_tools.api.kit import BASE, VERSION, ApiError, Endpoint, answer, body_of, guarded, wanted
from understudy.dev_tools.api.pages import page_api, stream_of
from understudy.dev_tools.api.persona import PERSONA_ROUTES
from understudy.dev_tools.api.validation import VALIDATION_ROUTES
from understudy.dev_tools.api.worlds import (
    delete_world_route,
    make_world_route,
    reset,
    reset_world_route,
    world_route,
    worlds_route,
)
from understudy.dev_tools.dashboard import DASHBOARD_API, dashboard_routes
from understudy.dev_tools.debugger_views import event_view, persona_answer, profile_view, workspace_view
from understudy.dev_tools.hubs import Hubs
from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.bundling.bundle import STATIC, bundle
from understudy.server.envelope import failure
from understudy.server.numbers import whole_number
from understudy.server.pages import other_methods
from understudy.server.site import site_of
from understudy.server.worlds import worlds_of

MOST_EVENTS = 1_000


def debugger_routes(hubs: Hubs) -> list[BaseRoute]:
    """All routes of the debugger."""

    async def live(request: Request) -> Response:
        """What happens in this world, as server-sent events."""
        return stream_of(request, hubs)

    return [
        *dashboard_routes(hubs),
        Route(f"{BASE}/debugger.js", script_route),
        Route(f"{BASE}/debugger-answers.js", answers_route),
        Route(f"{BASE}/debugger-panel.js", panel_route),
        Route(f"{BASE}/live", guarded(live)),
        *(
            Route(f"{BASE}/api/{path}", guarded(endpoint), methods=[method])
            for method, path, endpoint in api_routes(hubs)
        ),
        Route(f"{BASE}/api/{{rest:path}}", guarded(unknown_route), methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]


def api_routes(hubs: Hubs) -> list[tuple[str, str, Endpoint]]:
    """Method, path below `api/` and endpoint of every part of the API."""
    return [
        ("GET", "", overview_route),
        ("GET", "workspace", workspace_route),
        ("GET", "profile", profile_route),
        ("GET", "events", events_route),
        ("POST", "persona", persona_route),
        ("POST", "reset", partial(reset_route, hubs=hubs)),
        ("GET", "worlds", worlds_route),
        ("POST", "worlds", partial(make_world_route, hubs=hubs)),
        ("GET", "worlds/{name}", world_route),
        ("DELETE", "worlds/{name}", delete_world_route),
        ("POST", "worlds/{name}/reset", partial(reset_world_route, hubs=hubs)),
        ("GET", "clock", clock_route),
        ("POST", "clock", partial(set_clock_route, hubs=hubs)),
        ("GET", "faults", faults_route),
        ("PUT", "faults", partial(set_faults_route, hubs=hubs)),
        *INSIGHT_ROUTES,
        *PERSONA_ROUTES,
        *VALIDATION_ROUTES,
        *CONTENT_API,
        *DASHBOARD_API,
        *page_api(hubs),
    ]


def debugger_script() -> str:
    """What every page has, minified for that: the recorder, the live client and the launcher as one script."""
    return bundle(STATIC / "debugger" / "panel.js", "debugger", minified=True, banner="Understudy debugger")


def answers_script() -> str:
    """What a page loads when a test, a dashboard, the panel or a changed file first wants something of it."""
    return bundle(STATIC / "debugger" / "answering.js", "debugger", banner="Understudy debugger, what is asked for")


def panel_script() -> str:
    """What a page loads when somebody opens the panel there for the first time."""
    return bundle(STATIC / "debugger" / "opened.js", "debugger", banner="Understudy debugger, the panel")


async def script_route(request: Request) -> Response:
    """The debugger's script; it holds nothing of the workspace, so any page may include it."""
    return asset_response(request, debugger_script(), JAVASCRIPT)


async def answers_route(request: Request) -> Response:
    """The script that answers for a page; a page of another origin imports it with leave only."""
    return asset_response(request, answers_script(), JAVASCRIPT, EMBEDDABLE)


async def panel_route(request: Request) -> Response:
    """The panel's script; a page of another origin imports it with leave only."""
    return asset_response(request, panel_script(), JAVASCRIPT, EMBEDDABLE)


async def overview_route(request: Request) -> Response:
    """`GET api/`: the version of the API, and which world this is with what is out of the ordinary there."""
    site = site_of(request)
    return answer(
        {
            "version": VERSION,
            "world": site.world,
            "account": site.account,
            "clock": face(site),
            "faults": site.faults.settings.active,
        }
    )


async def workspace_route(request: Request) -> Response:
    """`GET workspace`: what there is, unpublished experiences and problems too."""
    site = site_of(request)
    return answer(workspace_view(site.workspace, site.experiences.shown(site), site.platform.audiences))


async def profile_route(request: Request) -> Response:
    """`GET profile?uid=`: all fields of a visitor, and each audience with whether they are in it."""
    uid = wanted(request.query_params, "uid")
    site = site_of(request)
    return answer(profile_view(uid, site.platform.profile("_uid", uid), site.platform.audiences))


async def events_route(request: Request) -> Response:
    """`GET events?uid=&limit=`: a visitor's stored events, newest first."""
    uid = wanted(request.query_params, "uid")
    given = request.query_params.get("limit", "200")
    limit = whole_number(given, 1, MOST_EVENTS)
    if limit is None:
        raise ApiError(f"limit={given[:40]!r} is not a number from 1 to {MOST_EVENTS}.")
    stored = site_of(request).platform.events("_uid", uid, limit)
    return answer({"uid": uid, "events": [event_view(event) for event in stored]})


async def persona_route(request: Request) -> Response:
    """`POST persona {"persona": id}`: put its profile in place, afresh; answers visitor id and fields."""
    name = wanted(await body_of(request), "persona")
    site = site_of(request)
    persona = site.workspace.persona(name)
    if persona is None:
        known = ", ".join(each.id for each in site.workspace.personas) or "none"
        raise ApiError(f"No persona {name[:80]!r} in this workspace. There is: {known}.", 404)
    profile = await site.platform.seed(persona.all_identities, persona.fields)
    return answer(persona_answer(persona, profile))


async def reset_route(request: Request, hubs: Hubs) -> Response:
    """`POST reset {"uid"}` forgets a visitor; answers how many events went with the profile.

    `POST reset {"all": true}` brings the whole world back to its beginning; answers it as `worlds/<name>/reset` does.
    """
    body, site = await body_of(request), site_of(request)
    if body == {"all": True}:
        return answer(await reset(request, worlds_of(request), site.world, hubs))
    uid = wanted(body, "uid")
    return answer({"uid": uid, "events": await site.platform.forget("_uid", uid)})


async def unknown_route(request: Request) -> Response:
    """Any other address; or another method than an address has, which is a 405."""
    if refusal := other_methods(request):
        return failure(refusal.status_code, refusal.detail, headers=refusal.headers)
    raise ApiError(f"{request.method} {request.url.path} is not part of the debugger's API.", 404)

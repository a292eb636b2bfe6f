"""The debugger's server half, under `/__understudy__/`: its script, the live stream, and a small JSON API.

It reads and changes profiles, so only pages of this very server may use it (quality.md E1). Errors are in the vendor's
envelope, `{"status", "message", "data": null}`; answers are plain objects.
"""

import json
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.dev_tools.debugger_guard import may_change
from understudy.dev_tools.debugger_views import event_view, persona_answer, profile_view, workspace_view
from understudy.dev_tools.hubs import Hubs
from understudy.server.assets import JAVASCRIPT, asset_response
from understudy.server.bundle import STATIC, bundle
from understudy.server.envelope import failure
from understudy.server.origins import is_same_origin
from understudy.server.platform.errors import PlatformError, StoreError
from understudy.server.site import site_of

BASE = "/__understudy__"
LARGEST_BODY = 16_384  # bytes; the API takes one name
MOST_EVENTS = 1_000
NO_STORE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Endpoint = Callable[[Request], Awaitable[Response]]


class ApiError(Exception):
    """A request that cannot be answered; the message says what was wrong with it and what to send instead."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def debugger_routes(hubs: Hubs) -> list[BaseRoute]:
    """All routes of the debugger."""

    async def live(request: Request) -> Response:
        hub = hubs.of(site_of(request))
        seen = request.headers.get("last-event-id") or request.query_params.get("last", "")
        return hub.response(seen) if seen else hub.response(request.query_params.get("since", ""), new=True)

    return [
        Route(f"{BASE}/debugger.js", script_route),
        Route(f"{BASE}/live", guarded(live)),
        Route(f"{BASE}/api/workspace", guarded(workspace_route)),
        Route(f"{BASE}/api/profile", guarded(profile_route)),
        Route(f"{BASE}/api/events", guarded(events_route)),
        Route(f"{BASE}/api/persona", guarded(persona_route), methods=["POST"]),
        Route(f"{BASE}/api/reset", guarded(reset_route), methods=["POST"]),
        Route(f"{BASE}/api/{{rest:path}}", guarded(unknown_route), methods=["GET", "POST", "PUT", "PATCH", "DELETE"]),
    ]


def debugger_script() -> str:
    """The panel and the live client as one script, readable."""
    return bundle(STATIC / "debugger" / "panel.js", "debugger", banner="Understudy debugger")


async def script_route(request: Request) -> Response:
    """`GET /__understudy__/debugger.js`. It holds nothing of the workspace, so any page may include it."""
    return asset_response(request, debugger_script(), JAVASCRIPT)


def guarded(endpoint: Endpoint) -> Endpoint:
    """An endpoint that answers this server's own pages only, and whose errors are in the envelope."""

    async def checked(request: Request) -> Response:
        allowed = is_same_origin if request.method in {"GET", "HEAD"} else may_change
        if not allowed(request.headers):
            return failure(
                403, "Only pages of this server may use the debugger's API; open the page from this address."
            )
        try:
            return await endpoint(request)
        except ApiError as error:
            return failure(error.status, str(error), headers=NO_STORE)
        except PlatformError as error:
            return failure(503 if isinstance(error, StoreError) else 400, str(error), headers=NO_STORE)

    return checked


async def workspace_route(request: Request) -> Response:
    """`GET workspace`: what there is, unpublished experiences and problems too."""
    return answer(workspace_view(site_of(request).workspace))


async def profile_route(request: Request) -> Response:
    """`GET profile?uid=`: all fields of a visitor, and each audience with whether they are in it."""
    uid = wanted(request.query_params, "uid")
    site = site_of(request)
    return answer(profile_view(uid, site.platform.profile("_uid", uid), site.workspace.audiences))


async def events_route(request: Request) -> Response:
    """`GET events?uid=&limit=`: a visitor's stored events, newest first."""
    uid = wanted(request.query_params, "uid")
    given = request.query_params.get("limit", "200")
    if not given.isdecimal() or not 1 <= int(given) <= MOST_EVENTS:
        raise ApiError(f"limit={given[:40]!r} is not a number from 1 to {MOST_EVENTS}.")
    stored = site_of(request).platform.events("_uid", uid, int(given))
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


async def reset_route(request: Request) -> Response:
    """`POST reset {"uid"}`: forget a visitor; answers how many events went with the profile."""
    uid = wanted(await body_of(request), "uid")
    return answer({"uid": uid, "events": await site_of(request).platform.forget("_uid", uid)})


async def unknown_route(request: Request) -> Response:
    """Any other address or method."""
    raise ApiError(f"{request.method} {request.url.path} is not part of the debugger's API.", 404)


def answer(data: Mapping[str, object]) -> JSONResponse:
    """A JSON answer that nobody keeps."""
    return JSONResponse(dict(data), headers=NO_STORE)


def wanted(given: Mapping[str, object], name: str) -> str:
    """A text that a request must have; raises `ApiError` when it is missing, empty or something else."""
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(f"{name!r} is {'missing' if value is None else repr(value)[:80]}; it must be a text.")
    return value


async def body_of(request: Request) -> dict[str, object]:
    """The request's JSON object; raises `ApiError` for anything else, and for one over `LARGEST_BODY` bytes."""
    raw = b""
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise ApiError(f"The body is over {LARGEST_BODY} bytes; send one small JSON object.", 413)
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise ApiError(f"The body is not JSON ({error}); send an object.") from error
    if not isinstance(body, dict):
        raise ApiError(f"The body is {type(body).__name__}, not an object; send {{…}}.")
    return body

"""The dashboard at `/__understudy__/`: every page that is open in a world, with the server's half of each story.

The page is for who may use the debugger's API, and takes nothing but its own script and stylesheet.
`GET /__understudy__/api/story?uid=&event_id=` answers `{"event_id", "received", "stream", "raw", "webhooks"}`: an event
as it came over the wire, and what was sent to webhooks about its visitor until that one's next event.
"""

import asyncio
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.dev_tools.api.kit import BASE, ApiError, Endpoint, answer, guarded, wanted
from understudy.dev_tools.api.worlds import world_view
from understudy.dev_tools.hubs import Hubs
from understudy.server.assets import HTML, JAVASCRIPT, STYLESHEET, asset_response
from understudy.server.bundling.bundle import STATIC, bundle
from understudy.server.site import Site, site_of
from understudy.server.worlds import worlds_of

PACKAGE = "understudy.dev_tools"
MOST_EVENTS = 1_000  # the newest of a visitor's that are gone through
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def dashboard_routes(hubs: Hubs) -> list[BaseRoute]:
    """The page with its files."""

    async def dashboard_page(request: Request) -> Response:
        """Every page that is open in this world, and what the server did for it."""
        site = site_of(request)
        text = (
            _environment()
            .get_template("dashboard.html.jinja")
            .render(
                base=BASE,
                name=site.workspace.root.resolve().name,
                world=site.world,
                since=hubs.of(site).last_id,
                worlds=[(each.world, world_view(request, each)["url"]) for each in worlds_of(request)],
            )
        )
        return asset_response(request, text, HTML, HEADERS)

    return [
        Route(f"{BASE}/", guarded(dashboard_page)),
        Route(f"{BASE}/dashboard.js", script_route),
        Route(f"{BASE}/dashboard.css", style_route),
    ]


def dashboard_script() -> str:
    """The dashboard as one script, readable."""
    return bundle(STATIC / "debugger" / "dashboard.js", "debugger", banner="Understudy dashboard")


async def script_route(request: Request) -> Response:
    """The dashboard's script; it holds nothing of the workspace."""
    return asset_response(request, dashboard_script(), JAVASCRIPT)


async def style_route(request: Request) -> Response:
    """The dashboard's stylesheet."""
    sheets = ((files(PACKAGE) / "templates" / name).read_text("utf-8") for name in ("palette.css", "dashboard.css"))
    return asset_response(request, "".join(sheets), STYLESHEET)


async def story_route(request: Request) -> Response:
    """`GET story`: an event as it came over the wire, and the webhooks about its visitor until the next."""
    uid, number = wanted(request.query_params, "uid"), wanted(request.query_params, "event_id")
    return answer(await asyncio.to_thread(story, site_of(request), uid, number))


def story(site: Site, uid: str, number: str) -> dict[str, object]:
    """What the server knows of one event; raises `ApiError`."""
    events = site.platform.events("_uid", uid, MOST_EVENTS)
    at = next((index for index, event in enumerate(events) if str(event.event_id) == number), None)
    profile = site.platform.profile("_uid", uid)
    if at is None or profile is None:
        raise ApiError(f"The newest events of {uid[:80]!r} have none with the number {number[:20]!r}.", 404)
    event, until = events[at], events[at - 1].received if at else float("inf")
    sent = [one for one in site.triggers.log if profile.id in one.profiles and event.received <= one.at < until]
    return {
        "event_id": event.event_id,
        "received": event.received,
        "stream": event.stream,
        "raw": event.raw,
        "webhooks": [one.as_json() for one in sent],
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader(PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


DASHBOARD_API: list[tuple[str, str, Endpoint]] = [("GET", "story", story_route)]

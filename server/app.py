"""The web application: the vendor's surfaces first, then what the caller adds, then the user's pages."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.account_routes import ACCOUNT_ROUTES
from understudy.server.bulk import bulk_route
from understudy.server.caps import HeaderCaps
from understudy.server.collect import collect_route, provider_route
from understudy.server.content.routes import CONTENT_ROUTES
from understudy.server.entity import ENTITY_ROUTES
from understudy.server.experiences.routes import EXPERIENCE_ROUTES
from understudy.server.hosts import HostGuard
from understudy.server.identity_routes import IDENTITY_ROUTES
from understudy.server.openapi.parts import Family
from understudy.server.openapi.routes import openapi_routes
from understudy.server.pages import Transform, page_routes, unchanged
from understudy.server.personalize import personalize_route
from understudy.server.preflight import preflight_route
from understudy.server.query_routes import QUERY_ROUTES
from understudy.server.records.recording import keep_record
from understudy.server.refusals import HANDLERS
from understudy.server.reports.routes import REPORT_ROUTES
from understudy.server.schema_routes import SCHEMA_ROUTES
from understudy.server.sdk.account_build import account_sdk_route
from understudy.server.sdk.script import sdk_route
from understudy.server.segments.further_routes import MORE_SEGMENT_ROUTES
from understudy.server.segments.routes import SEGMENT_ROUTES
from understudy.server.site import Site
from understudy.server.tag.script import tag_route
from understudy.server.triggers.dispatcher import keep_sending
from understudy.server.triggers.routes import TRIGGER_ROUTES
from understudy.server.upload import upload_route
from understudy.server.world_gate import WorldGate
from understudy.server.worlds import Attendant, Worlds

# The vendor's URL layout (tag.md 5.1). Methods are checked by the routes that take more than GET.
VENDOR_ROUTES: tuple[BaseRoute, ...] = (
    # First, because there are far more events than other requests, and routes are tried in turn.
    Route("/c/provider/{name}", provider_route),
    Route("/c/{cid}", collect_route, methods=["GET", "POST", "OPTIONS"]),
    Route("/c/{cid}/{stream}", collect_route, methods=["GET", "POST", "OPTIONS"]),
    Route("/api/tag/{cid}/latest.js", tag_route),
    Route("/api/tag/{cid}/latest.min.js", tag_route),
    Route("/static/pathfora.js", sdk_route),
    Route("/static/pathfora.min.js", sdk_route),
    Route("/static/pathfora.css", sdk_route),
    Route("/static/pathfora.min.css", sdk_route),
    *EXPERIENCE_ROUTES,
    Route("/collect/json/{stream}", guarded(upload_route), methods=["POST"]),
    Route("/collect/bulk/{stream}", guarded(bulk_route), methods=["POST"]),
    Route("/cid/{cid}", preflight_route),
    *ENTITY_ROUTES,
    *MORE_SEGMENT_ROUTES,
    *SEGMENT_ROUTES,
    *ACCOUNT_ROUTES,
    *IDENTITY_ROUTES,
    *SCHEMA_ROUTES,
    *QUERY_ROUTES,
    Route("/api/personalize/{cid}/{table}/{field}/{value:path}", personalize_route, methods=["GET", "POST"]),
    *CONTENT_ROUTES,
    *REPORT_ROUTES,
    *TRIGGER_ROUTES,
)
ACCOUNT_SDK = Route("/__understudy__/sdk/{file}", account_sdk_route)


def create_app(
    site: Site,
    *,
    routes: Sequence[BaseRoute] = (),
    families: Callable[[], Sequence[Family]] = tuple,
    transform: Transform = unchanged,
    attendants: Sequence[Attendant] = (),
    lifespan: Any = None,
) -> Starlette:
    """Build the application around its default site; `app.state.worlds` has the others.

    `routes` are the caller's own, under `/__understudy__/`, and `families()` say what they take and answer;
    `transform` changes each page's bytes on the way out.
    `attendants` are open for each world, and `lifespan` is the caller's own within that.
    """
    worlds = Worlds(site, (keep_record, keep_sending, *attendants))

    @asynccontextmanager
    async def whole(app: Starlette) -> AsyncIterator[None]:
        async with worlds.attended(), lifespan(app) if lifespan else nullcontext():
            yield

    app = Starlette(
        routes=[
            *VENDOR_ROUTES,
            ACCOUNT_SDK,
            *openapi_routes(families),
            *routes,
            *page_routes(transform),
        ],
        middleware=[
            Middleware(HeaderCaps),
            Middleware(HostGuard, allowed=lambda: site.workspace.settings.server.allowed_hosts),
            Middleware(WorldGate, worlds=worlds),
        ],
        exception_handlers=HANDLERS,
        lifespan=whole,
    )
    app.state.worlds = worlds
    return app

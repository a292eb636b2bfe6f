"""`GET /api/experience/candidate/<cid>/config.js`: every published experience, as a script (tag.md 5.7)."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.site import site_of
from understudy.widgets.candidates import render_candidates


async def candidates_route(request: Request) -> Response:
    """The candidate script of the workspace as it is now; deterministic, so an unchanged workspace answers 304."""
    workspace = site_of(request).workspace
    scripts = [quote(f"/widgets/{path.name}") for path in workspace.scripts]
    return asset_response(request, render_candidates(workspace.experiences, scripts), JAVASCRIPT, EMBEDDABLE)

"""The scripts of experiences (tag.md 5.7): `/api/experience/candidate/<cid>/config.js` has every published one, and
`/api/experience/preview/<cid>/<id>/config.js` one of them, a draft too.

The older `/api/program/campaign/variation/preview/…` finds the same experiences: a workspace has no campaigns of the
first generation. A preview that names nothing is a script all the same, for the page runs it: it says so there.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.site import site_of
from understudy.widgets.candidates import render_candidates, render_missing, render_preview


async def candidates_route(request: Request) -> Response:
    """The candidate script of the workspace as it is now; deterministic, so an unchanged workspace answers 304."""
    workspace = site_of(request).workspace
    scripts = [quote(f"/widgets/{path.name}") for path in workspace.scripts]
    return asset_response(request, render_candidates(workspace.experiences, scripts), JAVASCRIPT, EMBEDDABLE)


async def preview_route(request: Request) -> Response:
    """The script of the experience that the address names, by its own id or its inverse's."""
    wanted = request.path_params["id"]
    found = next((one for one in site_of(request).workspace.experiences if wanted in one.widget_ids), None)
    return asset_response(request, render_preview(found, wanted) if found else render_missing(wanted), JAVASCRIPT, EMBEDDABLE)

"""The scripts of experiences (tag.md 5.7): `/api/experience/candidate/<cid>/config.js` has every published one, and
`/api/experience/preview/<cid>/<id>/config.js` one of them, a draft too.

The older addresses answer the same. `/api/program/campaign/config/…` has all that is published, for a page whose tag
knows no other, and `/api/program/campaign/variation/preview/…` finds variations, and experiences as well. A preview
that names nothing is a script all the same, for the page runs it: it says so there.
"""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.experiences.look import looking
from understudy.server.experiences.names import api_id
from understudy.server.site import Site, site_of
from understudy.widgets.candidates import render_candidates, render_missing, render_preview
from understudy.widgets.experience import Experience


async def candidates_route(request: Request) -> Response:
    """The candidate script of the site as it is now; deterministic, so what has not changed answers 304."""
    site = site_of(request)
    experiences = (looking(one, site.experiences.look) for one in site.experiences.shown(site))
    scripts = [quote(f"/widgets/{path.name}") for path in site.workspace.scripts]
    return asset_response(request, render_candidates(experiences, scripts), JAVASCRIPT, EMBEDDABLE)


async def preview_route(request: Request) -> Response:
    """The script of the experience that the address names, by an id of its own or of one of its widgets."""
    site, wanted = site_of(request), request.path_params["id"]
    one, variation = previewed(site, wanted)
    if one is None:
        return asset_response(request, render_missing(wanted), JAVASCRIPT, EMBEDDABLE)
    text = render_preview(looking(one, site.experiences.look), variation)
    return asset_response(request, text, JAVASCRIPT, EMBEDDABLE)


def previewed(site: Site, wanted: str) -> tuple[Experience | None, str]:
    """The experience of an id, and the variation when the id is that of one."""
    for one in site.experiences.shown(site):
        for widget in one.widget_ids:
            if wanted == api_id(site.account, "variation", widget):
                return one, widget
    return site.experiences.find(site, wanted), wanted


SCRIPT_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/experience/candidate/{cid}/config.js", candidates_route),
    Route("/api/experience/preview/{cid}/{id:path}/config.js", preview_route),
    Route("/api/program/campaign/config/{cid}/config.js", candidates_route),
    Route("/api/program/campaign/variation/preview/{cid}/{id:path}/config.js", preview_route),
)

"""`/api/account/setting[/<slug>]`: the account's settings, read and changed for this world (platform.md 3.8).

A `PUT` sends the value itself as JSON, or an object whose `value` it is; `DELETE` gives back what understudy.toml says.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.account_settings import SLUGS, SettingError
from understudy.server.bodies import json_in, read_body
from understudy.server.envelope import success
from understudy.server.records.recording import recorded
from understudy.server.site import Site, site_of

LARGEST = 64_000


async def list_route(request: Request) -> Response:
    """All of the account's settings."""
    site = site_of(request)
    return success([shown(site, slug) for slug in SLUGS])


async def setting_route(request: Request) -> Response:
    """`GET`, `PUT` or `DELETE` one of the account's settings."""
    site, slug = site_of(request), request.path_params["slug"]
    if slug not in SLUGS:
        raise HTTPException(404, f"No such setting: {slug[:80]!r}. There is {', '.join(SLUGS)}.")
    if request.method == "DELETE":
        site.account_settings.drop(slug)
    if request.method == "PUT":
        site.account_settings.put(slug, value_in(await read_body(request, LARGEST)))
    if request.method != "GET" and SLUGS[slug].path[0] == "content":
        site.content.refresh(site)
    return success(shown(site, slug))


def shown(site: Site, slug: str) -> dict[str, object]:
    """A setting as it is now."""
    return site.account_settings.shown(site.workspace.settings, slug)


def value_in(text: str) -> object:
    """The value that a body sends; raises `SettingError`."""
    try:
        sent = json_in(text)
    except ValueError as error:
        raise SettingError(f'The body is not JSON: {error}. Send the value, or {{"value": …}}.') from None
    return sent["value"] if isinstance(sent, dict) and "value" in sent else sent


ACCOUNT_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/account/setting", guarded(list_route)),
    Route("/api/account/setting/{slug}", recorded(setting_route), methods=["GET", "PUT", "DELETE"]),
)

"""`/program/settings`: the look of all widgets that have none of their own (platform.md 2.7)."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.envelope import success
from understudy.server.experiences.handling import object_in
from understudy.server.experiences.look import Look, looking
from understudy.server.experiences.patching import patched
from understudy.server.experiences.shelf import ExperienceError
from understudy.server.records.recording import recorded
from understudy.server.site import site_of
from understudy.widgets.documents import Document
from understudy.widgets.validation import validate


async def settings_route(request: Request) -> Response:
    """`GET` the theme and the colours, `POST` others: keys that are missing stay, null takes one away."""
    site = site_of(request)
    shelf = site.experiences
    if request.method == "POST":
        wanted = patched(shelf.look, await object_in(request))
        _, problems = validate(Look, Document("", wanted))
        if problems:
            raise ExperienceError(problems)
        old, shelf.look = shelf.look, wanted
        every = shelf.shown(site)
        shelf.tell(*(tuple(looking(one, look) for one in every) for look in (old, wanted)))
    return success({"theme": "", "colors": {}, **shelf.look})


LOOK_ROUTES: tuple[BaseRoute, ...] = tuple(
    Route(path, recorded(settings_route), methods=["GET", "POST"])
    for path in ("/program/settings", "/api/program/settings")
)

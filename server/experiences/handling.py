"""What the routes of experiences have in common: whom they answer, what they read, and how they refuse."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from understudy.server.bodies import posted_json, posted_object, read_body
from understudy.server.site import Site
from understudy.widgets.experience import Experience

LONGEST = 1_000_000
TRUE = {"", "true", "1", "t", "yes"}  # `?update_state` alone is a yes


async def object_in(request: Request) -> dict[str, Any]:
    """The posted JSON object, of whatever content type: the vendor's how-to says `text/json`."""
    return posted_object(await read_body(request, LONGEST), '{"experience": {"label": "Offer"}}')


async def json_in(request: Request) -> object:
    """The posted JSON."""
    return posted_json(await read_body(request, LONGEST))


def flag(request: Request, name: str) -> bool:
    """Whether a parameter of the address says yes."""
    return request.query_params.get(name, "no").lower() in TRUE


def asked_for(request: Request, site: Site, *, deleted: bool = False) -> Experience:
    """The experience of the address; raises a 404."""
    return named(site, request.path_params["id"], deleted=deleted)


def named(site: Site, name: str, *, deleted: bool = False) -> Experience:
    """The experience of an id; raises a 404."""
    one = site.experiences.find(site, name, deleted=deleted)
    if one is None:
        raise HTTPException(404, f"There is no experience with the id {name[:80]!r}.")
    return one

"""What the routes of experiences have in common: whom they answer, what they read, and how they refuse."""

import json
from functools import wraps
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import Endpoint, guarded
from understudy.server.bodies import BodyTooLarge, BodyTooSlow, read_body
from understudy.server.envelope import failure
from understudy.server.experiences.body import BodyError
from understudy.server.experiences.shelf import ExperienceError
from understudy.server.experiences.states import StateError
from understudy.server.site import Site
from understudy.widgets.experience import Experience

LONGEST = 1_000_000
TRUE = {"", "true", "1", "t", "yes"}  # `?update_state` alone is a yes


def handled(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals become answers in the vendor's envelope."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except BodyError as error:
            return failure(400, str(error))
        except ExperienceError as error:
            return failure(422, str(error))
        except StateError as error:
            return failure(409, str(error))
        except BodyTooLarge as error:
            return failure(413, str(error))
        except BodyTooSlow as error:
            return failure(408, str(error))

    return guarded(answer)


async def object_in(request: Request) -> dict[str, Any]:
    """The posted JSON object, of whatever content type: the vendor's how-to says `text/json`. Raises `BodyError`."""
    value = await json_in(request)
    if not isinstance(value, dict):
        raise BodyError('The body must be a JSON object, such as {"experience": {"label": "Offer"}}.')
    return value


async def json_in(request: Request) -> object:
    """The posted JSON; raises `BodyError`."""
    text = await read_body(request, LONGEST)
    try:
        value: object = json.loads(text, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair cannot be answered
        return value
    except (ValueError, RecursionError) as error:
        raise BodyError(f"The body is not JSON: {error}.") from None


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is no number of JSON")


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

"""What the routes of this package share: reading what was posted, and refusals in the vendor's envelope."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import guarded
from understudy.server.bodies import BodyTooLarge, BodyTooSlow, json_in, read_body
from understudy.server.envelope import failure
from understudy.server.platform.errors import StoreError

M = TypeVar("M", bound=BaseModel)
LONGEST_TEXT = 256 * 1024
Endpoint = Callable[[Request], Awaitable[Response]]


class RefusedRequest(Exception):  # noqa: N818  (named for what it says)
    """A request that cannot be answered; the message says what was wrong with it and what to send instead."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def explained(endpoint: Endpoint) -> Endpoint:
    """An endpoint for who may use the API, whose refusals become answers."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RefusedRequest as error:
            return failure(error.status, str(error))
        except BodyTooLarge as error:
            return failure(413, str(error))
        except BodyTooSlow as error:
            return failure(408, str(error))
        except StoreError as error:
            return failure(507, str(error))

    return guarded(answer)


async def text_in(request: Request) -> str:
    """The posted text."""
    return await read_body(request, LONGEST_TEXT)


async def object_in(request: Request) -> dict[str, Any]:
    """The posted JSON object."""
    try:
        value = json_in(await text_in(request))
    except ValueError as error:
        raise RefusedRequest(f"The body is not JSON: {error}.") from None
    if not isinstance(value, dict):
        raise RefusedRequest("The body must be a JSON object.")
    return value


def model_in(model: type[M], value: dict[str, Any]) -> M:
    """A model from a posted object; the refusal names the first key that is wrong."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or "the body"
        raise RefusedRequest(f"{where}: {first['msg']}.") from None

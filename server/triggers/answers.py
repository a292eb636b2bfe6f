"""What the routes of this package share: reading what was posted, and refusals in the vendor's envelope."""

from typing import Any, TypeVar

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request

from understudy.server import bodies
from understudy.server.bodies import posted_object, read_body

M = TypeVar("M", bound=BaseModel)
LONGEST_TEXT = 256 * 1024


async def text_in(request: Request) -> str:
    """The posted text."""
    return await read_body(request, LONGEST_TEXT)


async def object_in(request: Request, like: str) -> dict[str, Any]:
    """The posted JSON object; `like` is an example of what it may be."""
    return posted_object(await text_in(request), like)


def model_in(model: type[M], value: dict[str, Any]) -> M:
    """A model from a posted object; the refusal names every key that is wrong."""
    try:
        return bodies.model_in(model, value)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None

"""Reading what was posted, up to a limit of size and of time: a client may be hostile, or just broken."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request

from understudy.server.platform.decoder import refuse_constant, sound
from understudy.widgets.documents import Document
from understudy.widgets.validation import validate

M = TypeVar("M", bound=BaseModel)
SECONDS = 10.0  # for a whole body; a client that drips one byte at a time is cut off


class BodyTooLarge(Exception):  # noqa: N818  (named for what it says of the body)
    """A body over its limit; `size` is all of its bytes."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        super().__init__(f"The body is {size:,} bytes, over the limit of {limit:,}. Send less in one request.")


class BodyTooSlow(Exception):  # noqa: N818
    """A body that did not end in time."""

    def __init__(self) -> None:
        super().__init__(f"The body did not end within {SECONDS:g} seconds. Send it at once.")


async def read_body(request: Request, limit: int) -> str:
    """The body as text, where bytes that are not UTF-8 become U+FFFD; raises `BodyTooLarge` and `BodyTooSlow`.

    It is read to its end even when it is too large: a client that is still sending reads no answer. What is over the
    limit is not kept.
    """
    body, size = bytearray(), 0
    try:
        async with asyncio.timeout(SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size <= limit:
                    body += chunk
    except TimeoutError:
        raise BodyTooSlow from None
    if size > limit:
        raise BodyTooLarge(size, limit)
    return body.decode("utf-8", "replace")


def json_in(text: str) -> Any:
    """The value that a body's text is; raises `ValueError`, whose message says why it is none that can be answered."""
    try:
        value = json.loads(text, parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if not sound(value):
        raise ValueError("it is nested too deep, or has an infinite number or half a surrogate in it")
    return value


def posted_json(text: str) -> Any:
    """The value of a body's text; raises the 400 that says why it has none."""
    try:
        return json_in(text)
    except ValueError as error:
        raise HTTPException(400, f"The body is not JSON: {error}.") from None


def posted_object(text: str, like: str) -> dict[str, Any]:
    """The object that a body's text is, of whatever content type; raises a 400, which shows what it may be `like`."""
    value = posted_json(text)
    if not isinstance(value, dict):
        raise HTTPException(400, f"The body must be a JSON object, such as {like}.")
    return value


def model_in(model: type[M], value: Mapping[str, Any], name: str = "The body") -> M:
    """What was posted, as a model; raises `ValueError`, whose message says everything that is wrong, as lint would."""
    found, problems = validate(model, Document(name, dict(value)))
    if found is None:
        said = [f"{problem.message} ({problem.hint})" if problem.hint else problem.message for problem in problems]
        raise ValueError(f"{name} is not right: {'; '.join(said)}.")
    return found

"""What the routes of `/__understudy__/api/` share: who may use them, how they read and how they answer.

Answers are plain JSON objects that nobody keeps. Errors are in the vendor's envelope, `{"status", "message", "data":
null}`. The shape is that of `VERSION`, which `GET /__understudy__/api/` tells; a key is never given another meaning
within a version.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import TypeVar

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from understudy.dev_tools.debugger_guard import may_change
from understudy.server.bodies import BodyTooLarge, BodyTooSlow, json_in, model_in, read_body
from understudy.server.envelope import failure
from understudy.server.origins import is_same_origin
from understudy.server.platform.errors import PlatformError, StoreError
from understudy.server.worlds import WorldError

VERSION = 1
BASE = "/__understudy__"
LARGEST_BODY = 16_384  # bytes; most routes take a name or two
NO_STORE = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

REFUSED = (
    "Only pages of this server may use the debugger's API, and commands of this machine; open the page from this "
    "address. Another machine's commands need the `token` of [server] in understudy.toml."
)

Endpoint = Callable[[Request], Awaitable[Response]]
M = TypeVar("M", bound=BaseModel)


class ApiError(Exception):
    """A request that cannot be answered; the message says what was wrong with it and what to send instead."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def guarded(endpoint: Endpoint) -> Endpoint:
    """An endpoint for this server's own pages and its machine's commands, and whose errors are in the envelope."""

    @wraps(endpoint)
    async def checked(request: Request) -> Response:
        reading = request.method in {"GET", "HEAD"}
        if not (is_same_origin(request.headers) if reading else may_change(request)):
            return failure(403, REFUSED)
        try:
            return await endpoint(request)
        except (ApiError, WorldError) as error:
            return failure(error.status, str(error), headers=NO_STORE)
        except RecursionError:
            return failure(400, "The body is nested too deeply; no part of the API needs that.", headers=NO_STORE)
        except PlatformError as error:
            return failure(503 if isinstance(error, StoreError) else 400, str(error), headers=NO_STORE)

    return checked


def answer(data: Mapping[str, object], status: int = 200) -> JSONResponse:
    """A JSON answer that nobody keeps."""
    return JSONResponse(dict(data), status, headers=NO_STORE)


def wanted(given: Mapping[str, object], name: str) -> str:
    """A text that a request must have; raises `ApiError` when it is missing, empty or something else."""
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(f"{name!r} is {'missing' if value is None else repr(value)[:80]}; it must be a text.")
    return value


async def body_of(request: Request, limit: int = LARGEST_BODY, *, needed: bool = True) -> dict[str, object]:
    """The request's JSON object; raises `ApiError` for anything else, and for one over `limit` bytes.

    Where none is `needed`, no body is an empty object.
    """
    try:
        text = await read_body(request, limit)
    except BodyTooLarge as error:
        raise ApiError(f"The body is over {limit} bytes; send one small JSON object.", 413) from error
    except BodyTooSlow as error:
        raise ApiError(str(error), 408) from error
    if not text and not needed:
        return {}
    try:
        body = json_in(text)
    except ValueError as error:
        raise ApiError(f"The body is not JSON ({error}); send an object.") from error
    if not isinstance(body, dict):
        raise ApiError(f"The body is {type(body).__name__}, not an object; send {{…}}.")
    return body


def read_as(model: type[M], body: dict[str, object]) -> M:
    """A body as a model; raises `ApiError` with everything that is wrong with it."""
    try:
        return model_in(model, body)
    except ValueError as error:
        raise ApiError(str(error)) from None

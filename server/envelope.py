"""The vendor's JSON envelope, `{"data": …, "message": …, "status": …}`, for answers and errors (platform.md 3.6)."""

import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

log = logging.getLogger("understudy")


def success(data: object, *, headers: Mapping[str, str] | None = None, **more: object) -> JSONResponse:
    """A 200 with `data`; `more` adds keys such as `meta`."""
    return JSONResponse({"data": data, "message": "success", **more, "status": 200}, headers=headers)


def failure(status: int, message: str, *, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error with one message that says what failed and what to change; it is logged too."""
    log.warning("%s %s", status, message)
    return JSONResponse({"data": None, "message": message, "status": status}, status_code=status, headers=headers)


async def crash(request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for what nobody foresaw: the log has all of it, the answer nothing of its insides."""
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return failure(500, "The server failed at this; its log says why. Please report that.")


async def http_failure(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's handler for `HTTPException`, in the same envelope."""
    assert isinstance(error, HTTPException)
    return failure(error.status_code, error.detail, headers=error.headers)

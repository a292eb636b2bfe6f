"""How what a route cannot do is answered: one table for all of them, in the vendor's envelope (platform.md 3.6).

A route raises what is wrong with a request, and answers that itself only where the answer has headers of its own.
"""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.account_settings import SettingError
from understudy.server.bodies import BodyTooLarge, BodyTooSlow
from understudy.server.content.parameters import RefusedError
from understudy.server.envelope import crash, failure, http_failure
from understudy.server.experiences.body import BodyError
from understudy.server.experiences.shelf import ExperienceError
from understudy.server.experiences.states import StateError
from understudy.server.limits import OverLimit, refused
from understudy.server.platform.errors import StoreError
from understudy.server.platform.filterql import FilterQLError
from understudy.server.segments.vendor_object import SegmentError
from understudy.server.workspaces.overlays import OverlayError

STATUSES: Mapping[type[Exception], int] = {
    BodyError: 400,
    BodyTooLarge: 413,
    BodyTooSlow: 408,
    ExperienceError: 422,
    FilterQLError: 422,
    OverlayError: 503,  # laid out when first asked for, which a full disk refuses
    SegmentError: 400,
    SettingError: 400,
    StateError: 409,
    StoreError: 503,
}


async def refuse(_request: Request, error: Exception) -> Response:
    """The answer to what stands in `STATUSES`."""
    return failure(next(status for kind, status in STATUSES.items() if isinstance(error, kind)), str(error))


async def refuse_by_status(_request: Request, error: Exception) -> Response:
    """The answer to a refusal that knows its status."""
    assert isinstance(error, RefusedError)
    return failure(error.status, str(error))


async def slow_down(_request: Request, error: Exception) -> Response:
    """The answer to a request over a limit."""
    assert isinstance(error, OverLimit)
    return refused(error.seconds, error.limit)


HANDLERS: Mapping[Any, Any] = {
    **dict.fromkeys(STATUSES, refuse),
    RefusedError: refuse_by_status,
    OverLimit: slow_down,
    HTTPException: http_failure,
    Exception: crash,
}

"""Endpoints that may change what is kept: they answer when it is on record."""

from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import Endpoint, guarded
from understudy.server.site import site_of

READS = {"GET", "HEAD", "OPTIONS"}


def recorded(endpoint: Endpoint) -> Endpoint:
    """A guarded endpoint that answers after what it changed is on record, which is so when it raises, too.

    A store that cannot be written is answered 503.
    """

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if request.method in READS:
            return await endpoint(request)
        site = site_of(request)
        try:
            return await endpoint(request)
        finally:
            await site.record.write(site)

    return guarded(answer)

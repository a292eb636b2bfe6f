"""Who brings the record up to date: endpoints that may change what is kept, which answer when it is; and the server."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.access import Endpoint, guarded
from understudy.server.platform.errors import StoreError
from understudy.server.site import DEFAULT_WORLD, Site, site_of

log = logging.getLogger("understudy")
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


@asynccontextmanager
async def keep_record(site: Site) -> AsyncIterator[None]:
    """Put on record how a world begins and ends, as far as no request did; those of memory alone have no need."""
    if site.world == DEFAULT_WORLD:
        await _write(site)
    try:
        yield
    finally:
        if site.world == DEFAULT_WORLD:
            await _write(site)


async def _write(site: Site) -> None:
    try:
        await site.record.write(site)
    except StoreError as error:
        log.warning("what the API did is not on record: %s", error)

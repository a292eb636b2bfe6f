"""`/__understudy__/api/faults`: the fault switches of a world (see `server.faults` for each).

`GET faults` answers all of them, by surface, and `active`: those that are on, in words. `PUT faults` takes the same
object without `active`; what is left out is off, so `{}` switches everything off. Pages hear of it by a message of type
`faults`.
"""

from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import answer, body_of, read_as
from understudy.dev_tools.hubs import Hubs
from understudy.server.faults import Faults
from understudy.server.site import Site, site_of


async def faults_route(request: Request) -> Response:
    """`GET faults`: the fault switches of a world."""
    return answer(site_of(request).faults.as_json())


async def set_faults_route(request: Request, hubs: Hubs) -> Response:
    """`PUT faults`: switch faults of a world on; what is left out is off."""
    site = site_of(request)
    body = await body_of(request)
    body.pop("active", None)  # so that what `GET` answered can be sent back
    set_faults(site, read_as(Faults, without_nothing(body)), hubs)
    return answer(site.faults.as_json())


def set_faults(site: Site, faults: Faults, hubs: Hubs) -> None:
    """Let these faults of a world count, and tell its pages."""
    site.faults.set(faults)
    hubs.of(site).publish({"type": "faults", "active": faults.active}, keep=True)


def without_nothing(body: dict[str, object]) -> dict[str, object]:
    """An object without the keys that have no value, here and one level down: null stands for the default."""
    inner = {key: without_nothing(value) if isinstance(value, dict) else value for key, value in body.items()}
    return {key: value for key, value in inner.items() if value is not None}

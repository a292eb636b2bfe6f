"""`/__understudy__/api/clock`: the time of a world, set it, and what flips next.

`GET clock?uid=` answers `{"now", "iso", "mode", "offset_ms", "flips", "experiences"}`. `mode` is `real`, `offset` (it
runs, so many milliseconds ahead) or `frozen`. A flip is `{"at", "profile", "identities", "audience", "enters"}`: one of
the visitor `uid`, or of the profiles that are next. An experience is `{"at", "id", "opens"}`. Both are in order; times
are unix milliseconds.

`POST clock` takes what to do: `set` (ISO 8601 or unix milliseconds), then `advance` (seconds, or as FilterQL has it:
`"3d"`, `"-2h"`, `"1M"`), and `mode`, how it goes on from there. Without a mode a clock that stands still does so at the
new moment, and any other runs on. It answers as `GET` does, with `moved`: everybody who entered or left an audience by
that, in order. Pages hear of it by a message of type `clock`.
"""

import asyncio
from datetime import UTC
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from understudy.dev_tools.api.kit import ApiError, answer, body_of, read_as
from understudy.dev_tools.hubs import Hubs
from understudy.server.platform.clock import VirtualClock
from understudy.server.platform.codec import from_ms, plain
from understudy.server.platform.filterql.datemath import shift
from understudy.server.platform.filterql.errors import DateMathError
from understudy.server.platform.timekeeper import Moved
from understudy.server.site import Site, site_of
from understudy.widgets.fields import Strict, parse_instant

MOST_TOLD = 500  # of moves and of flips, in one answer


class ClockWish(Strict):
    """What to do to a clock."""

    set: str | float | None = Field(None, description="ISO 8601, or unix milliseconds.")
    advance: str | float | None = Field(None, description='Seconds, or "3d".')
    mode: Literal["real", "offset", "frozen"] | None = Field(None, description="How it goes on from there.")


async def clock_route(request: Request) -> Response:
    """`GET clock`: the time of a world, and what it will do next."""
    return answer(await clock_view(site_of(request), request.query_params.get("uid", "")))


async def set_clock_route(request: Request, hubs: Hubs) -> Response:
    """`POST clock`: set the time of a world, or move it on; tells who has moved by that."""
    site = site_of(request)
    wish = read_as(ClockWish, await body_of(request))
    if wish == ClockWish():
        raise ApiError('Nothing is asked: send one or more of "set", "advance" and "mode".')
    moved = await set_clock(site, wish, hubs)
    told = [each.as_json() for each in moved[:MOST_TOLD]]
    return answer({**await clock_view(site, request.query_params.get("uid", "")), "moved": told})


async def set_clock(site: Site, wish: ClockWish, hubs: Hubs) -> list[Moved]:
    """Do what is asked of a world's clock; answers who has moved by that. Raises `ApiError`."""
    try:
        moved = await site.platform.set_clock(lambda clock: apply(wish, clock))
    except (ValueError, OverflowError) as error:
        raise ApiError(f"The clock stays as it is: {error}.") from error
    hubs.of(site).publish({"type": "clock", **face(site)}, keep=True)
    return moved


def apply(wish: ClockWish, clock: VirtualClock) -> None:
    """Change a clock; raises `ValueError`."""
    if wish.mode == "frozen":
        clock.freeze()  # first, so that what is set is the moment to the millisecond
    if wish.set is not None:
        clock.set(moment_of(wish.set))
    if wish.advance is not None:
        clock.set(later(clock(), wish.advance))
    if wish.mode == "offset":
        clock.run()
    elif wish.mode == "real":
        clock.resume()


def moment_of(stated: str | float) -> float:
    """A moment in unix milliseconds; raises `ValueError`."""
    if not isinstance(stated, str):
        return float(stated)
    moment = parse_instant(stated)
    if moment is None:
        raise ValueError(f"{stated[:80]!r} is no date; write 2026-12-31, 2026-12-31T23:59:59Z, or unix milliseconds")
    return moment.astimezone(UTC).timestamp() * 1000


def later(now: float, advance: str | float) -> float:
    """The moment so much later than `now`; raises `ValueError`."""
    if not isinstance(advance, str):
        return now + float(advance) * 1000
    signed = advance if advance.startswith(("+", "-")) else f"+{advance}"
    try:
        return shift(signed, from_ms(now)).timestamp() * 1000
    except DateMathError:
        raise ValueError(f"{advance[:80]!r} is no time to advance by; write seconds, or such as 3d, -2h, 1M") from None


def face(site: Site) -> dict[str, object]:
    """What a world's clock shows."""
    now = site.now
    return {
        "now": round(now),
        "iso": plain(from_ms(now)),
        "mode": site.clock.mode,
        "offset_ms": round(site.clock.offset),
    }


async def clock_view(site: Site, uid: str = "") -> dict[str, object]:
    """What a world's clock shows, and what time alone will do next."""
    shown = face(site)
    flips = await asyncio.to_thread(site.platform.turns, uid)
    return {**shown, "flips": [flip.as_json() for flip in flips[:MOST_TOLD]], "experiences": dates_ahead(site)}


def dates_ahead(site: Site) -> list[dict[str, object]]:
    """When published experiences begin and end, from now on."""
    now, found = site.now, []
    for experience in site.experiences.shown(site):
        dates = (experience.dates.start, True), (experience.dates.end, False)
        for text, opens in dates if experience.published else ():
            moment = parse_instant(text) if text else None
            if moment and (at := moment.timestamp() * 1000) > now:
                found.append((at, experience.id, opens))
    return [{"at": at, "id": id_, "opens": opens} for at, id_, opens in sorted(found)]

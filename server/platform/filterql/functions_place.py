"""Built-in functions on where somebody is: network addresses and places on the globe (platform.md 3.6)."""

import ipaddress
import math
import re

from understudy.server.platform.filterql import values
from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function

EARTH_KM = 6371.0088  # the mean radius
_POINT = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*")


@function("ipfilter", 2, None)
def ipfilter(_context: Context, value: object, *networks: object) -> object:
    """Whether the network address is one of these or in one of these networks ("10.0.0.0/8")."""
    try:
        address = ipaddress.ip_address(value.strip() if isinstance(value, str) else "")
        known = [ipaddress.ip_network(str(name), strict=False) for part in networks for name in values.elements(part)]
    except ValueError:
        return UNKNOWN
    return any(address in network for network in known)


@function("geodistance", 3)
def geodistance(_context: Context, value: object, center: object, km: object) -> object:
    """Whether the place "latitude,longitude", or one of a list, is at most so many kilometres from another."""
    middle, farthest = _point(center), values.to_number(km)
    places = [place for item in values.elements(value) if (place := _point(item))]
    if middle is None or farthest is None or not places:
        return UNKNOWN
    return any(_distance(place, middle) <= farthest for place in places)


def _point(value: object) -> tuple[float, float] | None:
    match = _POINT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along a great circle."""
    first, second = math.radians(one[0]), math.radians(other[0])
    turn = math.radians(other[1] - one[1])
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(turn / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))

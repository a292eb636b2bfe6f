"""`useragent`: what a browser says it is (platform.md 3.6). A reading of our own, coarse, for the names in use."""

import re

from understudy.server.platform.filterql.context import UNKNOWN, Context
from understudy.server.platform.filterql.registry import function

_LONGEST = 2_000  # characters that are read
_BOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|lighthouse|headless|facebookexternalhit", re.IGNORECASE)
_MOBILE = re.compile(r"Mobi|Android|iPhone|iPod|iPad|BlackBerry|BB10|Windows Phone|IEMobile")
# The first that is found: a later one's mark stands in an earlier one's text, too.
_BROWSERS = (
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/([\d.]+)")),
    ("Opera", re.compile(r"(?:OPR|Opera)/([\d.]+)")),
    ("Samsung Internet", re.compile(r"SamsungBrowser/([\d.]+)")),
    ("Firefox", re.compile(r"(?:Firefox|FxiOS)/([\d.]+)")),
    ("Chrome", re.compile(r"(?:Chrome|CriOS|HeadlessChrome)/([\d.]+)")),
    ("Safari", re.compile(r"Version/([\d.]+)[^(]*Safari/")),
    ("Internet Explorer", re.compile(r"(?:MSIE |Trident/.*rv:)([\d.]+)")),
)
_ENGINES = (
    ("AppleWebKit", re.compile(r"AppleWebKit/([\d.]+)")),
    ("Gecko", re.compile(r"rv:([\d.]+)\) Gecko/")),
    ("Trident", re.compile(r"Trident/([\d.]+)")),
)
_SYSTEMS = (
    ("WinMobile", "Windows Phone"),
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("IOS", "iPhone"),
    ("IOS", "iPad"),
    ("IOS", "iPod"),
    ("Mac OS X", "Mac OS X"),
    ("CrOS", "CrOS"),
    ("Blackberry", "BlackBerry"),
    ("Blackberry", "BB10"),
    ("Linux", "Linux"),
)
_PLATFORM = re.compile(r"\(([^;)]+)")
_MOZILLA = re.compile(r"Mozilla/([\d.]+)")


@function("useragent", 2)
def useragent(_context: Context, value: object, part: object) -> object:
    """A part of the browser's own name: bot, mobile, os, platform, engine, browser, and the versions of the last."""
    known = _read(value)
    return known.get(part.lower(), UNKNOWN) if isinstance(part, str) else UNKNOWN


@function("useragent.map", 1)
def useragent_map(_context: Context, value: object) -> object:
    """All parts of the browser's own name, as a map of texts."""
    return _read(value) or UNKNOWN


def _read(value: object) -> dict[str, str]:
    if not isinstance(value, str) or not value:
        return {}
    text = value[:_LONGEST]
    found = {
        "bot": "true" if _BOT.search(text) else "false",
        "mobile": "true" if _MOBILE.search(text) else "false",
        "os": next((name for name, mark in _SYSTEMS if mark in text), ""),
        "platform": match[1].strip() if (match := _PLATFORM.search(text)) else "",
        "mozilla": match[1] if (match := _MOZILLA.match(text)) else "",
    }
    for kind, known in (("browser", _BROWSERS), ("engine", _ENGINES)):
        for name, pattern in known:
            if match := pattern.search(text):
                found |= {kind: name, f"{kind}_version": match[1]}
                break
    return {name: part for name, part in found.items() if part}

"""What an event's request tells by its User-Agent, as the vendor's server adds it to the event (platform.md 3.2).

`_uabot` and `_uamob` are there only when they are "t": the stock audience of mobile visitors asks whether `is_mobile`
exists. `_ua` is all of it, where the account's setting says so. A browser that a test drives without a window calls
itself headless, and is a visitor like any other, no bot. What the event itself says goes before.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

_LONGEST = 1_000
_BOT = re.compile(r"bot\b|bot/|crawl|spider|slurp|facebookexternalhit", re.IGNORECASE)
_MOBILE = re.compile(r"Mobi|Android|iPhone|iPod|iPad|BlackBerry|BB10|Windows Phone|IEMobile")


@lru_cache(maxsize=256)
def told(agent: str, whole: bool) -> Mapping[str, str]:
    """The fields that a User-Agent adds to an event; `whole` asks for the text itself too."""
    text = agent[:_LONGEST]
    found = {"_uabot": "t"} if is_bot(text) else {}
    if _MOBILE.search(text):
        found["_uamob"] = "t"
    return {**found, "_ua": text} if whole and text else found


def is_bot(agent: str) -> bool:
    """Whether a User-Agent is that of a crawler."""
    return _BOT.search(agent[:_LONGEST]) is not None

"""What mapping rules read from an event. Each function answers a value of the rule's kind, or None for "nothing"."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from understudy.server.platform import addresses
from understudy.server.platform.conversions import converts
from understudy.server.platform.facts import DEFAULT_STREAM, Facts, email_of, scalar_text

Take = Callable[[Facts], object]

LONGEST_ID = 256  # bytes of an identifier (platform.md 3.3, "Limits")


def text(key: str) -> Take:
    """The key's value as text."""
    return lambda facts: facts.text(key) or None


def texts(key: str) -> Take:
    """The key's values as a set."""

    def take(facts: Facts) -> object:
        value = facts.data.get(key)
        items = value if isinstance(value, list) else [value]
        return [item for item in map(scalar_text, items) if item] or None

    return take


def cookie(key: str) -> Take:
    """The visitor id in the key, as a set: the last of several, and none that is too long to be one."""

    def take(facts: Facts) -> object:
        value = facts.text(key)
        short = value if len(value) <= LONGEST_ID // 4 or len(value.encode("utf-8", "replace")) <= LONGEST_ID else ""
        return [short] if short else None

    return take


def counted(key: str) -> Take:
    """A map that counts the key's value once."""
    return lambda facts: {name: 1} if (name := facts.text(key)) else None


def timed(key: str) -> Take:
    """A map from the key's value to the event's time."""
    return lambda facts: {name: facts.time} if (name := facts.text(key)) else None


def one_if(key: str, value: str = "") -> Take:
    """1 when the key is there (and has that value)."""
    return lambda facts: 1 if key in facts.data and (not value or facts.text(key) == value) else None


def domain(key: str) -> Take:
    """The domain of the web address in the key, as a set."""
    return lambda facts: [name] if (name := addresses.domain(facts.text(key))) else None


def hashed_page(facts: Facts) -> object:
    """A map that counts the page once, under a hash of its address without query.

    The vendor uses a keyed siphash that nobody outside can reproduce; any stable hash serves.
    """
    page = addresses.page(facts.text("url"))
    return {_hash(page): 1} if page else None


@lru_cache(maxsize=1024)
def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def with_prefix(prefix: str) -> Take:
    """A map of all keys that begin so, without the prefix."""

    def take(facts: Facts) -> object:
        found = {key.removeprefix(prefix): value for key, value in facts.data.items() if key.startswith(prefix)}
        return {key: value for key, value in found.items() if key} or None

    return take


def inner_map(key: str) -> Take:
    """The object in the key, as a map."""
    return lambda facts: dict(value) if isinstance(value := facts.data.get(key), Mapping) and value else None


def widget(*events: str) -> Take:
    """A map that counts the widget once, when the event is one of these of a widget."""
    return lambda facts: (
        {name: 1} if facts.text("pf-widget-event") in events and (name := facts.text("pf-widget-id")) else None
    )


def conversion(facts: Facts) -> object:
    """A map that counts the widget once when this event is its goal reached; `conversions` says when it is."""
    converted = converts(facts.text("pf-widget-event"), facts.text("pf-widget-type"))
    return {name: 1} if converted and (name := facts.text("pf-widget-id")) else None


def channel(facts: Facts) -> str | None:
    """`_channel`; without it "web" for what comes from a page, or the stock audience of web visitors stays empty."""
    return facts.text("_channel") or ("web" if facts.text("url") else None)


def consent(part: str) -> Take:
    """A map from the purpose of a `consent` object to one part of it."""

    def take(facts: Facts) -> object:
        given = facts.data.get("consent")
        if not isinstance(given, Mapping) or not (purpose := scalar_text(given.get("purpose"))):
            return None
        value = facts.time if part == "time" else scalar_text(given.get(part))
        return {purpose: value} if value else None

    return take


def hour_of_day(facts: Facts) -> object:
    """A map that counts the event's hour, "0" to "23" (UTC)."""
    return {str(facts.time.hour): 1}


def hour_of_week(facts: Facts) -> object:
    """A map that counts the event's hour of the week, "0" (Sunday) to "167" (UTC)."""
    return {str(facts.time.isoweekday() % 7 * 24 + facts.time.hour): 1}


def time(facts: Facts) -> datetime:
    """The event's time."""
    return facts.time


def visit_time(facts: Facts) -> datetime | None:
    """The event's time, when it is one of the default stream."""
    return facts.time if facts.stream == DEFAULT_STREAM else None


def email(facts: Facts) -> str | None:
    """The e-mail address the event gives."""
    return email_of(facts.data) or None


def mobile(facts: Facts) -> str | None:
    """`_uamob`, which the vendor's server adds; the tag's own `_mob` says the same."""
    return facts.text("_uamob") or facts.text("_mob") or None

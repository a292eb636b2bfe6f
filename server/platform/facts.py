"""One event as the mapping rules see it: its data, its stream, and when it happened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform import addresses
from understudy.server.platform.codec import from_ms, is_time
from understudy.server.platform.filterql.values import to_number

DEFAULT_STREAM = "default"
EMAIL_KEYS = ("email", "pf-form-email", "pf-custom-form")


@dataclass(frozen=True, slots=True)
class Facts:
    """`time` is the page's own clock (`_ts`), or that of the server when the page gives none that can be."""

    data: Mapping[str, object]
    stream: str
    time: datetime

    def text(self, key: str) -> str:
        """The value of a key as text: the last of several, empty when there is none or it is an object."""
        value = self.data.get(key)
        return value if type(value) is str else scalar_text(value)


def scalar_text(value: object) -> str:
    """A scalar as text; of a list its last item, which is the one sent last; empty for all else."""
    if isinstance(value, list):
        value = value[-1] if value else None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def event_time(data: Mapping[str, object], received: float) -> float:
    """When an event happened, in unix milliseconds: its `_ts`, else when it was received."""
    stated = to_number(scalar_text(data.get("_ts")))
    return stated if stated is not None and is_time(stated) else received


def facts_of(data: Mapping[str, object], stream: str, time: float) -> Facts:
    """The facts of an event that happened at `time` (unix milliseconds)."""
    return Facts(data, stream, from_ms(time))


def email_of(data: Mapping[str, object]) -> str:
    """The e-mail address that an event gives, in lower case; empty when it gives none.

    A visitor who fills in one of our forms has told it too. The vendor's lead-capture guide needs that (platform.md
    6.1: the form is for anonymous profiles, and success is seen in their number), so both kinds of form count.
    """
    custom = data.get("pf-custom-form")
    in_custom_form = custom.get("email") if isinstance(custom, Mapping) else None
    for value in (data.get("email"), data.get("pf-form-email"), in_custom_form):
        if value is not None and (address := addresses.email(scalar_text(value))):
            return address
    return ""

"""Whether an experience is live, in the words of files and of the API, and how it may get from one state to another
(platform.md 2.3).

    draft ── published ⇄ paused (unpublished) ── archived

A published or paused experience is archived by itself at its end date. Only drafts and paused ones may be edited: what
visitors see does not change under them. An archived one is not edited at all, so that its figures stay what they are.
"""

from functools import lru_cache

from understudy.widgets.experience import Experience
from understudy.widgets.fields import parse_instant

API_STATES = {"draft": "draft", "published": "published", "paused": "unpublished", "archived": "archived"}
OUR_STATES = {**{name: ours for ours, name in API_STATES.items()}, "paused": "paused"}
NEXT = {
    "draft": {"published", "archived"},
    "published": {"paused", "archived"},
    "paused": {"published", "draft", "archived"},
    "archived": set(),
}
EDITABLE = ("draft", "paused")


class StateError(ValueError):
    """A change that the state of an experience does not allow; the message says how to go about it."""


@lru_cache(maxsize=4096)
def milliseconds(date: str) -> float | None:
    """A date of an experience in unix milliseconds; None for an empty one."""
    moment = parse_instant(date) if date else None
    return None if moment is None else moment.timestamp() * 1000


def as_of(now: float, one: Experience) -> Experience:
    """An experience as it is at a moment in unix milliseconds: archived when its end has passed."""
    end = milliseconds(one.dates.end)
    if end is None or one.status not in {"published", "paused"} or now < end:
        return one
    return one.model_copy(update={"status": "archived"})


def check_change(before: Experience, wanted: str, *, edits: bool) -> None:
    """Raise `StateError` unless an experience may get the status `wanted`, and be edited with that if it is to be."""
    status = before.status
    if status == "archived":
        raise StateError(f"{before.id!r} is archived, so that its figures stay as they are. Make a new one from it.")
    if wanted != status and wanted not in NEXT[status]:
        ways = " or ".join(sorted(API_STATES[name] for name in NEXT[status]))
        raise StateError(f"{before.id!r} cannot go from {API_STATES[status]} to {API_STATES[wanted]}, only to {ways}.")
    if edits and status not in EDITABLE and wanted not in EDITABLE:
        raise StateError(
            f"{before.id!r} is published, and what visitors see is not edited under them. Pause it first: PATCH "
            '?update_state=true {"experience": {"state": {"status": "unpublished"}}}'
        )

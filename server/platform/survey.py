"""Going through all events of widgets, and all profiles, for reports. For a thread of its own: it takes a while.

Some are read at a time, so that whoever else reads comes in between and the writer is never kept waiting.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.facts import scalar_text
from understudy.server.platform.outline import Outline
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Store

KIND, WIDGET = "pf-widget-event", "pf-widget-id"
_SPAN = 2000  # events by number, at a time
_AT_ONCE = 250  # profiles


class Act(NamedTuple):
    """What happened between a visitor and a widget. `time` is when, in unix milliseconds, by the page's clock."""

    number: int
    profile: str
    time: float
    widget: str
    kind: str
    widget_type: str
    action: str


def acts(store: Store) -> Iterator[Act]:
    """Everything that happened with widgets, in the order in which it was stored."""
    last, after = store.read(lambda reader: reader.last_event()), 0
    while after < last:
        found = store.read(partial(_events_of_widgets, after))
        for number, profile, time, data in found:
            kind, widget = scalar_text(data[KIND]), scalar_text(data.get(WIDGET))
            if kind and widget:
                kind_of_widget, action = (
                    scalar_text(data.get("pf-widget-type")),
                    scalar_text(data.get("pf-widget-action")),
                )
                yield Act(number, profile, time, widget, kind, kind_of_widget, action)
        after += _SPAN


def outlines(store: Store, book: AudienceBook, now: datetime) -> Iterator[Outline]:
    """The outlines of all profiles, by id.

    One that was last seen by other audiences than these is decided by these, which takes its time.
    """
    after = ""
    while found := store.read(partial(_outlines, after)):
        for each in found:
            if each.book == book.digest:
                yield each
            elif state := store.read(partial(_whole, each.id)):  # else it was deleted meanwhile
                yield replace(each, members=book.members(state.values(), now), book=book.digest)
        after = found[-1].id


def _events_of_widgets(after: int, reader: Reader) -> list[tuple[int, str, float, dict[str, object]]]:
    return reader.events_with(KIND, after, _SPAN)


def _outlines(after: str, reader: Reader) -> list[Outline]:
    return reader.outlines(after, _AT_ONCE)


def _whole(profile: str, reader: Reader) -> ProfileState | None:
    return reader.load(profile)

"""Going through all events of widgets, and all profiles, for reports. For a thread of its own: it takes a while.

Some are read at a time, with a rest after each, so that whoever else reads comes in between, and so do the threads that
answer requests: Python would let them wait five milliseconds for their turn, at each step of theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from time import sleep
from typing import NamedTuple

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.facts import scalar_text
from understudy.server.platform.outline import Outline
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Store

KIND, WIDGET, TYPE, ACTION = "pf-widget-event", "pf-widget-id", "pf-widget-type", "pf-widget-action"
_SPAN = 1000  # events by number, at a time
_AT_ONCE = 100  # profiles
_REST_S = 0.0002


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
        for number, profile, time, data in store.read(partial(_events_of_widgets, after)):
            kind, widget = _text(data, KIND), _text(data, WIDGET)
            if kind and widget:
                yield Act(number, profile, time, widget, kind, _text(data, TYPE), _text(data, ACTION))
        after += _SPAN
        sleep(_REST_S)


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
        sleep(_REST_S)


def readable(text: str) -> str:
    """A text without half characters, which an event by JSON may have and no answer can be written with."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _text(data: Mapping[str, object], key: str) -> str:
    value = data.get(key)
    return readable(value if type(value) is str else scalar_text(value))


def _events_of_widgets(after: int, reader: Reader) -> list[tuple[int, str, float, dict[str, object]]]:
    return reader.events_with(KIND, after, _SPAN)


def _outlines(after: str, reader: Reader) -> list[Outline]:
    return reader.outlines(after, _AT_ONCE)


def _whole(profile: str, reader: Reader) -> ProfileState | None:
    return reader.load(profile)

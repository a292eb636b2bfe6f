"""From what has moved to what jobs have to tell of it.

This runs within the piece of work that stores an event, for every event, so it does nothing but compare names until
something is to be told. A notice has what is needed to tell it later: the profile as it was at that moment.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import plain
from understudy.server.platform.outbox import Change, Notice, reached
from understudy.server.platform.store import Reader
from understudy.server.segments.vendor_object import find
from understudy.server.triggers.job import ENRICHMENT, EXPORT, WebhookJob

DEFAULT_STREAM = "default"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A job with what an event is compared with; while it is `filling`, those who are in already are being sent."""

    job: WebhookJob
    audiences: frozenset[str]
    fields: frozenset[str]
    filling: bool = False

    @property
    def enters(self) -> bool:
        """Whether entering is told."""
        return self.job.audience_events != "exits_only"

    @property
    def exits(self) -> bool:
        """Whether leaving is told; nobody is enriched for that."""
        return self.job.audience_events != "enters_only" and self.job.workflow != ENRICHMENT


def trigger_of(job: WebhookJob, account: str, book: AudienceBook, *, filling: bool = False) -> Trigger:
    """What a job listens for; an audience that does not exist has no members."""
    found = (find(account, book, name) for name in job.segment_ids)
    audiences = frozenset(audience.slug for audience in found if audience)
    return Trigger(job, audiences, frozenset(job.field_changes), filling)


class Raising:
    """What follows from changes, for all jobs of a site: see `outbox.Raise`."""

    def __init__(self, triggers: Iterable[Trigger]) -> None:
        found = tuple(triggers)
        self._visitors = tuple(one for one in found if one.job.workflow != EXPORT)
        self._streams = tuple(one for one in found if one.job.workflow == EXPORT)
        self._fields = frozenset().union(*(one.fields for one in self._visitors))

    def __call__(self, reader: Reader, change: Change) -> Iterator[Notice]:
        """The notices that a change gives rise to."""
        if self._streams and (event := change.event) is not None:
            for trigger in self._streams:
                if event.stream == (trigger.job.stream or DEFAULT_STREAM):
                    body = {"data": dict(event.data), "stream": event.stream}
                    yield Notice(trigger.job.key, change.profile, change.time, json.dumps(body))
        # Most events move nobody in or out of anything.
        moved = change.entered or change.left or (self._fields and not self._fields.isdisjoint(change.moved))
        if change.profile is None or not moved:
            return
        for trigger in self._visitors:
            if (events := events_of(trigger, change)) and self._is_reached(reader, trigger, change.profile):
                yield notice_of(trigger.job, change, events)

    def _is_reached(self, reader: Reader, trigger: Trigger, profile: str) -> bool:
        # A visitor whom the backfill comes to later is told by that, as they are then.
        return not trigger.filling or reached(reader, trigger.job.key, profile)


class Backfilling:
    """What follows for one job from going through everyone: see `Outbox.go_through`."""

    def __init__(self, trigger: Trigger) -> None:
        self._trigger = trigger

    def __call__(self, _reader: Reader, change: Change) -> Iterator[Notice]:
        """Whoever is in its audiences is entering, even for a job that tells of exits alone."""
        entered = [slug for slug in change.members if slug in self._trigger.audiences]
        if entered:
            yield notice_of(self._trigger.job, change, [("enter", slug) for slug in entered])


def events_of(trigger: Trigger, change: Change) -> list[tuple[str, str]]:
    """What a job has to tell of a change, as (event, audience)."""
    audiences = trigger.audiences
    events = [("enter", slug) for slug in change.entered if slug in audiences] if trigger.enters else []
    if trigger.exits:
        events += [("exit", slug) for slug in change.left if slug in audiences]
    if trigger.fields and not trigger.fields.isdisjoint(change.moved):
        stayed = (slug for slug in change.members if slug in audiences and slug not in change.entered)
        events += [("change", slug) for slug in stayed]
    return events


def notice_of(job: WebhookJob, change: Change, events: Sequence[tuple[str, str]]) -> Notice:
    """What a job is to tell later."""
    body = {
        "fields": shown(change.values, job.user_fields),
        "members": list(change.members) if job.include_segs else [],
        "events": events,
    }
    return Notice(job.key, change.profile, change.time, json.dumps(body))


def shown(values: Mapping[str, object], wanted: Sequence[str]) -> dict[str, object]:
    """The fields that a job sends: those it lists, or all."""
    return {name: plain(values[name]) for name in wanted or values if name in values}

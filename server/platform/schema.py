"""What a workspace adds to the mapping of events to profile fields, by stream; `schema_rules` makes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from understudy.server.platform.event import RawEvent
from understudy.server.platform.facts import Facts, event_time, facts_of
from understudy.server.platform.filterql import UNKNOWN
from understudy.server.platform.filterql.compiler import Check
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.kinds import Kind
from understudy.server.platform.rules import Rule


@dataclass(frozen=True, slots=True)
class Stream:
    """What one stream adds: `rules` of fields, `identities` (those that say whose an event is), and its `where`."""

    rules: tuple[Rule, ...] = ()
    identities: tuple[Rule, ...] = ()
    where: Check | None = None


@dataclass(frozen=True, slots=True)
class Schema:
    """All streams of a workspace that add something; `operators` is field to operator, for fields that are not ours.

    `sources` is identity to the keys in which some stream has it, other than its own.
    """

    streams: Mapping[str, Stream] = field(default_factory=dict)
    operators: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rules(self, stream: str) -> tuple[Rule, ...]:
        """The rules for events of a stream, beside those that count for every event."""
        found = self.streams.get(stream)
        return () if found is None else found.rules

    def read(self, event: RawEvent) -> Mapping[str, object] | None:
        """The event's fields with the identities that its stream names; None when it is not to feed anything."""
        stream = self.streams.get(event.stream)
        if stream is None or not (stream.where or stream.identities):
            return event.data
        facts = facts_of(event.data, event.stream, event_time(event.data, event.received))
        if stream.where and stream.where(context_of(facts)) is not True:
            return None
        known = {rule.field: value for rule in stream.identities if (value := rule.take(facts))}
        return {**event.data, **known}


def context_of(facts: Facts) -> Context:
    """An event as FilterQL sees it; "now" is when it happened, and there is nothing to INCLUDE."""
    return Context(facts.data, facts.time, lambda _slug: UNKNOWN)


NO_SCHEMA = Schema()

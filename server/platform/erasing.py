"""Deleting what is known of a person, with a receipt.

The ids of deliveries stay on record, and those alone: they name no one, and without them an event that a browser sends
again would bring a deleted visitor back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from understudy.server.platform.codec import shallow
from understudy.server.platform.event import ORIGIN
from understudy.server.platform.identity import Identity, find_profile, normal
from understudy.server.platform.store import Session


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was deleted: the profile by its `_id` (empty: there was none), its identities, and how many events."""

    profile: str
    identities: list[Identity]
    events: int

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return {**shallow(self), "identities": [list(identity) for identity in self.identities]}


def erase(session: Session, field: str, value: str, sources: Mapping[str, Sequence[str]]) -> Erasure | None:
    """Delete a visitor's profile, events and identities; None when nobody is known by that.

    `sources` says where else than in a key of its own name events of some stream have an identity.
    """
    state = find_profile(session, field, value)
    asked = normal(field, value)
    identities = session.identities(state.id) if state else [asked] if asked else []
    deleted = session.delete(state.id) if state else 0
    # Events that a stream's `where` kept out have no profile, but may name the person all the same; so may answers
    # about the person, when their stream says nothing of whose they are.
    for kind, known in identities:
        deleted += session.delete_orphans(known, (kind, f"{ORIGIN}.{kind}", *sources.get(kind, ())))
    return Erasure(state.id if state else "", identities, deleted) if state or deleted else None

"""Deleting what is known of a person, with a receipt.

The ids of deliveries stay on record, and those alone: they name no one, and without them an event that a browser sends
again would bring a deleted visitor back.
"""

from dataclasses import dataclass

from understudy.server.platform.codec import shallow
from understudy.server.platform.identity import Identity, find_profile
from understudy.server.platform.store import Session


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was deleted: the profile by its `_id`, the identities that led to it, and how many events."""

    profile: str
    identities: list[Identity]
    events: int

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return {**shallow(self), "identities": [list(identity) for identity in self.identities]}


def erase(session: Session, field: str, value: str) -> Erasure | None:
    """Delete a visitor's profile, events and identities; None when nobody is known by that."""
    state = find_profile(session, field, value)
    if state is None:
        return None
    identities = session.identities(state.id)
    return Erasure(state.id, identities, session.delete(state.id))

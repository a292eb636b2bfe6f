"""An event's way into the store: whose it is, what it changes, which audiences that moves.

A client that is not sure whether an event arrived sends it again. Our tag gives every event an id for that, the field
`_eid`, and what comes with an id that is on record is acknowledged and not stored.
"""

import logging
from datetime import datetime

from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.codec import from_ms
from understudy.server.platform.deciding import decide
from understudy.server.platform.event import RawEvent, Receipt
from understudy.server.platform.facts import event_time, facts_of, scalar_text
from understudy.server.platform.identity import identities_of, resolve
from understudy.server.platform.moves import Moves, touched_fields
from understudy.server.platform.outbox import Change, Raise, put_on_record
from understudy.server.platform.schema import NO_SCHEMA, Schema
from understudy.server.platform.state import DERIVED, ProfileState
from understudy.server.platform.store import Session
from understudy.server.platform.timekeeper import plan

log = logging.getLogger("understudy")

DELIVERY_FIELD = "_eid"
MAX_PROFILE_BYTES = 1_000_000  # platform.md 3.3, "Limits"; as stored
_LARGEST_GROWTH, _SPARE = 8, 4096  # of a profile by a character of an event, and whatever the event
_LONGEST_ID = 64  # a longer one is none: the record of ids is not for pages to fill


def ingest(
    session: Session, event: RawEvent, book: AudienceBook, schema: Schema = NO_SCHEMA, raising: Raise | None = None
) -> Receipt:
    """Store an event and bring its profile and audiences up to date, within one piece of work.

    Audiences are decided at the moment the event was received. `schema` is what streams add to the mapping,
    `raising` what follows from changes.
    """
    time = event_time(event.data, event.received) if event.time is None else event.time
    read = schema.read(event)
    uid = scalar_text(event.data.get("_uid") if read is None else read.get("_uid")) or None
    delivery = scalar_text(event.data.get(DELIVERY_FIELD))
    if 0 < len(delivery) <= _LONGEST_ID and not session.claim(delivery, event.account):
        return Receipt(0, event.account, event.stream, uid, time, dict(event.data), repeated=True)
    identities = [] if read is None else identities_of(read)
    if read is None or not identities:
        number = session.add_event(None, uid, time, event)
        put_on_record(session, raising, Change(None, event.received, number=number, event=event))
        return Receipt(number, event.account, event.stream, uid, time, dict(event.data))
    now = from_ms(event.received)
    state, known_by = resolve(session, identities)
    before, members = state.copy(), _members_before(state, book, now)
    number = session.add_event(state.id, uid, time, event)
    state.feed(facts_of(read, event.stream, time), number, schema)
    _keep_in_bounds(state, before, len(event.raw))
    state.identify(known_by)
    for identity in state.compact():
        session.unpoint(*identity)
    after, touched = state.values(), touched_fields(before, state)
    decided = decide(state, book, after, event.received, (*touched, *DERIVED))
    same = decided.members == members  # as after most events
    left = [] if same else [slug for slug in members if slug not in decided.members]
    state.leave(left)
    session.save(state)
    entered = [] if same else [slug for slug in decided.members if slug not in members]
    moved = Moves(before, state, touched)
    if raising is not None:
        change = Change(state.id, event.received, after, state.members, entered, left, moved, number, event)
        put_on_record(session, raising, change)
    return Receipt(
        number,
        event.account,
        event.stream,
        uid,
        time,
        dict(event.data),
        moved=moved,
        entered=entered,
        left=left,
        due=plan(session, state, decided),
    )


def _keep_in_bounds(state: ProfileState, before: ProfileState, size: int) -> None:
    """Undo what an event of that size has fed, when the profile is too large with it; the event itself is kept."""
    if state.size + _LARGEST_GROWTH * size + _SPARE <= MAX_PROFILE_BYTES or len(state.packed()) <= MAX_PROFILE_BYTES:
        return
    state.fields, state.operators, state.size = dict(before.fields), dict(before.operators), before.size
    log.warning(
        "the profile %s has reached %s bytes, the most that one may have; it takes in no more. "
        "Send less, or reset the visitor.",
        state.id,
        f"{MAX_PROFILE_BYTES:,}",
    )


def _members_before(state: ProfileState, book: AudienceBook, now: datetime) -> list[str]:
    """The audiences the profile was in. After a change of the audiences they are decided anew, so that only what the
    visitor does shows as entering or leaving, never what the developer did."""
    if not state.fields or state.book == book.digest:
        return state.members
    return book.members(state.values(), now)

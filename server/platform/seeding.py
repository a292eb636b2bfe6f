"""Personas: making a profile outright, in place of whatever was known under its identities."""

from collections.abc import Mapping

from understudy.server.platform.errors import FieldError
from understudy.server.platform.identity import free_id, normal
from understudy.server.platform.schema import NO_SCHEMA, Schema
from understudy.server.platform.state import SINGLE, ProfileState
from understudy.server.platform.store import Session


def prepare(identities: Mapping[str, str], fields: Mapping[str, object], schema: Schema = NO_SCHEMA) -> ProfileState:
    """The profile to plant, without an id yet; raises `FieldError` for what does not fit.

    `email` and `uuid` among the fields are identities too.
    """
    stated = {kind: str(fields[kind]) for kind in SINGLE if kind in fields}
    state = ProfileState("", seeded=True)
    state.assign({name: value for name, value in fields.items() if name not in SINGLE}, schema)
    state.identify(_normal(kind, value) for kind, value in {**stated, **identities}.items())
    if not state.identities():
        raise FieldError("A profile needs an identity to be found by. Give it an email, a uuid or a _uid.")
    return state


def plant(session: Session, prepared: ProfileState) -> ProfileState:
    """Store a prepared profile; those that had any of its identities go, with their events."""
    identities = prepared.identities()
    for profile in {session.find(*identity) for identity in identities} - {None}:
        session.delete(str(profile))
    state = ProfileState(free_id(session, identities[0]), prepared.fields, seeded=True, operators=prepared.operators)
    session.save(state)
    for identity in identities:
        session.point(*identity, state.id)
    return state


def _normal(kind: str, value: str) -> tuple[str, str]:
    identity = normal(kind, value)
    if identity is None:
        raise FieldError(f"{kind} cannot be {value!r}: an identity is an email, a uuid or a _uid of up to 256 bytes.")
    return identity

"""Whose event it is: finding, making and joining profiles by the identities an event carries (platform.md 3.3).

Identities are ranked: an e-mail address above a `uuid`, that above a cookie. Decisions where the spec is silent:

- Two profiles known by identities of one event are joined, unless both have an e-mail address (or `uuid`) and these
  differ: then they are two people, the event belongs to the higher-ranked identity's profile, and a cookie moves there:
  a shared browser counts for whoever said last who they are. What they did before stays with the profile it was.
- `_uido`, the cookie before `jstag.setid`, links two cookies, but never to or from a persona.
- An identifier longer than 256 bytes is none.
- A profile has up to 50 identities, the vendor's limit of stitched ids; beyond that the cookies that were not seen for
  longest lead nowhere any more. Its limits of 50 neighbours and 50 traversals are kept by that: an event has four
  identities at most, and each leads to its profile in one step.
"""

from collections.abc import Mapping

from understudy.server.platform.facts import email_of, scalar_text
from understudy.server.platform.state import SINGLE, ProfileState, profile_id
from understudy.server.platform.store import Reader, Session
from understudy.server.platform.takes import LONGEST_ID

Identity = tuple[str, str]

KINDS = {"email": "email", "uuid": "uuid", "_uid": "_uid", "_uids": "_uid"}


def normal(kind: str, value: str) -> Identity | None:
    """An identity as it is kept, such as `("email", "ann@example.com")` for `Ann <Ann@example.com>`, or None."""
    text = email_of({"email": value}) if kind == "email" else value
    known = KINDS.get(kind)
    usable = known is not None and 0 < len(text.encode("utf-8", "replace")) <= LONGEST_ID
    return (known, text) if known is not None and usable else None


def identities_of(data: Mapping[str, object]) -> list[Identity]:
    """The identities that an event carries, highest rank first."""
    uid = scalar_text(data.get("_uid"))
    stated = [("email", email_of(data)), ("uuid", scalar_text(data.get("uuid"))), ("_uid", uid)]
    if uid:
        stated.append(("_uid", scalar_text(data.get("_uido"))))
    found = [identity for kind, value in stated if value and (identity := normal(kind, value))]
    return list(dict.fromkeys(found))


def resolve(session: Session, identities: list[Identity]) -> tuple[ProfileState, list[Identity]]:
    """The one profile that an event with these identities (at least one) belongs to, joined or made as needed.

    Also answers those of the identities that lead to it afterwards: all, but for a link that is none (see above). The
    profile itself is not saved yet.
    """
    owners = _owners(session, identities)
    _part_personas(owners)
    target = next((owner for identity, owner in owners.items() if owner and _fits(owner, identity, owners)), None)
    target = target or ProfileState(free_id(session, identities[0]))
    absorbed: set[str] = set()
    for identity, owner in owners.items():
        if owner is None:
            session.point(*identity, target.id)
        elif owner.id == target.id or owner.id in absorbed:
            continue
        elif _fits(owner, identity, owners) and _same_person(target, owner):
            target.absorb(owner)
            session.move(owner.id, target.id)
            absorbed.add(owner.id)
        else:
            _take_over(session, identity, owner, target)
            target.conflict()
    return target, list(owners)


def _owners(session: Session, identities: list[Identity]) -> dict[Identity, ProfileState | None]:
    """The profile of each identity; of one profile there is one object, however many identities lead to it."""
    found = {identity: session.find(*identity) for identity in identities}
    loaded = {profile: session.load(profile) for profile in dict.fromkeys(found.values()) if profile is not None}
    return {identity: None if profile is None else loaded[profile] for identity, profile in found.items()}


def _part_personas(owners: dict[Identity, ProfileState | None]) -> None:
    """Forget the link between two cookies when one of them is a persona's."""
    cookies = [identity for identity in owners if identity[0] == "_uid"]
    if len(cookies) > 1 and any((owner := owners[cookie]) and owner.seeded for cookie in cookies):
        del owners[cookies[1]]


def _fits(owner: ProfileState, identity: Identity, owners: Mapping[Identity, object]) -> bool:
    """Whether nothing of higher rank in the event speaks against this being the profile."""
    higher = SINGLE[: SINGLE.index(identity[0])] if identity[0] in SINGLE else SINGLE
    return not any(kind in higher and owner.value(kind) not in (None, value) for kind, value in owners)


def _same_person(one: ProfileState, other: ProfileState) -> bool:
    return all(one.value(kind) in (None, other.value(kind)) or other.value(kind) is None for kind in SINGLE)


def _take_over(session: Session, identity: Identity, owner: ProfileState, target: ProfileState) -> None:
    session.point(*identity, target.id)
    owner.release(*identity)
    session.save(owner)


def find_profile(reader: Reader, field: str, value: str) -> ProfileState | None:
    """The profile with that identity, or of that `_id`."""
    if field == "_id":
        return reader.load(value)
    identity = normal(field, value)
    profile = identity and reader.find(*identity)
    return reader.load(profile) if profile else None


def free_id(reader: Reader, identity: Identity) -> str:
    """An id for a new profile first known by `identity`, which no profile has."""
    taken: list[str] = []
    while reader.load(identifier := profile_id(identity, taken)):
        taken.append(identifier)
    return identifier

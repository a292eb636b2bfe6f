"""A profile as the store keeps it: one state a field (see `merge`), and the audiences it was last seen in."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from understudy.server.platform.errors import FieldError
from understudy.server.platform.facts import Facts, scalar_text
from understudy.server.platform.kinds import coerce
from understudy.server.platform.merge import OPERATORS, Operator, State, itself
from understudy.server.platform.packing import Packed, pack, unpack
from understudy.server.platform.rules import CONFLICTS, FIELDS, FORMER, HIDDEN, kind_of, plan_for
from understudy.server.platform.schema import NO_SCHEMA, Schema
from understudy.server.platform.scores import NAMES, scores

MAX_IDENTITIES = 50  # stitched into one profile (platform.md 3.3, "Limits")
SINGLE = ("email", "uuid")  # by rank; a profile has one of each, and many cookies
MAX_FIELDS = 1000  # further fields of a page's own making are not taken in
_DERIVED = frozenset(
    ("_id", "_uid", "_uids", "_num_aliases", "_num_days", "_num_streams", "segments", "_segments", "_segs")
).union(("_total_sz", "_cust_sz", "_internal_sz"))
DERIVED = ("_id", "_num_aliases", "_num_streams", "_num_days", "_split", "_split2", *NAMES)
DAYS = f"{HIDDEN}days"
LATEST = "latest"
_NONE: dict[str, str] = {}
_LATEST = OPERATORS[LATEST]
_OPERATORS = {name: OPERATORS[rule.operator] for name, rule in FIELDS.items()}
# How fields of ours are read, but for those whose state is the value already.
_AS_THEY_ARE = frozenset(
    name for name, operator in _OPERATORS.items() if operator.read is itself and not name.startswith(HIDDEN)
)
_READS = {
    name: operator.read
    for name, operator in _OPERATORS.items()
    if name not in _AS_THEY_ARE and not name.startswith(HIDDEN)
}


@dataclass(slots=True)
class ProfileState:
    """`fields` holds states, not values; `members` are the audiences by the book with digest `book`.

    `joined` tells that others were absorbed since it was read, so that `members` says no more where it is.
    A `seeded` profile is a persona: taking it on is no link between visitors, so its cookie is never linked.
    `operators` says how fields are kept that a workspace's streams fill, so that it can be read without those.
    `size` is how many bytes it took when it was last read or written; `scored` are its scores as of its last
    event, with what they were worked out from; `decided` is what audiences were last found for it (see `deciding`).
    """

    id: str
    fields: dict[str, State] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    book: str = ""
    seeded: bool = False
    operators: dict[str, str] = field(default_factory=dict)
    joined: bool = False
    size: int = field(default=0, compare=False)
    scored: tuple[Any, ...] = field(default=(), compare=False)
    decided: Any = field(default=None, compare=False)

    def packed(self) -> Packed:
        """All of it, as it is stored."""
        more = [self.operators] if self.operators else []
        found = pack([self.id, self.fields, self.members, self.book, self.seeded, *more])
        self.size = len(found)
        return found

    @classmethod
    def unpacked(cls, packed: Packed, read: Callable[[Packed], list[Any]] = unpack) -> "ProfileState":
        """The reverse of `packed`; `read` may leave out fields (see `packing.partly`)."""
        state = cls(*read(packed))
        state.size = len(packed)
        return state

    def copy(self) -> "ProfileState":
        """A profile of its own with the same states, which nothing changes in place: a join makes a new one."""
        return ProfileState(
            self.id,
            dict(self.fields),
            list(self.members),
            self.book,
            self.seeded,
            dict(self.operators) if self.operators else {},
            self.joined,
            self.size,
            self.scored,
            self.decided,
        )

    def feed(self, facts: Facts, order: int, schema: Schema = NO_SCHEMA) -> None:
        """Take in an event, the `order`-th to arrive."""
        rules, own = plan_for(tuple(facts.data))
        for rule in rules:
            value = rule.take(facts)
            if value is not None:
                operator, name = _OPERATORS[rule.field], rule.field
                lifted = operator.lift(value, order)
                self.fields[name] = operator.join(self.fields[name], lifted) if name in self.fields else lifted
        for rule in schema.rules(facts.stream):
            value = rule.take(facts)
            if value is not None:
                self._keep_by(rule.field, rule.operator)
                self._join(rule.field, value, order)
        for key in own:
            if key not in schema.operators and (key in self.fields or len(self.fields) < MAX_FIELDS):
                if self.operators:
                    self._keep_by(key, LATEST)
                self._join(key, facts.data[key], order)

    def assign(self, values: Mapping[str, object], schema: Schema = NO_SCHEMA) -> None:
        """Set typed fields outright, as a persona states them; raises `FieldError` for a value that does not fit."""
        for name, value in values.items():
            if name in _DERIVED or name.startswith(HIDDEN):
                raise FieldError(
                    f"{name} cannot be stated ({value!r}): it is worked out. Remove it, or put it under identities."
                )
            kind = schema.kinds.get(name) or kind_of(name)
            self._keep_by(name, schema.operators.get(name, LATEST))
            self.fields[name] = operator_of(name, self.operators).lift(coerce(name, kind, value), 0)

    def identify(self, identities: Iterable[tuple[str, str]]) -> None:
        """Give the profile its identities, as (kind, value)."""
        for kind, value in identities:
            self._join(kind, value, 0)
            if kind == "_uid":
                self._join("_uids", [value], 0)

    def absorb(self, other: "ProfileState") -> None:
        """Join another profile of the same person into this one, which keeps its id."""
        if other.id == self.id:
            return
        for name, state in other.fields.items():
            mine = self.fields.get(name)
            if mine is None or self.operators.get(name) != other.operators.get(name):
                self._take_field(name, state, other.operators.get(name))
            else:
                self.fields[name] = operator_of(name, self.operators).join(mine, state)
        self.members = sorted({*self.members, *other.members})
        self.seeded = self.seeded or other.seeded
        self.size += other.size
        self.joined = True

    def release(self, kind: str, value: str) -> None:
        """Let go of an identity that now belongs to another profile. Its audiences have to be decided anew."""
        self.book = ""
        if self.value(kind) == value:
            del self.fields[kind]
        if kind == "_uid" and "_uids" in self.fields:
            self.fields["_uids"] = {uid: order for uid, order in self.fields["_uids"].items() if uid != value}
            if not self.fields["_uids"]:
                del self.fields["_uids"]

    def compact(self) -> list[tuple[str, str]]:
        """Let go of the cookies that were not seen for longest, beyond `MAX_IDENTITIES`; answers which."""
        uids = self.fields.get("_uids", {})
        if len(uids) <= MAX_IDENTITIES - len(SINGLE):
            return []
        most = MAX_IDENTITIES - sum(kind in self.fields for kind in SINGLE)
        stale = sorted(uids, key=lambda uid: (uids[uid], uid))[: max(0, len(uids) - most)]
        self.fields["_uids"] = {uid: order for uid, order in uids.items() if uid not in stale}
        return [("_uid", uid) for uid in stale]

    def conflict(self) -> None:
        """Count that an identity was taken over from another profile."""
        self._join(CONFLICTS, 1, 0)

    def leave(self, slugs: Sequence[str]) -> None:
        """Keep in mind that the profile was in these audiences and is no more: who could ever have seen an experience
        is asked for later (platform.md 2.4)."""
        if slugs:
            self._join(FORMER, slugs, 0)

    def value(self, name: str) -> object:
        """A field's value; None when it has none."""
        state = self.fields.get(name)
        return None if state is None else operator_of(name, self.operators).read(state)

    def values(self, now: datetime | None = None) -> dict[str, object]:
        """All fields with typed values (times are `datetime`, sets sorted lists), and those worked out from them.

        Scores are as of `now`, or of the last event.
        """
        found = self.derived(now)
        for name, state in self.fields.items():
            read = _READS.get(name)
            if read is not None:
                found[name] = read(state)
            elif name in _AS_THEY_ARE:
                found[name] = state
            elif not name.startswith(HIDDEN):
                found[name] = operator_of(name, self.operators).read(state)
        return found

    def derived(self, now: datetime | None = None) -> dict[str, object]:
        """The values of `DERIVED` as they follow from other fields; a persona may state splits and scores otherwise."""
        return {
            **self._scores(now),
            "_id": self.id,
            "_num_aliases": sum(kind in self.fields for kind in SINGLE) + len(self.fields.get("_uids", ())),
            "_num_streams": len(self.fields.get("_streamnames", ())),
            "_num_days": len(self.fields.get(DAYS, ())),
            "_split": _split(self.id, 0),
            "_split2": _split(self.id, 1),
        }

    def _scores(self, now: datetime | None) -> dict[str, int]:
        last = self.fields.get("last_active_ts")
        if last is None or "_created" not in self.fields:
            return {}
        events = self.fields.get("_num_events", 0)
        if now is None and self.scored[:2] == (events, last):
            return dict(self.scored[2])
        today = max(last, now).date() if now else last.date()
        days = self.fields.get(DAYS, {})
        found = scores(events, days, len(days), self.fields["_created"].date(), last.date(), today)
        if now is None:
            self.scored = (events, last, found)
        return found

    def identities(self) -> list[tuple[str, str]]:
        """Every (kind, value) by which this profile is known."""
        single = [(kind, scalar_text(self.value(kind))) for kind in SINGLE if kind in self.fields]
        return [*single, *(("_uid", uid) for uid in sorted(self.fields.get("_uids", ())))]

    def _join(self, name: str, value: object, order: int) -> None:
        operator = operator_of(name, self.operators)
        lifted = operator.lift(value, order)
        mine = self.fields.get(name)
        self.fields[name] = lifted if mine is None else operator.join(mine, lifted)

    def _keep_by(self, name: str, operator: str) -> None:
        """See that a field is kept by an operator; what it has by another is let go of."""
        if name in FIELDS or self.operators.get(name, LATEST) == operator:
            return
        self.fields.pop(name, None)
        self.operators.pop(name, None)
        if operator != LATEST:
            self.operators[name] = operator

    def _take_field(self, name: str, state: State, operator: str | None) -> None:
        """Take over a field of another profile; of two that are kept in different ways, one is chosen by the name."""
        if name in self.fields and self.operators.get(name, LATEST) > (operator or LATEST):
            return
        self.fields[name] = state
        self.operators.pop(name, None)
        if operator is not None:
            self.operators[name] = operator


def operator_of(field: str, operators: Mapping[str, str] = _NONE) -> Operator:
    """How a field takes in a new value: by a rule, by what `operators` say of it, else by keeping the latest."""
    found = _OPERATORS.get(field)
    if found is not None:
        return found
    return OPERATORS[operators[field]] if field in operators else _LATEST


def profile_id(identity: tuple[str, str], taken: Iterable[str] = ()) -> str:
    """An id for a profile first known by `identity`: 32 hex digits, the same in every run unless it is `taken`.

    The same visitor so falls into the same half of an experiment whenever a test starts from nothing.
    """
    text = "\0".join((*identity, *taken))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


@lru_cache(maxsize=4096)
def _split(identifier: str, index: int) -> int:
    """A number from 0 to 99 for experiments, fixed for a profile and uniform over profiles."""
    digest = hashlib.sha256(f"{index}:{identifier}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % 100

"""A store in plain dictionaries, which shows that the platform asks for no more than `store` says."""

import asyncio
import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from understudy.server.platform.errors import StoreError
from understudy.server.platform.event import RawEvent, StoredEvent
from understudy.server.platform.outbox import Notice
from understudy.server.platform.outline import Outline, outline_of
from understudy.server.platform.state import ProfileState
from understudy.server.platform.store import Reader, Session

T = TypeVar("T")


@dataclass
class MemorySession:
    """See `store.Session`."""

    states: dict[str, ProfileState] = field(default_factory=dict)
    owners: dict[tuple[str, str], str] = field(default_factory=dict)
    kept: dict[int, tuple[str | None, StoredEvent]] = field(default_factory=dict)
    claimed: set[tuple[str, str]] = field(default_factory=set)
    moments: dict[str, int] = field(default_factory=dict)
    planned_by: str = ""
    notices: dict[int, Notice] = field(default_factory=dict)
    reached: dict[str, str] = field(default_factory=dict)
    noted: dict[str, dict[str, str]] = field(default_factory=dict)
    last: int = 0
    last_notice: int = 0

    def find(self, kind: str, value: str) -> str | None:
        return self.owners.get((kind, value))

    def load(self, profile: str) -> ProfileState | None:
        found = self.states.get(profile)
        return None if found is None else found.copy()

    def events(self, profile: str, limit: int) -> list[StoredEvent]:
        found = [event for owner, event in reversed(self.kept.values()) if owner == profile]
        return copy.deepcopy(found[:limit])

    def identities(self, profile: str) -> list[tuple[str, str]]:
        return sorted(identity for identity, owner in self.owners.items() if owner == profile)

    def profiles(self, after: str, limit: int, fields: tuple[str, ...] | None = None) -> list[ProfileState]:
        found = [self.states[each].copy() for each in sorted(self.states) if each > after][:limit]
        for state in found if fields is not None else ():
            state.fields = {name: value for name, value in state.fields.items() if name in fields}
        return found

    def last_event(self) -> int:
        return max(self.kept, default=0)

    def events_with(self, key: str, after: int, span: int) -> list[tuple[int, str, float, dict[str, object]]]:
        found = ((number, *self.kept[number]) for number in range(after + 1, after + span + 1) if number in self.kept)
        return [
            (number, owner, event.time, event.data) for number, owner, event in found if owner and key in event.data
        ]

    def outlines(self, after: str, limit: int) -> list[Outline]:
        return [outline_of(state) for state in self.profiles(after, limit)]

    def due(self, now: float, limit: int) -> list[str]:
        waiting = sorted((at, profile) for profile, at in self.moments.items() if at <= int(now))
        return [profile for _, profile in waiting[:limit]]

    def next_due(self) -> float | None:
        return float(min(self.moments.values())) if self.moments else None

    def queued(self, job: str, after: int, limit: int) -> list[Notice]:
        return [one for number, one in self.notices.items() if one.job == job and number > after][:limit]

    def queue_sizes(self) -> dict[str, int]:
        return {job: len(self.queued(job, 0, 10**9)) for job in sorted({one.job for one in self.notices.values()})}

    def queueing(self) -> list[str]:
        return sorted({*self.reached, *(one.job for one in self.notices.values())})

    def progress(self, job: str) -> str:
        return self.reached.get(job, "")

    def notes(self, room: str) -> dict[str, str]:
        return dict(self.noted.get(room, {}))

    def claim(self, delivery: str, account: str) -> bool:
        new = (delivery, account) not in self.claimed
        self.claimed.add((delivery, account))
        return new

    def add_event(self, profile: str | None, uid: str | None, time: float, event: RawEvent) -> int:
        self.last += 1
        data: Any = copy.deepcopy(dict(event.data))
        stored = StoredEvent(self.last, event.account, event.stream, uid, time, event.received, data, event.raw)
        self.kept[self.last] = profile, stored
        return self.last

    def save(self, state: ProfileState) -> None:
        self.states[state.id] = state.copy()

    def point(self, kind: str, value: str, profile: str) -> None:
        self.owners[kind, value] = profile

    def unpoint(self, kind: str, value: str) -> None:
        self.owners.pop((kind, value), None)

    def move(self, source: str, target: str) -> None:
        self.kept = {n: (target if owner == source else owner, event) for n, (owner, event) in self.kept.items()}
        self.owners = {each: target if owner == source else owner for each, owner in self.owners.items()}
        self.notices = {
            n: replace(one, profile=target) if one.profile == source else one for n, one in self.notices.items()
        }
        self.states.pop(source, None)
        self.replan(source, None)

    def delete(self, profile: str) -> int:
        mine = [number for number, (owner, _) in self.kept.items() if owner == profile]
        self.kept = {number: each for number, each in self.kept.items() if number not in mine}
        self.owners = {each: owner for each, owner in self.owners.items() if owner != profile}
        self.notices = {number: one for number, one in self.notices.items() if one.profile != profile}
        self.states.pop(profile, None)
        self.replan(profile, None)
        return len(mine)

    def plan(self, profile: str, at: float) -> None:
        self.moments[profile] = min(int(at), self.moments.get(profile, int(at)))

    def replan(self, profile: str, at: float | None) -> None:
        self.moments.pop(profile, None)
        if at is not None:
            self.moments[profile] = int(at)

    def plan_all(self, digest: str, after: str = "") -> str:  # noqa: ARG002  (it does all at once)
        if digest != self.planned_by:
            self.planned_by, self.moments = digest, self.moments | dict.fromkeys(self.states, 0)
        return ""

    def queue(self, notice: Notice) -> None:
        self.last_notice += 1
        self.notices[self.last_notice] = replace(notice, number=self.last_notice)

    def unqueue(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.notices.pop(number, None)

    def unqueue_all(self, job: str) -> None:
        self.notices = {number: one for number, one in self.notices.items() if one.job != job}
        self.reached.pop(job, None)

    def set_progress(self, job: str, at: str) -> None:
        self.reached[job] = at

    def note(self, room: str, key: str, text: str | None) -> None:
        inside = self.noted.setdefault(room, {})
        if text is None:
            inside.pop(key, None)
        else:
            inside[key] = text

    def clear(self) -> None:
        self.__init__(last=self.last, last_notice=self.last_notice)  # type: ignore[misc]

    def delete_orphans(self, value: str, places: Sequence[str]) -> int:
        lost = [
            number
            for number, (owner, event) in self.kept.items()
            if owner is None and value.lower() in {_at(event.data, place) for place in places}
        ]
        for number in lost:
            del self.kept[number]
        return len(lost)


def _at(data: object, place: str) -> str:
    for key in place.split("."):
        data = data.get(key, "") if isinstance(data, Mapping) else ""
    return str(data).lower()


class MemoryStore:
    """See `store.Store`."""

    def __init__(self) -> None:
        self._session = MemorySession()
        self._open = True

    async def write(self, work: Callable[[Session], T], then: Callable[[T], None] | None = None) -> T:
        self._check()
        await asyncio.sleep(0)
        before = copy.deepcopy(self._session)
        try:
            result = work(self._session)
        except BaseException:
            self._session = before
            raise
        if then is not None:
            then(result)
        return result

    def read(self, work: Callable[[Reader], T]) -> T:
        self._check()
        return work(self._session)

    def scrub(self) -> None:
        self._check()

    def close(self) -> None:
        self._open = False

    def _check(self) -> None:
        if not self._open:
            raise StoreError("The store is closed; nothing more can be asked of it.")

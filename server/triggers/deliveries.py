"""What became of requests: the newest are kept in memory, for tests, the debugger and whoever asks why nothing came."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from understudy.server.bodies import json_in
from understudy.server.platform.codec import rfc3339
from understudy.server.platform.listeners import Listeners

MOST = 1000
LONGEST_BODY = 100_000  # characters of one, beyond which it is cut
Outcome = Literal["sending", "retrying", "delivered", "omitted", "failed"]


@dataclass(frozen=True)
class Try:
    """One try: its status (None: there was no answer), what went wrong, and how long the next one waited (seconds)."""

    at: float
    status: int | None
    error: str = ""
    wait: float | None = None


@dataclass
class Delivery:
    """A request, of how many notices, and what became of it. `where` it went: `network` or `memory`."""

    number: int
    job: str
    at: float
    ids: Sequence[str]
    profiles: Sequence[str | None]
    method: str = ""
    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    where: Literal["network", "memory"] = "memory"
    outcome: Outcome = "sending"
    reason: str = ""
    tries: list[Try] = field(default_factory=list)

    @property
    def status(self) -> int | None:
        """The status of the last try."""
        return self.tries[-1].status if self.tries else None

    def summary(self) -> dict[str, object]:
        """The outline, for a live stream."""
        return {
            "number": self.number,
            "job": self.job,
            "at": rfc3339(self.at),
            "ids": list(self.ids),
            "method": self.method,
            "url": self.url,
            "where": self.where,
            "outcome": self.outcome,
            "status": self.status,
            "tries": len(self.tries),
            "reason": self.reason,
        }

    def as_json(self) -> dict[str, object]:
        """All of it."""
        tries = [
            {"at": rfc3339(one.at), "status": one.status, "error": one.error, "wait": one.wait} for one in self.tries
        ]
        return {**self.summary(), "headers": dict(self.headers), "payload": parsed(self.body), "tries": tries}


class DeliveryLog:
    """The newest deliveries of a site. Whoever listens is told at each step of one."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: deque[Delivery] = deque(maxlen=most)
        self._numbers = count(1)
        self._listeners = Listeners[Delivery](lambda delivery: f"delivery {delivery.number}, which goes on")

    def __iter__(self) -> Iterator[Delivery]:
        return iter(tuple(self._kept))

    def open(self, job: str, at: float, ids: Sequence[str], profiles: Sequence[str | None]) -> Delivery:
        """A new delivery."""
        delivery = Delivery(next(self._numbers), job, at, ids, profiles)
        self._kept.append(delivery)
        return delivery

    def tell(self, delivery: Delivery) -> None:
        """Tell whoever listens that a delivery has come on."""
        self._listeners.tell(delivery)

    def forget(self, profile: str) -> None:
        """Forget what was sent of a visitor."""
        kept = [delivery for delivery in self._kept if profile not in delivery.profiles]
        self._kept.clear()
        self._kept.extend(kept)

    def clear(self) -> None:
        """Forget all of them."""
        self._kept.clear()

    def subscribe(self, listener: Callable[[Delivery], None]) -> Callable[[], None]:
        """Call `listener` with each delivery, at each step of it; returns a function that ends that."""
        return self._listeners.add(listener)


def parsed(body: str | None) -> object:
    """A body as JSON where it is some that can be answered, else as the text it is."""
    if body is None:
        return None
    try:
        value: object = json_in(body)
    except ValueError:
        return body
    return value

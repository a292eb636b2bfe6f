"""Events on their way in, in the store, and as told to whoever listens. Times are unix milliseconds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it arrived: `data` is the decoded message, `raw` its text on the wire, `received` our clock."""

    account: str
    stream: str
    data: Mapping[str, object]
    received: float
    raw: str = ""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event in the store. `time` is when it happened by the page's clock, `received` when it arrived by ours."""

    event_id: int
    account: str
    stream: str
    uid: str | None
    time: float
    received: float
    data: dict[str, object]
    raw: str

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What storing an event did; everything in it is ready for JSON.

    `changed` maps each profile field that changed to its old and new value (None: there was none). `entered` and `left`
    are slugs of audiences. An event that names no visitor changes nothing.
    """

    event_id: int
    account: str
    stream: str
    uid: str | None
    time: float
    data: dict[str, object]
    changed: dict[str, list[object]] = field(default_factory=dict)
    entered: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return asdict(self)

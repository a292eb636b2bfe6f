"""Events on their way in, in the store, and as told to whoever listens. Times are unix milliseconds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from understudy.server.platform.codec import plain, shallow

ORIGIN = "origin"  # in an answer about a visitor: by which identities that one is known


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event as it arrived: `data` is the decoded message, `raw` its text on the wire, `received` our clock.

    `time` is when it happened; without it that is what the message says, else when it was received.
    """

    account: str
    stream: str
    data: Mapping[str, object]
    received: float
    raw: str = ""
    time: float | None = None


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
        return shallow(self)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What storing an event did.

    `moved` maps each profile field that changed to its typed old and new value (None: there was none). `entered` and
    `left` are slugs of audiences. An event that names no visitor changes nothing. One that is `repeated` was stored
    before: it was not stored again, changed nothing, and has the number 0. Time alone will not move the profile before
    `due` (unix milliseconds; None: never).
    """

    event_id: int
    account: str
    stream: str
    uid: str | None
    time: float
    data: dict[str, object]
    moved: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    entered: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    repeated: bool = False
    due: float | None = None

    @property
    def changed(self) -> dict[str, list[object]]:
        """`moved`, ready for JSON. Worked out when asked for, because mostly nobody asks."""
        return {name: [plain(old), plain(new)] for name, (old, new) in self.moved.items()}

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON, with `changed` in place of `moved`."""
        view = shallow(self)
        del view["moved"], view["repeated"], view["due"]
        return {**view, "changed": self.changed}

"""One insight card."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from understudy.server.platform.codec import shallow

Number = int | float | str


@dataclass(frozen=True, slots=True)
class Card:
    """`kind` names the rule, `about` what it found something about; `numbers` led to it, and `advice` is what to do.

    `weight` orders cards of one kind, heaviest first. `filterql` is an audience that may be made of it.
    """

    kind: str
    about: str
    title: str
    text: str
    advice: str
    numbers: Mapping[str, Number]
    weight: float = 0
    experience: str = ""
    audiences: tuple[str, ...] = ()
    expires_at: str = ""
    filterql: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        name = f"{self.kind}\0{self.about}"
        object.__setattr__(self, "id", hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16])

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        plain = {"numbers": dict(self.numbers), "audiences": list(self.audiences), "weight": round(self.weight, 3)}
        return {**shallow(self), **plain}


def percent(value: float) -> str:
    """A share as people read it."""
    return f"{value * 100:.0f} %" if value >= 0.1 or value == 0 else f"{value * 100:.1f} %"

"""Fault switches: what a world's surfaces do wrong on purpose, so that pages can be tried out in bad weather.

All are off by default. They are of one world, and are data: one model, told and set as JSON. While the vendor's hosts
are `offline` the user's own pages and the debugger still answer, or nobody could switch it off in the page. A browser
that is hung up on asks once more by itself when the connection had been used before, which counts as a request too.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from understudy.widgets.fields import Strict

LONGEST_DELAY_MS = 60_000
FAULT_KEY = "understudy.fault"  # in a scope: the fault that its request has met
# The surface that an address belongs to, by how it begins. Routes that only servers use are not among them.
SURFACES = (
    ("/c/", "collector"),
    ("/collect/", "collector"),
    ("/api/personalize/", "profile"),
    ("/api/me/", "profile"),
    ("/api/tag/", "tag"),
    ("/static/pathfora.", "sdk"),
    ("/__understudy__/sdk/", "sdk"),
    ("/api/experience/candidate/", "candidates"),
    ("/api/experience/preview/", "candidates"),
    ("/api/program/campaign/", "candidates"),
    ("/api/content/", "content"),
)


class Fault(Strict):
    """What is wrong with one surface."""

    delay_ms: int = Field(0, ge=0, le=LONGEST_DELAY_MS, description="Milliseconds that an answer comes late.")
    status: int | None = Field(None, ge=400, le=599, description="The status of every answer; 404: missing.")
    retry_after: int | None = Field(None, ge=0, le=86_400, description="Seconds of Retry-After, beside a status.")
    hang_up: bool = Field(False, description="The connection is closed without an answer.")
    times: int | None = Field(None, ge=1, description="For how many requests this lasts; without it, for all.")

    @property
    def words(self) -> list[str]:
        """What it does, in a few words each; empty when it does nothing."""
        words = [f"{self.delay_ms} ms late"] if self.delay_ms else []
        if self.hang_up:
            words.append("hangs up")
        elif self.status is not None:
            words.append(f"answers {self.status}")
        return words


class ProfileFault(Fault):
    """What is wrong with the answers about a visitor."""

    empty_segments: bool = Field(False, description="The visitor is in no audience, for all that the browser is told.")

    @property
    def words(self) -> list[str]:
        """What it does, in a few words each."""
        return [*super().words, *(["no audiences"] if self.empty_segments else [])]


class Faults(Strict):
    """All switches of a world."""

    profile: ProfileFault = Field(ProfileFault(), description="Personalization: /api/personalize and /api/me.")
    collector: Fault = Field(Fault(), description="Collection of events: /c and /collect.")
    tag: Fault = Field(Fault(), description="The tag's script.")
    sdk: Fault = Field(Fault(), description="The widget SDK and its stylesheet.")
    candidates: Fault = Field(Fault(), description="The scripts of experiences and previews.")
    content: Fault = Field(Fault(), description="Recommendations.")
    offline: bool = Field(False, description="None of these can be reached.")

    @property
    def active(self) -> list[str]:
        """Every fault that is on, in words, for a badge."""
        offline = ["offline: tag, SDK, experiences, profiles, recommendations and collection cannot be reached"]
        surfaces = [f"{name}: {', '.join(fault.words)}" for name, fault in self.by_surface.items() if fault.words]
        return [*(offline if self.offline else []), *surfaces]

    @property
    def by_surface(self) -> dict[str, Fault]:
        """The surfaces' faults by name."""
        return {name: value for name in type(self).model_fields if isinstance(value := getattr(self, name), Fault)}


def hides_audiences(scope: Mapping[str, Any]) -> bool:
    """Whether the answer to a request is to say that the visitor is in no audience."""
    fault = scope.get(FAULT_KEY)
    return isinstance(fault, ProfileFault) and fault.empty_segments


NO_FAULTS = Faults()
UNREACHABLE = Fault(hang_up=True)


class FaultSwitches:
    """The faults of one world as they are set, and for how many more requests each lasts."""

    def __init__(self) -> None:
        self.settings = NO_FAULTS
        self.on = False

    def set(self, settings: Faults) -> None:
        """Let these count, and no others."""
        self.settings = settings
        self.on = bool(settings.active)

    def take(self, path: str) -> Fault | None:
        """The fault that a request for this path meets, if any; a fault that is limited is used up by one."""
        surface = next((name for start, name in SURFACES if path.startswith(start)), None)
        if surface is None:
            return None
        if self.settings.offline:
            return UNREACHABLE
        fault = self.settings.by_surface[surface]
        if not fault.words:
            return None
        if fault.times is not None:
            left = fault.model_copy(update={"times": fault.times - 1}) if fault.times > 1 else type(fault)()
            self.set(self.settings.model_copy(update={surface: left}))
        return fault

    def as_json(self) -> dict[str, Any]:
        """The settings, with what is on in words."""
        return {**self.settings.model_dump(), "active": self.settings.active}

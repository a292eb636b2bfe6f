"""What reports are about: the experiences, and the widgets that events tell of and no experience has.

Each has one or more parts, which are widgets: its variations, and its inverse for everyone outside of the audience. The
inverse is counted apart, for whoever sees it was never meant by the experience.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from understudy.server.experiences.segments import segment_slug
from understudy.server.platform.conversions import COUNTS_AS
from understudy.server.site import Site
from understudy.widgets.experience import EVERYONE, Experience
from understudy.widgets.tactics import LABELS


@dataclass(frozen=True, slots=True)
class Part:
    """A widget, by its id; `outside` when it is for everyone outside of the audience."""

    id: str
    label: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """An experience as reports tell it, or a widget that no experience has: then `experience` is None."""

    id: str
    label: str
    parts: tuple[Part, ...]
    experience: Experience | None = None
    notes: tuple[str, ...] = ()

    @property
    def fixed(self) -> str:
        """The slug of the audience of all whom it is meant for."""
        return segment_slug(self.id, "fixed")

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the widgets that its audience sees."""
        return tuple(part.id for part in self.parts if not part.outside)

    @property
    def campaign(self) -> str:
        """The campaign it belongs to; empty for none."""
        return self.experience.campaign if self.experience else ""

    def as_json(self) -> dict[str, object]:
        """What it is, ready for JSON; the figures are others' to add."""
        one = self.experience
        if one is None:
            return {"id": self.id, "label": self.label, "status": "unknown", "notes": list(self.notes)}
        return {
            "id": self.id,
            "label": self.label,
            "status": one.status,
            "campaign": one.campaign,
            "stage": one.stage,
            "tactic": one.purpose,
            "tactic_label": LABELS[one.purpose],
            "counts_as_conversion": COUNTS_AS[one.purpose][1],
            "audience": one.audience,
            "exclude": list(one.exclude),
            "dates": one.dates.model_dump(),
            "file": one.file,
            "line": one.place().line,
            "notes": list(self.notes),
        }


def subjects_of(site: Site) -> list[Subject]:
    """The experiences of a site, in their order."""
    known = site.platform.audiences
    return [subject_of(one, known) for one in site.experiences.all(site)]


def subject_of(one: Experience, known: Iterable[str]) -> Subject:
    """An experience as a subject."""
    parts = [Part(each.id, each.label) for each in one.variations] or [Part(one.id, one.label)]
    if one.inverse is not None:
        parts.append(Part(one.inverse.id, "Outside of the audience", outside=True))
    missing = [slug for slug in (one.audience, *one.exclude) if slug != EVERYONE and slug not in known]
    notes = tuple(f"There is no audience {slug!r}, so nobody is in it; see `understudy lint`." for slug in missing)
    return Subject(one.id, one.label, tuple(parts), one, notes)


def stray(widget: str) -> Subject:
    """A widget that no experience has: a page or a plain script made it, or its experience is gone."""
    note = "No experience has this widget: a page or a script makes it, or its file is gone."
    return Subject(widget, widget, (Part(widget, widget),), notes=(note,))

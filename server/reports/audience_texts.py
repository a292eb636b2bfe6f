"""Audiences from what an experience has done (platform.md 2.5): FilterQL to be saved as a file of `audiences/`.

The conditions are on the profile's own maps and not on the audiences that come with the experience, so they stay true
when the experience is gone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from understudy.server.experiences.segments import measured
from understudy.server.platform.filterql import Statement
from understudy.server.reports.subjects import Part, Subject

_NO_SLUG = re.compile(r"\W+", re.ASCII)  # what a page calls its widget may be anything
LONGEST_SLUG = 100
MEASURES = {"reached": "Reached", "converted": "Converted", "not_converted": "Reached, not converted"}


@dataclass(frozen=True, slots=True)
class AudienceText:
    """`of` names what was measured; `file` is where the text may be saved."""

    of: str
    label: str
    measure: str
    slug: str
    filterql: str

    @property
    def title(self) -> str:
        """The measure as people read it."""
        return MEASURES[self.measure]

    @property
    def file(self) -> str:
        """The file that it may be saved as."""
        return f"audiences/{self.slug}.fql"

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return {**{name: getattr(self, name) for name in self.__slots__}, "file": self.file}


def audience_texts(subject: Subject) -> list[AudienceText]:
    """The texts for an experience as a whole, if it has several variations, and for each of its parts."""
    whole = [Part(subject.id, "All variations")] if len(subject.shown) > 1 else []
    return [
        _text(part, widgets, measure)
        for part in (*whole, *subject.parts)
        for widgets in [subject.shown if part in whole else (part.id,)]
        for measure in MEASURES
    ]


def _text(part: Part, widgets: Sequence[str], measure: str) -> AudienceText:
    slug = f"{_NO_SLUG.sub('_', part.id)[:LONGEST_SLUG]}_{measure}"
    return AudienceText(part.id, part.label, measure, slug, str(Statement(measured(widgets, measure), alias=slug)))

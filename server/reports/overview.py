"""The report on everything: each campaign, each experience, each variation, in figures."""

from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform.codec import plain
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.periods import TIME_ZONE, Period
from understudy.server.reports.subjects import Part, Subject
from understudy.server.reports.tally import Figures, figures


@dataclass(frozen=True, slots=True)
class Line:
    """A subject with its figures, and each of its parts with theirs."""

    subject: Subject
    figures: Figures
    parts: tuple[tuple[Part, Figures], ...]

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        parts = [
            {"id": part.id, "label": part.label, "outside": part.outside, "figures": counted.as_json()}
            for part, counted in self.parts
        ]
        return {**self.subject.as_json(), "figures": self.figures.as_json(), "variations": parts}


@dataclass(frozen=True, slots=True)
class Group:
    """A campaign with its experiences; those of none have an empty name."""

    campaign: str
    figures: Figures
    lines: tuple[Line, ...]

    def as_json(self) -> dict[str, object]:
        """What it is, ready for JSON."""
        ids = [line.subject.id for line in self.lines]
        return {"campaign": self.campaign, "experiences": ids, "figures": self.figures.as_json()}


def line_of(subject: Subject, evidence: Evidence) -> Line:
    """A subject in figures. Nobody can say who was ever outside of an audience, nor who could see a stray widget."""
    potential = evidence.population.potential[subject.id] if subject.experience else None
    parts = tuple(
        (part, figures(evidence.of([part.id]), None if part.outside else potential)) for part in subject.parts
    )
    return Line(subject, figures(evidence.of(subject.shown), potential), parts)


def groups_of(evidence: Evidence) -> list[Group]:
    """Campaigns in the order in which their first experience stands; those experiences of none come last."""
    names = dict.fromkeys(one.campaign for one in evidence.subjects)
    ordered = [*(name for name in names if name), *(name for name in names if not name)]
    return [_group(name, evidence) for name in ordered]


def _group(name: str, evidence: Evidence) -> Group:
    members = [one for one in evidence.subjects if one.campaign == name]
    widgets = [widget for one in members for widget in one.shown]
    potential = evidence.population.campaign_potential[name]
    return Group(name, figures(evidence.of(widgets), potential), tuple(line_of(one, evidence) for one in members))


def overview_json(evidence: Evidence, now: datetime) -> dict[str, object]:
    """`GET reports`: see `api`."""
    groups = groups_of(evidence)
    return {
        "now": plain(now),
        "period": period_json(evidence.period),
        "visitors": evidence.population.visitors,
        "campaigns": [group.as_json() for group in groups if group.campaign],
        "experiences": [line.as_json() for group in groups for line in group.lines],
        "others": [line_of(one, evidence).as_json() for one in evidence.strays],
    }


def period_json(period: Period) -> dict[str, object]:
    """A period, ready for JSON; `to` is when its last hour or day ends."""
    ends = {"from": plain(period.start(period.first)), "to": plain(period.start(period.last + 1))}
    return {"by": period.by, "last": period.count, **ends, "time_zone": TIME_ZONE}

"""The report on one experience: its figures over time, who converted lately, and what happened last."""

from dataclasses import dataclass
from datetime import datetime

from understudy.server.platform import Platform
from understudy.server.platform.codec import from_ms, plain
from understudy.server.platform.survey import Act, readable
from understudy.server.reports.audience_texts import AudienceText, audience_texts
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.overview import Line, line_of, period_json
from understudy.server.reports.series import Point, outside, series
from understudy.server.reports.subjects import Part, Subject
from understudy.server.reports.tally import KEPT

RECENT = 20  # visitors
SHOWN_AS = ("email", "_uid")  # the first of these that a visitor has


@dataclass(frozen=True, slots=True)
class Happening:
    """An act as people read it: `visitor` is the e-mail address, the cookie or the profile's id."""

    at: datetime
    visitor: str
    act: Act

    def as_json(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        act = self.act
        return {
            "event_id": act.number,
            "time": plain(self.at),
            "profile": act.profile,
            "visitor": self.visitor,
            "variation": act.widget,
            "event": act.kind,
            "action": act.action,
        }


@dataclass(frozen=True, slots=True)
class Detail:
    """One experience. `over_time` has the points of each part, in their order."""

    line: Line
    evidence: Evidence
    over_time: tuple[tuple[Part, list[Point]], ...]
    recent: tuple[Happening, ...]
    history: tuple[Happening, ...]
    audiences: tuple[AudienceText, ...]

    def as_json(self, now: datetime) -> dict[str, object]:
        """`GET reports/<id>`: see `api`."""
        subject, period = self.line.subject, self.evidence.period
        tallies = self.evidence.of([part.id for part in subject.parts])
        return {
            "now": plain(now),
            "period": period_json(period),
            **self.line.as_json(),
            "series": [
                {"id": part.id, "label": part.label, "points": [point.as_json() for point in points]}
                for part, points in self.over_time
            ],
            "outside_of_period": outside(tallies, period),
            "recently_converted": [one.as_json() for one in self.recent],
            "history": [one.as_json() for one in self.history],
            "audiences": [one.as_json() for one in self.audiences],
        }


def detail_of(subject: Subject, evidence: Evidence, platform: Platform) -> Detail:
    """The report on a subject; looks up the visitors that it names."""
    tallies = evidence.of([part.id for part in subject.parts])
    names: dict[str, str] = {}

    def tell(acts: list[Act]) -> tuple[Happening, ...]:
        for act in acts:
            if act.profile not in names:
                names[act.profile] = _name(platform, act.profile)
        return tuple(Happening(from_ms(act.time), names[act.profile], act) for act in acts)

    converted: dict[str, Act] = {}
    for act in sorted((act for tally in tallies for act in tally.conversion_of.values()), key=_when):
        converted[act.profile] = act
    recent = sorted(converted.values(), key=_when, reverse=True)[:RECENT]
    history = sorted((act for tally in tallies for act in tally.latest), key=_when, reverse=True)[:KEPT]
    over_time = tuple((part, series(evidence.of([part.id]), evidence.period)) for part in subject.parts)
    audiences = tuple(audience_texts(subject))
    return Detail(line_of(subject, evidence), evidence, over_time, tell(recent), tell(history), audiences)


def _when(act: Act) -> tuple[float, int]:
    return act.time, act.number


def _name(platform: Platform, profile: str) -> str:
    found = platform.profile("_id", profile, computed=False)
    fields = found.fields if found else {}
    return readable(next((str(fields[name]) for name in SHOWN_AS if fields.get(name)), profile))

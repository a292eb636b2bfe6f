"""All that a report is made of, gathered in one going through the store. For a thread of its own."""

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from understudy.server.platform import Platform
from understudy.server.reports.periods import Period
from understudy.server.reports.subjects import Subject, stray
from understudy.server.reports.tally import Tally, together


@dataclass(slots=True)
class Population:
    """The visitors. A mask has a bit for each of `audiences` that a visitor is in now, so that one look at each visitor
    tells of every pair of audiences; `reached` and `converted` have the masks of those, by subject."""

    audiences: tuple[str, ...] = ()
    visitors: int = 0
    potential: Counter[str] = field(default_factory=Counter)  # by subject
    campaign_potential: Counter[str] = field(default_factory=Counter)
    masks: Counter[int] = field(default_factory=Counter)
    reached: dict[str, Counter[int]] = field(default_factory=dict)
    converted: dict[str, Counter[int]] = field(default_factory=dict)
    referred: Counter[str] = field(default_factory=Counter)  # by referring domain, those without any UTM
    referred_visitors: int = 0
    untagged_visitors: int = 0


@dataclass(slots=True)
class Evidence:
    """`tallies` are by widget; `strays` are widgets that no subject has."""

    period: Period
    subjects: list[Subject]
    strays: list[Subject] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    population: Population = field(default_factory=Population)

    def of(self, widgets: Sequence[str]) -> list[Tally]:
        """The tallies of some widgets; an empty one for a widget of which nothing is known."""
        return [self.tallies.get(widget) or Tally() for widget in widgets]

    def subject(self, wanted: str) -> Subject | None:
        """The subject with that id, or with that widget."""
        every = [*self.subjects, *self.strays]
        own = next((one for one in every if one.id == wanted), None)
        return own or next((one for one in every if any(part.id == wanted for part in one.parts)), None)


@dataclass(frozen=True, slots=True)
class _Watched:
    """What is looked at of a subject for each visitor."""

    id: str
    campaign: str
    fixed: str
    reached: Set[str]
    converted: Set[str]
    masks_of_reached: Counter[int]
    masks_of_converted: Counter[int]


def gather(platform: Platform, subjects: list[Subject], period: Period, audiences: Sequence[str] = ()) -> Evidence:
    """Go through all that is stored; `audiences` are those whose pairs are of interest."""
    evidence = Evidence(period, subjects)
    tallies = evidence.tallies
    for act in platform.acts():
        tally = tallies.get(act.widget)
        if tally is None:
            tally = tallies[act.widget] = Tally()
        tally.add(act, period)
    owned = {part.id for subject in subjects for part in subject.parts}
    evidence.strays = [stray(widget) for widget in sorted(tallies.keys() - owned)]
    evidence.population = _count(platform, evidence, tuple(audiences))
    return evidence


def _count(platform: Platform, evidence: Evidence, audiences: tuple[str, ...]) -> Population:
    found = Population(audiences)
    bits = {slug: 1 << place for place, slug in enumerate(audiences)}
    watched = [_watch(subject, evidence, found) for subject in evidence.subjects]
    for outline in platform.outlines():
        found.visitors += 1
        mask = sum(bits[slug] for slug in outline.members if slug in bits)
        found.masks[mask] += 1
        _notice_source(found, outline.referrers - outline.domains, outline.sources)
        ever, campaigns = outline.ever, set()
        for each in watched:
            reached = outline.id in each.reached
            if reached:
                each.masks_of_reached[mask] += 1
            if outline.id in each.converted:
                each.masks_of_converted[mask] += 1
            # Whoever was reached could be, by what their page told before any event did.
            if reached or each.fixed in ever:
                found.potential[each.id] += 1
                campaigns.add(each.campaign)  # each once, whichever of its experiences it was
        found.campaign_potential.update(campaigns)
    return found


def _watch(subject: Subject, evidence: Evidence, found: Population) -> _Watched:
    tallies = evidence.of(subject.shown)
    found.reached[subject.id], found.converted[subject.id] = Counter(), Counter()
    return _Watched(
        subject.id,
        subject.campaign,
        subject.fixed,
        together(one.reached for one in tallies).keys(),
        together(one.converted for one in tallies).keys(),
        found.reached[subject.id],
        found.converted[subject.id],
    )


def _notice_source(found: Population, foreign: frozenset[str], sources: frozenset[str]) -> None:
    if foreign:
        found.referred_visitors += 1
        if not sources:
            found.untagged_visitors += 1
            found.referred.update(foreign)

"""All cards of a site, the most pressing first."""

from understudy.server.platform import Platform
from understudy.server.reports.evidence import Evidence, gather
from understudy.server.reports.insights.card import Card
from understudy.server.reports.insights.pairs import own_audiences, pairs
from understudy.server.reports.insights.spikes import NEEDED, spikes
from understudy.server.reports.insights.utm import missing_utm
from understudy.server.reports.periods import Period, period_of
from understudy.server.reports.subjects import Subject

MOST = 25  # platform.md 2.9
# Of what may pass before somebody looks comes first.
ORDER = ("drop", "spike", "missing_utm", "who_converts", "audience_pair")


def insight_period(now: float) -> Period:
    """The days that the rules look at."""
    return period_of({"by": "day", "last": str(NEEDED)}, now)


def gather_insights(platform: Platform, subjects: list[Subject], now: float) -> Evidence:
    """What the cards are made of."""
    return gather(platform, subjects, insight_period(now), own_audiences(platform.audiences, subjects))


def cards_of(evidence: Evidence, platform: Platform) -> list[Card]:
    """The cards that the evidence gives rise to, `MOST` of them at most."""
    found = [*spikes(evidence), *missing_utm(evidence), *pairs(evidence, platform.audiences)]
    return sorted(found, key=lambda card: (ORDER.index(card.kind), -card.weight, card.about))[:MOST]

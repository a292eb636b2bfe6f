"""Missing UTM: links that nobody will be able to count the visits of, and visits that already cannot be told apart.

Experiences: every address of another site (`http://` or `https://`, and not this machine) in an experience's texts, or
to which a callback sends the page (by `location` or `open`), whose query has no key that begins with `utm_`. Addresses
of the own site keep the visit, and need none; nor do those of images, and of what a callback only asks.

Visits: visitors with a referring domain that is none of the site's own, of whom no UTM source is known. They are told
when they are at least `LEAST` and at least half of all that other sites referred.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from understudy.server.hosts import is_local
from understudy.server.platform.filterql import Statement
from understudy.server.platform.filterql.nodes import And, Binary, Exists, Ident, Literal, Many, Not
from understudy.server.platform.survey import readable
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.insights.card import Card
from understudy.server.reports.subjects import Subject
from understudy.widgets.callbacks import Function
from understudy.widgets.experience import Experience

LEAST, LEAST_SHARE, NAMED = 20, 0.5, 5
_ADDRESS = re.compile(r"""https?://[^\s"'`<>\\)]+""", re.IGNORECASE)
_SENT_TO = re.compile(
    r"""(?:\blocation(?:\.href)?\s*=|\blocation\.(?:assign|replace)\(|\bopen\()\s*["'`](https?://[^\s"'`<>\\)]+)""",
    re.IGNORECASE,
)
_NO_LINKS = frozenset({"image", "images", "src", "type", "id", "className"})


def missing_utm(evidence: Evidence) -> Iterator[Card]:
    """The cards of experiences, then that of visits."""
    for subject in evidence.subjects:
        if subject.experience and (found := untagged(subject.experience)):
            yield _of_experience(subject, found)
    population = evidence.population
    share = population.untagged_visitors / (population.referred_visitors or 1)
    if population.untagged_visitors >= LEAST and share >= LEAST_SHARE:
        yield _of_visits(population.untagged_visitors, population.referred_visitors, population.referred)


def untagged(one: Experience) -> list[str]:
    """The addresses of other sites in an experience that have no UTM, each once."""
    widgets = [one.widget, *(each.widget for each in one.variations), *([one.inverse] if one.inverse else [])]
    whole = (widget.model_dump(by_alias=True, exclude_unset=True) for widget in widgets)
    found = dict.fromkeys(address for values in whole for address in _links(values))
    return [address for address in found if _needs_utm(address)]


def _links(value: object) -> Iterator[str]:
    if isinstance(value, Function):
        yield from _SENT_TO.findall(value.source)
    elif isinstance(value, str):
        yield from _ADDRESS.findall(unescape(value))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _NO_LINKS:
                yield from _links(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from _links(item)


def _needs_utm(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or is_local(host):
        return False
    return not any(key.lower().startswith("utm_") for key, _ in parse_qsl(parts.query, keep_blank_values=True))


def _of_experience(subject: Subject, found: list[str]) -> Card:
    named = ", ".join(found[:NAMED])
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return Card(
        kind="missing_utm",
        about=subject.id,
        title=f"{subject.label}: links without UTM",
        text=f"Visits by {named}{more} will look like any other.",
        advice=f"Add utm_source, utm_medium and utm_campaign={subject.id} to the links.",
        numbers={"links": len(found), "first": found[0]},
        weight=len(found),
        experience=subject.id,
    )


def _of_visits(untagged_visitors: int, referred: int, domains: Mapping[str, int]) -> Card:
    most = sorted(domains.items(), key=lambda item: (-item[1], item[0]))[:NAMED]
    top = [(readable(domain), count) for domain, count in most]
    return Card(
        kind="missing_utm",
        about="",
        title="Visits from other sites without UTM",
        text=f"Of {referred:,} visitors from other sites, {untagged_visitors:,} came without any: "
        + ", ".join(f"{domain} ({count:,})" for domain, count in top)
        + ".",
        advice="Give the links that you have placed there a utm_source, so that you see which of them work.",
        numbers={
            **dict(top),
            "visitors": untagged_visitors,
            "referred_visitors": referred,
            "share": round(untagged_visitors / referred, 4),
        },
        weight=untagged_visitors,
        filterql=str(_audience([domain for domain, _ in top])),
    )


def _audience(domains: list[str]) -> Statement:
    referred = Binary("INTERSECTS", Ident(("refdomain",)), Many(tuple(Literal(domain) for domain in domains)))
    return Statement(And((referred, Not(Exists(Ident(("utm_sources",)))))), alias="referred_without_utm")

"""From what is asked and who asks to the documents in order (platform.md 3.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from understudy.server.content.catalog import Catalog
from understudy.server.content.document import ContentDocument
from understudy.server.content.interests import STATED, interests, rolled_up
from understudy.server.content.parameters import Wanted
from understudy.server.content.ranking import Recommendation, confidence, ranked, shuffled
from understudy.server.platform.codec import plain
from understudy.server.platform.page_visits import PageVisits


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request came in: the scheme and host to link by, and every host that this server is known by."""

    scheme: str
    here: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom it is for: views by a page's hash, what the profile states, and what to shuffle by."""

    views: Mapping[str, float] = field(default_factory=dict)
    stated: object = None
    seed: str = ""


def reader_of(fields: Mapping[str, Any], name: str) -> Reader:
    """The reader that a profile is, where `name` is what it was asked for by."""
    views = fields.get("hashedurls")
    counts = {str(page): float(count) for page, count in views.items()} if isinstance(views, Mapping) else {}
    return Reader(counts, fields.get(STATED), f"{name}\0{fields.get('_num_events', 0)}")


def readers_of(visits: PageVisits, name: str) -> Reader:
    """An audience as one reader, who has seen of each page the share that its members have."""
    total = visits.visitors or 1
    return Reader({page: count / total for page, count in visits.by_page.items()}, None, name)


def recommend(
    catalog: Catalog, wanted: Wanted, reader: Reader, place: Place, now: datetime, visits: PageVisits | None = None
) -> list[Recommendation]:
    """The best documents for a reader; `visits` are those of everybody, as far as they are counted."""
    views = catalog.seen(reader.views, place.hosts)
    everyone = catalog.seen(visits.by_page, place.hosts) if visits else {}
    affinity = interests(catalog.documents, views, reader.stated)
    found = [
        Recommendation(
            document,
            confidence(document.topics, affinity),
            document.address in views,
            min(everyone.get(document.address, 0) / (visits.visitors or 1), 1.0) if visits else None,
        )
        for document in candidates(catalog, wanted, place.here, now)
        if wanted.visited or document.address not in views
    ]
    ordered = shuffled(found, reader.seed) if wanted.shuffle else ranked(found, wanted.rank)
    return ordered[: wanted.limit]


def candidates(catalog: Catalog, wanted: Wanted, here: str, now: datetime) -> Iterable[ContentDocument]:
    """The documents that may be answered at all, in the catalogue's order."""
    found = list(catalog.documents)
    for source in wanted.sources:
        chosen = {document.address for document in catalog.select(source, here, now)}
        found = [document for document in found if document.address in chosen]
    return [document for document in found if _fits(document, wanted, here)]


def _fits(document: ContentDocument, wanted: Wanted, here: str) -> bool:
    published = document.published
    return (
        (wanted.topics is None or any(topic.casefold() in wanted.topics for topic in document.topics))
        and (wanted.since is None or (published is not None and published >= wanted.since))
        and (wanted.until is None or (published is not None and published <= wanted.until))
        and (not wanted.path or wanted.path in document.prefixes)
        and (not wanted.domain or document.host(here).partition(":")[0] == wanted.domain)
        and wanted.current not in (document.address, document.bare(here))
    )


def answer_of(one: Recommendation, place: Place, catalog: Catalog) -> dict[str, Any]:
    """A recommendation as the vendor's API answers it."""
    return {
        **document_answer(one.document, place, catalog),
        "confidence": round(one.confidence, 6),
        "visited": one.visited,
        "visitrate": None if one.visit_rate is None else round(one.visit_rate, 6),
    }


def document_answer(document: ContentDocument, place: Place, catalog: Catalog) -> dict[str, Any]:
    """A document as the vendor's API answers it."""
    row = catalog.row(document, place.here)
    picture = document.picture(place.scheme, place.here)
    published, updated, fetched = (plain(row.get(name)) for name in ("published", "updated", "fetched"))
    return {
        **catalog.book.options.custom(document),
        **document.fields,
        "url": document.link(place.scheme, place.here),
        "title": document.title,
        "description": document.description,
        "long_description": document.description,
        "primary_image": picture,
        "imageurls": [picture] if picture else [],
        "author": document.author,
        "created": published,
        "updated": updated,
        "fetched": fetched,
        "httpstatus": 200,
        "language": document.language,
        "id": row["id"],
        "sitename": document.site,
        "stream": row["stream"],
        "path": document.prefixes,
        "meta": [f"og:type/{document.kind}"] if document.kind else [],
        "aspects": row.get("aspects", []),
        "topics": list(document.topics),
        "global": dict(document.topics),
        "topic_relevances": dict(document.topics),
        "topic_rollups": rolled_up(document.topics, catalog.book.rollups),
    }

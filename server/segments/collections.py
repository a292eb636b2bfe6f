"""Collections as the segment API has them: audiences of the table `content`, whose members are documents (3.6, 3.7)."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from understudy.server.content.book import Collection
from understudy.server.content.entries import TABLE
from understudy.server.platform.audience import Audience
from understudy.server.platform.codec import from_ms, plain
from understudy.server.platform.filterql import Statement
from understudy.server.platform.filterql.nodes import Binary, Ident, Literal, Or, Phrase
from understudy.server.platform.scanning import rank
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site

Row = Mapping[str, Any]


def collections(site: Site) -> dict[str, Audience]:
    """The collections of the site's content as audiences, by id."""
    return {one.id: _audience(one) for one in site.content.catalog(site).book.collections.values()}


def find_collection(site: Site, name: str) -> Audience | None:
    """The collection of that id, or whose id the API made of it."""
    known = collections(site)
    return known.get(name) or next((one for slug, one in known.items() if segment_id(site.account, slug) == name), None)


def size(request: Request, site: Site, audience: Audience | Statement) -> int:
    """How many documents are in a collection, or fit a statement."""
    return len(rows(request, site, audience))


def rows(request: Request, site: Site, audience: Audience | Statement) -> list[Row]:
    """The documents of a collection as rows of the table, each with the collections that it is in."""
    catalog, here, now = site.content.catalog(site), request.headers.get("host", ""), from_ms(site.now)
    wanted: Statement | Collection = audience if isinstance(audience, Statement) else audience.statement
    if isinstance(audience, Audience):
        wanted = catalog.book.collection(audience.slug) or wanted
    found = catalog.select(wanted, here, now, every=True)
    inside: dict[str, list[str]] = {document.address: [] for document in found}
    for slug, one in sorted(catalog.book.collections.items()):
        for document in catalog.select(one, here, now, every=True):
            if document.address in inside:
                inside[document.address].append(slug)
    return [{**catalog.row(document, here), "segments": inside[document.address]} for document in found]


def page(found: list[Row], limit: int, start: str, sort: str, *, descending: bool) -> tuple[list[Row], str]:
    """Some of the rows, ready for JSON, and where to go on: the `id` of the last, empty after the end."""
    if sort:
        found = sorted(found, key=lambda row: rank(row.get(sort)), reverse=descending)
    begin = next((place for place, row in enumerate(found, 1) if row["id"] == start), len(found)) if start else 0
    some = found[begin : begin + limit]
    more = begin + limit < len(found)
    return [{name: plain(value) for name, value in row.items()} for row in some], str(some[-1]["id"]) if more else ""


def _audience(collection: Collection) -> Audience:
    statement = collection.statement or Statement(_listed(collection.addresses), TABLE)
    return Audience(collection.id, collection.label, True, statement)


def _listed(addresses: tuple[str, ...]) -> Phrase:
    """A picked list as a condition; this site's own pages have its host before their path."""
    url = Ident(("url",))
    return Or(
        tuple(
            Binary("LIKE", url, Literal(f"*{one}")) if one.startswith("/") else Binary("=", url, Literal(one))
            for one in addresses
        )
    )

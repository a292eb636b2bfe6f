"""A corpus, posted: a list of addresses and documents (platform.md 3.7).

An address alone asks for its document. An object says what a document is, by our names or by the table's columns, and
counts from then on, as if the vendor's crawler had found it. What the API answers may be posted again: what it tells
besides, such as when a page was read, is passed over, and so is a key without a value.
"""

from collections.abc import Mapping
from typing import Any

from understudy.server.bodies import json_in, model_in
from understudy.server.content.document import normal_address
from understudy.server.content.entries import DocumentEntry
from understudy.server.content.parameters import RefusedError
from understudy.server.content.recommending import Place

LARGEST, MOST = 1_000_000, 1_000
# Columns of the vendor's table, and what a document calls them.
_COLUMNS = {
    "long_description": "description",
    "primary_image": "image",
    "created": "published",
    "topic_relevances": "topics",
    "global": "topics",
}
_TOLD = frozenset(
    ("aspects", "confidence", "domain", "fetched", "hashedurl", "httpstatus", "id", "imageurls", "meta", "path")
).union(("sitename", "stream", "topic_rollups", "visited", "visitrate", "wordct"))


def listed(text: str) -> list[Any]:
    """The items of a posted list; raises `RefusedError`."""
    try:
        items = json_in(text)
    except ValueError as error:
        raise RefusedError(400, f"The body is not JSON: {error}. Send a list of addresses or documents.") from None
    if isinstance(items, dict):
        items = items.get("urls", items.get("documents", [items]))
    if not isinstance(items, list) or not all(isinstance(item, str | dict) for item in items) or len(items) > MOST:
        raise RefusedError(400, f"The body must be a list of up to {MOST:,} addresses or documents.")
    return items


def entry_of(item: Mapping[str, Any], place: Place) -> DocumentEntry:
    """The document that an object describes, a page of this site by its path; raises `RefusedError`."""
    known = {key: value for key, value in item.items() if value is not None and key not in _TOLD}
    stated = {_COLUMNS.get(key, key): value for key, value in known.items()}
    address = normal_address(str(stated.get("url", "")))
    host, slash, path = address.partition("/")
    if host in place.hosts:
        stated["url"] = f"{slash or '/'}{path}"
    name = f"The document {address[:80]!r}" if address else "A document"
    try:
        return model_in(DocumentEntry, stated, name)
    except (ValueError, OverflowError) as error:
        raise RefusedError(400, str(error)[:400]) from None

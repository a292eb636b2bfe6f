"""What a request for recommendations asks: its query string, read and checked (platform.md 3.7; tag.md 5.6).

`config`, `wait` and `email` are taken and mean nothing here: there is one engine, and nothing to wait for. What the
vendor does with `url` is UNKNOWN; here it is the page that the visitor is on, which is not recommended.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from starlette.datastructures import QueryParams

from understudy.server.content.book import Collection, ContentBook
from understudy.server.content.document import normal_address
from understudy.server.content.entries import TABLE
from understudy.server.content.ranking import RANKS, Rank
from understudy.server.content.trees import TreeError, statement_of
from understudy.server.numbers import whole_number
from understudy.server.platform.filterql import FilterQLError, Statement, parse
from understudy.server.platform.filterql.context import Context
from understudy.server.platform.filterql.evaluator import no_includes
from understudy.widgets.problems import one_of

DEFAULT_LIMIT, MOST = 10, 100  # the vendor's are UNKNOWN
LONGEST_QL = 16_384
_TRUE, _FALSE = frozenset({"true", "t", "1"}), frozenset({"false", "f", "0"})


class RefusedError(Exception):
    """A request that cannot be answered; the message says what to change."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to recommend: from which documents, in which order, how many. `topics` is None for any topic."""

    sources: tuple[Collection | Statement, ...]
    rank: Rank
    limit: int
    shuffle: bool
    visited: bool
    topics: frozenset[str] | None
    since: datetime | None
    until: datetime | None
    path: str
    domain: str
    current: str


def read_parameters(query: QueryParams, book: ContentBook, now: datetime) -> Wanted:
    """The request's parameters; raises `RefusedError`."""
    rank = query.get("rank", "") or "affinity"
    if rank not in RANKS:
        raise RefusedError(400, f"rank={rank[:40]!r} is none; it is {one_of(RANKS)}.")
    return Wanted(
        sources=_sources(query, book),
        rank=rank,
        limit=_limit(query.get("limit", "")),
        shuffle=_flag(query, "shuffle", default=False),
        visited=_flag(query, "visited", default=True),
        topics=_topics(query, book),
        since=_moment(query, "from", now),
        until=_moment(query, "to", now),
        path=query.get("path", "").strip("/"),
        domain=query.get("domain", "").lower(),
        current=normal_address(query.get("url", "")),
    )


def values(query: QueryParams, name: str) -> list[str]:
    """All values of a parameter, which clients write as `name` or `name[]`."""
    return [value for key in (name, f"{name}[]") for value in query.getlist(key) if value]


def _sources(query: QueryParams, book: ContentBook) -> tuple[Collection | Statement, ...]:
    """What a document must be in, all of it: the collections named, else the filter."""
    names = values(query, "contentsegment") or values(query, "collection")
    if names:
        return tuple(_collection(name, book) for name in names)
    if text := query.get("ql", "").strip():
        return (_statement(text),)
    return tuple(_adhoc(query.get("contentsegments", "")))


def _collection(name: str, book: ContentBook) -> Collection:
    found = book.collection(name)
    if found is None:
        known = ", ".join(sorted(book.collections))
        raise RefusedError(404, f"No such collection: {name[:80]!r}. There are {known}; others go into content/.")
    return found


def _statement(text: str) -> Statement:
    if len(text) > LONGEST_QL:
        raise RefusedError(400, f"ql has {len(text)} characters; it may have {LONGEST_QL}.")
    try:
        statement = parse(text)
    except FilterQLError as error:
        raise RefusedError(422, f"ql: {error}") from error
    if statement.table not in (TABLE, "user"):  # the table of a statement that names none is `user`
        raise RefusedError(422, f"ql is about the table {statement.table!r}; documents are FROM {TABLE}.")
    return statement


def _adhoc(text: str) -> Iterator[Statement]:
    if not text:
        return
    if len(text) > LONGEST_QL:
        raise RefusedError(400, f"contentsegments has {len(text)} characters; it may have {LONGEST_QL}.")
    try:
        segments = json.loads(text)
        for segment in segments if isinstance(segments, list) else [segments]:
            yield statement_of(segment.get("ast") if isinstance(segment, dict) else None, TABLE)
    except TreeError as error:
        raise RefusedError(422, f"contentsegments: {error}.") from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(422, 'contentsegments must be JSON, such as [{"table":"content","ast":{…}}].') from error


def _limit(text: str) -> int:
    if not text:
        return DEFAULT_LIMIT
    limit = whole_number(text, 1, MOST)
    if limit is None:
        raise RefusedError(400, f"limit={text[:40]!r} is no whole number from 1 to {MOST}.")
    return limit


def _flag(query: QueryParams, name: str, *, default: bool) -> bool:
    text = query.get(name, "").lower()
    if text and text not in _TRUE | _FALSE:
        raise RefusedError(400, f"{name}={text[:40]!r} must be true or false.")
    return text in _TRUE if text else default


def _topics(query: QueryParams, book: ContentBook) -> frozenset[str] | None:
    """The topics of which a document must have one: those named, and those of the rollups named."""
    names, rollups = values(query, "topics"), values(query, "rollups")
    if unknown := [name for name in rollups if name not in book.rollups]:
        known = ", ".join(sorted(book.rollups)) or "none"
        raise RefusedError(404, f"No such rollup: {unknown[0][:80]!r}. There are {known}; others go into content/.")
    found = {*names, *(topic for name in rollups for topic in book.rollups[name])}
    return frozenset(topic.casefold() for topic in found) if names or rollups else None


def _moment(query: QueryParams, name: str, now: datetime) -> datetime | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    found = Context({}, now, no_includes).date(text[:40])
    if found is None:
        raise RefusedError(400, f"{name}={text[:40]!r} is no date; write 2026-12-31 or now-30d.")
    return found

"""`/api/segment...`: the audiences by the API: list, read, make, change, remove, check, count, go through (3.6).

What is made here is on record and outlives the server, and no file is written; what is made of a file's audience lasts
until the server ends, over what the file comes to say. An audience that something needs is not deleted: the answer is a
409 that names what. The vendor's limit of one count in ten seconds is kept where `[limits]` asks for it:
tests count often. Sizes and pages come from going through the profiles, one request at a time. Audiences of the table
`content` are the collections of documents; see `collections`.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.bodies import posted_object, read_body
from understudy.server.content.entries import TABLE
from understudy.server.content.trees import tree_of
from understudy.server.envelope import failure, success
from understudy.server.limits import SECOND, OverLimit
from understudy.server.numbers import whole_number
from understudy.server.platform.audience import USERS, Audience, parse_audience
from understudy.server.platform.filterql import Statement, parse
from understudy.server.platform.overlay import ROOM
from understudy.server.platform.scanning import Page
from understudy.server.records.recording import recorded
from understudy.server.segments import collections, vendor_object
from understudy.server.segments.graph import inlined
from understudy.server.segments.users import listed, users_of
from understudy.server.segments.vendor_object import SegmentError
from understudy.server.site import Site, site_of

LONGEST_TEXT = 1_000_000
DEFAULT_LIMIT, LARGEST_LIMIT = 20, 100
MOST_MADE = 500
TRUE = {"true", "1", "t"}
T = TypeVar("T")


async def list_route(request: Request) -> Response:
    """`GET` all audiences of a table, `POST` a new one."""
    site, query = site_of(request), request.query_params
    if request.method == "POST":
        return await made(request, site)
    book = {**collections.collections(site), **site.platform.audiences}
    wrong, times = vendor_object.reasons(site.platform.audiences), site.platform.audience_times
    kinds = {kind for kind in query.get("kind", "").split(",") if kind}
    if odd := sorted(kinds.difference(vendor_object.KINDS)):
        raise SegmentError(f"kind cannot be {odd[0][:40]!r}. Choose one of {', '.join(vendor_object.KINDS)}.")
    found = [
        (audience, shown)
        for audience in book.values()
        if (shown := vendor_object.shown(site.account, audience, wrong, times))
        and shown["table"] == query.get("table", USERS)
        and (not kinds or shown["kind"] in kinds)
        and ("valid" not in query or (query["valid"].lower() in TRUE) is not shown["invalid"])
    ]
    if query.get("sizes", "").lower() in TRUE:
        sizes = await counted(request, site, [audience for audience, _ in found])
        return success([{**shown, "size": size} for (_, shown), size in zip(found, sizes, strict=True)])
    return success([shown for _, shown in found])


async def made(request: Request, site: Site) -> Response:
    """A new audience; 409 when its slug is taken, 429 when there are too many (platform.md 3.3)."""
    audience = vendor_object.wanted(await object_in(request))
    if vendor_object.find(site.account, site.platform.audiences, audience.slug):
        return failure(409, f"There is an audience {audience.slug!r} already. Choose another slug_name, or PUT it.")
    if len(site.platform.notes(ROOM)) >= MOST_MADE:
        return failure(429, f"The API has made {MOST_MADE} audiences, as many as the vendor takes. Delete some.")
    return await put(site, audience)


async def one_route(request: Request) -> Response:
    """`GET`, `PUT` (keys that are missing stay) or `DELETE` an audience by slug or id."""
    site = site_of(request)
    audience = asked_for(request, site)
    if request.method == "PUT":
        return await put(site, vendor_object.wanted(await object_in(request), audience))
    wrong, times = vendor_object.reasons(site.platform.audiences), site.platform.audience_times
    shown = vendor_object.shown(site.account, audience, wrong, times)
    if request.method == "DELETE":
        if audience.slug not in site.platform.audiences:
            raise SegmentError(
                f"The collection {audience.slug!r} is the workspace's or the vendor's own. Edit content/."
            )
        if users := users_of(site, audience.slug):
            return failure(409, f"The audience {audience.slug!r} is needed by {listed(users)}. Change those first.")
        await site.platform.remove_audience(audience.slug)
        site.forget_gone()
    elif request.query_params.get("inline", "").lower() in TRUE:
        whole = inlined(audience, site.platform.audiences)
        shown |= {"segment_ql": str(whole), "ast": tree_of(whole.phrase)}
    return success(shown)


async def put(site: Site, audience: Audience) -> Response:
    """Let an audience count and answer it; raises `FilterQLError`, and nothing has changed, when it cannot count."""
    book = site.platform.audiences_with(audience)
    vendor_object.check(book, audience, str(audience.statement))
    await site.platform.put_audience(audience)
    wrong = vendor_object.reasons(book)
    return success(vendor_object.shown(site.account, audience, wrong, site.platform.audience_times))


async def validate_route(request: Request) -> Response:
    """Whether a text is one that an audience can have; answers it as it was understood."""
    text = await text_in(request)
    audience = parse_audience(text, slug="unnamed")
    vendor_object.check(site_of(request).platform.audiences_with(audience), audience, text)
    return success({"segment_ql": str(audience.statement)})


async def sizes_route(request: Request) -> Response:
    """How many profiles are in each of the audiences of `ids`, or in all of them."""
    site = site_of(request)
    book = site.platform.audiences
    names = [name for name in request.query_params.get("ids", "").split(",") if name]
    audiences = [named(site, name) for name in names] or list(book.values())
    sizes = await counted(request, site, audiences)
    return success([sized(site, one, size) for one, size in zip(audiences, sizes, strict=True)])


async def size_route(request: Request) -> Response:
    """How many profiles are in an audience, or fit a posted text."""
    site = site_of(request)
    if request.method == "POST":
        (size,) = await counted(request, site, [parse(await text_in(request))])
        return success({"size": size})
    audience = asked_for(request, site)
    (size,) = await counted(request, site, [audience])
    return success(sized(site, audience, size))


async def counted(request: Request, site: Site, wanted: Sequence[Audience | Statement]) -> list[int]:
    """How many members each has, kept on record for audiences; raises `OverLimit`."""
    seconds = site.settings.limits.segment_size_seconds
    if wait := site.limits.wait("sizes", site.now, (seconds * SECOND, 1)):
        raise OverLimit(wait, f"one count in {seconds} s")
    statements = [one if isinstance(one, Statement) else one.statement for one in wanted]
    sizes: list[int] = await aside(site.platform.people.counts, statements)
    for place, one in enumerate(wanted):
        if statements[place].table == TABLE:
            sizes[place] = collections.size(request, site, one)
        if isinstance(one, Audience):
            site.sizes.note(one.slug, site.now, sizes[place])
    return sizes


def sized(site: Site, audience: Audience, size: int) -> dict[str, object]:
    """An audience's size, with its names."""
    known = vendor_object.segment_id(site.account, audience.slug)
    return {"id": known, "name": audience.name, "slug_name": audience.slug, "size": size}


async def scan_route(request: Request) -> Response:
    """A page of the profiles in an audience, or of those that fit a posted text; `_next` is empty on the last."""
    site, query = site_of(request), request.query_params
    asked: Statement | Audience = (
        parse(await text_in(request)) if request.method == "POST" else asked_for(request, site)
    )
    statement = asked if isinstance(asked, Statement) else asked.statement
    if statement.table == TABLE:
        return scanned_content(request, collections.rows(request, site, asked))
    page: Page = await aside(
        partial(
            site.platform.people.scan,
            limit=limit_of(query.get("limit", "")),
            start=query.get("start", ""),
            sort=query.get("sortfield", ""),
            descending=is_descending(query.get("sortorder", "")),
        ),
        statement,
    )
    wanted = [name.strip() for name in query.get("fields", "").split(",") if name.strip()]
    data = [
        {
            **{name: profile.fields[name] for name in wanted or profile.fields if name in profile.fields},
            "segments": site.platform.audiences.public(profile.segments),
        }
        for profile in page.profiles
    ]
    return success(data, _next=page.next, total=page.total)


def scanned_content(request: Request, found: list[collections.Row]) -> Response:
    """A page of documents."""
    query = request.query_params
    data, following = collections.page(
        found,
        limit_of(query.get("limit", "")),
        query.get("start", ""),
        query.get("sortfield", ""),
        descending=is_descending(query.get("sortorder", "")),
    )
    wanted = [name.strip() for name in query.get("fields", "").split(",") if name.strip()]
    shown = [{name: row[name] for name in (*wanted, "segments") if name in row} if wanted else row for row in data]
    return success(shown, _next=following, total=len(found))


def limit_of(text: str) -> int:
    """The number of profiles on a page; raises `SegmentError`."""
    limit = whole_number(text, 1, LARGEST_LIMIT) if text else DEFAULT_LIMIT
    if limit is None:
        raise SegmentError(f"limit cannot be {text[:20]!r}. Give a number from 1 to {LARGEST_LIMIT}.")
    return limit


def is_descending(text: str) -> bool:
    """The order that `sortorder` asks for; raises `SegmentError`."""
    if text.lower() not in {"", "asc", "desc"}:
        raise SegmentError(f"sortorder cannot be {text[:20]!r}. Choose asc or desc.")
    return text.lower() == "desc"


def asked_for(request: Request, site: Site) -> Audience:
    """The audience of the address; raises a 404."""
    return named(site, request.path_params["id"])


def named(site: Site, name: str) -> Audience:
    """The audience of a slug or id; raises a 404."""
    audience = vendor_object.find(site.account, site.platform.audiences, name)
    audience = audience or collections.find_collection(site, name)
    if audience is None:
        raise HTTPException(404, f"There is no audience with the id or slug {name[:80]!r}.")
    return audience


async def object_in(request: Request) -> dict[str, Any]:
    """The posted JSON object; a text that begins with FILTER is its `segment_ql`."""
    text = await text_in(request)
    if text.lstrip()[:6].upper() == "FILTER":
        return {"segment_ql": text}
    return posted_object(text, '{"name": "Regulars", "segment_ql": "FILTER …"}')


async def text_in(request: Request) -> str:
    """The posted text."""
    return await read_body(request, LONGEST_TEXT)


async def aside(work: Callable[[Any], T], argument: object) -> T:
    """Run what takes a while in a thread, so that events are collected meanwhile."""
    return await asyncio.to_thread(work, argument)


def _routes(base: str) -> tuple[BaseRoute, ...]:
    return (
        Route(base, recorded(list_route), methods=["GET", "POST"]),
        Route(f"{base}/validate", guarded(validate_route), methods=["POST"]),
        Route(f"{base}/size", guarded(size_route), methods=["POST"]),
        Route(f"{base}/sizes", guarded(sizes_route)),
        Route(f"{base}/scan", guarded(scan_route), methods=["POST"]),
        Route(f"{base}/{{id}}", recorded(one_route), methods=["GET", "PUT", "DELETE"]),
        Route(f"{base}/{{id}}/size", guarded(size_route)),
        Route(f"{base}/{{id}}/scan", guarded(scan_route)),
    )


SEGMENT_ROUTES = (*_routes("/api/segment"), *_routes("/v2/segment"))

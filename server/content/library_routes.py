"""The rest of the vendor's content API: documents by address, in bulk, their topics, and topics (platform.md 3.7).

Decisions where the spec is silent: `doc` and a topic's `docs` answer `{total, urls}`, where `urls` are whole documents;
what of the addresses asked for is no document is left out. For a `corpus` see the module of that name. A topic's
numbers are about visitors. In a taxonomy `source` and `target` are places in `nodes`. What is changed here stays with
its world, and is not written to `content/`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.bodies import read_body
from understudy.server.content.asking import check_account, place_of
from understudy.server.content.catalog import Catalog, page_hash
from understudy.server.content.corpus import LARGEST, entry_of, listed
from understudy.server.content.document import ContentDocument, normal_address
from understudy.server.content.interests import STATED
from understudy.server.content.parameters import RefusedError, values
from understudy.server.content.recommending import Place, document_answer
from understudy.server.content.topics import about, rollups, spread, taxonomy
from understudy.server.envelope import success
from understudy.server.platform.filterql import parse
from understudy.server.records.recording import recorded
from understudy.server.site import Site, site_of

_EVERYBODY = parse("FILTER *")
Work = Callable[[Request, Site], Awaitable[Response]]


def answering(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that is told its site, for who may use the API and names no other account."""

    @wraps(work)
    async def answer(request: Request) -> Response:
        site = site_of(request)
        check_account(request, site)
        return await work(request, site)

    return recorded(answer)


async def documents_route(request: Request, site: Site) -> Response:
    """`GET doc?urls=`: the documents at these addresses, separated by commas or each a parameter."""
    asked = [url for text in values(request.query_params, "urls") for url in text.split(",") if url.strip()]
    if not asked:
        raise RefusedError(400, "urls is missing. Write /api/content/doc?urls=shop.example/mugs,shop.example/jugs")
    return success(found_at(asked, site.content.catalog(site), place_of(request, site)))


async def corpus_route(request: Request, site: Site) -> Response:
    """`POST corpus`: many documents at once, to be read or to be put in place."""
    items, place = listed(await read_body(request, LARGEST)), place_of(request, site)
    entries = {entry.address: entry for item in items if isinstance(item, dict) for entry in [entry_of(item, place)]}
    if entries:
        try:
            site.content.put(site, entries)
        except ValueError as error:
            raise RefusedError(413, str(error)) from error
    asked = [item if isinstance(item, str) else str(item["url"]) for item in items]
    return success(found_at(asked, site.content.catalog(site), place))


async def relevance_route(request: Request, site: Site) -> Response:
    """`POST doc/hashedurl/<hash>/topic/<topic>?relevance=`: how much a document is about a topic, from 0 to 1."""
    catalog, place = site.content.catalog(site), place_of(request, site)
    wanted, topic = request.path_params["hash"], request.path_params["topic"].strip()
    address = next(iter(catalog.seen({wanted: 1}, place.hosts)), None)
    if address is None:
        raise RefusedError(
            404, f"No document has the hashedurl {wanted[:40]!r}. /api/content/doc?urls= tells it as `id`."
        )
    if not 0 < len(topic) <= 100:
        raise RefusedError(400, f"A topic's name has one to a hundred characters, not {len(topic)}.")
    relevance = relevance_in(request.query_params.get("relevance", "1"))
    site.content.relate(site, catalog.document(address), topic, relevance)
    changed = site.content.catalog(site)
    return success(document_answer(changed.document(address), place, changed))


async def topic_route(request: Request, site: Site) -> Response:
    """`GET topic/<id>`: how visitors like a topic, and the documents about it."""
    catalog, place, topic = site.content.catalog(site), place_of(request, site), request.path_params["topic"]
    found = about(catalog, topic)
    if not found:
        raise RefusedError(404, f"No document is about {topic[:80]!r}. /api/content/taxonomy lists the topics.")
    affinities: list[float] = []
    wanted = topic.casefold()

    def visitor(fields: Mapping[str, object]) -> None:
        liked = fields.get(STATED)
        named = liked.items() if isinstance(liked, Mapping) else ()
        affinities.append(max((float(value) for name, value in named if name.casefold() == wanted), default=0.0))

    await asyncio.to_thread(site.platform.people.visit, _EVERYBODY, visitor, {STATED})
    return success({"topics": spread(affinities), "docs": shown(found, place, catalog)})


async def taxonomy_route(_request: Request, site: Site) -> Response:
    """`GET taxonomy`: the graph of topics."""
    return success(taxonomy(site.content.catalog(site)))


async def rollups_route(_request: Request, site: Site) -> Response:
    """`GET topicrollup`: the groups of topics."""
    return success(rollups(site.account, site.content.catalog(site).book.rollups))


def found_at(asked: Iterable[str], catalog: Catalog, place: Place) -> dict[str, object]:
    """The documents at these addresses, each once; one of this site's own is known by all of its names."""
    hashes = {page_hash(place.here + url if url.startswith("/") else url): 1 for url in map(normal_address, asked)}
    return shown([catalog.document(address) for address in catalog.seen(hashes, place.hosts)], place, catalog)


def shown(found: list[ContentDocument], place: Place, catalog: Catalog) -> dict[str, object]:
    """Documents as the API lists them."""
    return {"total": len(found), "urls": [document_answer(one, place, catalog) for one in found]}


def relevance_in(text: str) -> float:
    """A number from 0 to 1; raises `RefusedError`."""
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise RefusedError(400, f"relevance={text[:40]!r} is no number from 0 to 1.")
    return number


LIBRARY_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/content/doc", answering(documents_route)),
    Route("/api/content/corpus", answering(corpus_route), methods=["POST"]),
    Route("/api/content/doc/hashedurl/{hash}/topic/{topic:path}", answering(relevance_route), methods=["POST"]),
    Route("/api/content/topic/{topic:path}", answering(topic_route)),
    Route("/api/content/taxonomy", answering(taxonomy_route)),
    Route("/api/content/topicrollup", answering(rollups_route)),
)

"""`/__understudy__/api/pages`: the pages that are open now, and the test API of each over HTTP.

`GET pages` answers `{"version", "pages": [{"id", "address", "agent", "since"}]}`, the latest last.
`POST pages/<id>/<call>` with `{"given": […]}` calls what `window.__understudy__` of that page has by that name
(`ready`, `explain`, `events`, `setPersona`, `clock`, `reset`, `waitForWidget`), and answers `{"version", "answer"}` in
the same shape; `latest` stands for the page that came last. What the page refuses is a 409 with its words.

The rest is between pages and dashboards. `POST pages/<id>/ask/<question> {"ticket", "given"}` asks what the panel's
sections ask, and the answer comes by the stream. `POST pages/<id>/answers` is the page's answer, and
`POST pages/<id>/changed` says which topics have changed.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from understudy.dev_tools.api.kit import VERSION, ApiError, Endpoint, answer, body_of, wanted
from understudy.dev_tools.connected_pages import DASHBOARD, USUAL_WAIT_S, ConnectedPage
from understudy.dev_tools.hubs import Hubs
from understudy.server.site import site_of

CALLS = ("ready", "explain", "events", "setPersona", "clock", "reset", "waitForWidget")
LARGEST_ANSWER = 33_554_432  # bytes: a whole log with its payloads
LONGEST_ID = 80
LONGEST_WAIT_S = 120.0


def stream_of(request: Request, hubs: Hubs) -> StreamingResponse:
    """The live stream, for a page that says who it is, a dashboard, or anybody else."""
    site, query = site_of(request), request.query_params
    hub, pages = hubs.of(site), hubs.pages_of(site)
    name = DASHBOARD if "dashboard" in query else query.get("page", "")[:LONGEST_ID]
    seen = request.headers.get("last-event-id") or query.get("last", "")
    response = hub.response(seen or query.get("since", ""), new=not seen, name=name)
    if name == DASHBOARD:
        response.body_iterator = pages.followed(response.body_iterator)  # type: ignore[arg-type]
    elif name:
        headers = request.headers
        page = ConnectedPage(name, headers.get("referer", ""), headers.get("user-agent", ""), site.now)
        response.body_iterator = pages.present(page, response.body_iterator)  # type: ignore[arg-type]
    return response


async def pages_route(request: Request, hubs: Hubs) -> Response:
    """`GET pages`: the pages that are open now."""
    pages = hubs.pages_of(site_of(request))
    return answer({"version": VERSION, "pages": [page.as_json() for page in pages]})


async def call_route(request: Request, hubs: Hubs) -> Response:
    """`POST pages/<id>/<call>`: call a function of the test API of a page."""
    call = request.path_params["call"]
    if call not in CALLS:
        raise ApiError(f"{call[:80]!r} is not part of the test API. There is: {', '.join(CALLS)}.", 404)
    pages = hubs.pages_of(site_of(request))
    page = pages.get(request.path_params["page"])
    given = _arguments(await body_of(request, LARGEST_ANSWER, needed=False))
    found = await pages.ask(page, "test", call, given, patience(given))
    return answer({"version": VERSION, "answer": found})


async def ask_route(request: Request, hubs: Hubs) -> Response:
    """`POST pages/<id>/ask/<question>`: ask a page what the panel's sections ask it; dashboards hear the answer."""
    pages = hubs.pages_of(site_of(request))
    page = pages.get(request.path_params["page"])
    body = await body_of(request, LARGEST_ANSWER)
    ticket = wanted(body, "ticket")
    pages.relay(page, request.path_params["question"], _arguments(body), ticket)
    return answer({"ticket": ticket}, 202)


async def answers_route(request: Request, hubs: Hubs) -> Response:
    """`POST pages/<id>/answers {"number", "answer"}`, or with `error`: a page's answer."""
    pages = hubs.pages_of(site_of(request))
    page = pages.get(request.path_params["page"])
    body = await body_of(request, LARGEST_ANSWER)
    return answer({"awaited": pages.answered(page, body.get("number"), body.get("answer"), body.get("error"))})


async def changed_route(request: Request, hubs: Hubs) -> Response:
    """`POST pages/<id>/changed {"topics"}`: what has changed in a page; answers whether anybody follows."""
    pages = hubs.pages_of(site_of(request))
    page = pages.get(request.path_params["page"])
    topics = (await body_of(request)).get("topics")
    if not isinstance(topics, list):
        raise ApiError("'topics' must be a list of texts.")
    pages.changed(page, topics)
    return answer({"followed": pages.followers > 0})


def _arguments(body: dict[str, object]) -> list[object]:
    given = body.get("given", [])
    if not isinstance(given, list):
        raise ApiError(f"'given' is {type(given).__name__}; it must be the list of arguments.")
    return given


def patience(given: list[object]) -> float:
    """How long to wait for a page: longer than it waits itself, when it is told by a last argument."""
    stated = given[-1].get("timeout") if given and isinstance(given[-1], dict) else None
    own = min(stated, LONGEST_WAIT_S * 1000) / 1000 if isinstance(stated, int | float) and stated > 0 else 0.0
    return min(max(USUAL_WAIT_S, own + 5), LONGEST_WAIT_S)


def page_api(hubs: Hubs) -> list[tuple[str, str, Endpoint]]:
    """Method, path below `api/` and endpoint of each route here."""
    return [
        ("GET", "pages", partial(pages_route, hubs=hubs)),
        ("POST", "pages/{page}/ask/{question}", partial(ask_route, hubs=hubs)),
        ("POST", "pages/{page}/answers", partial(answers_route, hubs=hubs)),
        ("POST", "pages/{page}/changed", partial(changed_route, hubs=hubs)),
        ("POST", "pages/{page}/{call}", partial(call_route, hubs=hubs)),
    ]

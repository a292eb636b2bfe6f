"""Requests for every operation of the description, and the application that they go to.

Beside what the schemas allow, and what they forbid, come texts and values that have broken servers before.
"""

import json
import math
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from understudy.dev_tools.debugger import debugger_routes
from understudy.dev_tools.debugger_described import DEBUGGER
from understudy.dev_tools.hubs import Hubs
from understudy.server.app import ACCOUNT_SDK, VENDOR_ROUTES
from understudy.server.openapi.document import document
from understudy.server.openapi.families import FAMILIES
from understudy.server.openapi.routes import openapi_routes
from understudy.server.pages import page_routes, unchanged

Message = MutableMapping[str, Any]
Strategy = st.SearchStrategy[Any]

ENDLESS = "/__understudy__/live"
ALL = (*FAMILIES, DEBUGGER)
TEXTS = (
    "", "0", "-1", "٣", "²", "1e999", "NaN", "9" * 5000, "0000000001" + "9" * 4400, "\x00", "%00", "../..", "..\\..",
    "/etc/passwd", "a,b,,", "true", "null", "[]", "{", "{}", "[" * 2000, "'", "`", "<!--", "__proto__", "é" * 300,
    "9999-12-31", "0001-01-01", "now+9999999y", "now-999999999999999d", "memory:", "FILTER *", "FILTER NOT NOT a",
    "FILTER a > now-99999999999999d", "FILTER INCLUDE all FROM content", 'FILTER "', "{{#each}}", "\ufeff", "a\r\nb: c",
)  # fmt: skip
VALUES = (
    *TEXTS, None, True, 0, -1, 10**30, 10**400, 1e308, math.nan, math.inf, "\ud800", {"\ud800": 1}, [], {}, [[]],
    {"": ""}, {"a": {"b": {"c": [None]}}}, [None], ["\ud800"], {"$ref": "#"}, {"value": math.nan},
)  # fmt: skip
# What the example and `seed` have, where the description cannot know of it.
PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "/v2/template/{id}": {"id": ("crm.js", "MADE")},
    "/v2/template/{id}/test": {"id": ("crm.js", "MADE")},
    "/api/subscription/{id}": {"id": ("MADE",)},
    "/api/experience/{id}": {"id": ("draft", "vip-offer")},
    "/__understudy__/api/experiences/{id}": {"id": ("draft", "vip-offer")},
    "/__understudy__/api/experiences/{id}/save": {"id": ("draft",)},
    "/api/experience/group/{id}": {"id": ("mine",)},
    "/api/content/doc/hashedurl/{hash}/topic/{topic}": {"hash": ("26176ab498cee177",), "topic": ("Mugs",)},
    "/api/account/setting/{slug}": {"slug": ("entity_timeout",)},
    "/__understudy__/api/webhooks/{job}/start": {"job": ("crm",)},
}
DRAFT = {"label": "Draft", "vehicle": {"provider_id": "pathfora", "tactic": "capture_leads"}}
# What is made before an operation's path is tried; the id that is answered stands for `MADE`.
SEEDS: Mapping[str, tuple[str, str, Any]] = {
    "/v2/template": ("POST", "/v2/template?name=t&type=js1&desired_format={}", "function template() { return 1 }"),
    "/api/subscription": ("POST", "/api/subscription", {"segment_ids": ["all"], "webhook_url": "memory:"}),
    "/api/experience/group": ("POST", "/api/experience/group", {"class": "campaign", "label": "Mine"}),
    "/api/experience": ("POST", "/api/experience", DRAFT),
    "/__understudy__/api/exp": ("POST", "/api/experience", DRAFT),
    "/api/segment/group": ("POST", "/v2/segment/group", {"name": "mine", "segments": ["all"]}),
    "/v2/segment/group": ("POST", "/v2/segment/group", {"name": "mine", "segments": ["all"]}),
    "/__understudy__/api/worlds": ("POST", "/__understudy__/api/worlds", {"name": "mine"}),
}


def seed(client: TestClient, path: str) -> str:
    """Give the site of an operation something to be about; answers the id of what was made."""
    client.get("/c/storefront?_uid=u1&email=ann%40shop.example&_e=pv&url=127.0.0.1/product.html&points=3")
    made = next((found for start, found in SEEDS.items() if path.startswith(start)), None)
    if made is None:
        return ""
    method, address, body = made
    answer = client.request(method, address, **({"content": body} if isinstance(body, str) else {"json": body}))
    assert answer.is_success, answer.text
    data = answer.json().get("data")
    return str(data.get("id", "")) if isinstance(data, dict) else ""


def whole_document() -> dict[str, Any]:
    """The description of `understudy serve`, but for what never ends and the world, which is another test's."""
    routes = [
        *VENDOR_ROUTES,
        ACCOUNT_SDK,
        *openapi_routes(ALL),
        *debugger_routes(Hubs()),
        *page_routes(unchanged),
    ]
    whole = document(routes, ALL)
    del whole["paths"][ENDLESS]
    for item in whole["paths"].values():
        del item["parameters"]
    return whole


def local(app: Starlette) -> Callable[..., Awaitable[None]]:
    """The application as a command of this machine meets it, and none of what it does beside answering."""

    async def called(scope: Message, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await app({**scope, "client": ("127.0.0.1", 50000)}, receive, send)

    return called


def hostile(usual: Strategy, operation: Any) -> Strategy:
    """Cases, half of them of what there is, and now and then with something in them that has broken servers before."""
    known = {name: st.sampled_from(values) for name, values in PLACES.get(operation.path, {}).items()}
    places = {**examples_of(operation.path_parameters), **known}
    bodies = [(one.media_type, one.definition["example"]) for one in operation.body if "example" in one.definition]
    return st.builds(
        changed,
        usual,
        st.just({}) | st.fixed_dictionaries(places),
        st.just({}) | st.fixed_dictionaries(examples_of(operation.query)),
        st.sampled_from([None, *bodies]),
        st.none() | st.sampled_from(TEXTS),
        st.none() | st.sampled_from(VALUES),
        st.integers(0, 99),
    )


def examples_of(parameters: Any) -> dict[str, Strategy]:
    """The values that the description gives as examples, by parameter."""
    schemas = {one.name: one.definition["schema"] for one in parameters}
    values = {name: [*schema.get("enum", ()), *schema.get("examples", ())] for name, schema in schemas.items()}
    return {name: st.sampled_from(found) for name, found in values.items() if found}


def changed(
    case: Any, places: dict[str, str], query: dict[str, str], body: Any, text: str | None, value: Any, number: int
) -> Any:
    """A case with other places, query and body, and perhaps with something hostile in them."""
    case.path_parameters = {**(case.path_parameters or {}), **places}
    if isinstance(case.query, dict):
        case.query = {**case.query, **query}
        case.query = case.query if text is None else spoil(case.query, text, number)
    if body is not None:
        case.media_type, case.body = body
    if isinstance(case.body, dict | list) and value is not None and case.media_type == "application/json":
        case.body = json.dumps(spoil(case.body, value, number)).encode()  # perhaps no JSON that a client sends
    elif isinstance(case.body, str) and text is not None and number % 2:
        case.body += text
    return case


def spoil(value: Any, other: Any, number: int) -> Any:
    """A value of which one part is another."""
    if isinstance(value, dict):
        names = sorted(value)
        name = names[number % len(names)] if names else ""
        inner = value.get(name)
        deeper = isinstance(inner, dict | list) and inner and number % 3
        return {**value, name: spoil(inner, other, number // 2) if deeper else other} if names else value
    if value and number % 3 and isinstance(value[0], dict | list):
        return [spoil(value[0], other, number // 2), *value[1:]]
    return [*value[: number % (len(value) + 1)], other]

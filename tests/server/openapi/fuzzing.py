"""Requests for every operation of the description, and the application that they go to.

Beside what the schemas allow, and what they forbid, come texts and values that have broken servers before.
"""

import json
import math
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from hypothesis import strategies as st
from starlette.applications import Starlette

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


def hostile(usual: Strategy, places: Mapping[str, Mapping[str, Any]]) -> Strategy:
    """Cases, now and then of what there is, and with something in them that has broken servers before."""
    known = {
        name: st.sampled_from([*schema.get("enum", ()), *schema.get("examples", ())])
        for name, schema in places.items()
        if "enum" in schema or "examples" in schema
    }
    return st.builds(
        changed,
        usual,
        st.fixed_dictionaries(known) | st.just({}),
        st.none() | st.sampled_from(TEXTS),
        st.none() | st.sampled_from(VALUES),
        st.integers(0, 99),
    )


def changed(case: Any, known: dict[str, str], text: str | None, value: Any, place: int) -> Any:
    """A case with other places, and perhaps with something hostile in its query and its body."""
    case.path_parameters = {**(case.path_parameters or {}), **known}
    if text is not None and isinstance(case.query, dict):
        case.query = spoil(case.query, text, place)
    if isinstance(case.body, dict | list) and value is not None and case.media_type == "application/json":
        case.body = json.dumps(spoil(case.body, value, place)).encode()  # which may be no JSON that a client would send
    elif isinstance(case.body, str) and text is not None:
        case.body += text
    return case


def spoil(value: Any, other: Any, place: int) -> Any:
    """A value of which one part is another."""
    if isinstance(value, dict):
        return {**value, sorted(value)[place % len(value)]: other} if value else value
    return [*value[: place % (len(value) + 1)], other]

"""`/__understudy__/openapi.json`: every route of this server as OpenAPI 3.1; `/__understudy__/api/docs`, a page of it.

The page needs no script. Both are for who may use the API (see `access`), like what they tell of.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.assets import HTML, STYLESHEET, asset_response
from understudy.server.openapi.document import document
from understudy.server.openapi.parts import Family

BASE = "/__understudy__"
PACKAGE = "understudy.server.openapi"
POLICY = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
HEADERS = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
BOUNDS = {"minimum": "from {}", "maximum": "to {}", "maxLength": "up to {} characters", "default": "default {!r}"}
METHODS = ("get", "post", "put", "patch", "delete", "options")


def openapi_routes(more: Callable[[], Sequence[Family]]) -> tuple[BaseRoute, ...]:
    """The routes, which tell of the application that they are part of; `more()` are families of routes beside ours."""

    def whole_document(request: Request) -> dict[str, Any]:
        from understudy.server.openapi.families import FAMILIES  # when somebody asks, for they are many modules

        return document(request.app.routes, (*FAMILIES, *more()))

    async def document_route(request: Request) -> Response:
        """Every route of this server, as OpenAPI."""
        return JSONResponse(whole_document(request))

    async def page_route(request: Request) -> Response:
        """Every route of this server, as a page for people."""
        whole = whole_document(request)
        text = _environment().get_template("docs.html.jinja").render(whole=whole, groups=by_tag(whole), base=BASE)
        return asset_response(request, text, HTML, HEADERS)

    return (
        Route(f"{BASE}/openapi.json", guarded(document_route)),
        Route(f"{BASE}/api/docs", guarded(page_route)),
        Route(f"{BASE}/api/docs.css", style_route),
    )


async def style_route(request: Request) -> Response:
    """The stylesheet of the page about this API."""
    return asset_response(request, (files(PACKAGE) / "templates" / "docs.css").read_bytes(), STYLESHEET)


def by_tag(whole: Mapping[str, Any]) -> dict[str, list[tuple[str, str, Mapping[str, Any]]]]:
    """Tag to its operations, each with method and path."""
    groups: dict[str, list[tuple[str, str, Mapping[str, Any]]]] = {tag["name"]: [] for tag in whole["tags"]}
    for path, item in whole["paths"].items():
        for method in METHODS:
            if method in item:
                groups[item[method]["tags"][0]].append((method.upper(), path, item[method]))
    return groups


def in_words(schema: Mapping[str, Any]) -> str:
    """What a value may be."""
    if "enum" in schema:
        return " or ".join(map(repr, schema["enum"]))
    kind = schema.get("$ref", "").rpartition("/")[2] or schema.get("type", "anything")
    said = [kind if isinstance(kind, str) else " or ".join(kind)]
    said += [words.format(schema[key]) for key, words in BOUNDS.items() if key in schema]
    said += [f"such as {' or '.join(map(str, schema['examples']))}"] if "examples" in schema else []
    return ", ".join(said)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(PACKAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["in_words"] = in_words
    return environment

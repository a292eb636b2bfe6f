"""The OpenAPI document of an application: its routes, as they are, with what their families say of them.

A route that no family describes, and a description without a route, are `strays`; a test wants there to be none.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.routing import BaseRoute, Mount, Route

from understudy import __version__
from understudy.server.openapi.parts import JSON, TEXT, Answer, Body, Family, Operation, Parameter, ref, thing
from understudy.server.world_gate import HEADER

PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")
LEAD = re.compile(r"`[^`]*`: ")  # which route it is, where the sentence says so first
UNNAMED = frozenset({"HEAD"})  # goes wherever GET does
REASONS = {
    400: "The request cannot be understood, or its host is not among `allowed_hosts`; the message says what to change.",
    401: "The token of `[server]` is wrong or missing.",
    403: "A page of another site may not ask this.",
    404: "There is nothing by that name, or no such world.",
    405: "This method is not answered here.",
    408: "The body did not end in time.",
    409: "As things stand this cannot be done; the message says what to do first.",
    410: "What was asked went away before it answered.",
    413: "The body is too large.",
    422: "What was sent is no FilterQL, or names what is not there.",
    429: "Too many requests; `Retry-After` says when the next is taken.",
    431: "The headers are too many or too long.",
    503: "The store does not answer, or a fault switch is on.",
    507: "The event could not be stored.",
}
WRONG_HOST = 400
EVERYWHERE = (WRONG_HOST, 404, 431)
GUARDED = (401, 403)
WITH_BODY = (408, 413)
REFUSAL = thing(data={"type": "null"}, message=TEXT, status={"type": "integer", "minimum": 400, "maximum": 599})


@dataclass(frozen=True)
class Described:
    """A route's method, with its description; `operation` is None where no family has one."""

    key: str
    method: str
    path: str
    summary: str
    family: str
    operation: Operation | None


def described(routes: Sequence[BaseRoute], families: Sequence[Family]) -> list[Described]:
    """Each method of each route that the families can tell of, in order."""
    known = {key: (family.name, one) for family in families for key, one in family.operations.items()}
    found: dict[str, Described] = {}
    for method, path, endpoint in methods_of(routes):
        key = f"{method} {path}"
        name, operation = known.get(key, ("", None))
        one = Described(key, method.lower(), PLACE.sub(r"{\1}", path), summary_of(endpoint), name, operation)
        found.setdefault(key, one)
    return list(found.values())


def strays(routes: Sequence[BaseRoute], families: Sequence[Family]) -> list[str]:
    """What is described and not there, or there and not described."""
    every = described(routes, families)
    there = {one.key for one in every}
    missing = [one.key for one in every if one.operation is None]
    return missing + [key for family in families for key in family.operations if key not in there]


def methods_of(routes: Sequence[BaseRoute]) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Method, path and endpoint of every route; a folder of files is one route for all of them."""
    for route in routes:
        if isinstance(route, Mount):
            yield "GET", f"{route.path}/{{file:path}}", route.app
        elif isinstance(route, Route):
            for method in sorted((route.methods or set()) - UNNAMED):
                yield method, route.path, route.endpoint


def summary_of(endpoint: Callable[..., Any]) -> str:
    """The first sentence of what an endpoint says of itself."""
    found = inspect.unwrap(endpoint)
    while isinstance(found, partial):
        found = inspect.unwrap(found.func)
    said = found if inspect.isroutine(found) else type(found)
    whole = " ".join((inspect.getdoc(said) or "").partition("\n\n")[0].split())
    sentence = re.split(r"(?<=\.) ", LEAD.sub("", whole, count=1), maxsplit=1)[0].removesuffix(".")
    return sentence[:1].upper() + sentence[1:]


def document(routes: Sequence[BaseRoute], families: Sequence[Family]) -> dict[str, Any]:
    """The whole document."""
    paths: dict[str, dict[str, Any]] = {}
    statuses: set[int] = set()
    for one in described(routes, families):
        if one.operation is not None:
            item = paths.setdefault(one.path, {"parameters": [{"$ref": "#/components/parameters/World"}]})
            item[one.method] = operation_object(one, one.operation)
            statuses |= refusals(one, one.operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Understudy",
            "version": __version__,
            "description": "A stand-in for a web-personalization vendor: its surfaces, and our own /__understudy__/.",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": family.name, "description": family.note} for family in families],
        "paths": paths,
        "components": {
            "schemas": {"Refusal": REFUSAL, **{name: one for each in families for name, one in each.schemas.items()}},
            "responses": {f"Refused{status}": refusal(status) for status in sorted(statuses)},
            "parameters": {
                "World": {
                    "name": HEADER,
                    "in": "header",
                    "schema": TEXT,
                    "description": "The isolated world that the request is for; also by cookie or host name.",
                }
            },
            "securitySchemes": {"token": {"type": "apiKey", "in": "header", "name": "Authorization"}},
        },
    }


def refusal(status: int) -> dict[str, Any]:
    """A response component; a host that is not allowed is told so in plain text, where no API is."""
    content = {JSON: {"schema": ref("Refusal")}, **({"text/plain": {"schema": TEXT}} if status == WRONG_HOST else {})}
    return {"description": REASONS.get(status, HTTPStatus(status).phrase), "content": content}


def operation_object(one: Described, operation: Operation) -> dict[str, Any]:
    """An operation as OpenAPI has it."""
    parameters = [*path_parameters(one.path, operation.path), *operation.query]
    return {
        "operationId": operation_id(one),
        "summary": one.summary,
        **({"description": operation.note} if operation.note else {}),
        "tags": [one.family],
        "parameters": [parameter_object(parameter) for parameter in parameters],
        **({"requestBody": body_object(operation.body)} if operation.body else {}),
        "responses": responses(one, operation),
        **({"security": [{}, {"token": []}]} if operation.guarded else {}),
    }


def operation_id(one: Described) -> str:
    """A name of its own for each operation."""
    whole = f"{one.method}{one.path}{'index' if one.path.endswith('/') else ''}"
    return re.sub(r"\W+", "_", whole).strip("_")


def path_parameters(path: str, said: Mapping[str, Any]) -> list[Parameter]:
    """The parameters in a path; what is said of none is a text."""
    return [
        Parameter(name, said.get(name, {**TEXT, "minLength": 1}), required=True, where="path")
        for name in PLACE.findall(path)
    ]


def parameter_object(one: Parameter) -> dict[str, Any]:
    """A parameter as OpenAPI has it."""
    return {
        "name": one.name,
        "in": one.where,
        "schema": one.schema,
        **({"description": one.note} if one.note else {}),
        **({"required": True} if one.required else {}),
    }


def body_object(body: Body) -> dict[str, Any]:
    """A body as OpenAPI has it."""
    said = [body.note, f"At most {body.limit:,} bytes." if body.limit else ""]
    content: dict[str, dict[str, Any]] = {kind: {"schema": schema} for kind, schema in body.content.items()}
    if body.example is not None:
        content[next(iter(content))]["example"] = body.example
    return {
        "description": " ".join(filter(None, said)) or "What is sent.",
        "required": body.required,
        "content": content,
    }


def refusals(one: Described, operation: Operation) -> set[int]:
    """The statuses of an operation's refusals, with those that all of its kind have."""
    elsewhere = (405,) if "{" in one.path and one.method != "get" else ()  # a `/` in a name leads to the pages
    return {
        *EVERYWHERE,
        *(GUARDED if operation.guarded else ()),
        *(WITH_BODY if operation.body else ()),
        *elsewhere,
        *operation.fails,
    }


def responses(one: Described, operation: Operation) -> dict[str, Any]:
    """The answers by status."""
    refused = {status: {"$ref": f"#/components/responses/Refused{status}"} for status in refusals(one, operation)}
    answered = {status: answer_object(answer) for status, answer in operation.answers.items()}
    return {str(status): said for status, said in sorted({**refused, **answered}.items())}


def answer_object(answer: Answer) -> dict[str, Any]:
    """An answer as OpenAPI has it."""
    content = {kind: {"schema": schema} for kind, schema in answer.content.items()}
    return {"description": answer.note, **({"content": content} if content else {})}

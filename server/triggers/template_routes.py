"""`/v2/template…`: templates by the API (platform.md 4.3).

They are made and changed with their source as the text of the body, and are listed without it. A workspace's files are
not written. A template is tried out at `/test`, whose answer is 200 also when it fails:
then the text says so. The vendor answers an empty 500 without a `desired_format`; here that is a 400 with the reason.
"""

import asyncio
import json
import uuid
from dataclasses import replace
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.envelope import failure, success
from understudy.server.site import Site, site_of
from understudy.server.triggers.answers import object_in, text_in
from understudy.server.triggers.sandbox import TemplateError
from understudy.server.triggers.templates import TYPES, Template, TemplateType, new_template

LIKE = '{"job_config": {}, "entity": {"email": "ann@example.com"}}'
BASE = "/v2/template"
MOST_TEMPLATES = 1000
FAILED = {"jsonnet": "evaluating snippet: "}
ELSE_FAILED = "evaluating template: "


async def list_route(request: Request) -> Response:
    """`GET` all templates, without their sources; `POST` a new one."""
    site = site_of(request)
    if request.method == "GET":
        return success([one.as_json(site.account) for one in site.triggers.templates.all(site)])
    query = request.query_params
    name, source = query.get("name", "").strip(), await text_in(request)
    if not name:
        raise HTTPException(400, f"name is missing. POST {BASE}?name=my-template&type=js1 with the source as the body.")
    if sum(1 for _ in site.triggers.templates.all(site)) >= MOST_TEMPLATES:
        raise HTTPException(429, f"There are {MOST_TEMPLATES} templates, the most there can be. Delete some.")
    kind, wanted = type_of(query.get("type", "")), format_of(query.get("desired_format", ""))
    made = new_template(name, kind, present(source), query.get("description", ""), wanted, site.now)
    await site.triggers.templates.put(site, made)
    return success(made.as_json(site.account))


async def one_route(request: Request) -> Response:
    """`GET`, `PUT` (what is left out stays) or `DELETE` a template; the reference's `POST` is none at the vendor."""
    site = site_of(request)
    template, shelf = asked_for(request, site), site.triggers.templates
    if request.method == "POST":
        return failure(
            405, f"A template is changed with PUT {BASE}/{template.id}.", headers={"Allow": "DELETE, GET, PUT"}
        )
    if request.method == "DELETE":
        await shelf.remove(site, template)
    if request.method == "PUT":
        template = replace(template, updated=site.now, **await changes_in(request))
        await shelf.put(site, template)
    if request.method != "GET":
        site.triggers.changed()
    return success(template.as_json(site.account))


async def changes_in(request: Request) -> dict[str, Any]:
    """What a `PUT` changes."""
    query, source = request.query_params, await text_in(request)
    changes: dict[str, Any] = {key: query[key] for key in ("name", "description") if query.get(key)}
    if "type" in query:
        changes["type"] = type_of(query["type"])
    if "desired_format" in query:
        changes["desired_format"] = format_of(query["desired_format"])
    return {**changes, "source": source} if source.strip() else changes


async def test_route(request: Request) -> Response:
    """`POST {"job_config": {…}, "entity": {…}}`: what the template gives for an event."""
    site = site_of(request)
    template, body = asked_for(request, site), await object_in(request, LIKE)
    for key in ("job_config", "entity"):
        if not isinstance(body.get(key), dict | None):
            raise HTTPException(400, f"{key} must be an object, not {json.dumps(body[key])[:80]}.")
    if not template.desired_format:
        raise HTTPException(
            400, f"The template has no desired_format. PUT {BASE}/{template.id}?desired_format={{}} first."
        )
    try:
        value = await asyncio.to_thread(site.triggers.sandbox.render, task_of(template, body, site))
        text = value if isinstance(value, str) else json.dumps(value)
    except TemplateError as error:
        if error.kind == "missing":
            raise HTTPException(400, f"{error}.") from None
        text = FAILED.get(template.type, ELSE_FAILED) + str(error)
    return JSONResponse({"data": text, "status": 200, "request_id": uuid.uuid4().hex})


def task_of(template: Template, body: dict[str, Any], site: Site) -> dict[str, object]:
    """What the sandbox needs; of what a job would know there is only what was posted."""
    config = body.get("job_config")
    return {
        "type": template.type,
        "source": template.source,
        "entity": body.get("entity") or {},
        "now": site.now,
        "ly_job_config": config,
        "ly_segment_association": (config or {}).get("segment_association"),
    }


def asked_for(request: Request, site: Site) -> Template:
    """The template of the address."""
    name = request.path_params["id"]
    template = site.triggers.templates.find(site, name)
    if template is None:
        raise HTTPException(404, f"There is no template {name[:80]!r}. GET {BASE} lists them.")
    return template


def type_of(text: str) -> TemplateType:
    """A template's type."""
    found = next((kind for kind in TYPES if kind == text), None)
    if found is None:
        raise HTTPException(400, f"type cannot be {text[:40]!r}. Choose one of {', '.join(TYPES)}.")
    return found


def format_of(text: str) -> str:
    """A `desired_format`: JSON, or nothing."""
    try:
        if text:
            json.loads(text)
    except (ValueError, RecursionError) as error:
        raise HTTPException(
            400, f"desired_format is not JSON: {error}. Send an example of what it gives, such as {{}}."
        ) from None
    return text


def present(source: str) -> str:
    """A template's source."""
    if not source.strip():
        raise HTTPException(400, "The body is empty. Send the template's source as its text.")
    return source


TEMPLATE_ROUTES: tuple[BaseRoute, ...] = (
    Route(BASE, guarded(list_route), methods=["GET", "POST"]),
    Route(f"{BASE}/{{id}}", guarded(one_route), methods=["GET", "POST", "PUT", "DELETE"]),
    Route(f"{BASE}/{{id}}/test", guarded(test_route), methods=["POST"]),
)

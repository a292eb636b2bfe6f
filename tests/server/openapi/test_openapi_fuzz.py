"""Whatever is sent to a route, it answers as it is described, and never with a failure of its own (quality.md E1).

The same few requests in every run; with `--hypothesis-profile=default` many, and other ones each time.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fuzzing import hostile, local, seed, whole_document
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.openapi.document import document
from understudy.server.openapi.parts import TEXTS, Family, Operation, text, told
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import Workspace, load_workspace
from understudy.server.worlds import Worlds

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
LONG = not settings.default.derandomize  # type: ignore[union-attr]
EXAMPLES = 300 if LONG else 7
ADDRESS = "http://127.0.0.1:8765"

schema = schemathesis.openapi.from_dict(whole_document())
schema.config.phases.coverage.enabled = False


@schema.hook
def before_generate_case(context: Any, strategy: Any) -> Any:
    return hostile(strategy, context.operation)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root: Path = copy_storefront(tmp_path_factory.mktemp("fuzz") / "storefront")
    (root / "widgets" / "hello.js").write_text("window.hello = 1\n")
    return load_workspace(root)


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Starlette]:
    """A site of its own for each operation, so that what one deletes is there for the next."""
    platform = Platform.open(":memory:", workspace.audiences)
    site = Site(workspace, platform)
    site.triggers.sandbox.seconds = 2
    app = build(site, Hubs())
    yield app
    asyncio.run(leave(app.state.worlds))
    platform.close()


async def leave(worlds: Worlds) -> None:
    """End the worlds that were made."""
    for site in tuple(worlds):
        if site is not worlds.default:
            await worlds.delete(site.world)


@pytest.mark.timeout(1200 if LONG else 60)
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not LONG,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_e1_every_operation_answers_as_described(case: Any, served: Starlette) -> None:
    if not hasattr(served.state, "made"):
        served.state.made = seed(TestClient(served, base_url=ADDRESS, client=("127.0.0.1", 1)), case.operation.path)
    made = {name: served.state.made for name, value in (case.path_parameters or {}).items() if value == "MADE"}
    case.path_parameters = {**(case.path_parameters or {}), **made}
    case.call_and_validate(base_url=ADDRESS, app=local(served), checks=CHECKS)


async def broken(request: Request) -> Response:
    """Answer as nobody has described, in the way that is asked for."""
    way = request.query_params.get("way", "")
    if way == "crash":
        return JSONResponse({}, 500)
    if way == "status":
        return JSONResponse({"data": None, "message": "", "status": 418}, 418)
    return PlainTextResponse("x") if way == "type" else JSONResponse({"data": {}, "message": "success"})


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        ("crash", "Server error"),
        ("status", "Undocumented.* status code"),
        ("type", "Undocumented Content-Type"),
        ("shape", "violates schema"),
    ],
)
def test_the_checks_find_what_is_not_as_described(way: str, fault: str) -> None:
    family = Family("A", "a", {"GET /a": Operation(told(TEXTS), (text("way"),))})
    app = Starlette(routes=[Route("/a", broken)])
    described = schemathesis.openapi.from_dict(document(app.routes, [family]))
    case = described["/a"]["GET"].Case(query={"way": way})
    with pytest.raises(FailureGroup, match=fault) as found:
        case.call_and_validate(base_url=ADDRESS, app=local(app), checks=CHECKS)
    assert len(found.value.exceptions) >= 1

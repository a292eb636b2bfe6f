"""`POST /api/query/_validate`: whether a text is LQL, and what it says here (platform.md 3.3).

The vendor's page about it is deprecated, and what it answers is UNKNOWN. Here: the mapping's `stream`, `table`, `by`,
`alias` and `fields`, and `toml`, which is the same for understudy.toml. Nothing is changed: streams are the
workspace's, so `/api/query` itself is not there.
"""

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.bodies import read_body
from understudy.server.envelope import failure, success
from understudy.server.lql import Query, parse_lql
from understudy.server.platform.schema_rules import IDENTIFYING
from understudy.server.streams import StreamSettings, stream_findings
from understudy.widgets.validation import said_of

LARGEST = 100_000


async def validate_route(request: Request) -> Response:
    """Read the posted text; 422 with the place for what cannot be read."""
    query = parse_lql(await read_body(request, LARGEST))
    if fault := fault_in(query):
        return failure(422, fault)
    return success(
        {
            "stream": query.stream,
            "table": query.table,
            "by": query.by,
            "alias": query.alias,
            **query.settings(),
            "toml": query.toml(),
        }
    )


def fault_in(query: Query) -> str:
    """Why a mapping that can be read is none that works here; empty when it does."""
    if query.table != "user":
        return f"INTO {query.table}: events feed the table user alone."
    if unknown := [name for name in query.by if name not in IDENTIFYING]:
        return f"BY {unknown[0]}: identities are {', '.join(sorted(IDENTIFYING))}. Select it AS one of them."
    try:
        StreamSettings.model_validate(query.settings())
    except ValidationError as error:
        return f"{said_of(error)}."
    found = next(iter(stream_findings({"streams": {query.stream: query.settings()}})), None)
    return f"{found.message}; {found.hint}." if found else ""


QUERY_ROUTES: tuple[BaseRoute, ...] = (Route("/api/query/_validate", guarded(validate_route), methods=["POST"]),)

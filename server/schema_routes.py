"""`/api/schema/<table>`: the fields that there are, with their types and how they are fed (platform.md 3.2, 3.3).

The shape is UNKNOWN but for its path. Of each column: `as` (its name), the vendor's `type`, its merge operator, the raw
keys that feed it, `streams` of the workspace that add to it, whether it is an identity or worked out, and whether a
browser may see it. Fields that pages make up by sending them are there as far as profiles have them.
"""

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.content.entries import COLUMNS
from understudy.server.content.entries import TABLE as CONTENT
from understudy.server.envelope import success
from understudy.server.personalize import TABLE
from understudy.server.platform.filterql import parse
from understudy.server.platform.kinds import Kind
from understudy.server.platform.profile import MEMBERSHIPS
from understudy.server.platform.rules import FIELDS
from understudy.server.platform.state import DERIVED, SINGLE
from understudy.server.public_api import public_fields
from understudy.server.site import Site, site_of
from understudy.server.streams import schema_of

# The vendor's names of our kinds (platform.md 3.3, "LQL").
TYPES: Mapping[Kind, str] = {
    "any": "string",
    "string": "string",
    "int": "int",
    "number": "number",
    "bool": "bool",
    "time": "date",
    "set": "[]string",
    "counts": "map[string]int",
    "times": "map[string]time",
    "values": "map[string]string",
}
# The vendor's names of our merge operators, where they differ.
OPERATORS = {
    "set": "merge",
    "mapsum": "sum",
    "maplatest": "latestmap",
    "mapoldest": "oldestmap",
}
CONTENT_TYPES = {
    "global": "map[string]number",
    **dict.fromkeys(("topics", "aspects", "path"), "[]string"),
    **dict.fromkeys(("created", "published", "updated", "fetched"), "date"),
    "wordct": "int",
}
_EVERYBODY = parse("FILTER *")


async def schema_route(request: Request) -> Response:
    """The columns of `user` or `content`."""
    site, table = site_of(request), request.path_params["table"]
    columns: list[dict[str, object]]
    if table == CONTENT:
        columns = [{"as": name, "type": CONTENT_TYPES.get(name, "string")} for name in sorted(COLUMNS)]
    elif table == TABLE:
        found: set[str] = set()
        await asyncio.to_thread(site.platform.people.visit, _EVERYBODY, found.update, ())
        columns = user_columns(site, found)
    else:
        raise HTTPException(404, f"No such table: {table[:80]!r}. There are {TABLE!r} and {CONTENT!r}.")
    return success({"name": table, "columns": columns})


def mergeop_of(operator: str) -> str:
    """A merge operator as the vendor calls it."""
    return "capped" if "/" in operator else OPERATORS.get(operator, operator)


def user_columns(site: Site, found: set[str]) -> list[dict[str, object]]:
    """The columns of profiles, by name; `found` are the fields that profiles have."""
    schema, allowed = schema_of(site.settings.streams), public_fields(site)
    worked_out = {*DERIVED, *site.platform.audiences.computed.names, *MEMBERSHIPS}
    names = {name for name in {*FIELDS, *worked_out, *schema.operators, *found} if not name.startswith(".")}
    columns = []
    for name in sorted(names):
        rule = FIELDS.get(name)
        kind = rule.kind if rule else schema.kinds.get(name, "any")
        operator = rule.operator if rule else schema.operators.get(name, "latest")
        columns.append(
            {
                "as": name,
                "type": _type_of_computed(name) if name in worked_out else TYPES[kind],
                "mergeop": "" if name in worked_out else mergeop_of(operator),
                "from": list(rule.keys) if rule else [] if name in worked_out else [name],
                "streams": [
                    stream for stream in schema.streams if any(name == rule.field for rule in schema.rules(stream))
                ],
                "identity": name in (*SINGLE, "_uid", "_uids"),
                "computed": name in worked_out,
                "public": name in allowed or "*" in allowed,
            }
        )
    return columns


def _type_of_computed(name: str) -> str:
    if name.startswith("lytics_"):
        return "map[string]number"
    return {"_id": "string", "_segments": "[]string", "_segs": "[]string", "_last_scored": "date"}.get(name, "int")


SCHEMA_ROUTES: tuple[BaseRoute, ...] = (Route("/api/schema/{table}", guarded(schema_route)),)

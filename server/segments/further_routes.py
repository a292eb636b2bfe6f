"""The rest of the segment API: fieldinfo, attribution, ancestors, reevaluate, jobs, groups (platform.md 3.6).

Decisions where the spec is silent: `ancestors` are the audiences that include this one, directly or not. `attribution`
is the history of an audience's size: every count that was asked for while the server runs, and one made now.
`reevaluate` lets happen at once what time has brought and counts the members; everything else is decided anew whenever
it is asked for. `jobs` are those reevaluations. A group is a name that audiences share. The vendor takes no slug for
`fieldinfo`; here either will do.
"""

import asyncio
import uuid
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.content.entries import TABLE
from understudy.server.envelope import success
from understudy.server.numbers import whole_number
from understudy.server.platform.audience import Audience
from understudy.server.platform.codec import from_ms, plain
from understudy.server.records.recording import recorded
from understudy.server.segments import collections, vendor_object
from understudy.server.segments.field_info import Fields
from understudy.server.segments.graph import ancestors
from understudy.server.segments.routes import asked_for, counted, named, object_in
from understudy.server.segments.vendor_object import SegmentError, listed, segment_id
from understudy.server.site import Site, site_of

DEFAULT_TERMS, MOST_TERMS = 20, 1000


async def fieldinfo_route(request: Request) -> Response:
    """What the members of an audience have in their fields: `fields` or all, of each the `limit` commonest terms."""
    site, query = site_of(request), request.query_params
    audience, stated = asked_for(request, site), query.get("limit", str(DEFAULT_TERMS))
    limit = whole_number(stated, 1, MOST_TERMS)
    if limit is None:
        raise SegmentError(f"limit cannot be {stated[:20]!r}. Give a number from 1 to {MOST_TERMS}.")
    wanted = [name.strip() for name in query.get("fields", "").split(",") if name.strip()]
    fields = Fields(wanted)
    if audience.statement.table == TABLE:
        for row in collections.rows(request, site, audience):
            fields.visit(row)
    else:
        computed = {name.partition(".")[0] for name in wanted} or "*"
        await asyncio.to_thread(site.platform.people.visit, audience.statement, fields.visit, computed)
    shown = {**names(site, audience), "fields": fields.shown(limit)}
    return success({"segments": [shown]})


async def attribution_route(request: Request) -> Response:
    """An audience's sizes over time, the newest last."""
    site = site_of(request)
    audience = asked_for(request, site)
    await counted(request, site, [audience])
    return success([{**names(site, audience), "metrics": metrics(site, audience)}])


def metrics(site: Site, audience: Audience) -> list[dict[str, object]]:
    """The sizes on record, each with how it has changed."""
    counts = site.sizes.of(audience.slug)
    before = [counts[0].size, *(count.size for count in counts)]
    return [
        {"ts": plain(from_ms(count.at)), "value": count.size, "change": count.size - last}
        for count, last in zip(counts, before, strict=False)
    ]


async def ancestors_route(request: Request) -> Response:
    """The audiences that include this one."""
    site = site_of(request)
    wrong = vendor_object.reasons(site.platform.audiences)
    found = ancestors(asked_for(request, site), site.platform.audiences)
    return success([vendor_object.shown(site.account, one, wrong, site.platform.audience_times) for one in found])


async def reevaluate_route(request: Request) -> Response:
    """Let time's moves happen now, and count the members."""
    site = site_of(request)
    audience = asked_for(request, site)
    moved = await site.platform.pass_time()
    (size,) = await counted(request, site, [audience])
    job = {
        "id": uuid.uuid4().hex,
        **names(site, audience),
        "workflow": "segment_reevaluate",
        "status": "completed",
        "created": plain(from_ms(site.now)),
        "size": size,
        "entered": sum(audience.slug in one.entered for one in moved),
        "exited": sum(audience.slug in one.left for one in moved),
    }
    site.sizes.jobs.append(job)
    return success(job)


async def jobs_route(request: Request) -> Response:
    """Reevaluations, of one audience or of all, the newest first."""
    site = site_of(request)
    wanted = asked_for(request, site).slug if "id" in request.path_params else ""
    return success([job for job in reversed(site.sizes.jobs) if wanted in ("", job["slug_name"])])


async def groups_route(request: Request) -> Response:
    """`GET` the groups; `POST {"name", "segments"}` makes one of these audiences, or sets which are in it."""
    site = site_of(request)
    if request.method == "POST":
        body = await object_in(request)
        name, members = body.get("name"), body.get("segments", [])
        if not isinstance(name, str) or not name.strip() or "," in name or not isinstance(members, list):
            raise SegmentError('A group is {"name": "…", "segments": [slug or id, …]}, its name without a comma.')
        await regroup(site, name.strip(), {named(site, str(one)).slug for one in members})
    return success(groups(site))


async def group_route(request: Request) -> Response:
    """`GET` or `DELETE` one group; its audiences stay."""
    site, name = site_of(request), request.path_params["name"]
    found = next((one for one in groups(site) if one["name"] == name), None)
    if found is None:
        raise SegmentError(f"There is no group {name[:80]!r}.")
    if request.method == "DELETE":
        await regroup(site, name, set())
    return success(found)


def groups(site: Site) -> list[dict[str, Any]]:
    """Every group by its name, which is its id too, with the ids of its audiences."""
    found: dict[str, list[str]] = {}
    for slug, audience in sorted(site.platform.audiences.items()):
        for name in listed(audience.statement.options.get("groups")):
            found.setdefault(name, []).append(segment_id(site.account, slug))
    return [{"id": name, "name": name, "segments": members} for name, members in sorted(found.items())]


async def regroup(site: Site, name: str, members: set[str]) -> None:
    """Let these audiences be in a group, and no others."""
    for slug, audience in list(site.platform.audiences.items()):
        before = listed(audience.statement.options.get("groups"))
        others = [one for one in before if one != name]
        after = [*others, name] if slug in members else others
        if after != before:
            options = {**audience.statement.options, "groups": ",".join(after)}
            await site.platform.put_audience(replace(audience, statement=replace(audience.statement, options=options)))


def names(site: Site, audience: Audience) -> dict[str, object]:
    """An audience's names."""
    known = segment_id(site.account, audience.slug)
    return {"id": known, "name": audience.name, "slug_name": audience.slug}


def _routes(base: str) -> tuple[BaseRoute, ...]:
    return (
        Route(f"{base}/jobs", guarded(jobs_route)),
        Route(f"{base}/group", recorded(groups_route), methods=["GET", "POST"]),
        Route(f"{base}/group/{{name}}", recorded(group_route), methods=["GET", "DELETE"]),
        Route(f"{base}/{{id}}/fieldinfo", guarded(fieldinfo_route)),
        Route(f"{base}/{{id}}/attribution", guarded(attribution_route)),
        Route(f"{base}/{{id}}/ancestors", guarded(ancestors_route)),
        Route(f"{base}/{{id}}/reevaluate", guarded(reevaluate_route), methods=["POST"]),
        Route(f"{base}/{{id}}/jobs", guarded(jobs_route)),
    )


MORE_SEGMENT_ROUTES = (*_routes("/api/segment"), *_routes("/v2/segment"))

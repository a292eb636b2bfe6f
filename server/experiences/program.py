"""`/api/program/campaign` and `…/variation`: experiences as the first generation of the API has them (platform.md 2.6).

There a campaign is what is an experience here, and has one variation or more. Its routes are for reading.
"""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from understudy.server.access import guarded
from understudy.server.envelope import success
from understudy.server.experiences.body import BodyError
from understudy.server.experiences.detail import detail_of_widget
from understudy.server.experiences.handling import asked_for
from understudy.server.experiences.names import api_id
from understudy.server.experiences.objects import moment
from understudy.server.experiences.patching import patched
from understudy.server.experiences.segments import segment_slug
from understudy.server.experiences.shelf import Change, of_file, wanted_data
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site, site_of
from understudy.widgets.experience import EVERYONE, Experience

STATES = ("published", "unpublished", "deleted")


async def campaigns_route(request: Request) -> Response:
    """All campaigns; `?status=published|unpublished|deleted` picks some."""
    site, status = site_of(request), request.query_params.get("status", "")
    if status and status not in STATES:
        raise BodyError(f"status cannot be {status[:40]!r}. Choose one of {', '.join(STATES)}.")
    every = [campaign(site, one) for one in everyone(site, deleted=status == "deleted")]
    return success([one for one in every if not status or one["status"] == status])


async def campaign_route(request: Request) -> Response:
    """One campaign."""
    site = site_of(request)
    return success(campaign(site, asked_for(request, site, deleted=True)))


async def variations_route(request: Request) -> Response:
    """All variations of all campaigns."""
    site = site_of(request)
    return success([found for one in everyone(site, deleted=False) for found in variations(site, one)])


async def variation_route(request: Request) -> Response:
    """One variation, by its id or that of its widget."""
    site, name = site_of(request), request.path_params["id"]
    for one in everyone(site, deleted=False):
        for widget, found in zip(one.shown_ids, variations(site, one), strict=True):
            if name in {widget, found["id"]}:
                return success(found)
    raise HTTPException(404, f"There is no variation with the id {name[:80]!r}.")


def everyone(site: Site, *, deleted: bool) -> list[Experience]:
    """All experiences, those that were deleted too if these are asked for."""
    shelf = site.experiences
    return [*shelf.all(site), *(shelf.deleted(site) if deleted else ())]


def campaign(site: Site, one: Experience) -> dict[str, Any]:
    """An experience as a campaign. A draft and a paused one are both `unpublished`."""
    change = site.experiences.change(one.id)
    meant = [] if one.audience == EVERYONE else [segment_id(site.account, one.audience)]
    live = "published" if one.published else "unpublished"
    return {
        "id": api_id(site.account, "experience", one.id),
        "name": one.label,
        "status": "deleted" if change.removed else live,
        "system_status": "archived" if one.status == "archived" else "live",
        "published_at": moment(change.published),
        "start_at": one.dates.start or None,
        "end_at": one.dates.end or None,
        "segments": meant,
        **_record(site, change),
    }


def variations(site: Site, one: Experience) -> list[dict[str, Any]]:
    """The variations of an experience; one without any is its own only variation."""
    change = site.experiences.change(one.id)
    data = wanted_data(of_file(site, one.id), one.id, Change(patch=change.patch))
    stated = data.get("variations") or [{}]
    return [
        {
            "id": api_id(site.account, "variation", widget),
            "variation": number,
            "campaign_id": api_id(site.account, "experience", one.id),
            "vehicle": "pathfora",
            "reach": segment_id(site.account, segment_slug(widget, "reach")),
            "conversion": segment_id(site.account, segment_slug(widget, "conversion")),
            "detail": detail_of_widget(patched(data.get("widget", {}), _widget(raw))),
            "detail_override": dict(change.override),
            "preview": f"/?lytics_variation_preview_id={widget}",
            **_record(site, change),
        }
        for number, (widget, raw) in enumerate(zip(one.shown_ids, stated, strict=True))
    ]


def _widget(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return raw.get("widget") or {}


def _record(site: Site, change: Change) -> dict[str, Any]:
    return {
        "created_at": moment(change.created),
        "updated_at": moment(change.updated),
        "deleted": bool(change.removed),
        "deleted_at": moment(change.updated) if change.removed else None,
        "aid": 0,
        "account_id": site.account,
        "user_id": "",
    }


PROGRAM_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api/program/campaign", guarded(campaigns_route)),
    Route("/api/program/campaign/variation", guarded(variations_route)),
    Route("/api/program/campaign/variation/{id}", guarded(variation_route)),
    Route("/api/program/campaign/{id}", guarded(campaign_route)),
)

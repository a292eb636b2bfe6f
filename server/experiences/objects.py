"""An experience as the vendor's API shows it (platform.md 2.6), in such a form that sending it back changes nothing.

The vendor's whole object is UNKNOWN; what is documented of it has its documented name. Ids of audiences are those of
`/api/segment`.
"""

from typing import Any

from understudy.server.experiences.names import api_id
from understudy.server.experiences.segments import Measure, segment_slug
from understudy.server.experiences.shelf import Change, of_file, wanted_data
from understudy.server.experiences.states import API_STATES
from understudy.server.platform.codec import rfc3339
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site
from understudy.widgets.experience import Experience

MEASURES: tuple[Measure, ...] = ("reach", "conversion", "fixed", "target", "decision")
PROVIDER = "pathfora"
CHANNEL = "web"


def shown(site: Site, one: Experience) -> dict[str, Any]:
    """An experience as JSON."""
    change = site.experiences.change(one.id)
    data = wanted_data(of_file(site, one.id), one.id, change)
    status = "deleted" if change.removed else API_STATES[one.status]
    return {
        "id": api_id(site.account, "experience", one.id),
        "slug": one.id,
        "label": one.label,
        "account_id": site.account,
        "user_id": "",
        "state": {"status": status},
        "dates": {
            "startDate": one.dates.start or None,
            "endDate": one.dates.end or None,
            "createdAt": moment(change.created),
            "updatedAt": moment(change.updated),
            "publishedAt": moment(change.published),
        },
        "audience": one.audience,
        "exclude": list(one.exclude),
        "inverse": data.get("inverse"),
        "campaign": one.campaign,
        "stage": one.stage,
        "group_id": api_id(site.account, "group", *one.group) if any(one.group) else "",
        "priority": one.priority,
        "segments": {measure: segment_id(site.account, segment_slug(one.id, measure)) for measure in MEASURES},
        "vehicle": vehicle(site, one, change),
        "variations": variations(site, one, data),
        "file": one.file,
        "imported": change.imported,
        "unsaved": change.unsaved,
    }


def vehicle(site: Site, one: Experience, change: Change) -> dict[str, Any]:
    """What carries an experience to visitors; `detail` is its widget without the override."""
    base = wanted_data(of_file(site, one.id), one.id, Change(patch=change.patch))
    override = dict(change.override)
    return {
        "providerId": PROVIDER,
        "providerSlug": PROVIDER,
        "providerChannel": CHANNEL,
        "aggression": None,
        "externalId": "",
        **change.vehicle,
        "tactic": one.purpose,
        "detail": base.get("widget", {}),
        "detailOverride": override,
        "detail_override": override,
    }


def variations(site: Site, one: Experience, data: dict[str, Any]) -> list[dict[str, Any]]:
    """The variations as the file has them, with the ids of who they have reached and converted."""
    stated = data.get("variations") or []
    return [
        {
            **raw,
            "id": each.id,
            "label": each.label,
            "variation_id": api_id(site.account, "variation", each.id),
            "reach": segment_id(site.account, segment_slug(each.id, "reach")),
            "conversion": segment_id(site.account, segment_slug(each.id, "conversion")),
        }
        for raw, each in zip(stated, one.variations, strict=True)
    ]


def moment(time: float | None) -> str | None:
    """A moment as the API writes it; None for one that is not known."""
    return None if time is None else rfc3339(time)

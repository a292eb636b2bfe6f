"""What a request of the experience API asks for, as a change of an experience (platform.md 2.6, 1.1).

Names are taken as the vendor's how-to writes them and as its OpenAPI does (`detail_override`, `detailOverride`), and
as the files of a workspace have them (`audience`, `exclude`, `inverse`, `variations`, `campaign`, `stage`, `priority`).
Keys that the API only answers are passed over, so that what was read can be sent back.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from understudy.server.experiences.detail import TYPE_KEY, widget_of_detail
from understudy.server.experiences.patching import Raw
from understudy.server.experiences.states import OUR_STATES
from understudy.server.platform.codec import rfc3339
from understudy.widgets.layers import over
from understudy.widgets.problems import did_you_mean
from understudy.widgets.tactics import LABELS, tactic_named

READ_ONLY = {
    *("id", "slug", "account_id", "aid", "user_id", "segments", "file", "group_id", "imported", "deleted"),
    *("deleted_at", "created_at", "updated_at", "published_at", "unsaved"),
}
PLAIN = {"label", "audience", "exclude", "inverse", "campaign", "stage", "priority"}
VARIATION_READ_ONLY = {"reach", "conversion", "variation_id"}
DATES = {"startDate": "start", "start_date": "start", "endDate": "end", "end_date": "end"}
DATES_READ_ONLY = {"createdAt", "updatedAt", "publishedAt"}
OVERRIDES = ("detail_override", "detailOverride")
VEHICLE = {
    **{name: name for name in ("providerId", "providerSlug", "providerChannel", "aggression", "externalId")},
    "provider_id": "providerId",
    "provider_slug": "providerSlug",
    "provider_channel": "providerChannel",
    "external_id": "externalId",
}


class BodyError(ValueError):
    """A body that asks for nothing that can be; the message says which key and why."""


class Asked(NamedTuple):
    """A request's wishes: a patch of the experience's file, an override of its widget, and what the vendor keeps."""

    patch: Raw
    override: Raw | None
    vehicle: Raw

    @property
    def edits(self) -> bool:
        """Whether this changes more than when it is live."""
        return bool(self.override or self.vehicle or set(self.patch) - {"status", "dates"})


def asked(body: Mapping[str, Any], *, state_only: bool = False) -> Asked:
    """What a body asks for; with `state_only` nothing but state and dates. Raises `BodyError`."""
    wanted = section_of(body, "experience") if "experience" in body else body
    patch: Raw = {}
    override: Raw | None = None
    vehicle: Raw = {}
    for key, value in wanted.items():
        if key == "state":
            patch = over(patch, _state(section_of(wanted, key)))
        elif key == "dates":
            patch = over(patch, {"dates": dict(_dates(section_of(wanted, key)))})
        elif state_only or key in READ_ONLY:
            continue
        elif key == "vehicle":
            parts, override, vehicle = _vehicle(section_of(wanted, key))
            patch = over(patch, parts)
        elif key == "variations":
            patch["variations"] = _variations(value)
        elif key in PLAIN:
            patch[key] = None if value in ("", None) else value
        else:
            raise BodyError(f"There is no key {key[:80]!r} in an experience; {_near(key)}.")
    return Asked(patch, override, vehicle)


def section_of(body: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The object at a key, empty when there is none; raises `BodyError` for anything else."""
    value = body.get(key)
    if value is not None and not isinstance(value, Mapping):
        raise BodyError(f"{key} must be an object, not {str(value)[:80]!r}.")
    return value or {}


def _near(key: str) -> str:
    return did_you_mean(key, {"state", "dates", "vehicle", "variations", *PLAIN})


def _state(state: Mapping[str, Any]) -> Raw:
    if "status" not in state:
        return {}
    status = state["status"]
    if not isinstance(status, str) or status not in OUR_STATES:
        raise BodyError(f"state.status cannot be {status!r}. Choose draft, published, unpublished or archived.")
    return {"status": OUR_STATES[status]}


def _dates(dates: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    for key, value in dates.items():
        if key in DATES:
            yield DATES[key], _moment(key, value)
        elif key not in DATES_READ_ONLY:
            raise BodyError(f"dates has no key {key[:80]!r}; {did_you_mean(key, DATES)}.")


def _moment(key: str, value: object) -> str | None:
    if value in ("", None):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise BodyError(f"dates.{key} must be a moment such as 2026-12-31T23:59:59Z, not {value!r}.")
    if isinstance(value, str):
        return value
    try:
        return rfc3339(value)
    except (ValueError, OverflowError, OSError):
        raise BodyError(f"dates.{key} cannot be {value!r}: a number is unix milliseconds.") from None


def _vehicle(vehicle: Mapping[str, Any]) -> tuple[Raw, Raw | None, Raw]:
    patch: Raw = {}
    kept: Raw = {}
    override: Raw | None = None
    for key, value in vehicle.items():
        if key in OVERRIDES:
            override = over(override or {}, section_of(vehicle, key))
        elif key == "tactic":
            tactic = tactic_named(value) if isinstance(value, str) else None
            if tactic is None:
                raise BodyError(f"vehicle.tactic cannot be {value!r}. Choose one of {', '.join(LABELS)}.")
            patch["tactic"] = tactic
        elif key == "detail":
            detail = section_of(vehicle, key)
            patch["widget"] = widget_of_detail(detail) if TYPE_KEY in detail else dict(detail)
        elif key in VEHICLE:
            kept[VEHICLE[key]] = value
        else:
            known = did_you_mean(key, {"tactic", "detail", *OVERRIDES, *VEHICLE})
            raise BodyError(f"vehicle has no key {key[:80]!r}; {known}.")
    return patch, override, kept


def _variations(value: object) -> object:
    if not value or not isinstance(value, list):
        return value or None
    return [
        {key: inner for key, inner in one.items() if key not in VARIATION_READ_ONLY} if isinstance(one, dict) else one
        for one in value
    ]

"""Making, changing and deleting experiences, by the rules of their states (platform.md 2.3, 2.6)."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from understudy.server.experiences.body import PLAIN, Asked, BodyError, section_of
from understudy.server.experiences.names import slug_of
from understudy.server.experiences.patching import patched
from understudy.server.experiences.shelf import Change, of_file, wanted_data
from understudy.server.experiences.states import StateError, check_change
from understudy.server.site import Site
from understudy.widgets.experience import Experience
from understudy.widgets.layers import over
from understudy.widgets.tactics import Tactic, widget_for
from understudy.widgets.variations import filled_in

WHEN = ("status", "dates")


def made(site: Site, body: Mapping[str, Any], wishes: Asked, *, imported: bool = False) -> tuple[str, Change]:
    """The id and the change that make a new experience; raises `BodyError` when a key is missing that it needs."""
    _check_needed(body, wishes)
    now, shelf = site.now, site.experiences
    label = str(wishes.patch["label"])
    taken = {name for one in shelf.all(site) for name in one.widget_ids} | set(shelf.changed)
    own = slug_of(label, taken)
    tactic: Tactic = wishes.patch["tactic"]
    widget = patched(widget_for(tactic), wishes.patch.get("widget", {}))
    patch = {"status": "draft", **wishes.patch, "widget": widget}
    published = now if patch["status"] == "published" else None
    change = Change(patch, wishes.override or {}, wishes.vehicle, imported=imported, created=now, updated=now)
    if imported and published:
        raise StateError("An imported experience is shown by its own provider. Leave its state out.")
    return own, replace(change, published=published)


def _check_needed(body: Mapping[str, Any], wishes: Asked) -> None:
    missing = [
        name
        for name, there in (
            ("label", wishes.patch.get("label")),
            ("vehicle.provider_id", wishes.vehicle.get("providerId")),
            ("vehicle.tactic", wishes.patch.get("tactic")),
        )
        if not there
    ]
    if missing:
        given = ", ".join(section_of(body, "experience") or body) or "nothing"
        raise BodyError(f"A new experience needs {' and '.join(missing)}; the body has {given[:200]}.")
    if not isinstance(wishes.patch["label"], str):
        raise BodyError(f"label must be a text, not {str(wishes.patch['label'])[:80]!r}.")


def changed(site: Site, one: Experience, wishes: Asked, *, clean: bool = False) -> Change:
    """The change that brings an experience to what is wished; raises `StateError`.

    `clean` takes the override as a whole, else it is laid over the one there is.
    """
    before, base = site.experiences.change(one.id), of_file(site, one.id)
    patch = {key: value for key, value in wishes.patch.items() if not _is_so(one, key, value)}
    if isinstance(patch.get("variations"), list):
        stated = wanted_data(base, one.id, before).get("variations") or []
        pairs = zip_longest(patch["variations"], stated[: len(patch["variations"])])
        patch["variations"] = [_as_stated(one.id, index, *pair) for index, pair in enumerate(pairs)]
    override = before.override
    if wishes.override is not None or clean:
        wanted = wishes.override or {}
        override = wanted if clean else over(override, wanted)
    after = replace(
        before,
        patch=over(before.patch, patch),
        override=override,
        vehicle={**before.vehicle, **_kept(wishes.vehicle, before.vehicle)},
    )
    old, new = (wanted_data(base, one.id, each) for each in (before, after))
    edits = _content(old) != _content(new) or before.vehicle != after.vehicle
    status = new.get("status", "published") if "status" in patch else one.status
    if before.imported and status == "published":
        raise StateError(f"{one.id!r} was imported: its own provider shows it, so it is not published here.")
    # What its file says may have been overtaken by its end date, and then to wish for that is to wish for a change.
    if not edits and old == new and status == one.status:
        return before
    check_change(one, status, edits=edits)
    now = site.now
    published = now if status == "published" and one.status != "published" else before.published
    return replace(after, updated=now, published=published)


def _is_so(one: Experience, key: str, value: object) -> bool:
    """Whether an experience has a value already, so that sending back what was read leaves its file alone."""
    if key == "tactic":
        return value == one.purpose
    if key == "dates" and isinstance(value, Mapping):
        return all(getattr(one.dates, bound) == (stated or "") for bound, stated in value.items())
    return key in PLAIN - {"inverse"} and (value or None) == (getattr(one, key) or None)


def _as_stated(own: str, index: int, wished: object, stated: object) -> object:
    """A variation as it was sent, without the id and the label that answers fill in where the file states none."""
    if not isinstance(wished, Mapping):
        return wished
    known = stated if isinstance(stated, Mapping) else {}
    filled = filled_in(own, index)
    return {key: value for key, value in wished.items() if key in known or value != filled.get(key)}


def _kept(vehicle: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a request says of the vehicle that the answer's own defaults do not say already."""
    defaults = {"providerId": "pathfora", "providerSlug": "pathfora", "providerChannel": "web", "externalId": ""}
    return {key: value for key, value in vehicle.items() if key in before or value != defaults.get(key)}


def _content(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in WHEN}

"""Campaigns and stages: groups of experiences, or a campaign's stages (platform.md 2.1, 2.6).

Membership is a key of the experience (`campaign`, `stage`), so that a file says it too. A group is known by the pair:
`("spring", "")` is a campaign, `("spring", "late")` a stage of it, `("", "late")` a stage of none. Groups that the API
made and that have no members yet are kept beside; so are labels that are not the name.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from understudy.server.experiences.body import BodyError
from understudy.server.experiences.names import api_id, slug_of
from understudy.server.experiences.shelf import Change
from understudy.server.site import Site
from understudy.widgets.experience import Experience
from understudy.widgets.layers import over

Key = tuple[str, str]
CAMPAIGN, STAGE = CLASSES = ("campaign", "stage")
LABELS_LONGEST = 200
MOST = 500  # groups


def all_groups(site: Site) -> dict[Key, str]:
    """Every group with its label; a campaign is there when one of its stages is."""
    found = {one.group: "" for one in site.experiences.all(site) if any(one.group)}
    keys = {*found, *site.experiences.groups}
    keys |= {(campaign, "") for campaign, stage in keys if campaign and stage}
    return {key: site.experiences.groups.get(key) or key[1] or key[0] for key in sorted(keys)}


def group_id(site: Site, key: Key) -> str:
    """The id of a group by the API."""
    return api_id(site.account, "group", *key)


def find_group(site: Site, name: object) -> Key | None:
    """The group of that id or name; of groups with one name the campaign, or else the first stage."""
    groups = all_groups(site)
    exact = (key for key in groups if name == group_id(site, key))
    return next(exact, None) or next((key for key in groups if name == (key[1] or key[0])), None)


def members(site: Site, key: Key) -> list[Experience]:
    """The experiences that stand directly in a group."""
    return [one for one in site.experiences.all(site) if one.group == key]


def stages(site: Site, key: Key) -> list[Key]:
    """The stages of a campaign."""
    return [other for other in all_groups(site) if other[0] == key[0] and other[1] and not key[1]]


def group_shown(site: Site, key: Key) -> dict[str, Any]:
    """A group as JSON: a campaign with stages has `child_groups`, any other `experiences`."""
    children = stages(site, key)
    ids = [api_id(site.account, "experience", one.id) for one in members(site, key)]
    return {
        "id": group_id(site, key),
        "slug": key[1] or key[0],
        "account_id": site.account,
        "class": STAGE if key[1] else CAMPAIGN,
        "label": all_groups(site).get(key, ""),
        "parent_id": group_id(site, (key[0], "")) if all(key) else "",
        **({"child_groups": [group_shown(site, child) for child in children]} if children else {"experiences": ids}),
    }


def new_group(site: Site, body: dict[str, Any]) -> Key:
    """Make a group; raises `BodyError`."""
    kind, label = body.get("class"), body.get("label")
    if kind not in CLASSES:
        raise BodyError(f"class cannot be {kind!r}. Choose campaign or stage.")
    if not isinstance(label, str) or not 0 < len(label) <= LABELS_LONGEST:
        raise BodyError(f"label must be a text of 1 to {LABELS_LONGEST} letters, not {str(label)[:80]!r}.")
    groups = all_groups(site)
    if len(groups) >= MOST:
        raise BodyError(f"There are {MOST} groups, the most there can be. Delete some.")
    taken = {name for key in groups for name in key}
    name = slug_of(label, taken)
    key = (name, "") if kind == CAMPAIGN else ("", name)
    check_members(body, key)
    _put(site, membership(site, key, body))
    site.experiences.groups[key] = label
    return key


def change_group(site: Site, key: Key, body: dict[str, Any]) -> None:
    """Change a group's label or what is in it; what is not named stays, `[]` takes all out. Raises `BodyError`."""
    label = body.get("label", "")
    if not isinstance(label, str) or len(label) > LABELS_LONGEST:
        raise BodyError(f"label must be a text of at most {LABELS_LONGEST} letters, not {str(label)[:80]!r}.")
    check_members(body, key)
    _put(site, membership(site, key, body))
    site.experiences.groups[key] = label or all_groups(site).get(key, "")


def check_members(body: dict[str, Any], key: Key) -> None:
    """Raise `BodyError` when a body names both kinds of members, or those that the group cannot have."""
    if body.get("experiences") and body.get("child_groups"):
        raise BodyError("A group has experiences or child_groups, not both.")
    if body.get("child_groups") and key[1]:
        raise BodyError("A stage has experiences, no child_groups.")
    for name in ("experiences", "child_groups"):
        if name in body and not isinstance(body[name], list):
            raise BodyError(f"{name} must be a list of ids, not {str(body[name])[:80]!r}.")


@dataclass
class Move:
    """What a change of a group comes to: changes of experiences, and stages that go to another campaign."""

    changes: dict[str, Change] = field(default_factory=dict)
    stages: dict[Key, Key] = field(default_factory=dict)


def _put(site: Site, move: Move) -> None:
    """Let a move count, all or nothing."""
    site.experiences.put(site, move.changes)
    labels = site.experiences.groups
    taken = {child: labels.pop(child, None) for child in move.stages}
    for child, key in move.stages.items():
        if taken[child] is not None or key[0]:
            labels[key] = taken[child] or child[1]


def membership(site: Site, key: Key, body: dict[str, Any]) -> Move:
    """What puts that which a body names into a group and takes out what it does not; raises `BodyError`."""
    move = Move()
    if "experiences" in body:
        wanted = [_experience(site, one) for one in body["experiences"]]
        leaving = [one for one in members(site, key) if one.id not in {each.id for each in wanted}]
        move.changes |= moved(site, leaving, ("", "")) | moved(site, wanted, key)
    if "child_groups" in body:
        named = [_group(site, one) for one in body["child_groups"]]
        move.stages = {child: ("", child[1]) for child in stages(site, key) if child not in named}
        move.stages |= {child: (key[0], child[1]) for child in named}
        for child, goes_to in move.stages.items():
            move.changes |= moved(site, members(site, child), goes_to)
    return move


def moved(site: Site, experiences: Iterable[Experience], key: Key) -> dict[str, Change]:
    """The changes that put experiences into a group; that is no edit, so their state does not matter."""
    patch = {"campaign": key[0] or None, "stage": key[1] or None}
    return {one.id: patched_change(site, one, patch) for one in experiences if one.group != key}


def patched_change(site: Site, one: Experience, patch: dict[str, Any]) -> Change:
    """What was done to an experience, and a patch more."""
    before = site.experiences.change(one.id)
    return replace(before, patch=over(before.patch, patch), updated=site.now)


def _experience(site: Site, name: object) -> Experience:
    one = site.experiences.find(site, str(name.get("id") if isinstance(name, dict) else name))
    if one is None:
        raise BodyError(f"experiences: there is none with the id {str(name)[:80]!r}.")
    return one


def _group(site: Site, name: object) -> Key:
    key = find_group(site, name.get("id") if isinstance(name, dict) else name)
    if key is None or not key[1]:
        raise BodyError(f"child_groups: there is no stage with the id {str(name)[:80]!r}.")
    return key

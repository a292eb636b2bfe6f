"""The kinds of things that are kept: where a site has them, and how they are written and read.

What cannot be read, as it was noted by another version, is left out with a warning.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from understudy.server.account_settings import SLUGS, fitting
from understudy.server.content.entries import DocumentEntry
from understudy.server.experiences.look import Look
from understudy.server.experiences.shelf import Change
from understudy.server.platform.audience_times import NotedTimes

if TYPE_CHECKING:
    from understudy.server.site import Site


@dataclass(frozen=True)
class Room:
    """One kind. `values` are never changed in place, so that one which is the same object is noted already.

    `read` raises a `ValueError` or `LookupError` for what it does not understand; `restore` is called with what it
    read. `what` is for people; it is empty for what the server notes by itself.
    """

    name: str
    what: str
    values: "Callable[[Site], Mapping[str, Any]]"
    write: Callable[[Any], str]
    read: Callable[[str, str], Any]
    restore: "Callable[[Site, dict[str, Any]], None]"


_CHANGES: TypeAdapter[Change] = TypeAdapter(Change)


def _read_setting(slug: str, text: str) -> object:
    if slug not in SLUGS:
        raise LookupError(f"there is no such setting {slug!r}")
    return fitting(slug, json.loads(text))


def _read_look(_key: str, text: str) -> dict[str, Any]:
    look: dict[str, Any] = json.loads(text)
    Look.model_validate(look)
    return look


def _restore_groups(site: "Site", found: dict[str, Any]) -> None:
    site.experiences.groups = {_group(key): label for key, label in found.items()}


def _restore_look(site: "Site", found: dict[str, Any]) -> None:
    site.experiences.look = found.get("look", {})


def _group(key: str) -> tuple[str, str]:
    campaign, stage = json.loads(key)
    return str(campaign), str(stage)


def _read_label(key: str, text: str) -> str:
    _group(key)
    return text


def _read_times(_slug: str, text: str) -> NotedTimes:
    digest, created, updated = json.loads(text)
    return NotedTimes(str(digest), float(created), float(updated))


# What comes later is read by the light of what is before it.
ROOMS = (
    Room(
        "settings",
        "setting",
        lambda site: site.account_settings.changes,
        json.dumps,
        _read_setting,
        lambda site, found: site.account_settings.restore(found),
    ),
    Room(
        "documents",
        "document",
        lambda site: site.content.entries,
        lambda entry: json.dumps(entry.model_dump(mode="json", exclude_unset=True)),
        lambda _address, text: DocumentEntry.model_validate(json.loads(text)),
        lambda site, found: site.content.restore(site, found),
    ),
    Room(
        "experiences",
        "experience",
        lambda site: site.experiences.changes,
        lambda change: json.dumps(asdict(change)),
        lambda _own, text: _CHANGES.validate_python(json.loads(text)),
        lambda site, found: site.experiences.restore(site, found),
    ),
    Room(
        "groups",
        "group",
        lambda site: {json.dumps(key): label for key, label in site.experiences.groups.items()},
        str,
        _read_label,
        _restore_groups,
    ),
    Room(
        "look",
        "look of widgets",
        lambda site: {"look": site.experiences.look} if site.experiences.look else {},
        json.dumps,
        _read_look,
        _restore_look,
    ),
    Room(
        "audience times",
        "",
        lambda site: site.platform.audience_times.all,
        lambda times: json.dumps([times.digest, times.created, times.updated]),
        _read_times,
        lambda site, found: site.platform.audience_times.restore(found),
    ),
)

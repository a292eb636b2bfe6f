"""Saying that a file was saved below what the API did: what that covers does not show, and nobody should wonder why."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from understudy.server.account_settings import SLUGS

if TYPE_CHECKING:
    from understudy.server.site import Site
    from understudy.server.workspaces.workspace import Workspace

log = logging.getLogger("understudy")


def tell_covered(site: "Site", before: "Workspace") -> None:
    """Log which files are others than `before` while the API's changes lie over them."""
    for line in covered(site, before):
        log.info("%s", line)


def covered(site: "Site", before: "Workspace") -> Iterator[str]:
    """The lines to log."""
    old = {one.id: one for one in before.experiences}
    for one in site.workspace.experiences:
        change = site.experiences.change(one.id)
        if change.unsaved and one is not old.get(one.id):  # what is not read anew stays the same object
            keys = ", ".join([*change.patch, *(f"widget.{key}" for key in change.override)])
            keys = "its deletion" if change.removed else keys
            drop = f"DELETE /__understudy__/api/experiences/{one.id} drops that"
            yield f"{one.file}: what the API did lies over it ({keys}); {drop}"
    for slug in site.account_settings.changes:
        path = SLUGS[slug].path
        if _at(before.settings, path) != (now := _at(site.workspace.settings, path)):
            drop = f"DELETE /api/account/setting/{slug} drops that"
            yield f"understudy.toml says {now!r} for {'.'.join(path)}, but the API has set it; {drop}"


def _at(settings: object, path: tuple[str, ...]) -> object:
    for key in path:
        settings = getattr(settings, key, None)
    return settings

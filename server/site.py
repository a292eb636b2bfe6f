"""The site being served: the current workspace and the platform behind it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from understudy.server.content.shelf import ContentShelf

if TYPE_CHECKING:
    from understudy.server.platform import Platform
    from understudy.server.workspace import Workspace


@dataclass
class Site:
    """What the routes share, as `request.app.state.site`.

    `workspace` is replaced as a whole on a live reload, so a route reads it once.
    """

    workspace: "Workspace"
    platform: "Platform"
    content: ContentShelf = field(default_factory=ContentShelf)

    @property
    def now(self) -> float:
        """Unix milliseconds by this site's clock, which a test may have set. Whoever decides by the time asks here."""
        return self.platform.clock()

    @property
    def account(self) -> str:
        """The one account id that this site answers to."""
        return self.workspace.settings.account


def site_of(request: Request) -> Site:
    """The site of a request; raises a 404 when its URL names another account."""
    site: Site = request.app.state.site
    asked = request.path_params.get("cid", site.account)
    if asked != site.account:
        raise HTTPException(404, f"No such account id: {asked!r}. This workspace serves account {site.account!r}.")
    return site

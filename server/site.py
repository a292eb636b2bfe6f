"""A site: the current workspace and the platform behind it, with everything else that one world has of its own."""

from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request

from understudy.server.account_settings import AccountSettings
from understudy.server.content.popularity import Popularity
from understudy.server.content.shelf import ContentShelf
from understudy.server.experiences.shelf import ExperienceShelf
from understudy.server.faults import FaultSwitches
from understudy.server.limits import Limits
from understudy.server.records.record import Record
from understudy.server.segments.size_history import SizeHistory
from understudy.server.triggers.desk import TriggerDesk

if TYPE_CHECKING:
    from understudy.server.platform import Platform
    from understudy.server.platform.clock import VirtualClock
    from understudy.server.settings import Settings
    from understudy.server.workspaces.workspace import Workspace

DEFAULT_WORLD = "default"
SCOPE_KEY = "understudy.site"


@dataclass(eq=False)
class Site:
    """What the routes share within one world (see `worlds`); they ask `site_of` for it.

    `workspace` is replaced as a whole on a live reload, so a route reads it once. What has a default factory is made
    anew when the world is reset.
    """

    workspace: "Workspace"
    platform: "Platform"
    world: str = DEFAULT_WORLD
    closed: bool = field(default=False, init=False)  # for good, as opposed to a reset
    faults: FaultSwitches = field(default_factory=FaultSwitches)
    experiences: ExperienceShelf = field(default_factory=ExperienceShelf)
    triggers: TriggerDesk = field(default_factory=TriggerDesk)
    content: ContentShelf = field(default_factory=ContentShelf)
    popularity: Popularity = field(default_factory=Popularity)
    account_settings: AccountSettings = field(default_factory=AccountSettings)
    limits: Limits = field(default_factory=Limits)
    sizes: SizeHistory = field(default_factory=SizeHistory)
    record: Record = field(default_factory=Record)

    def __post_init__(self) -> None:
        self.record.restore(self)

    @property
    def clock(self) -> "VirtualClock":
        """What this site tells the time by; it can be set."""
        return self.platform.clock

    @property
    def now(self) -> float:
        """Unix milliseconds by this site's clock, which a test may have set. Whoever decides by the time asks here."""
        return self.platform.clock()

    @property
    def settings(self) -> "Settings":
        """The workspace's settings, with those that the API has changed."""
        return self.account_settings.over(self.workspace.settings)

    @property
    def account(self) -> str:
        """The one account id that this site answers to."""
        return self.workspace.settings.account

    def forget_gone(self) -> None:
        """Let counts of audiences and collections that are no more go: another of that name begins anew."""
        audiences = self.platform.audiences
        self.popularity.keep_only(audiences)
        if not self.sizes.slugs <= audiences.keys():
            self.sizes.keep_only({*audiences, *self.content.catalog(self).book.collections})

    def renew(self) -> None:
        """Begin anew with everything that has a default factory."""
        for each in fields(self):
            if each.default_factory is not MISSING:
                setattr(self, each.name, each.default_factory())


def site_of(request: Request) -> Site:
    """The site of a request's world; raises a 404 when its URL names another account."""
    site: Site = request.scope[SCOPE_KEY]
    asked = request.path_params.get("cid", site.account)
    if asked != site.account:
        raise HTTPException(404, f"No such account id: {asked!r}. This workspace serves account {site.account!r}.")
    return site

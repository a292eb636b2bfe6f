"""The experiences that count on a site: those of its workspace, with what the API has made, changed and deleted on top.

A change is kept as a patch of what the file says, so that the file can go on changing below it. Changes last until the
world is reset, and outlive the server; files are written only when that is asked for (see `saving`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from understudy.server.content.book import missing_collections
from understudy.server.experiences.names import api_id
from understudy.server.experiences.patching import patched
from understudy.server.experiences.segments import experience_audiences
from understudy.server.experiences.states import as_of
from understudy.server.platform.audience import Audience
from understudy.server.workspaces.checks import missing_audiences
from understudy.widgets.callbacks import Folder
from understudy.widgets.consistency import experience_findings
from understudy.widgets.documents import Document
from understudy.widgets.experience import Experience
from understudy.widgets.problems import Problem
from understudy.widgets.validation import validate

if TYPE_CHECKING:
    from understudy.server.site import Site
    from understudy.server.workspaces.workspace import Workspace

Listener = Callable[[tuple[Experience, ...], tuple[Experience, ...]], None]
MOST = 1_000  # experiences that the API has made or changed


class ExperienceError(ValueError):
    """An experience that cannot be as the API was asked to make it; the message has every problem."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(" ".join(f"{one.message}{f' ({one.hint})' if one.hint else ''}." for one in problems))


@dataclass(frozen=True)
class Change:
    """What the API did to an experience. `patch` is of its file, `override` of the widget that comes of that.

    Moments are unix milliseconds. `vehicle` has what the vendor keeps and nothing here needs. An imported experience
    is another provider's: it is counted and aimed, and never shown.
    """

    patch: Mapping[str, Any] = field(default_factory=dict)
    override: Mapping[str, Any] = field(default_factory=dict)
    vehicle: Mapping[str, Any] = field(default_factory=dict)
    removed: Literal["", "soft", "hard"] = ""
    imported: bool = False
    created: float | None = None
    updated: float | None = None
    published: float | None = None

    @property
    def unsaved(self) -> bool:
        """Whether it says something that the experience's file does not."""
        return bool(self.patch or self.override or self.removed)


NOTHING = Change()


class ExperienceShelf:
    """What one site's API did to its experiences."""

    def __init__(self) -> None:
        self._changes: dict[str, Change] = {}
        self._laid: tuple[Workspace, dict[str, Experience]] | None = None
        self._beside: list[Audience] = []
        self._listeners: list[Listener] = []
        self.groups: dict[tuple[str, str], str] = {}
        self.look: dict[str, Any] = {}

    def all(self, site: "Site") -> tuple[Experience, ...]:
        """Every experience that is not deleted, as it is now."""
        kept = (one for name, one in self._laid_over(site).items() if not self.change(name).removed)
        now = site.now
        return tuple(as_of(now, one) for one in kept)

    def shown(self, site: "Site") -> tuple[Experience, ...]:
        """Those that pages are for: all but the imported ones."""
        return tuple(one for one in self.all(site) if not self.change(one.id).imported)

    def deleted(self, site: "Site") -> list[Experience]:
        """Those that were deleted and can still be read."""
        gone = (self.find(site, own, deleted=True) for own in self.changed if self.change(own).removed == "soft")
        return [one for one in gone if one]

    def find(self, site: "Site", name: str, *, deleted: bool = False) -> Experience | None:
        """The experience of that id, by the API or of its own, or of that of a widget of it.

        One that is deleted is found only when `deleted` is true, and it was not deleted for good.
        """
        for own, one in self._laid_over(site).items():
            removed = self.change(own).removed
            if removed == "hard" or (removed and not deleted):
                continue
            if name in one.widget_ids or name == api_id(site.account, "experience", own):
                return as_of(site.now, one)
        return None

    def change(self, own: str) -> Change:
        """What was done to the experience of an id."""
        return self._changes.get(own, NOTHING)

    @property
    def changes(self) -> Mapping[str, Change]:
        """What was done, by the id of the experience."""
        return self._changes

    def restore(self, site: "Site", changes: Mapping[str, Change]) -> None:
        """Let these changes count, as they did before."""
        self._changes, self._laid = dict(changes), None
        self._laid_over(site)

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of experiences to which something was done."""
        return tuple(self._changes)

    def put(self, site: "Site", changes: Mapping[str, Change]) -> None:
        """Let changes count, all or none, by the id of the experience; raises `ExperienceError`."""
        wanted = {**self._changes, **changes}
        if len(wanted) > MOST:
            message = f"there would be more than {MOST:,} changed experiences"
            raise ExperienceError(
                [Problem("", 0, 0, "", message, "save some, or let them be as their files have them")]
            )
        result = dict(self._laid_over(site))
        for own, change in changes.items():
            if change.removed:
                continue
            one, problems = built(site, own, change)
            if one is None or problems:
                raise ExperienceError(problems)
            result[own] = one
        _check_owners(result[own] for own in result if not wanted.get(own, NOTHING).removed)
        before = self.shown(site)
        self._changes = wanted
        self._renew(site, before)

    def drop(self, site: "Site", own: str) -> None:
        """Let an experience be as its file has it; one that has none is gone."""
        before = self.shown(site)
        self._changes.pop(own, None)
        self._renew(site, before)

    def saved(self, site: "Site", left: Mapping[str, Change | None]) -> None:
        """After files were written: of what was done to their experiences only what is `left` counts."""
        before = self.shown(site)
        kept = {**self._changes, **left}
        self._changes = {own: change for own, change in kept.items() if change is not None}
        self._renew(site, before)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with the experiences for pages before and after each change that the API makes.

        Returns a function that ends the subscription.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _renew(self, site: "Site", before: tuple[Experience, ...]) -> None:
        self._laid = None
        self.tell(before, self.shown(site))

    def tell(self, before: tuple[Experience, ...], after: tuple[Experience, ...]) -> None:
        """Tell whoever listens how experiences were for pages, and are."""
        for listener in tuple(self._listeners):
            listener(before, after)

    def _laid_over(self, site: "Site") -> dict[str, Experience]:
        workspace = site.workspace
        if self._laid is None or self._laid[0] is not workspace:
            before = self._laid[1] if self._laid else {}
            result = {one.id: one for one in workspace.experiences}
            for own, change in self._changes.items():
                # When its file has changed so that the two do not go together, it stays as it was.
                one, problems = built(site, own, change)
                if one is not None and (not problems or own not in before):
                    result[own] = one
                elif own in before:
                    result[own] = before[own]
            result = dict(sorted(result.items(), key=lambda pair: pair[1].file or f"widgets/{pair[0]}.yaml"))
            self._laid = workspace, result
            beside = experience_audiences(result.values()) if self._changes else []
            if beside != self._beside:
                self._beside = beside
                site.platform.put_beside(beside)
        return self._laid[1]


def built(site: "Site", own: str, change: Change) -> tuple[Experience | None, list[Problem]]:
    """The experience of an id with a change, and what is wrong with it; None when it cannot be built."""
    base = of_file(site, own)
    document = Document(base.file if base else "", wanted_data(base, own, change))
    root = site.workspace.root
    folder = Folder(root, root / "widgets")
    one, problems = validate(Experience, document, folder, experience_findings(document.data or {}))
    if one is None:
        return None, problems
    one = one.settled(replace(base.source, data=document.data) if base else document)
    known = {*site.platform.audiences, *site.workspace.audiences}
    problems += missing_audiences([one], known)
    if site.workspace.content_files:
        problems += missing_collections([one], site.content.catalog(site).book)
    return one, problems


def wanted_data(base: Experience | None, own: str, change: Change) -> dict[str, Any]:
    """The raw values that a file would have to have for an experience to be as it was changed."""
    given = base.source.data or {} if base else {"id": own}
    data = patched(given, change.patch)
    widget = data.get("widget")
    return {**data, "widget": patched(widget, change.override)} if isinstance(widget, Mapping) else data


def _check_owners(experiences: Iterable[Experience]) -> None:
    owners: dict[str, str] = {}
    for one in experiences:
        for widget in one.widget_ids:
            other = owners.setdefault(widget, one.id)
            if other != one.id:
                hint = "choose another"
                raise ExperienceError([Problem("", 0, 0, widget, f"the id {widget!r} is taken by {other!r}", hint)])


def of_file(site: "Site", own: str) -> Experience | None:
    """The experience of an id as its file has it; None when there is no such file."""
    return next((one for one in site.workspace.experiences if one.id == own), None)

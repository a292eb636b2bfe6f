"""An experience: one widget, whom it is for, and whether and when it is live. One file of `widgets/` holds one."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr

from understudy.widgets.callbacks import Folder, Function
from understudy.widgets.consistency import experience_findings
from understudy.widgets.documents import Document, parse_document
from understudy.widgets.fields import ID_PATTERN, Instant, Slug, Strict, WidgetId
from understudy.widgets.places import Place
from understudy.widgets.problems import Problem
from understudy.widgets.tactics import Tactic, tactic_of
from understudy.widgets.validation import validate
from understudy.widgets.variations import Variation, written
from understudy.widgets.widget import Widget

EVERYONE = "*"


def target_slug(own: str) -> str:
    """The slug of the audience of those whom the experience of an id is for and who have not converted."""
    return f"orc_experience_{own}_target"


class Dates(Strict):
    """When an experience is live. Given to the widget as its date condition, unless it has one."""

    start: Instant = Field("", description="First moment, ISO 8601.")
    end: Instant = Field("", description="Last moment, ISO 8601.")


class Experience(Strict):
    """One experience. Where the vendor's editor saves a state, a file without `status` is live: it was put there."""

    id: WidgetId = Field("", description="The widget's id; by default the file's name.")
    label: str = Field("", description="What people call it; by default the id.")
    status: Literal["draft", "published", "paused", "archived"] = Field(
        "published", description="Only a published experience reaches a browser."
    )
    dates: Dates = Field(Dates(), description="When it is live.")
    audience: Slug = Field(EVERYONE, description="The audience it is for; * is everyone.")
    exclude: list[Slug] = Field([], description="Audiences that do not see it.")
    widget: Widget = Field(description="The widget.")
    inverse: Widget | None = Field(None, description="The widget for everyone outside the audience.")
    variations: list[Variation] = Field([], description="Two or more; a visitor always gets the same one.")
    campaign: Slug = Field("", description="The campaign it belongs to; who converts drops out of it.")
    stage: Slug = Field("", description="The stage it belongs to, of that campaign or by itself.")
    priority: Annotated[int, Field(ge=1)] | None = Field(
        None, description="Its place among all experiences, from 1; by default after those that have one."
    )
    tactic: Tactic | None = Field(None, description="What it is for; by default what its widget looks like.")

    _source: Document = PrivateAttr(Document(""))

    @property
    def source(self) -> Document:
        """What it was read from."""
        return self._source

    @property
    def file(self) -> str:
        """The file it was read from, relative to the workspace."""
        return self._source.name

    @property
    def published(self) -> bool:
        """Whether it reaches a browser."""
        return self.status == "published"

    @property
    def widget_ids(self) -> tuple[str, ...]:
        """The ids it takes: its own, its variations' and its inverse's."""
        variations = (one.id for one in self.variations)
        return (self.id, *variations, *(() if self.inverse is None else (self.inverse.id,)))

    @property
    def shown_ids(self) -> tuple[str, ...]:
        """The ids under which its audience sees it on a page: its own, or those of its variations."""
        return tuple(one.id for one in self.variations) or (self.id,)

    @property
    def aim(self) -> tuple[str, list[str]]:
        """The audience that its widgets are for on a page, and those that do not see them.

        In a group the former is made for it, and has neither who is excluded nor who has converted.
        """
        return (target_slug(self.id), []) if any(self.group) else (self.audience, self.exclude)

    @property
    def group(self) -> tuple[str, str]:
        """The campaign and the stage it belongs to; both empty when it stands alone."""
        return self.campaign, self.stage

    @property
    def purpose(self) -> Tactic:
        """Its tactic, as stated or else as its widget has it."""
        return self.tactic or tactic_of(written(self.widget))

    @property
    def callback_files(self) -> frozenset[Path]:
        """The script files that its callbacks were read from."""
        return frozenset(_origins(self.model_dump(exclude_unset=True)))

    def place(self, *path: str | int) -> Place:
        """Where the key at `path` stands in its file."""
        return self._source.places.key(path)

    def settled(self, source: Document) -> "Experience":
        """The same with ids and label filled in from the file's name, and the file remembered."""
        own = self.id or self.widget.id or PurePosixPath(source.name).stem
        changes: dict[str, Any] = {"id": own, "label": self.label or own}
        changes["widget"] = self.widget.model_copy(update={"id": own})
        if self.inverse is not None:
            changes["inverse"] = self.inverse.model_copy(update={"id": self.inverse.id or f"{own}-inverse"})
        changes["variations"] = [one.settled(index, own, self.widget) for index, one in enumerate(self.variations)]
        settled = self.model_copy(update=changes)
        settled._source = source
        return settled


def _origins(value: object) -> Iterator[Path]:
    if isinstance(value, Function) and value.origin:
        yield value.origin
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        yield from _origins(item)


def read_experience(raw: bytes, name: str, folder: Folder | None = None) -> tuple[Experience | None, list[Problem]]:
    """The experience in a file's bytes, and all of its problems; None when there is any.

    `folder` is where callbacks that are paths are looked for.
    """
    document = parse_document(raw, name)
    experience, problems = validate(Experience, document, folder, experience_findings(document.data or {}))
    settled = experience.settled(document) if experience else None
    if settled and not re.fullmatch(ID_PATTERN, settled.id):
        hint = "add `id:`, or rename the file; an id has letters, digits, '-' and '_'"
        return None, [Problem(name, 1, 1, settled.id, f"the file's name gives the id {settled.id!r}", hint)]
    return settled, problems

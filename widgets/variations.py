"""The variations of an experience: two or more widgets of which a visitor always gets the same one (platform.md 2.7).

Each is a part of a widget, laid over the experience's own. Which one a visitor gets is drawn once and kept by the SDK's
A/B test of the experience's id (widgets.md 4.5), so pages find it where the vendor's SDK keeps it.
"""

from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Annotated, Any

from pydantic import Field

from understudy.widgets.fields import Strict, WidgetId
from understudy.widgets.layers import over
from understudy.widgets.problems import Finding, section, text
from understudy.widgets.widget import Widget, WidgetType

LETTERS = ascii_lowercase
MOST = len(LETTERS)


class WidgetPart(Widget):
    """The keys in which a variation is not as the experience's widget."""

    type: WidgetType = Field("", description="What kind of widget.")


class Variation(Strict):
    """One variation."""

    id: WidgetId = Field("", description="Its widget's id; by default the experience's with -a, -b and so on.")
    label: str = Field("", description="What people call it; by default A, B and so on.")
    weight: Annotated[float, Field(gt=0)] = Field(
        1, description="How many visitors get it, compared with the others; by default all alike."
    )
    widget: WidgetPart = Field(WidgetPart(), description="What differs from the experience's widget.")

    def settled(self, index: int, owner: str, common: Widget) -> "Variation":
        """The same with id and label filled in, and its widget whole."""
        filled = filled_in(owner, index)
        own = self.id or filled["id"]
        config = over(written(common), {**written(self.widget), "id": own})
        whole = WidgetPart.model_validate(config)
        return self.model_copy(update={"id": own, "label": self.label or filled["label"], "widget": whole})


def filled_in(owner: str, index: int) -> dict[str, str]:
    """The id and the label of a variation that states none."""
    letter = LETTERS[index % MOST]
    return {"id": f"{owner}-{letter}", "label": letter.upper()}


def written(widget: Widget) -> dict[str, Any]:
    """A widget's keys as they were written, without those left out."""
    return widget.model_dump(by_alias=True, exclude_unset=True)


def whole_widgets(data: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Of an experience's raw values: each variation's number and widget, the common one's keys included."""
    stated = data.get("variations")
    for index, variation in enumerate(stated if isinstance(stated, list) else ()):
        if isinstance(variation, Mapping):
            yield index, over(section(data, "widget"), section(variation, "widget"))


def variation_findings(data: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with how variations are named and how many there are."""
    stated = data.get("variations")
    if not isinstance(stated, list):
        return
    if len(stated) == 1:
        hint = "add another; one that changes nothing shows the widget as it is"
        yield Finding(("variations",), None, "one variation alone has nothing to be compared with", hint)
    if len(stated) > MOST:
        yield Finding(("variations",), None, f"{len(stated)} variations are too many", f"have {MOST} at most")
    taken: set[str] = set()
    for index, variation in enumerate(stated):
        if not isinstance(variation, Mapping):
            continue
        if section(variation, "widget").get("id"):
            path = ("variations", index, "widget", "id")
            yield Finding(path, None, "a variation's id stands beside its widget", "move it out of `widget:`")
        name = text(variation, "id")
        if name and (name in taken or name == data.get("id")):
            yield Finding(("variations", index, "id"), name, f"the id {name!r} is taken", "give it another")
        taken.add(name)

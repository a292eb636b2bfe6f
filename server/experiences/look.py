"""The account's look: a theme and colours for widgets that say nothing of their own (platform.md 2.7)."""

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from understudy.widgets.experience import Experience
from understudy.widgets.fields import Vendor
from understudy.widgets.layers import over
from understudy.widgets.variations import written
from understudy.widgets.widget import Colors, ThemeName, Widget


class Look(Vendor):
    """What the settings may have."""

    theme: ThemeName = Field("", description="The theme of widgets that name none.")
    colors: Colors = Field(Colors(), description="Their colours, for the theme `custom`.")


def looking(one: Experience, look: Mapping[str, Any]) -> Experience:
    """An experience whose widgets have the account's look where they have none."""
    if not look:
        return one
    changes: dict[str, Any] = {"widget": _dressed(one.widget, look)}
    if one.inverse:
        changes["inverse"] = _dressed(one.inverse, look)
    changes["variations"] = [each.model_copy(update={"widget": _dressed(each.widget, look)}) for each in one.variations]
    return one.model_copy(update=changes)


def _dressed(widget: Widget, look: Mapping[str, Any]) -> Widget:
    own = written(widget)
    return widget if "theme" in own or "colors" in own else type(widget).model_validate(over(look, own))

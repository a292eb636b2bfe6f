"""What happens when a visitor confirms, cancels or closes a widget (widgets.md 8)."""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from understudy.widgets.callbacks import Callback
from understudy.widgets.fields import Vendor
from understudy.widgets.matrix import FORMS_ONLY


class Action(Vendor):
    """One button's action."""

    elsewhere: ClassVar[Mapping[str, str]] = {"waitForAsyncResponse": FORMS_ONLY}

    name: str = Field("", description="The name reported with the event, as pf-widget-action.")
    callback: Callback | None = Field(
        None, description="Called after the event was sent, with (name, {widget, config, event})."
    )
    close: bool = Field(True, description="false keeps the widget open.")

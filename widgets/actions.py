"""What happens when a visitor confirms, cancels or closes a widget (widgets.md 8)."""

from pydantic import Field

from understudy.widgets.callbacks import Callback
from understudy.widgets.fields import Vendor


class Action(Vendor):
    """One button's action."""

    name: str = Field("", description="The name reported with the event, as pf-widget-action.")
    callback: Callback | None = Field(
        None, description="Called after the event was sent, with (name, {widget, config, event})."
    )
    close: bool = Field(True, description="false keeps the widget open.")


class ConfirmAction(Action):
    """The confirm button's action; of a form, its callback gets `data` in the payload."""

    wait_for_async_response: bool = Field(
        False, description="The form waits until the callback calls its third argument with true or false."
    )

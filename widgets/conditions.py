"""Display conditions: when and where a widget shows (widgets.md 3). Times are in seconds."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator

from understudy.widgets.fields import AsList, Count, Instant, Seconds, Selector, Vendor, refuse
from understudy.widgets.syntax import pattern_fault


class DateRange(Vendor):
    """From when to when, both included."""

    start_at: Instant = Field("", alias="start_at", description="First moment, ISO 8601.")
    end_at: Instant = Field("", alias="end_at", description="Last moment, ISO 8601.")


class Limits(Vendor):
    """How often a widget may be shown."""

    session: Count = Field(0, description="Hide once shown this often in the session; 0 hides always.")
    total: Count = Field(0, description="Hide once shown this often by this browser; 0 hides always.")
    buffer: Seconds = Field(0, description="Seconds to wait after a showing.")
    duration: Seconds = Field(0, description="Seconds after which the total may be reached again.")


class Impressions(Vendor):
    """Limits on showings, of this widget and of all widgets together. The short keys mean the widget's own."""

    widget: Limits = Field(Limits(), description="Limits for this widget.")
    global_: Limits = Field(Limits(), alias="global", description="Limits over all widgets of the site.")
    session: Count = Field(0, description="Short for widget.session.")
    total: Count = Field(0, description="Short for widget.total.")
    buffer: Seconds = Field(0, description="Short for widget.buffer.")


class ActionLimit(Vendor):
    """How an earlier action hides the widget. The two limits are independent, unless `together` joins them."""

    hide_count: Count = Field(0, description="Hide for good after this many actions.")
    duration: Seconds = Field(0, description="Hide for so many seconds after each action.")
    together: bool = Field(False, description="true: hide only for `duration`, and only after `hideCount` actions.")


class HideAfterAction(Vendor):
    """Hide after the visitor acted on the widget."""

    confirm: ActionLimit = Field(ActionLimit(), description="After the confirm button.")
    cancel: ActionLimit = Field(ActionLimit(), description="After the cancel button.")
    closed: ActionLimit = Field(ActionLimit(), description="After the close button.")


class UrlRule(Vendor):
    """One rule on the page's address."""

    match: Literal["simple", "exact", "regex", "string", "substring"] = Field(
        description="simple: host and path. exact: the whole address. regex: a JavaScript regular expression, "
        "tried on the whole address. string, substring: a part of it."
    )
    value: str = Field(min_length=1, description="What the address is compared with.")
    exclude: bool = Field(False, description="true hides the widget where the rule matches.")

    @field_validator("value")
    @classmethod
    def compiles(cls, value: str, info: ValidationInfo) -> str:
        """Refuse a regular expression that every browser would refuse."""
        if info.data.get("match") == "regex" and (fault := pattern_fault(value)):
            raise refuse(f"{fault}, in {value!r}", "write a JavaScript regular expression, without slashes around it")
        return value


def _kind(rule: object) -> str:
    return "text" if isinstance(rule, str) else "rule"


Url = Annotated[Annotated[UrlRule, Tag("rule")] | Annotated[str, Tag("text")], Discriminator(_kind)]


class DisplayConditions(Vendor):
    """When and where a widget shows. All that are given have to hold."""

    show_on_init: bool = Field(True, description="false: only pathfora.showWidget shows it.")
    show_delay: Seconds = Field(0, description="Seconds to wait before it opens.")
    hide_after: Seconds = Field(0, description="Seconds after which it closes by itself; 0 leaves it open.")
    date: DateRange = Field(DateRange(), description="From when to when it may show.")
    page_visits: Count = Field(0, description="Show from this many page loads on this site on.")
    impressions: Impressions = Field(Impressions(), description="How often it may show.")
    hide_after_action: HideAfterAction = Field(HideAfterAction(), description="Hide after an earlier action.")
    url_contains: Annotated[list[Url], AsList] = Field([], description="On which pages; one matching rule is enough.")
    meta_contains: Annotated[list[dict[str, str]], AsList] = Field(
        [], description="Pages with a <meta> element that has all attributes of one entry."
    )
    manual_trigger: bool = Field(False, description="Wait for pathfora.triggerWidgets.")
    display_when_element_visible: Selector = Field("", description="Wait until this element was scrolled to.")
    scroll_percentage_to_display: float = Field(
        0, ge=0, le=100, description="Wait until so much of the page was scrolled."
    )
    show_on_exit_intent: bool = Field(False, description="Wait until the pointer leaves the page at its top.")
    show_on_missing_fields: bool = Field(False, description="Show although a profile field in its texts is missing.")

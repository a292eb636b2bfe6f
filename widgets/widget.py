"""A widget's configuration, as the vendor's SDK takes it (widgets.md 2.5)."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from understudy.widgets.actions import Action, ConfirmAction
from understudy.widgets.callbacks import Callback
from understudy.widgets.conditions import DisplayConditions
from understudy.widgets.fields import ImageUrl, Selector, Vendor, WidgetId, checked, refuse
from understudy.widgets.forms import FieldFlags, FieldTexts, FormElement, FormState, FormStates, FormTexts
from understudy.widgets.matrix import (
    LAYOUTS,
    MATRIX,
    POSITIONS,
    THEMES,
    Layout,
    type_fault,
)
from understudy.widgets.problems import did_you_mean, one_of, shown
from understudy.widgets.recommendations import Content, Recommend


def _known_type(kind: str) -> str:
    if fault := type_fault(kind):
        near = did_you_mean(kind, MATRIX)
        raise refuse(f"{kind!r} is {fault}", near if "mean" in near else f"supported here: {one_of(list(MATRIX))}")
    return kind


def _class_fault(text: str) -> str:
    return "a character that no class name has" if set(text) & set("<>\"'&.#{}") else ""


def _no_boolean(value: Any) -> Any:
    # `true` equals 1, so it would pass for it.
    if isinstance(value, bool):
        raise refuse(f"must be 1, 2 or 3, not {shown(value)}")
    return value


WidgetType = Annotated[str, AfterValidator(_known_type), WithJsonSchema({"enum": list(MATRIX)})]
_SOME_POSITIONS = sorted({name for names in POSITIONS.values() for name in names or () if name})
# Editors complete these; what else may be written depends on other keys, see `consistency`.
Position = Annotated[str, WithJsonSchema({"anyOf": [{"enum": _SOME_POSITIONS}, {"type": "string"}]})]
ThemeName = Annotated[str, WithJsonSchema({"anyOf": [{"enum": list(THEMES)}, {"type": "string"}]})]
Variant = Annotated[Literal[1, 2, 3, "1", "2", "3"], BeforeValidator(_no_boolean)]

HEX = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
NAMED = re.compile(r"[a-zA-Z]+")
FUNCTION = re.compile(r"[a-zA-Z-]+\([^;{}]*\)")


def color_fault(text: str) -> str:
    """What keeps a text from being a CSS colour, as far as can be told without a browser; else an empty string."""
    if any(form.fullmatch(text.strip()) for form in (HEX, NAMED, FUNCTION)):
        return ""
    return "not a CSS colour"


Color = Annotated[str, checked(color_fault, "write it as '#8a1c3b' (with quotes), 'white' or 'rgb(0 0 0 / 50%)'")]


class Colors(Vendor):
    """The colours of a widget (widgets.md 9.3); each is set on the element itself and so wins over a site's CSS."""

    background: Color = Field("", description="The box of a modal, the whole of any other layout.")
    headline: Color = Field("", description="The headline.")
    text: Color = Field("", description="The message.")
    close: Color = Field("", description="The close button.")
    action_background: Color = Field("", description="The confirm button.")
    action_text: Color = Field("", description="The confirm button's text.")
    cancel_background: Color = Field("", description="The cancel button.")
    cancel_text: Color = Field("", description="The cancel button's text.")
    field_background: Color = Field("", description="Form fields.")
    required: Color = Field("", description="The flag of a required field.")
    required_text: Color = Field("", description="The text of that flag.")


class Widget(Vendor):
    """One widget."""

    type: WidgetType = Field(description="What kind of widget.")
    id: WidgetId = Field("", description="The element's id; by default the experience's.")
    layout: Layout = Field("modal", description=f"Its shape on the page: {one_of(LAYOUTS)}.")
    position: Position = Field("", description="Where it stands; the choice depends on the layout.")
    position_selector: Selector = Field("", description="The element to put it into, instead of the page's body.")
    origin: Literal["left", "right", "bottom"] = Field("left", description="From where a slideout comes.")
    variant: Variant = Field("1", description="1 text, 2 with the image, 3 recommendation.")
    headline: str = Field("", description="The headline (not in a bar or a button).")
    msg: str = Field("", description="The message.")
    footer_text: str = Field("", description="Small print below (modal, slideout and gate).")
    image: ImageUrl = Field("", description="Address of an image; shown by variant 2.")
    ok_show: bool = Field(True, description="Whether there is a confirm button.")
    ok_message: str = Field("Confirm", description="The confirm button's text.")
    cancel_show: bool = Field(True, description="Whether there is a cancel button.")
    cancel_message: str = Field("Cancel", description="The cancel button's text.")
    close_message: str = Field(
        "Close", description="What the close button, a cross, is called for those who cannot see it."
    )
    theme: ThemeName = Field("", description=f"{one_of(THEMES)}, or one of `themes`.")
    themes: dict[str, Colors] = Field({}, description="Themes of your own, by name.")
    colors: Colors = Field(Colors(), description="Colours for the theme `custom`.")
    class_name: Annotated[str, checked(_class_fault, "write class names, separated by spaces")] = Field(
        "pathfora", description="Replaces the class `pathfora`; several are separated by spaces."
    )
    branding: bool = Field(False, description="Adds the class pf-widget-has-branding; no logo is drawn.")
    responsive: bool = Field(True, description="false hides it on small screens.")
    push_down: Selector = Field("", description="The element that a bar at the top pushes down.")
    recommend: Recommend = Field(Recommend(), description="Shows the visitor a document; {} shows `content`.")
    content: list[Content] = Field([], description="The document to show when none is recommended.")
    display_conditions: DisplayConditions = Field(DisplayConditions(), description="When and where it shows.")
    confirm_action: ConfirmAction = Field(ConfirmAction(), description="After the confirm button.")
    cancel_action: Action = Field(Action(), description="After the cancel button.")
    close_action: Action = Field(Action(), description="After the close button.")
    show_form: bool = Field(True, description="false takes all fields out of a gate.")
    fields: FieldFlags = Field(FieldFlags(), description="Which built-in fields a form or a gate has.")
    required: FieldFlags = Field(FieldFlags(), description="Which of them have to be filled in.")
    placeholders: FieldTexts = Field(FieldTexts(), description="What stands in them while they are empty.")
    form_elements: list[FormElement] = Field([], description="Elements of your own, instead of the built-in fields.")
    form_states: FormStates = Field(FormStates(), description="What is shown once a form was sent.")
    success: FormState = Field(FormState(), description="An older name of formStates.success.")
    texts: FormTexts = Field(FormTexts(), description="What a form says when it is not right.")
    on_submit: Callback | None = Field(None, description="Called when a form was sent, before confirmAction.")
    on_init: Callback | None = Field(None, description="Called when it is about to show, before any delay.")
    on_load: Callback | None = Field(None, description="Called when it is on the page.")
    on_modal_open: Callback | None = Field(None, description="Called when a modal has opened.")
    on_modal_close: Callback | None = Field(None, description="Called when it has closed, in any layout.")
    on_click: Callback | None = Field(None, description="Called when a widget of layout button is pressed.")
    censor_tracking_keys: list[str] = Field([], description="Keys left out of what is reported.")

"""Colours of a widget (widgets.md 9.3)."""

import re
from typing import Annotated

from pydantic import Field

from understudy.widgets.fields import Vendor, checked

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
    """The colours of a widget; each is set on the element itself and so wins over a site's CSS."""

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

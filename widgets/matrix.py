"""What the SDK can render: widget types, layouts, and positions. The one table to extend when it learns more.

Vendor's table: widgets.md 2.3 and 2.4. The layout `gate` is that of its later versions (11.8).
"""

from typing import Literal, get_args

from understudy.widgets.problems import one_of

Layout = Literal["modal", "slideout", "bar", "button", "inline", "gate"]
LAYOUTS: tuple[str, ...] = get_args(Layout)

# Which layouts each type can have.
MATRIX: dict[str, tuple[str, ...]] = {
    "message": ("modal", "slideout", "bar", "button", "inline", "gate"),
    "subscription": ("modal", "slideout", "bar", "inline", "gate"),
    "form": ("modal", "slideout", "inline", "gate"),
    "sitegate": ("modal",),
}

# `""` is the layout's default. An inline widget's position is free: the vendor once took a selector there.
POSITIONS: dict[str, tuple[str, ...] | None] = {
    "modal": ("", "middle-center"),
    "slideout": ("", "bottom-left", "bottom-right", "left", "right", "top-left", "top-right"),
    "bar": ("", "top-absolute", "top-fixed", "bottom-fixed", "top-center", "bottom-center"),
    "button": ("", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"),
    "inline": None,
    "gate": ("", "middle-center"),
}
# Positions at which a bar may push the page down; the default position is one of them (widgets.md 2.5).
PUSHING_POSITIONS = ("", "top-absolute", "top-fixed")

THEMES = ("light", "dark", "custom", "none")

FORM_TYPES = ("subscription", "form", "sitegate")
_FIELD_TYPES = ("form", "sitegate")
# Which types a property of forms means something to (widgets.md 2.5).
FORM_PROPERTIES: dict[str, tuple[str, ...]] = {
    "showForm": ("sitegate",),
    **dict.fromkeys(("fields", "required", "formElements"), _FIELD_TYPES),
    **dict.fromkeys(("placeholders", "formStates", "success", "texts", "onSubmit"), FORM_TYPES),
}

# Only these have the anchor that a recommended document goes into (widgets.md 4.8).
RECOMMENDING_TYPE = "message"
RECOMMENDING_LAYOUTS = ("modal", "slideout", "inline")


def type_fault(kind: str) -> str:
    """What is wrong with a widget type, or an empty string."""
    return "" if kind in MATRIX else "not a widget type"


def layout_fault(kind: str, layout: str) -> str:
    """What is wrong with a known type in a known layout, or an empty string."""
    layouts = MATRIX.get(kind, LAYOUTS)
    return "" if layout in layouts else f"a {kind} cannot be a {layout}; it can be {one_of(layouts)}"


def position_fault(layout: str, position: str) -> str:
    """What is wrong with a position in a known layout, or an empty string."""
    positions = POSITIONS[layout]
    if positions is None or position in positions:
        return ""
    return f"not a position of a {layout}; it has {one_of([name for name in positions if name])}"

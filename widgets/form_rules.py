"""Rules between the keys of forms, subscriptions and gates, read from raw values (see `consistency`)."""

from collections.abc import Iterator, Mapping
from typing import Any

from understudy.widgets.matrix import FORM_PROPERTIES, FORM_TYPES
from understudy.widgets.places import Path
from understudy.widgets.problems import Finding, one_of, section, text

Raw = Mapping[str, Any]
CHOOSING = ("select", "radio-group", "checkbox-group")


def form_findings(widget: Raw, path: Path) -> Iterator[Finding]:
    """Everything about its form that does not go together in one widget at `path`."""
    kind = text(widget, "type")
    for key, types in FORM_PROPERTIES.items():
        if key in widget and kind and kind not in types:
            message = f"{key!r} means nothing to a {kind}; it belongs to a {one_of(types)}"
            yield Finding((*path, key), None, message, "remove it, or change the type")
    if kind not in FORM_TYPES and section(widget, "confirmAction").get("waitForAsyncResponse"):
        below = (*path, "confirmAction", "waitForAsyncResponse")
        yield Finding(below, None, f"a {kind or 'widget'} has no form that could wait for an answer", "remove it")
    elements = widget.get("formElements")
    if isinstance(elements, list):
        yield from _elements(elements, (*path, "formElements"))


def _elements(elements: list[Any], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, element in enumerate(elements):
        if not isinstance(element, Mapping):
            continue
        name, kind = text(element, "name"), text(element, "type")
        if name and name in seen:
            hint = "give each element a name of its own"
            yield Finding((*path, index, "name"), name, f"two elements of this form are named {name!r}", hint)
        seen.add(name)
        if kind in CHOOSING:
            yield from _choices(element, kind, (*path, index))


def _choices(element: Raw, kind: str, path: Path) -> Iterator[Finding]:
    values = element.get("values")
    if not values:
        yield Finding((*path, "type"), kind, f"a {kind} needs values to choose from", "add `values:`")
    for index, choice in enumerate(values if isinstance(values, list) else []):
        if kind != "select" and isinstance(choice, Mapping) and not choice.get("label"):
            yield Finding((*path, "values", index), None, f"a value of a {kind} needs a label", "add `label:`")

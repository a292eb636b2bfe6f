"""Rules between the keys of an experience, read from its raw values.

They look past values of the wrong type, which the models report, so that one mistake never hides another.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from understudy.widgets.fields import parse_instant
from understudy.widgets.form_rules import form_findings
from understudy.widgets.matrix import (
    LAYOUTS,
    POSITIONS,
    PUSHING_POSITIONS,
    RECOMMENDING_LAYOUTS,
    RECOMMENDING_TYPE,
    THEMES,
    layout_fault,
    position_fault,
)
from understudy.widgets.places import Path
from understudy.widgets.problems import Finding, did_you_mean, one_of, section, text
from understudy.widgets.variations import variation_findings, whole_widgets

Raw = Mapping[str, Any]


def experience_findings(data: Raw) -> Iterator[Finding]:
    """Everything that does not go together in one experience."""
    yield from _order(section(data, "dates"), ("dates",), "start", "end")
    widget, inverse = section(data, "widget"), section(data, "inverse")
    common = list(widget_findings(widget, ("widget",)))
    yield from common
    yield from variation_findings(data)
    known = {(found.path[1:], found.message) for found in common}
    for index, whole in whole_widgets(data):
        path = ("variations", index, "widget")
        for found in widget_findings(whole, path):
            if (found.path[len(path) :], found.message) not in known:  # the common widget's are told once
                yield found
    own, inner = text(data, "id"), text(widget, "id")
    if own and inner and own != inner:
        hint = "remove one; the experience's id is the widget's"
        yield Finding(("widget", "id"), inner, f"the experience's id is {own!r} and its widget's {inner!r}", hint)
    if inverse:
        yield from widget_findings(inverse, ("inverse",))
        if text(data, "audience", "*") == "*":
            hint = "name an audience, or remove 'inverse'"
            yield Finding(("inverse",), None, "nobody is outside of the audience '*', so this never shows", hint)


def widget_findings(widget: Raw, path: Path) -> Iterator[Finding]:
    """Everything that does not go together in one widget at `path`."""
    layout = text(widget, "layout", "modal")
    if layout in LAYOUTS:
        yield from _layout(widget, path, layout)
        yield from _push_down(widget, path, layout)
    yield from _theme(widget, path)
    yield from _templates(widget, path)
    yield from _recommendation(widget, path, layout)
    yield from form_findings(widget, path)
    conditions = section(widget, "displayConditions")
    below = (*path, "displayConditions")
    yield from _order(section(conditions, "date"), (*below, "date"), "start_at", "end_at")
    impressions = section(conditions, "impressions")
    yield from _pause(section(impressions, "global"), (*below, "impressions", "global"), {})
    yield from _pause(section(impressions, "widget"), (*below, "impressions", "widget"), impressions)


def _layout(widget: Raw, path: Path, layout: str) -> Iterator[Finding]:
    if fault := layout_fault(text(widget, "type"), layout):
        yield Finding((*path, "layout"), layout, fault, "")
    position = text(widget, "position")
    if fault := position_fault(layout, position):
        near = did_you_mean(position, [name for name in POSITIONS[layout] or () if name])
        yield Finding((*path, "position"), position, f"{position!r} is {fault}", near if "mean" in near else "")
    if layout == "inline" and not (widget.get("positionSelector") or widget.get("position")):
        hint = "add `positionSelector: '#some-element'`"
        yield Finding((*path, "layout"), layout, "an inline widget needs an element to stand in", hint)


def _push_down(widget: Raw, path: Path, layout: str) -> Iterator[Finding]:
    if not widget.get("pushDown"):
        return
    if layout != "bar" or text(widget, "position") not in PUSHING_POSITIONS:
        hint = "use layout bar with position top-fixed or top-absolute, or remove pushDown"
        yield Finding((*path, "pushDown"), widget["pushDown"], "only a bar at the top can push the page down", hint)


def _theme(widget: Raw, path: Path) -> Iterator[Finding]:
    theme = text(widget, "theme")
    known = (*THEMES, *section(widget, "themes"))
    if theme and theme not in known:
        yield Finding((*path, "theme"), theme, f"{theme!r} is not a theme", did_you_mean(theme, known))
    if theme == "custom" and "colors" not in widget:
        hint = "add `colors:`, or choose light, dark or none"
        yield Finding((*path, "theme"), theme, "the theme 'custom' takes its colours from 'colors'", hint)


def _templates(widget: Raw, path: Path) -> Iterator[Finding]:
    # Visitors would read the braces (widgets.md 4.7).
    for key in ("footerText", "okMessage", "cancelMessage", "closeMessage"):
        if "{{" in text(widget, key):
            message = (
                "profile fields in {{braces}} are filled in only in headline, msg, image and confirmAction.callback"
            )
            yield Finding((*path, key), widget[key], message, "write the text itself")


def _recommendation(widget: Raw, path: Path, layout: str) -> Iterator[Finding]:
    if "recommend" not in widget:
        return
    kind = text(widget, "type", RECOMMENDING_TYPE)
    if kind != RECOMMENDING_TYPE:
        yield Finding((*path, "recommend"), None, f"a {kind} cannot recommend; only a message can", "remove it")
    elif layout not in RECOMMENDING_LAYOUTS:
        hint = f"use layout {one_of(RECOMMENDING_LAYOUTS)}, or remove it"
        yield Finding((*path, "recommend"), None, f"a {layout} has no place for a recommendation", hint)
    content = widget.get("content")
    first = content[0] if isinstance(content, list) and content else None
    if widget["recommend"] and isinstance(first, Mapping) and not first.get("default"):
        message = "content beside a recommendation is what shows when there is none, so it has to be a default"
        yield Finding((*path, "content", 0), None, message, "add `default: true`")


def _pause(limits: Raw, path: Path, short: Raw) -> Iterator[Finding]:
    if limits.get("duration") and not limits.get("total") and not short.get("total"):
        hint = f"add a total to impressions.{path[-1]}, or remove the duration"
        yield Finding((*path, "duration"), limits["duration"], "a duration without a total limits nothing", hint)


def _order(dates: Raw, path: Path, first: str, last: str) -> Iterator[Finding]:
    start, end = parse_instant(text(dates, first)), parse_instant(text(dates, last))
    if start and end and end < start:
        message = f"it ends ({dates[last]}) before it starts ({dates[first]})"
        yield Finding((*path, last), dates[last], message, f"let {last} be later than {first}")

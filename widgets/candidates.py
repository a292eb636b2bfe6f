"""The candidate script: every published experience as the tag takes it up (tag.md 2.2, pathfora.publish)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from understudy.widgets.experience import Dates, Experience
from understudy.widgets.rendering import template
from understudy.widgets.widget import Widget


def render_candidates(experiences: Iterable[Experience], scripts: Sequence[str | Mapping[str, str]] = ()) -> str:
    """The script's text: one assignment to `window._pfacfg`, the same bytes for the same input.

    `scripts` are plain scripts to run once the SDK is ready: URLs, or `src` with the file's `integrity`. Unpublished
    experiences are left out.
    """
    entries = [candidate(experience) for experience in experiences if experience.published]
    return template("candidates.js.jinja").render(experiences=entries, scripts=list(scripts))


def candidate(experience: Experience) -> dict[str, Any]:
    """One experience as the browser gets it; keys that the file leaves out are left to the SDK's defaults."""
    inverse = experience.inverse
    return {
        "id": experience.id,
        "type": experience.widget.type,
        "label": experience.label,
        "audience": experience.audience,
        "exclude": experience.exclude,
        "widget": widget_config(experience.widget, experience.dates),
        "inverse": None if inverse is None else widget_config(inverse, experience.dates),
    }


def widget_config(widget: Widget, dates: Dates) -> dict[str, Any]:
    """A widget's configuration, with the experience's dates where it has no date condition of its own."""
    config = {"type": widget.type, "id": widget.id, **widget.model_dump(by_alias=True, exclude_unset=True)}
    bounds = {key: value for key, value in (("start_at", dates.start), ("end_at", dates.end)) if value}
    if bounds:
        config["displayConditions"] = {"date": bounds, **config.get("displayConditions", {})}
    return config

"""The candidate script: every published experience as the tag takes it up (tag.md 2.2, pathfora.publish)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from understudy.widgets.experience import Dates, Experience
from understudy.widgets.rendering import script_json, template
from understudy.widgets.widget import Widget


def render_candidates(experiences: Iterable[Experience], scripts: Sequence[str | Mapping[str, str]] = ()) -> str:
    """The script's text: one assignment to `window._pfacfg`, the same bytes for the same input.

    `scripts` are plain scripts to run once the SDK is ready: URLs, or `src` with the file's `integrity`. Unpublished
    experiences are left out.
    """
    return _script([candidate(experience) for experience in experiences if experience.published], scripts)


def render_preview(experience: Experience) -> str:
    """The candidate script of one experience, whatever its status.

    The experience's own dates are left out: they say when it is live, as its status does. Those that its widget has as
    a condition stay.
    """
    return _script([candidate(experience.model_copy(update={"dates": Dates()}))])


def render_missing(identifier: str) -> str:
    """The script for a preview of something that is not there: it says so in the console and shows nothing.

    It takes the place of what the tag has found in the global variable before, or that would be shown as a preview.
    """
    message = f"Understudy: there is no experience {identifier[:80]!r} to preview. Its id is that in its widgets/ file."
    return f"console.warn({script_json(message)});\n{_script([])}"


def _script(entries: Sequence[Mapping[str, Any]], scripts: Sequence[str | Mapping[str, str]] = ()) -> str:
    return template("candidates.js.jinja").render(experiences=list(entries), scripts=list(scripts))


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

"""The candidate script: every published experience as the tag takes it up (tag.md 2.2, pathfora.publish).

Each variation of an experience is an entry of its own, so its widget is told of, counted and replaced like any other.
Which of them shows is drawn by the SDK's A/B test (widgets.md 4.5), which the script itself sets up once the tag has
made the widgets: see `candidates.js.jinja`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from understudy.widgets.experience import Dates, Experience
from understudy.widgets.rendering import script_json, template
from understudy.widgets.variations import written
from understudy.widgets.widget import Widget

Entry = dict[str, Any]


def by_priority(experiences: Iterable[Experience]) -> list[Experience]:
    """Experiences in the order in which they come to a page: those with a priority first."""
    return sorted(experiences, key=lambda one: (one.priority is None, one.priority or 0))


def render_candidates(experiences: Iterable[Experience], scripts: Sequence[str | Mapping[str, str]] = ()) -> str:
    """The script's text: one assignment to `window._pfacfg`, the same bytes for the same input.

    `scripts` are plain scripts to run once the SDK is ready: URLs, or `src` with the file's `integrity`. Unpublished
    experiences are left out.
    """
    return _script(by_priority(one for one in experiences if one.published), scripts)


def render_preview(experience: Experience, wanted: str = "") -> str:
    """The candidate script of one experience, whatever its status; when `wanted` is a variation's id, of that alone.

    The experience's own dates are left out: they say when it is live, as its status does. Those that its widget has as
    a condition stay.
    """
    chosen = [one for one in experience.variations if one.id == wanted]
    if chosen:
        whole = chosen[0].widget.model_copy(update={"id": wanted})
        experience = experience.model_copy(
            update={"id": wanted, "widget": whole, "inverse": None, "variations": [], "campaign": "", "stage": ""}
        )
    return _script([experience.model_copy(update={"dates": Dates()})])


def render_missing(identifier: str) -> str:
    """The script for a preview of something that is not there: it says so in the console and shows nothing.

    It takes the place of what the tag has found in the global variable before, or that would be shown as a preview.
    """
    message = f"Understudy: there is no experience {identifier[:80]!r} to preview. Its id is that in its widgets/ file."
    return f"console.warn({script_json(message)});\n{_script([])}"


def _script(experiences: Sequence[Experience], scripts: Sequence[str | Mapping[str, str]] = ()) -> str:
    entries = [entry for one in experiences for entry in candidates_of(one)]
    tests = [ab_test(one) for one in experiences if one.variations]
    return template("candidates.js.jinja").render(experiences=entries, scripts=list(scripts), tests=tests)


def candidates_of(experience: Experience) -> Iterator[Entry]:
    """An experience as the browser gets it: one entry, or one for each variation."""
    if not experience.variations:
        yield _entry(experience, experience.id, experience.label, experience.widget)
    for index, variation in enumerate(experience.variations):
        label = f"{experience.label}, {variation.label}"
        own = experience if index == 0 else experience.model_copy(update={"inverse": None})
        yield {**_entry(own, variation.id, label, variation.widget), "experience": experience.id}


def ab_test(experience: Experience) -> Entry:
    """The A/B test that draws a variation of an experience, by the id under which the SDK keeps what was drawn."""
    total = sum(one.weight for one in experience.variations)
    return {
        "id": experience.id,
        "weights": [one.weight / total for one in experience.variations],
        "widgets": list(experience.shown_ids),
    }


def _entry(experience: Experience, own: str, label: str, widget: Widget) -> Entry:
    """Keys that the file leaves out are left to the SDK's defaults."""
    inverse = experience.inverse
    audience, exclude = experience.aim
    return {
        "id": own,
        "type": widget.type,
        "label": label,
        "audience": audience,
        "exclude": exclude,
        "widget": widget_config(widget, experience.dates),
        "inverse": None if inverse is None else widget_config(inverse, experience.dates),
    }


def widget_config(widget: Widget, dates: Dates) -> Entry:
    """A widget's configuration, with the experience's dates where it has no date condition of its own."""
    config = {"type": widget.type, "id": widget.id, **written(widget)}
    bounds = {key: value for key, value in (("start_at", dates.start), ("end_at", dates.end)) if value}
    if bounds:
        config["displayConditions"] = {"date": bounds, **config.get("displayConditions", {})}
    return config

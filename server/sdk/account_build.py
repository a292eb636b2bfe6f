"""The account's own SDK: `/__understudy__/sdk/<account>.min.js` and `.js`, with the parts that its experiences use.

It is a drop-in for `pathfora.min.js` on pages whose widgets all come from the workspace's published experiences. A part
(see `parts`) goes in when its rule below says that an experience needs it; a part without a rule always does, so a
new part is never missed. What only code can ask for is looked for in the code of the workspace: plain `.js` files in
`widgets/`, and callbacks and `pages/` that use `pathfora`, bring everything. A page that is not in the workspace and
calls `pathfora` itself (A/B tests, `utils`, `clearAll`, Google Analytics), marks blocks for inline personalisation, or
makes widgets of its own, wants the whole SDK; so does live editing in place, which is no part of a published site.
Modules of the core that can do with less have a stand-in (see `STAND_INS`) for the workspaces that need no more.
Nothing is counted in the browser's storage until an experience has a condition that looks at such counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.bundling.bundle import STATIC
from understudy.server.envelope import failure
from understudy.server.sdk.parts import Parts, read_parts
from understudy.server.sdk.script import sdk_bundle
from understudy.server.site import site_of
from understudy.server.workspaces.workspace import Workspace
from understudy.widgets.callbacks import Function
from understudy.widgets.candidates import candidates_of
from understudy.widgets.conditions import DisplayConditions
from understudy.widgets.experience import EVERYONE, Experience

Candidate = Mapping[str, Any]
Config = Mapping[str, Any]
Rule = Callable[[Config], bool]

MARKUP = re.compile(r"[<&]")
FIELD = re.compile(r"\{\{")
BLOCKS = re.compile(r"data-pf(?:trigger|recommend)\b")
USE = re.compile(r"\bpathfora\s*(?:\?\.|\[|\.(?!(?:min\.)?(?:js|css)\b))")
DEFAULT_LAYOUT = "modal"
# Conditions that look at what was counted, and those that wait for something to happen on the page.
REMEMBERED = {"pageVisits", "impressions", "hideAfterAction"}
TRIGGERS = {"manualTrigger", "showOnExitIntent", "displayWhenElementVisible", "scrollPercentageToDisplay"}


def _condition(name: str) -> Rule:
    return lambda widget: name in widget.get("displayConditions", {})


def _element(kind: str) -> Rule:
    return lambda widget: any(element["type"] == kind for element in widget.get("formElements", ()))


def _kind(name: str) -> Rule:
    return lambda widget: widget["type"] == name


def _layout(name: str) -> Rule:
    return lambda widget: widget.get("layout", DEFAULT_LAYOUT) == name


def _setting(name: str) -> Rule:
    return lambda widget: bool(widget.get(name))


def _text(pattern: re.Pattern[str]) -> Rule:
    return lambda widget: any(isinstance(value, str) and pattern.search(value) for value in _values(widget))


def _field(widget: Config) -> bool:
    # The vendor fills in the source of one callback too (widgets.md 4.7).
    return _text(FIELD)(widget) or any(map(FIELD.search, _sources(widget)))


def _recommends(widget: Config) -> bool:
    return "recommend" in widget or "content" in widget


def _gate(widget: Config) -> bool:
    return "gate" in widget["type"] + widget.get("layout", "")


def _calls(widget: Config) -> bool:
    return next(_sources(widget), None) is not None


def _never(_widget: Config) -> bool:
    return False


# When one widget's configuration needs a part: in these lists a part has the name that configurations say,
NAMED: dict[str, Callable[[str], Rule]] = {"types": _kind, "layouts": _layout}
# in others it is by the list that it stands in and its name there.
RULES: dict[str, dict[str, Rule]] = {
    "conditions": {
        **{str(field.alias): _condition(str(field.alias)) for field in DisplayConditions.model_fields.values()},
        "unlocked": _gate,
        "pushDown": _setting("pushDown"),
        "fields": _field,
        "recommend": _recommends,
        "abTest": _never,
    },
    "formElements": {
        "textField": _element("text"),
        "inputField": _element("input"),
        "emailField": _element("email"),
        "postalField": _element("us-postal-code"),
        "dateField": _element("date"),
        "textareaField": _element("textarea"),
        "selectField": _element("select"),
        "radioGroup": _element("radio-group"),
        "checkboxGroup": _element("checkbox-group"),
    },
    "features": {
        **dict.fromkeys(("previewing", "abTesting", "inlineBlocks"), _never),
        "toolbox": _recommends,
        "recommending": _recommends,
        "remembering": lambda widget: not REMEMBERED.isdisjoint(widget.get("displayConditions", {})),
        "telling": _setting("censorTrackingKeys"),
        "triggering": lambda widget: not TRIGGERS.isdisjoint(widget.get("displayConditions", {})),
        "markup": _text(MARKUP),
        "branding": _setting("branding"),
        "image": _setting("image"),
        # The smallest build has no room for it.
        "topLayer": lambda widget: not _layout(DEFAULT_LAYOUT)(widget),
        "themes": lambda widget: widget.get("theme", "none") not in {"", "none"},
    },
}
# Stand-ins in `static/sdk/without/`, by when a widget needs what they stand in for; and those for builds without any
# condition, and without any audience.
STAND_INS: dict[str, Rule] = {
    "gates": _gate,
    "callbacks": _calls,
    "host": lambda widget: bool(widget.get("positionSelector")) or _layout("inline")(widget),
    "class_names": lambda widget: (
        any(map(widget.get, ("position", "origin", "theme", "branding", "pushDown")))
        or not _layout(DEFAULT_LAYOUT)(widget)
    ),
    "message_controls": lambda widget: _kind("message")(widget) and not _layout(DEFAULT_LAYOUT)(widget),
}
UNCONDITIONAL = ("conditions", "initialize_array")
UNAIMED = ("targets",)
# Parts that are about who sees a widget, about what stands in a page, and about variations.
AUDIENCE_PARTS = {"targeting", "visitor"}
PAGE_PARTS = {"inlineBlocks", "toolbox"}
TEST_PARTS = {"abTest", "abTesting", "telling"}


def needed_parts(whole: Parts, candidates: Iterable[Candidate], pages: Iterable[str] = ()) -> Parts:
    """The parts of an SDK that some experiences, as the tag gets them, and the texts of some pages need."""
    experiences, texts = list(candidates), list(pages)
    widgets = [widget for one in experiences for widget in (one["widget"], one["inverse"]) if widget]
    code = [source for widget in widgets for source in _sources(widget)]
    if any(map(USE.search, [*code, *texts])):
        return whole
    aimed = any(one["audience"] != EVERYONE or one["exclude"] or one["inverse"] for one in experiences)
    tested = any("experience" in one for one in experiences)
    marked = any(map(BLOCKS.search, texts))

    def wanted(key: str, name: str) -> bool:
        if name in AUDIENCE_PARTS:
            return aimed
        if (marked and name in PAGE_PARTS) or (tested and name in TEST_PARTS):
            return True
        rule = NAMED[key](name) if key in NAMED else RULES.get(key, {}).get(name)
        return rule is None or any(map(rule, widgets))

    chosen = whole.chosen(wanted)
    without = [name for name, rule in STAND_INS.items() if not any(map(rule, widgets))]
    unconditional = () if chosen.lists.get("conditions") else UNCONDITIONAL
    return replace(chosen, without=(*without, *unconditional, *(() if aimed else UNAIMED)))


def account_sdk(workspace: Workspace, *, minified: bool, experiences: Iterable[Experience] | None = None) -> str:
    """The text of a workspace's own SDK; `experiences` are those that count when it is not the workspace's."""
    whole = read_parts(STATIC / "sdk" / "pathfora.js")
    live = workspace.experiences if experiences is None else experiences
    published = [entry for one in live if one.published for entry in candidates_of(one)]
    pages = [_markup(path) for path in workspace.pages]
    parts = whole if workspace.scripts else needed_parts(whole, published, pages)
    return sdk_bundle(parts.entry(), minified=minified)


async def account_sdk_route(request: Request) -> Response:
    """The account's own SDK, with just what its experiences need; 404 for another account."""
    site = site_of(request)
    workspace = site.workspace
    account, _, suffix = request.path_params["file"].partition(".")
    if account != workspace.settings.account or suffix not in {"js", "min.js"}:
        wanted = f"{workspace.settings.account}.min.js"
        return failure(404, f"There is no {request.path_params['file'][:80]!r} here; this workspace has {wanted!r}.")
    live = site.experiences.shown(site)
    text = account_sdk(workspace, minified=suffix == "min.js", experiences=live)
    return asset_response(request, text, JAVASCRIPT, EMBEDDABLE)


def _markup(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:  # gone since the workspace was read, which will be read again
        return ""


def _values(value: object) -> Iterator[object]:
    yield value
    items = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for item in items:
        yield from _values(item)


def _sources(widget: Config) -> Iterator[str]:
    return (value.source for value in _values(widget) if isinstance(value, Function))

"""The older API's words for a widget, `detail` of a variation, from and to those of the SDK (platform.md 2.6).

It has `body`, `attachment`, `appearsOn` and `targetURL` where the SDK has `msg`, `position`, `urlContains` and an
action. Which layouts and attachments it knows beside `sticky-bar` and the two centres is UNKNOWN: others are taken as
the SDK's own.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from understudy.widgets.tactics import tactic_named, tactic_of, widget_for

TYPE_KEY = "typeKey"
TYPE = "campaign-variation-detail-pathfora"
STICKY = "sticky-bar"
ATTACHMENTS = {"top-center": "top-fixed", "bottom-center": "bottom-fixed"}
RENAMED = {"headline": "headline", "body": "msg"}
_GOES = re.compile(r"\s*function\s*\(\)\s*\{\s*window\.location\.href\s*=\s*(\"(?:[^\"\\]|\\.)*\");?\s*\}\s*")


def widget_of_detail(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The widget that a detail describes; what it does not know is passed on, for the models to judge."""
    rest = {key: value for key, value in detail.items() if key not in {TYPE_KEY, "tactic"}}
    tactic = tactic_named(str(detail.get("tactic", "")))
    widget: dict[str, Any] = widget_for(tactic) if tactic else {}
    widget.update({ours: rest.pop(theirs) for theirs, ours in RENAMED.items() if theirs in rest})
    if "layout" in rest:
        layout = rest.pop("layout")
        widget["layout"] = "bar" if layout == STICKY else layout
    if "attachment" in rest:
        attachment = rest.pop("attachment")
        widget["position"] = ATTACHMENTS.get(str(attachment), attachment)
    if "appearsOn" in rest:
        places = {"urlContains": rest.pop("appearsOn")}
        conditions = rest.pop("displayConditions", {})
        widget["displayConditions"] = {**(conditions if isinstance(conditions, Mapping) else {}), **places}
    if url := rest.pop("targetURL", ""):
        widget["confirmAction"] = {"callback": f"function () {{ window.location.href = {json.dumps(str(url))}; }}"}
    return {**widget, **rest}


def detail_of_widget(widget: Mapping[str, Any]) -> dict[str, Any]:
    """A widget in the older words; what they have no word for keeps its own."""
    rest = {key: value for key, value in widget.items() if key not in {"type", "id"}}
    position = rest.pop("position", "")
    sticky = rest.get("layout") == "bar" and position in ATTACHMENTS.values()
    layout = rest.pop("layout", "modal")
    conditions = dict(rest.pop("displayConditions", {}))
    detail: dict[str, Any] = {
        TYPE_KEY: TYPE,
        "tactic": tactic_of(widget),
        "headline": rest.pop("headline", ""),
        "body": rest.pop("msg", ""),
        "layout": STICKY if sticky else layout,
        "attachment": next((old for old, new in ATTACHMENTS.items() if new == position), position),
        "appearsOn": [_place(one) for one in conditions.pop("urlContains", [])],
        "targetURL": "",
    }
    action = rest.get("confirmAction")
    if isinstance(action, Mapping) and (goes := _GOES.fullmatch(str(action.get("callback", "")))):
        with suppress(ValueError):  # JavaScript's escapes are more than JSON's; such a callback stays one
            detail["targetURL"] = json.loads(goes[1])
            rest.pop("confirmAction")
    return {**detail, **rest, **({"displayConditions": conditions} if conditions else {})}


def _place(rule: object) -> dict[str, Any]:
    """A rule about addresses, as the older API writes it; a bare text is one that is looked for anywhere."""
    if not isinstance(rule, Mapping):
        return {"match": "substring", "value": rule}
    return {**rule, "match": rule.get("match", "substring")}

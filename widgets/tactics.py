"""What the vendor's editor calls an experience's purpose, its tactic, and the widget that comes of it (platform.md 1.1,
2.2): "Drive Traffic" is a message with a button, "Capture Leads" a form, and so on."""

from collections.abc import Mapping
from typing import Any, Literal, get_args

Tactic = Literal["target_url", "capture_leads", "present_message", "recommend_content", "SiteGate"]
TACTICS: tuple[Tactic, ...] = get_args(Tactic)
LABELS: dict[str, str] = {
    "target_url": "Drive Traffic",
    "capture_leads": "Capture Leads",
    "present_message": "Present a Message",
    "recommend_content": "Recommend Content",
    "SiteGate": "Site Gate",
}
_WIDGETS: dict[str, dict[str, Any]] = {
    "target_url": {"type": "message", "okShow": True},
    "capture_leads": {"type": "form"},
    "present_message": {"type": "message", "okShow": False, "cancelShow": False},
    "recommend_content": {"type": "message", "variant": "3", "okShow": False, "cancelShow": False, "recommend": {}},
    "SiteGate": {"type": "sitegate"},
}


def tactic_named(name: str) -> Tactic | None:
    """The tactic of that name or label, in any case and with any separators; None when there is none."""
    wanted = _plain(name)
    return next((one for one in TACTICS if wanted in {_plain(one), _plain(LABELS[one])}), None)


def widget_for(tactic: Tactic) -> dict[str, Any]:
    """The configuration that a tactic begins with."""
    return dict(_WIDGETS[tactic])


def tactic_of(widget: Mapping[str, Any]) -> Tactic:
    """The tactic that a widget's configuration comes of."""
    kind = widget.get("type")
    if kind == "sitegate" or widget.get("layout") == "gate":
        return "SiteGate"
    if kind in {"form", "subscription"}:
        return "capture_leads"
    if "recommend" in widget or str(widget.get("variant")) == "3":
        return "recommend_content"
    return "present_message" if widget.get("okShow") is False else "target_url"


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())

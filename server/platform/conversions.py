"""What counts as a conversion, by what a widget is for: the one table of it, for profiles and for reports.

The vendor's own table is UNKNOWN (platform.md 2.4), and its SDK never sends an event called `conversion` but for a page
that does so itself. `COUNTS_AS` follows from its profile fields and from what its widgets send. `converts` decides by
it; an event tells its widget's type, and not its tactic.

For Present a Message the other reading, that whoever saw it has converted, would make every rate 100 % and tell
nothing. A form sends `confirm` right after `submit`, and that is the same act, not a second one. A message whose page
sends `submit`, `subscribe` or `unlock` for it has converted, too: pages make forms of messages by callbacks.
"""

# By the vendor's tactic: of which type its widget is, and what of it is a conversion, as people read it.
COUNTS_AS = {
    "target_url": ("message", "a press of the button (confirm)"),
    "recommend_content": ("message", "a press of a recommended document or of the button (confirm)"),
    "present_message": ("message", "nothing by itself: it asks for nothing (a page may send conversion)"),
    "capture_leads": ("form or subscription", "sending the form (submit, subscribe)"),
    "SiteGate": ("sitegate", "passing the gate (unlock)"),
}
PRESSED = "confirm"
SENT = ("submit", "subscribe", "unlock")
STATED = "conversion"
_MESSAGE = ("", "message")  # widgets told without a type are messages


def converts(kind: str, widget_type: str) -> bool:
    """Whether an event of that kind (`pf-widget-event`), of a widget of that type, is a conversion."""
    return kind in SENT or kind == STATED or (kind == PRESSED and widget_type in _MESSAGE)

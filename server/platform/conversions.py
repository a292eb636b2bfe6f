"""What counts as a conversion, by what a widget is for: the one table of it, for profiles and for reports.

The vendor's own table is UNKNOWN (platform.md 2.4), and its SDK never sends an event called `conversion` but for a page
that does so itself. This follows from its profile fields and from what its widgets send:

    Drive Traffic        message          confirm                   the button was pressed
    Recommend Content    message          confirm                   a recommended document, or the button, was pressed
    Present a Message    message          nothing                   it has no button, so nobody is asked for anything
    Capture Leads        form             submit                    the form was sent
                         subscription     subscribe                 the address was sent
    Site Gate            sitegate         unlock                    the gate was passed
    any                  any              conversion                a page said so itself

For Present a Message the other reading, that whoever saw it has converted, would make every rate 100 % and tell
nothing. A form sends `confirm` right after `submit`, and that is the same act, not a second one. A message whose page
sends `submit`, `subscribe` or `unlock` for it has converted, too: pages make forms of messages by callbacks.
"""

PRESSED = "confirm"
SENT = ("submit", "subscribe", "unlock")
STATED = "conversion"
_MESSAGE = ("", "message")  # widgets told without a type are messages


def converts(kind: str, widget_type: str) -> bool:
    """Whether an event of that kind (`pf-widget-event`), of a widget of that type, is a conversion."""
    return kind in SENT or kind == STATED or (kind == PRESSED and widget_type in _MESSAGE)

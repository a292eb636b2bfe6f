"""One widget of every template, filled as people fill them: for what has to hold in all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='300' height='200'%3E%3Crect width='300' "
    "height='200' fill='%237a9cc6'/%3E%3Ccircle cx='210' cy='90' r='50' fill='%23f4d35e'/%3E%3C/svg%3E"
)
TEXTS = {
    "headline": "Boots for the next hike",
    "msg": 'Members see the new colours first, and <a href="#offer">pay no postage</a> until Sunday.',
}
FOOTER = {"footerText": 'You can leave at any time. <a href="#terms">Terms</a>'}
BUTTONS = {"delay": 0, "okShow": True, "cancelShow": True}
STATES = {
    "success": {
        "headline": "Thank you",
        "msg": "We write to you soon.",
        "delay": 0,
        "okShow": True,
        "cancelShow": True,
    },
    "error": {
        "headline": "That failed",
        "msg": "Please try once more.",
        "delay": 0,
        "okShow": True,
        "cancelShow": True,
    },
}
ELEMENTS = [
    {"type": "text", "name": "first", "label": "First name", "required": True},
    {"type": "email", "name": "mail", "label": "E-mail", "required": True, "placeholder": "you@example.com"},
    {"type": "date", "name": "day", "label": "Day of birth"},
    {
        "type": "select",
        "name": "size",
        "label": "Size",
        "placeholder": "Choose",
        "values": [{"label": "Small", "value": "s"}, {"label": "Large", "value": "l"}],
    },
    {
        "type": "radio-group",
        "name": "sole",
        "label": "Sole",
        "required": True,
        "values": [{"label": "Soft", "value": "soft"}, {"label": "Hard", "value": "hard"}],
    },
    {
        "type": "checkbox-group",
        "name": "news",
        "label": "News by",
        "values": [{"label": "E-mail", "value": "mail"}, {"label": "Post", "value": "post"}],
    },
    {"type": "us-postal-code", "name": "zip", "placeholder": "Postal code"},
    {"type": "textarea", "name": "note", "label": "Note"},
]


@dataclass(frozen=True)
class Specimen:
    """A widget and its state: as it opens, or `invalid`, `success` or `error` after its form was sent."""

    factory: str
    layout: str
    config: dict[str, Any] = field(default_factory=dict)
    look: str = ""
    state: str = ""

    @property
    def name(self) -> str:
        """What it is called in reports and file names."""
        return "-".join(part for part in (self.factory.lower(), self.layout, self.look, self.state) if part)

    def settings(self, theme: str | None) -> dict[str, Any]:
        """The whole configuration, for the id `w` and with the host `#host` for what goes into the page."""
        place = {"positionSelector": "#host"} if self.layout == "inline" else {}
        footer = {} if self.layout in {"bar", "button", "inline"} else FOOTER
        theming = {"theme": theme} if theme else {}
        states = {"formStates": STATES} if self.state in STATES else {}
        return {"id": "w", "layout": self.layout, **TEXTS, **footer, **place, **theming, **states, **self.config}


TEMPLATES = {
    "Message": ("modal", "slideout", "bar", "button", "inline", "gate"),
    "Form": ("modal", "slideout", "inline", "gate"),
    "Subscription": ("modal", "slideout", "bar", "inline", "gate"),
    "SiteGate": ("modal",),
}
PICTURED = {"image": PICTURE, "variant": 2}
ARTICLE = {
    "title": "Ten walks in the rain",
    "author": "Ada",
    "description": "All of them end at an inn.",
    "url": "example.com/rain",
    "image": PICTURE,
    "default": True,
}
RECOMMENDED = {"variant": 3, "recommend": {}, "content": [ARTICLE]}
LONG_FORM = {"fields": {"phone": True, "country": True, "company": True, "referralEmail": True}}


def specimens() -> Iterator[Specimen]:
    """All templates; then what images, recommendations, fields and states make of some."""
    for factory, layouts in TEMPLATES.items():
        for layout in layouts:
            yield Specimen(factory, layout, {"msg": "Help"} if layout == "button" else {})
    for layout in ("modal", "slideout", "bar", "inline"):
        yield Specimen("Message", layout, PICTURED, "picture")
    for layout in ("modal", "slideout", "inline"):
        yield Specimen("Message", layout, RECOMMENDED, "recommendation")
    yield Specimen("Form", "modal", LONG_FORM, "long")
    yield from _forms()


def _forms() -> Iterator[Specimen]:
    for layout in ("modal", "slideout", "inline"):
        for state in ("", "invalid"):
            yield Specimen("Form", layout, {"formElements": ELEMENTS}, "custom", state)
        for state in ("invalid", "success", "error"):
            yield Specimen("Form", layout, state=state)
    for layout in ("modal", "slideout", "bar", "inline"):
        yield Specimen("Subscription", layout, state="invalid")
    for state in ("success", "error"):
        yield Specimen("Subscription", "bar", state=state)
    yield Specimen("SiteGate", "modal", state="invalid")


# Shows a widget, opened and in its state, in this very task or after `tick`s: [factory, config].
PRESENT = """([factory, config]) => {
  pathfora.clearAll();
  window.answer = null;
  if (config.formStates) config.confirmAction = {
    waitForAsyncResponse: true, callback: (name, payload, answer) => { window.answer = answer; } };
  pathfora.initializeWidgets([pathfora[factory](config)]);
}"""
FILL = """() => { for (const field of document.querySelectorAll('#w form input, #w form textarea'))
  if (field.type === 'radio') field.checked = true;
  else if (field.type !== 'checkbox') field.value = field.type === 'date' ? '2000-01-02' : 'ada@example.com'; }"""
SEND = "() => document.querySelector('#w form .pf-widget-ok').click()"
ANSWER = "(success) => window.answer?.(success)"

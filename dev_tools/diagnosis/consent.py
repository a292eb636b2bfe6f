"""Whether the tag waits for the visitor's consent: a script that a consent manager lets run, or a blocked tag."""

import re
from collections.abc import Iterator

from bs4 import Tag

from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import Markup, Script

MANAGERS = {
    "OneTrust": r"otSDKStub|cookielaw\.org|onetrust|optanon",
    "Cookiebot": r"cookiebot",
    "Usercentrics": r"usercentrics",
    "Didomi": r"didomi",
    "TrustArc": r"trustarc|truste",
    "Osano": r"osano",
    "iubenda": r"iubenda",
    "Klaro": r"klaro",
    "Complianz": r"complianz|cmplz",
    "Termly": r"termly",
    "consentmanager": r"consentmanager",
}
GATE_MARKS = (
    "data-cookieconsent",
    "data-cookiecategory",
    "data-category",
    "data-categories",
    "data-consent",
    "data-name",
)


def consent_gate(markup: Markup) -> Iterator[Finding]:
    """Whether the tag waits for the visitor's consent, and whether anything on the page can give it."""
    whole = str(markup.soup)
    manager = next((name for name, pattern in MANAGERS.items() if re.search(pattern, whole, re.IGNORECASE)), "")
    for one in markup.installations:
        if not one.script.runs:
            yield gate(one.script, manager)
        elif re.search(r"\bblocked[\"']?\s*:\s*(?:true|!0)", one.script.text):
            yield Finding(
                "starts-blocked",
                "the tag starts blocked: events are kept until the profile is loaded or jstag.unblock() is called",
                "Nothing, if that is meant.",
                line=one.script.line,
                note=True,
            )


def gate(script: Script, manager: str) -> Finding:
    """What to say of a script that does not run by itself."""
    marks = " ".join(mark for mark in (*category_classes(script.element), *category_marks(script.element)))
    shown = f'type="{script.kind}"' + (f" ({marks})" if marks else "")
    if manager:
        return Finding(
            "consent-gate",
            f"the tag waits for consent: {shown}, and {manager} is on the page",
            "Nothing, if that is meant: until the visitor agrees there is no tag.",
            line=script.line,
            note=True,
        )
    return Finding(
        "consent-gate",
        f"the script never runs: it has {shown}, and no consent manager that the doctor knows is on the page",
        "Add the consent manager, or let the browser run the script.",
        '<script type="text/javascript">',
        line=script.line,
    )


def category_classes(element: Tag) -> list[str]:
    """Classes that name a category of consent, as OneTrust has them."""
    return [name for name in element.get_attribute_list("class") if name and "optanon-category" in name]


def category_marks(element: Tag) -> list[str]:
    """Attributes that name a category of consent."""
    return [f'{name}="{element[name]}"' for name in GATE_MARKS if element.has_attr(name)]

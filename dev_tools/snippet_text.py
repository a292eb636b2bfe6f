"""The text of the snippet: what a page, a tag manager, a theme or a component needs to install the tag (tag.md 1).

Our own snippet keeps calls in a promise, so that they run in order once the script has installed itself, and one that
throws stops no other. A script that does not load, or loads and is something else, is an event `jstag.failed` on the
window and one console message; it is asked for again after 1, 2, 4 … 256 seconds, and `jstag.init()` asks at once.
`templates/own.js` is that program in few bytes, `templates/own_es5.js` the same for Google Tag Manager, whose editor
refuses newer syntax.

The vendor's generations 1, 2 and 3 are A, B and C of tag.md 1.1. They differ from it in one thing: `init` without an
argument uses the configuration that is there, which 1.3 asks of new snippets.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from understudy.widgets.rendering import script_json, template

PACKAGE = "understudy.dev_tools"
OWN = "own"
GENERATIONS = (OWN, "1", "2", "3")
ASYNC_VERSION = "3.0.37"
STUBS = "send mock identify pageView unblock getid setid call"
VENDOR_STUBS = {
    1: "send mock identify pageView unblock getid setid loadEntity getEntity on once call",
    2: f"{STUBS} on once",
    3: STUBS,
}
# A policy of the snippet's own name: the tag makes one named `understudy`, and a page may allow each name once.
TRUSTED = (
    '(window.trustedTypes ? trustedTypes.createPolicy("jstag", '
    "{{ createScriptURL: function (url) {{ return url; }} }}).createScriptURL({src}) : {src})"
)
CONTAINER = {"accountId": "0", "containerId": "0"}
INITIALIZATION = "2147479573"  # Tag Manager's built-in trigger "Initialization - All Pages": before ads, once a page


@dataclass(frozen=True)
class Install:
    """One installation: which tag, and how the page allows and calls it."""

    src: str
    generation: str = OWN
    url: str = ""
    nonce: str = ""
    integrity: str = ""
    trusted_types: bool = False
    page_view: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> dict[str, Any]:
        """What `jstag.init` gets besides `src`; with `pageView()` the automatic sending is off (tag.md 1.4)."""
        return {
            **({"url": self.url} if self.url else {}),
            **({"integrity": self.integrity} if self.integrity else {}),
            **({"pageAnalysis": {"dataLayerPull": {"disabled": True}}} if self.page_view else {}),
            **self.settings,
        }


@cache
def own_stub(*, es5: bool = False) -> str:
    """Our snippet without the account's lines."""
    name = "own_es5.js" if es5 else "own.js"
    return files(PACKAGE).joinpath("templates", name).read_text("utf-8").rstrip()


def stub(install: Install, *, es5: bool = False) -> str:
    """The part of a snippet that is the same for every account."""
    if install.generation == OWN:
        return own_stub(es5=es5)
    generation = int(install.generation)
    return (
        template("vendor.js.jinja", PACKAGE)
        .render(
            generation=generation,
            stubs=VENDOR_STUBS[generation],
            version=ASYNC_VERSION,
            nonce=install.nonce,
            integrity=install.integrity,
        )
        .rstrip()
    )


def script(install: Install, *, es5: bool = False) -> str:
    """The whole inline script: the stub, then the account's lines."""
    quoted = script_json(install.src)
    src = TRUSTED.format(src=quoted) if install.trusted_types else quoted
    settings = "".join(f", {script_json(key)}: {script_json(value)}" for key, value in install.config.items())
    lines = [stub(install, es5=es5), f'jstag.init({{"src": {src}{settings}}});']
    return "\n".join([*lines, *(["jstag.pageView();"] if install.page_view else [])])


def html_snippet(install: Install, *, es5: bool = False) -> str:
    """A script element for a page's head."""
    # Only quotes are escaped: the nonce may be an expression of the page's template language.
    nonce = ' nonce="{}"'.format(install.nonce.replace('"', "&quot;")) if install.nonce else ""
    return f"<script{nonce}>\n{script(install, es5=es5)}\n</script>\n"


def tag_manager_container(install: Install, account: str) -> str:
    """A container file to import into Google Tag Manager: one Custom HTML tag, first thing on every page."""
    tag = {
        **CONTAINER,
        "tagId": "1",
        "name": f"Understudy tag {account}",
        "type": "html",
        "parameter": [
            {"type": "TEMPLATE", "key": "html", "value": html_snippet(install, es5=True)},
            {"type": "BOOLEAN", "key": "supportDocumentWrite", "value": "false"},
        ],
        "fingerprint": "0",
        "firingTriggerId": [INITIALIZATION],
        "tagFiringOption": "ONCE_PER_LOAD",
        "monitoringMetadata": {"type": "MAP"},
        "consentSettings": {"consentStatus": "NOT_SET"},
    }
    container = {
        "path": "accounts/0/containers/0",
        **CONTAINER,
        "name": "Understudy",
        "publicId": "GTM-UNDERSTUDY",
        "usageContext": ["WEB"],
    }
    version = {
        "path": "accounts/0/containers/0/versions/0",
        **CONTAINER,
        "containerVersionId": "0",
        "container": container,
        "tag": [tag],
    }
    whole = {"exportFormatVersion": 2, "exportTime": "2026-01-01 00:00:00", "containerVersion": version}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def theme_code(install: Install, name: str, **values: str) -> str:
    """PHP for a Drupal or WordPress theme."""
    literal = "'" + install.nonce.replace("\\", "\\\\").replace("'", "\\'") + "'" if install.nonce else ""
    return template(f"{name}.php.jinja", PACKAGE).render(script=script(install), nonce=literal, **values)


def next_component(install: Install) -> str:
    """A component for Next.js's app router."""
    return template("next.jsx.jinja", PACKAGE).render(script=script(install), nonce=install.nonce)


def render(install: Install, target: str, *, account: str, theme: str) -> str:
    """The snippet for one of `snippet.TARGETS`."""
    if target == "gtm":
        return html_snippet(install, es5=True)
    if target == "gtm-container":
        return tag_manager_container(install, account)
    if target == "drupal":
        return theme_code(install, "drupal", theme=theme)
    if target == "wordpress":
        return theme_code(install, "wordpress")
    return next_component(install) if target == "next" else html_snippet(install)

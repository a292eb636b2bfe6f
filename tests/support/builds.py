"""The builds whose sizes are budgeted and measured."""

import gzip
from collections.abc import Callable, Mapping
from typing import Any

from understudy.server.bundling.bundle import STATIC
from understudy.server.sdk.account_build import needed_parts
from understudy.server.sdk.parts import read_parts
from understudy.server.sdk.script import sdk_bundle, sdk_script, sdk_stylesheet
from understudy.server.tag.script import PARTS, tag_script

PLAIN_MODAL = {
    "audience": "*",
    "exclude": [],
    "inverse": None,
    "widget": {"type": "message", "layout": "modal", "id": "offer", "headline": "Hello", "msg": "A plain modal."},
}


def one_modal_entry() -> str:
    """The entry of the SDK of an account with one plain modal for everyone."""
    return needed_parts(read_parts(STATIC / "sdk" / "pathfora.js"), [PLAIN_MODAL]).entry()


def tag_with(*, disabled: bool) -> str:
    """The tag with every plugin that can be disabled being so, or not; what is off by itself needs no switch."""
    config: dict[str, Any] = {"cid": ["example"]}
    for part in PARTS:
        if part.start == "on" or (part.start != "core" and not disabled):
            options = config
            for key in part.path.split("."):
                options = options.setdefault(key, {})
            options["disabled"] = disabled
    return tag_script(config, minified=True)


# By their names in budgets.toml.
BUILDS: Mapping[str, Callable[[], str]] = {
    "pathfora.min.js": lambda: sdk_script(minified=True),
    "pathfora.min.css": lambda: sdk_stylesheet(minified=True),
    "sdk-one-modal": lambda: sdk_bundle(one_modal_entry(), minified=True),
    "tag-core": lambda: tag_with(disabled=True),
    "tag-everything": lambda: tag_with(disabled=False),
}


def compressed(text: str) -> int:
    """Bytes after `gzip -9`."""
    return len(gzip.compress(text.encode(), 9))

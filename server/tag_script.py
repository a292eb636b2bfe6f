"""The account's tag: core and the plugins it has enabled, with its settings baked in (tag.md 2.4).

The same settings give the same bytes on every machine: no time, host, path or secret goes into the script.
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.bundle import bundle
from understudy.server.site import site_of
from understudy.widgets.rendering import template

TAG_VERSION = "3.0.37"

# In the order in which they are set up: a plugin may use what stands before it.
CORE = ("cookies", "getid", "send", "collect", "pageAnalysis", "entity", "segments")
OPTIONAL = ("pathfora.install", "pathfora.publish")
PLUGINS = CORE + OPTIONAL


def function_name(plugin: str) -> str:
    """The export of a plugin's module: `pathfora.install` is `pathforaInstall`."""
    first, *rest = plugin.split(".")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def is_assembled(plugin: str, config: Mapping[str, Any]) -> bool:
    """Whether a plugin is part of the account's tag: one of the core, or one that the settings have not disabled.

    A core plugin reads its own `disabled`: `pageAnalysis.disabled` stops the automatic sending, not `pageView()`.
    """
    if plugin in CORE:
        return True
    options: Any = config
    for part in plugin.split("."):
        options = options.get(part) if isinstance(options, Mapping) else None
    return not (isinstance(options, Mapping) and options.get("disabled") is True)


def tag_script(config: Mapping[str, Any], *, minified: bool) -> str:
    """The text of `latest.js` or `latest.min.js` for one account's configuration tree."""
    plugins = [(name, function_name(name)) for name in PLUGINS if is_assembled(name, config)]
    entry = template("tag.js.jinja", "understudy.server").render(plugins=plugins, config=config, version=TAG_VERSION)
    return bundle(entry, "tag", minified=minified, banner=f"Understudy tag {TAG_VERSION}")


async def tag_route(request: Request) -> Response:
    """`GET /api/tag/<cid>/latest.js` and `latest.min.js`."""
    config = site_of(request).workspace.settings.tag_config()
    minified = request.url.path.endswith(".min.js")
    return asset_response(request, tag_script(config, minified=minified), JAVASCRIPT, EMBEDDABLE)

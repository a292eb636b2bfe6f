"""The account's tag: core and the plugins it has enabled, with its settings baked in (tag.md 2.4).

The same settings give the same bytes on every machine: no time, host, path or secret goes into the script.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, asset_response
from understudy.server.bundling.bundle import bundle
from understudy.server.site import site_of
from understudy.widgets.rendering import script_json, template

TAG_VERSION = "3.0.37"
PLAIN_KEY = re.compile(r"[A-Za-z$][\w$]*", re.ASCII)


@dataclass(frozen=True)
class Part:
    """One plugin: its module in `static/tag/plugins/`, when it is part of a tag, and which other one it brings along.

    `core` is in every tag, `on` unless the account disables it, `off` until the account enables it with
    `disabled = false`, `given` when the account says anything about it, `readable` in `latest.js` alone.
    """

    name: str
    start: Literal["core", "on", "off", "given", "readable"]
    needs: str = ""
    options: str = ""

    @property
    def path(self) -> str:
        """Where its options are in the configuration tree."""
        return self.options or self.name


# In the order in which they are set up: a plugin may use what stands before it.
PARTS = (
    Part("audit", "on"),
    Part("audit.carp", "on", options="audit"),
    Part("poll", "on"),
    Part("cookies", "core"),
    Part("getid", "core"),
    Part("send", "core"),
    Part("collect", "core"),
    Part("pageAnalysis", "core"),
    Part("entity", "core"),
    Part("entity.plugin", "on", options="entity"),
    Part("segments", "core"),
    Part("pixel", "on"),
    Part("jsonpTransport", "on", options="jsonp"),
    Part("iframeTransport", "on"),
    Part("recommend", "on"),
    Part("lio", "on"),
    Part("legacyLiosetupCallback", "on"),
    Part("cookies.dataLayerPull", "given", needs="lio"),
    Part("customGlobalVariables", "off", needs="lio", options="customGlobals"),
    Part("google.tagManager.dataLayerPull", "off", needs="lio"),
    Part("google.tagManager.audiencePush", "off", needs="lio"),
    Part("google.analytics.dimensionPush", "off", needs="lio"),
    Part("google.dfp.audiencePush", "off", needs="lio"),
    Part("facebook.ads.audiencePush", "off", needs="lio"),
    Part("adroll.audiencePush", "off", needs="lio"),
    Part("addThis.audiencePush", "off", needs="lio"),
    Part("amazon.dsp", "off", needs="pixel"),
    Part("contentstack.entitySync", "off"),
    Part("contentstack.entityPush", "off"),
    Part("lx", "off"),
    Part("spa", "off"),
    Part("pathfora.install", "on"),
    Part("pathfora.publish", "on"),
    Part("pathfora.preview", "off"),
    Part("backingInstance", "readable"),
)
PLUGINS = tuple(part.name for part in PARTS)
# Whose `disabled = false` tells the plugin itself something: audit to show events, those two to begin.
AWAITED = {"audit", "pathfora.install", "pathfora.publish"}


def function_name(plugin: str) -> str:
    """The export of a plugin's module: `pathfora.install` is `pathforaInstall`."""
    first, *rest = plugin.split(".")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def is_assembled(part: Part, config: Mapping[str, Any], *, minified: bool = True) -> bool:
    """Whether the account's settings alone make a plugin part of its tag.

    A core plugin reads its own `disabled`: `pageAnalysis.disabled` stops the automatic sending, not `pageView()`.
    """
    options: Any = config
    for key in part.path.split("."):
        options = options.get(key) if isinstance(options, Mapping) else None
    disabled = options.get("disabled") if isinstance(options, Mapping) else None
    return {
        "core": True,
        "on": disabled is not True,
        "off": disabled is False,
        "given": bool(options) and disabled is not True,
        "readable": not minified,
    }[part.start]


def assembled(config: Mapping[str, Any], *, minified: bool) -> list[str]:
    """The plugins of the account's tag, in order, with those that others bring along."""
    chosen = [part for part in PARTS if is_assembled(part, config, minified=minified)]
    wanted = {part.name for part in chosen} | {part.needs for part in chosen}
    return [name for name in PLUGINS if name in wanted]


def tag_script(config: Mapping[str, Any], *, minified: bool) -> str:
    """The text of `latest.js` or `latest.min.js` for one account's configuration tree."""
    plugins = [(name, function_name(name)) for name in assembled(config, minified=minified)]
    comma, write = (",", _literal) if minified else (", ", script_json)
    settings = write({**_settings(config), "version": TAG_VERSION})
    arguments = f"[{comma.join(name for _, name in plugins)}]{comma}{settings}"
    entry = template("tag.js.jinja", "understudy.server").render(plugins=plugins, arguments=arguments)
    return bundle(entry, "tag", minified=minified, banner=f"Understudy tag {TAG_VERSION}")


def _settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """The settings with one `disabled: false` for all the plugins that are in the tag because the account says so."""
    tree = deepcopy(dict(config))
    if any(part.start == "off" and is_assembled(part, config) for part in PARTS):
        tree["disabled"] = False
    for part in PARTS:
        if part.start != "core" and part.path not in AWAITED:
            _drop(tree, [*part.path.split("."), "disabled"])
    return tree


def _drop(tree: dict[str, Any], path: list[str]) -> None:
    """Remove what is false at a path, and what it leaves empty."""
    key, *rest = path
    value = tree.get(key)
    if rest and isinstance(value, dict):
        _drop(value, rest)
    if value == ({} if rest else False):
        del tree[key]


def _literal(value: object) -> str:
    """A JSON value as JavaScript has it in fewer characters: names of keys without quotes, nothing between."""
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_key(key)}:{_literal(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_literal, value))}]"
    return f"!{0 if value else 1}" if isinstance(value, bool) else script_json(value)


def _key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else script_json(key)


async def tag_route(request: Request) -> Response:
    """The account's tag."""
    config = site_of(request).settings.tag_config()
    minified = request.url.path.endswith(".min.js")
    return asset_response(request, tag_script(config, minified=minified), JAVASCRIPT, EMBEDDABLE)

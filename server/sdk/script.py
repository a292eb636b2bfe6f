"""The widget SDK and its stylesheet, under the vendor's names."""

from functools import lru_cache
from pathlib import Path

import rcssmin
from starlette.requests import Request
from starlette.responses import Response

from understudy.server.assets import EMBEDDABLE, JAVASCRIPT, STYLESHEET, asset_response
from understudy.server.bundling.bundle import STATIC, bundle
from understudy.widgets.rendering import render_stylesheet

BASE = "base.css"
BANNER = "Understudy widget SDK, compatible with Pathfora 1.2.20"


def sdk_script(*, minified: bool) -> str:
    """The text of `pathfora.js` or `pathfora.min.js`, with every feature."""
    return sdk_bundle(STATIC / "sdk" / "pathfora.js", minified=minified)


def editable_sdk(*, minified: bool) -> str:
    """The same as this server gives it to its pages: with live editing, which no file for visitors needs."""
    return sdk_bundle(STATIC / "sdk" / "editable.js", minified=minified)


def sdk_bundle(entry: str | Path, *, minified: bool) -> str:
    """An SDK of the parts that an entry has."""
    return bundle(entry, "sdk", minified=minified, banner=BANNER, apart=True)


def sdk_stylesheet(*, minified: bool) -> str:
    """The text of `pathfora.css` or `pathfora.min.css`: the base first, then one part for each layout."""
    paths = sorted((STATIC / "css").glob("*.css"), key=lambda path: (path.name != BASE, path.name))
    text = render_stylesheet({path.name: _read(path, path.stat().st_mtime_ns) for path in paths})
    return str(rcssmin.cssmin(text, keep_bang_comments=True)) if minified else text


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> str:
    return path.read_text("utf-8")


async def sdk_route(request: Request) -> Response:
    """The widget SDK or its stylesheet, readable or minified."""
    path = request.url.path
    minified = ".min." in path
    if path.endswith(".css"):
        return asset_response(request, sdk_stylesheet(minified=minified), STYLESHEET, EMBEDDABLE)
    return asset_response(request, editable_sdk(minified=minified), JAVASCRIPT, EMBEDDABLE)

"""The files of `understudy build`: the vendor's hosting layout, made from a workspace without looking elsewhere.

The tag, the SDK, its stylesheet and the experiences lie there twice: under the vendor's names, and under names with a
hash of their content, which a host may let browsers keep for ever. `snippet.html` names the latter, with the integrity
of each; the tag carries the same for pages that have another snippet with the tag's hash alone (tag.md 8.2, 8.3).
Only settings of the tag and published experiences go in. The same workspace gives the same bytes, on every machine.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from understudy import __version__
from understudy.dev_tools.snippet_text import Install, html_snippet
from understudy.server.assets import compressed
from understudy.server.sdk.account_build import account_sdk
from understudy.server.sdk.script import sdk_script, sdk_stylesheet
from understudy.server.tag.script import tag_script
from understudy.server.workspaces.workspace import Workspace
from understudy.widgets.candidates import render_candidates
from understudy.widgets.layers import over

MANIFEST = "manifest.json"
SNIPPET = "snippet.html"
GENERATOR = "understudy"
BRAND_SHEET = re.compile(r"(?:\{url\})?/styles/([^/]+\.css)")
HASH_DIGITS = 16


@dataclass(frozen=True)
class Pinned:
    """A file under its hashed name."""

    path: str
    integrity: str


@dataclass
class Build:
    """All files by their path, in the order in which they may appear: what refers to others comes after them."""

    base: str
    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    assets: dict[str, Pinned] = field(default_factory=dict)
    immutable: set[str] = field(default_factory=set)

    def add(self, path: str, text: str | bytes) -> bytes:
        """Put a file under its own name."""
        body = text.encode() if isinstance(text, str) else text
        self.files[path] = body
        return body

    def pin(self, path: str, text: str | bytes) -> Pinned:
        """Put a file under a name with a hash of its content; raises nothing and keeps what is there."""
        body = text.encode() if isinstance(text, str) else text
        pure = PurePosixPath(path)
        digest = hashlib.sha256(body).hexdigest()[:HASH_DIGITS]
        hashed = str(pure.with_name(f"{pure.stem}.{digest}{pure.suffix}"))
        self.files[hashed] = body
        self.immutable.add(hashed)
        return Pinned(hashed, integrity_of(body))

    def asset(self, name: str, path: str, text: str) -> Pinned:
        """Put one of the four assets under both names."""
        self.assets[name] = self.pin(path, text)
        self.add(path, text)
        return self.assets[name]

    def reference(self, pinned: Pinned) -> dict[str, str]:
        """How the tag's settings name a file."""
        return {"src": f"{self.base}/{pinned.path}", "integrity": pinned.integrity}


def integrity_of(body: bytes) -> str:
    """The value of an `integrity` attribute."""
    return "sha384-" + base64.b64encode(hashlib.sha384(body).digest()).decode()


def make_build(workspace: Workspace, base: str, url: str, *, own_sdk: bool = False) -> Build:
    """Everything to host at `base`, an address or "" for the page's own host; `url` is who takes the events.

    With `own_sdk` the SDK has just the parts that the workspace's published experiences and pages need.
    """
    build = Build(base, url)
    account = workspace.settings.account
    readable, small = (
        account_sdk(workspace, minified=minified) if own_sdk else sdk_script(minified=minified)
        for minified in (False, True)
    )
    build.add("static/pathfora.js", readable)
    build.add("static/pathfora.css", sdk_stylesheet(minified=False))
    sdk = build.asset("sdk", "static/pathfora.min.js", small)
    css = build.asset("css", "static/pathfora.min.css", sdk_stylesheet(minified=True))
    scripts = [build.reference(build.pin(f"widgets/{path.name}", path.read_bytes())) for path in workspace.scripts]
    candidates = render_candidates(workspace.experiences, scripts)
    experiences = build.asset("experiences", f"api/experience/candidate/{account}/config.js", candidates)
    brand = brand_sheet(build, workspace)
    install = {"sdk": {**build.reference(sdk), "css": build.reference(css)}, **({"css": brand} if brand else {})}
    pinned = {"pathfora": {"install": install, "publish": build.reference(experiences)}}
    config = over(over(workspace.settings.tag_config(), pinned), {"url": url} if url else {})
    build.add(f"api/tag/{account}/latest.js", tag_script(config, minified=False))
    tag = build.asset("tag", f"api/tag/{account}/latest.min.js", tag_script(config, minified=True))
    src = f"{base}/{tag.path}"
    build.add(SNIPPET, html_snippet(Install(src, integrity=tag.integrity, settings=pinned)))
    build.add(MANIFEST, manifest(build, account))
    return build


def brand_sheet(build: Build, workspace: Workspace) -> dict[str, str]:
    """The brand's stylesheet, hosted as well when the tag's settings name one of the workspace's; otherwise nothing."""
    named = BRAND_SHEET.fullmatch(workspace.settings.tag.pathfora.install.css.src or "")
    own: dict[str, Path] = {path.name: path for path in workspace.styles}
    if named is None or named[1] not in own:
        return {}
    return build.reference(build.pin(f"styles/{named[1]}", own[named[1]].read_bytes()))


def manifest(build: Build, account: str) -> str:
    """What was built: each file's sizes in bytes, its hash, and whether a host may let it be kept for ever."""
    body = {
        "generator": GENERATOR,
        "version": __version__,
        "account": account,
        "base": build.base or "/",
        "events": build.url or None,
        "assets": {name: {"path": asset.path, "integrity": asset.integrity} for name, asset in build.assets.items()},
        "files": {path: described(build, path) for path in sorted(build.files)},
    }
    return json.dumps(body, indent=2) + "\n"


def described(build: Build, path: str) -> dict[str, Any]:
    """One file's entry in the manifest."""
    body = build.files[path]
    return {
        "bytes": len(body),
        "gzip": len(compressed(body, "gzip")),
        "brotli": len(compressed(body, "br")),
        "integrity": integrity_of(body),
        "cache": "public, max-age=31536000, immutable" if path in build.immutable else "no-cache",
    }

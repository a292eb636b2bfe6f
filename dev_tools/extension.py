"""`understudy extension --out DIR`: the debugger as an unpacked browser extension, for sites of any server.

It asks for nothing in advance but the sites given by `--origin`: whoever uses it opts a site in from the panel. Load
the folder at `chrome://extensions` with "Load unpacked".
"""

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from understudy import __version__
from understudy.server.bundling.bundle import STATIC, bundle

SCRIPTS = ("page", "bridge", "worker", "panel", "devtools")
PAGES = ("panel.html", "panel.css", "devtools.html", "help.html", "help.css")
NAME = "Understudy"
OLDEST_CHROME = "116"  # the first whose side panel an extension may open

ICONS = {str(size): f"icons/{size}.png" for size in (16, 32, 48, 128)}
# What the toolbar's button has on sites that are not watched.
GREY = {str(size): f"icons/{size}-off.png" for size in (16, 32)}


class ForeignFolderError(Exception):
    """The folder has files, and is no extension of ours; the message says what to change."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy extension`."""
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the folder to write")
    parser.add_argument(
        "--origin",
        action="append",
        default=[],
        type=web_origin,
        metavar="ORIGIN",
        help="a site to watch without asking, such as https://shop.example.com; may be given several times",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the extension; 0 then, 2 when the folder cannot be written or holds something else."""
    try:
        write(arguments.out, arguments.origin)
    except ForeignFolderError as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"understudy: {error.filename or arguments.out}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"Wrote {arguments.out.resolve()}. Open chrome://extensions, switch developer mode on, and load it unpacked.")
    return 0


def web_origin(text: str) -> str:
    """An origin given on the command line; raises what `argparse` shows for anything else."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/") or parts.query:
        raise argparse.ArgumentTypeError(f"{text!r} is no origin; write it as https://shop.example.com")
    return f"{parts.scheme}://{parts.netloc}"


def write(folder: Path, origins: list[str]) -> None:
    """Write all files of the extension, over an earlier one or into an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not is_ours(folder):
        raise ForeignFolderError(f"{folder} has other files in it; name an empty folder, or one that does not exist")
    for name, text in contents(origins).items():
        (folder / name).write_text(text, "utf-8")
    icons = files("understudy.dev_tools") / "templates" / "extension" / "icons"
    (folder / "icons").mkdir(exist_ok=True)
    for icon in (*ICONS.values(), *GREY.values()):
        (folder / icon).write_bytes((icons / Path(icon).name).read_bytes())


def is_ours(folder: Path) -> bool:
    """Whether an extension was written there before."""
    try:
        found = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("name") == NAME


def contents(origins: list[str]) -> dict[str, str]:
    """The extension's files by name."""
    templates = files("understudy.dev_tools") / "templates"
    return {
        "manifest.json": json.dumps(manifest(origins), indent=2) + "\n",
        "palette.css": (templates / "palette.css").read_text("utf-8"),
        **{name: (templates / "extension" / name).read_text("utf-8") for name in PAGES},
        **{f"{name}.js": script(name) for name in SCRIPTS},
    }


def script(name: str) -> str:
    """One of its scripts, readable."""
    return bundle(STATIC / "debugger" / "extension" / f"start_{name}.js", "debugger", banner="Understudy extension")


def manifest(origins: list[str]) -> dict[str, object]:
    """What the browser is told: the least that it has to allow."""
    return {
        "manifest_version": 3,
        "name": NAME,
        "description": "Says what a page's tag and widgets do, and why a widget did not appear.",
        "version": __version__.partition("+")[0],
        "minimum_chrome_version": OLDEST_CHROME,
        "permissions": ["activeTab", "scripting", "sidePanel", "storage"],
        "host_permissions": [f"{origin}/*" for origin in origins],
        "optional_host_permissions": ["http://*/*", "https://*/*"],
        "background": {"service_worker": "worker.js"},
        "icons": ICONS,
        "action": {
            "default_title": "Understudy does not watch this site. Press to look beside the page.",
            "default_icon": GREY,
        },
        "side_panel": {"default_path": "panel.html"},
        "devtools_page": "devtools.html",
    }

"""`understudy build`: the tag, the SDK and the experiences as files to host, each with its hash (tag.md 8.2, 8.3)."""

import argparse
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from understudy.dev_tools.build_files import MANIFEST, SNIPPET, Build, make_build
from understudy.dev_tools.build_output import OutputError, Written, write_files
from understudy.dev_tools.hosts import base_address, web_address
from understudy.dev_tools.lint import as_text
from understudy.server.workspaces.workspace import Workspace, WorkspaceError, load_workspace

NAMES = {"tag": "tag", "sdk": "widget SDK", "css": "stylesheet", "experiences": "experiences"}
# The workspace's own folders: a build in one of them would be taken for what the user wrote.
TAKEN = ("widgets", "audiences", "personas", "content", "styles", "pages", "webhooks", "tests", ".understudy")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy build`."""
    parser.add_argument("workspace", nargs="?", type=Path, default=Path(), help="the workspace's folder")
    parser.add_argument("--out", type=folder, required=True, metavar="DIR", help="folder to write into")
    parser.add_argument(
        "--base-url",
        type=base_address,
        default="/",
        metavar="URL",
        help="address that DIR will be hosted at (default: the root of the site that embeds the tag)",
    )
    parser.add_argument(
        "--server-side-host",
        dest="host",
        type=web_address,
        metavar="URL",
        help="host that takes the tag's events (default: the workspace's tag.url, else that of --base-url)",
    )
    parser.add_argument(
        "--own-sdk",
        action="store_true",
        help="an SDK with just what the workspace's experiences and pages need, for sites that use it for nothing else",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def folder(text: str) -> Path:
    """The folder to write into. A name that is empty, as of a variable that is not set, is not the current folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{text!r} names no folder; give one, such as dist")
    return Path(text)


def run(arguments: argparse.Namespace) -> int:
    """Build and write; 0, 1 when the workspace has problems, 2 without one or when the files cannot be written."""
    try:
        workspace = load_workspace(arguments.workspace)
        refuse_own_folders(workspace, arguments.out)
        if workspace.problems:
            return refuse(workspace, as_object=arguments.json)
        host = arguments.host or workspace.settings.tag.url or ""
        build = make_build(workspace, arguments.base_url, host, own_sdk=arguments.own_sdk)
        written = write_files(arguments.out, build.files)
    except (WorkspaceError, OutputError) as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    print(as_json(build, written) if arguments.json else as_summary(build, written, arguments.out))
    return 0


def refuse(workspace: Workspace, *, as_object: bool) -> int:
    """Say what `understudy lint` says, and that nothing was written."""
    if as_object:
        print(json.dumps({"problems": [problem.as_json() for problem in workspace.problems]}, indent=2))
    else:
        print(as_text(workspace), file=sys.stderr)
    print("Nothing was written: a build has only what lint finds sound.", file=sys.stderr)
    return 1


def refuse_own_folders(workspace: Workspace, out: Path) -> None:
    """Raise `OutputError` when the build would lie among the workspace's own files."""
    place = out.resolve()
    for folder in (workspace.root / name for name in TAKEN):
        if place == workspace.root or place == folder or folder in place.parents:
            raise OutputError(
                f"{str(out)!r} belongs to the workspace itself. "
                f"Choose another folder, such as {str(workspace.root.name + '/dist')!r}."
            )


def as_summary(build: Build, written: Written, out: Path) -> str:
    """The four assets with their sizes, and what became of the files."""
    files = json.loads(build.files[MANIFEST])["files"]
    lines = [f"{'':<12} {'bytes':>8} {'gzip':>8} {'brotli':>8}"]
    for name, asset in build.assets.items():
        size = files[asset.path]
        lines.append(f"{NAMES[name]:<12} {size['bytes']:>8} {size['gzip']:>8} {size['brotli']:>8}  {asset.path}")
    kept = f"; {len(written.earlier)} of earlier builds kept" if written.earlier else ""
    lines.append(f"{len(written.written)} files written to {out}, {len(written.unchanged)} were there already{kept}.")
    lines += [f"Events go to {host}." if (host := events_host(build)) else "Events go to the page's own host."]
    if build.base.startswith(("http", "//")):
        lines.append(f"{build.base} must answer with `Access-Control-Allow-Origin: *`, or browsers refuse the files.")
    lines.append(f"Put {out / SNIPPET} into your pages' head. Hashes are in {out / MANIFEST}.")
    return "\n".join(lines)


def events_host(build: Build) -> str:
    """Who takes the tag's events; "" for the page's own host."""
    parts = urlsplit(build.url or build.base)
    return build.url or (f"{parts.scheme}:" if parts.scheme else "") + (f"//{parts.netloc}" if parts.netloc else "")


def as_json(build: Build, written: Written) -> str:
    """The manifest, and what became of the files, as one JSON object."""
    manifest = json.loads(build.files[MANIFEST])
    outcome = {"written": written.written, "unchanged": written.unchanged, "earlier": written.earlier}
    return json.dumps({**manifest, **outcome}, indent=2)

"""`understudy snippet`: what to put into a page, a tag manager, a theme or a component to install the tag."""

import argparse
import json
import re
import sys
from pathlib import Path

from understudy.dev_tools.hosts import base_address, default_host, has_path, web_address
from understudy.dev_tools.snippet_text import GENERATIONS, OWN, Install, render, stub
from understudy.server.workspaces.workspace import SETTINGS_FILE, Workspace, WorkspaceError, load_workspace

TARGETS = ("html", "gtm", "gtm-container", "drupal", "wordpress", "next")
TAG_PATH = "/api/tag/{}/latest.min.js"
THEME = re.compile(r"[a-z][a-z0-9_]*")
INTEGRITY = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]{43,86}={0,2}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy snippet`."""
    parser.add_argument("workspace", nargs="?", type=Path, default=Path(), help="the workspace's folder")
    parser.add_argument("--for", dest="target", choices=TARGETS, default="html", help="where it goes (default: html)")
    parser.add_argument("--gtm", dest="target", action="store_const", const="gtm", help="the same as --for gtm")
    parser.add_argument(
        "--generation",
        choices=GENERATIONS,
        default=OWN,
        help="whose snippet: our own, or one compatible with the vendor's first, second or third (default: own)",
    )
    parser.add_argument(
        "--server-side-host",
        dest="host",
        type=web_address,
        metavar="URL",
        help="host that serves the tag and takes its events (default: the workspace's)",
    )
    parser.add_argument(
        "--src", type=base_address, metavar="URL", help="address of the tag's script, if on another host"
    )
    parser.add_argument("--csp-nonce", dest="nonce", type=nonce, help="nonce of the page's policy")
    parser.add_argument("--integrity", type=integrity, metavar="HASH", help="sha384-… of the tag's script")
    parser.add_argument("--trusted-types", action="store_true", help="for a policy with require-trusted-types-for")
    parser.add_argument("--no-page-view", dest="page_view", action="store_false", help="leave out jstag.pageView()")
    parser.add_argument("--theme", type=theme, default="mytheme", metavar="NAME", help="the Drupal theme's name")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def nonce(text: str) -> str:
    """A nonce, or a template's expression that makes one."""
    if not text.strip() or UNPRINTABLE.search(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no nonce; give the value, or your template's expression for it")
    return text


def integrity(text: str) -> str:
    """A hash as the browser compares it."""
    if not INTEGRITY.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no hash; copy it from manifest.json: sha384-… in Base64")
    return text


def theme(text: str) -> str:
    """A machine name, as Drupal has them."""
    if not THEME.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no theme's machine name; use lower-case letters, digits and '_'")
    return text


def run(arguments: argparse.Namespace) -> int:
    """Print the snippet; 0, 1 when the settings have problems, 2 without a workspace."""
    try:
        workspace = load_workspace(arguments.workspace)
    except WorkspaceError as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    if problems := [problem for problem in workspace.problems if problem.path == SETTINGS_FILE]:
        for problem in problems:
            print(problem, file=sys.stderr)
        print(f"No snippet: the account and its host are in {SETTINGS_FILE}, so put that right first.", file=sys.stderr)
        return 1
    install = planned(arguments, workspace)
    account = workspace.settings.account
    text = render(install, arguments.target, account=account, theme=arguments.theme)
    if arguments.json:
        print(as_json(install, arguments.target, account, text))
    else:
        print(text, end="")
    return 0


def planned(arguments: argparse.Namespace, workspace: Workspace) -> Install:
    """The installation that the arguments ask for."""
    host = arguments.host or default_host(workspace)
    return Install(
        src=arguments.src or host + TAG_PATH.format(workspace.settings.account),
        generation=arguments.generation,
        # From its script's address the tag derives only an origin, and only the right one when both are on one host.
        url=host if arguments.src or has_path(host) else "",
        nonce=arguments.nonce or "",
        integrity=arguments.integrity or "",
        trusted_types=arguments.trusted_types,
        page_view=arguments.page_view,
    )


def as_json(install: Install, target: str, account: str, text: str) -> str:
    """The snippet with what it is made of, as one JSON object."""
    body = {
        "for": target,
        "generation": install.generation,
        "account": account,
        "src": install.src,
        "stub_bytes": len(stub(install, es5=target.startswith("gtm")).encode()),
        "snippet": text,
    }
    return json.dumps(body, indent=2, ensure_ascii=False)

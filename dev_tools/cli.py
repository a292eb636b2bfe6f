"""The command line: `understudy COMMAND`. Exit codes: 0 fine, 1 findings, 2 usage or internal error.

Each command is a module with `add_arguments(parser)` and `run(arguments)`, imported only when it is the one asked for,
so that `understudy --version` does not wait for a web server's imports.
"""

import argparse
import importlib
import sys

from understudy import __version__

COMMANDS = {
    "serve": "serve a workspace: the tag, the widgets, your pages, the debugger, live reload",
    "lint": "check every file of a workspace and say what to change",
    "snippet": "print what installs the tag in a page, a tag manager, a theme or a component",
    "build": "write the tag, the SDK and the experiences as files to host, with their hashes",
    "doctor": "say whether a page installs the tag right, and what to change",
    "explain": "say why a profile is in an audience or not, and when time alone will change that",
    "matrix": "visit every page as every persona and say what shows, compared with an earlier run",
    "schema": "print or write the JSON Schemas of the workspace's files, for editors",
    "extension": "write the debugger as an unpacked browser extension, for sites of any server",
    "browser": "find the browser that tests use, or install one",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="understudy", description="A web-personalization vendor on your own machine.")
    parser.add_argument("--version", action="version", version=f"understudy {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in given if not word.startswith("-")), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == chosen:
            importlib.import_module(f"understudy.dev_tools.{name}").add_arguments(command)
    options = parser.parse_args(given)
    module = importlib.import_module(f"understudy.dev_tools.{options.command}")
    try:
        return int(module.run(options))
    except KeyboardInterrupt:
        return 130

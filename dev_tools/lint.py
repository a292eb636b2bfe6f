"""`understudy lint`: every problem of a workspace, with its place and what to change."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from understudy.server.workspaces.workspace import Workspace, WorkspaceError, load_workspace
from understudy.widgets.problems import Problem

WIDEST = 160


def add_arguments(parser: ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("workspace", nargs="?", type=Path, default=Path(), help="the workspace's folder")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: Namespace) -> int:
    """Check a workspace and print what was found; 0 when all is well, 1 with problems, 2 without a workspace."""
    try:
        workspace = load_workspace(arguments.workspace)
    except WorkspaceError as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    print(as_json(workspace) if arguments.json else as_text(workspace))
    return 1 if workspace.problems else 0


def as_text(workspace: Workspace) -> str:
    """One line for each problem, and a last line with the count."""
    count = len(workspace.problems)
    summary = "No problems." if not count else "1 problem." if count == 1 else f"{count} problems."
    lines = [line for problem in workspace.problems for line in (str(problem), *excerpt(workspace.root, problem))]
    return "\n".join([*lines, f"{summary} {contents(workspace)}"])


def excerpt(root: Path, problem: Problem) -> list[str]:
    """The line of the file where the problem is, and a caret below the place; nothing when it cannot be shown."""
    try:
        lines = (root / problem.path).read_text("utf-8-sig").splitlines() if problem.line else []
    except (OSError, ValueError):
        return []
    if not 0 < problem.line <= len(lines):
        return []
    line = lines[problem.line - 1]
    before = line[: problem.column - 1]
    if len(line) > WIDEST or not line.strip() or not line.replace("\t", " ").isprintable():
        return []
    # Tabs stay in the padding, so that the caret stands under its character in any terminal.
    padding = "".join(character if character == "\t" else " " for character in before)
    return [f"    {line}", f"    {padding}^"]


def contents(workspace: Workspace) -> str:
    """What the workspace holds, in a few words."""
    parts = (
        (len(workspace.experiences), "experience"),
        (len(workspace.personas), "persona"),
        (len(workspace.pages), "page"),
    )
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in parts) + "."


def as_json(workspace: Workspace) -> str:
    """The problems as one JSON object."""
    return json.dumps({"problems": [problem.as_json() for problem in workspace.problems]}, indent=2)

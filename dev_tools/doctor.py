"""`understudy doctor`: whether a page installs the tag right, from its markup and, where there is one, in a browser."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from understudy.dev_tools.browser import BrowserMissingError, find_browser
from understudy.dev_tools.build_files import make_build
from understudy.dev_tools.diagnosis.browser import NoBrowserError, Plan, Seen
from understudy.dev_tools.diagnosis.checks import Subject, check_markup
from understudy.dev_tools.diagnosis.child import look_apart
from understudy.dev_tools.diagnosis.csp import check_policies, policies_of
from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import Markup
from understudy.dev_tools.diagnosis.page import NOWHERE, DoctorError, PageSource, read_page
from understudy.dev_tools.diagnosis.verdicts import judge
from understudy.server.workspaces.workspace import Workspace, WorkspaceError, load_workspace

SECONDS = 15.0
LONGEST = 300.0


@dataclass
class Report:
    """What the doctor says about one page."""

    target: str
    findings: list[Finding] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def problems(self) -> list[Finding]:
        """The findings that something has to be done about."""
        return [finding for finding in self.findings if not finding.note]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy doctor`."""
    parser.add_argument("page", metavar="URL_OR_FILE", help="the page to look at")
    parser.add_argument(
        "--workspace", type=Path, metavar="DIR", help="the workspace whose account the page should have"
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="read the markup only")
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="HOST",
        help="another host that the browser may ask (repeatable)",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=SECONDS,
        metavar="SECONDS",
        help=f"patience for each step (default {SECONDS:g})",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def seconds(text: str) -> float:
    """A time given on the command line."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= LONGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; give seconds, from 1 to {LONGEST:g}")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Look, and print; 0 when all is well, 1 with problems, 2 when the page cannot be looked at."""
    try:
        workspace = load_workspace(arguments.workspace) if arguments.workspace else None
        source = read_page(arguments.page, arguments.timeout)
        report = examine(arguments, source, workspace)
    except (DoctorError, WorkspaceError) as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    print(as_json(report) if arguments.json else as_text(report))
    return 1 if report.problems else 0


def examine(arguments: argparse.Namespace, source: PageSource, workspace: Workspace | None) -> Report:
    """All that can be found out about a page."""
    markup = Markup(source.body, source.address)
    subject = Subject(markup, workspace.settings.account if workspace else "")
    policies = policies_of(markup, source.policies)
    report = Report(arguments.page, [*check_markup(subject), *check_policies(markup, policies)])
    report.facts = {
        "installations": [
            {"line": one.script.line, "generation": one.generation, "src": one.src, "account": one.account}
            for one in markup.installations
        ],
        "policies": len(policies),
        "browser": False,
    }
    if arguments.browser:
        try:
            seen = look_apart(plan(arguments, source, markup, workspace), browser())
        except NoBrowserError as error:
            report.findings.append(not_run(error))
        else:
            combine(report, subject, seen, judge(subject, policies, seen, report.findings))
    return report


def combine(report: Report, subject: Subject, seen: Seen, judged: Sequence[Finding]) -> None:
    """Add what the run told; a tag that runs without being in the markup was added by a script, and is not missing."""
    if seen.state.get("present") and not subject.markup.installations:
        report.findings = [finding for finding in report.findings if finding.code != "tag-missing"]
    report.findings += judged
    kept = ("isLoaded", "version", "accounts", "sdk", "profile")
    report.facts |= {"browser": True, **{name: seen.state[name] for name in kept if name in seen.state}}
    report.facts["withheld"] = sorted({urlsplit(url).netloc for url in seen.withheld})


def browser() -> Path:
    """The browser to use; raises `NoBrowserError`."""
    try:
        found = find_browser()
    except BrowserMissingError as error:
        raise NoBrowserError(str(error)) from error
    if found is None:
        raise NoBrowserError("there is no browser: `understudy browser --install` gets one")
    return found


def not_run(error: NoBrowserError) -> Finding:
    """Only the markup was read."""
    return Finding(
        "no-browser", f"the page was not run, only read: {error}", "Or say --no-browser, if that is meant.", note=True
    )


def plan(arguments: argparse.Namespace, source: PageSource, markup: Markup, workspace: Workspace | None) -> Plan:
    """What to run, and whom the browser may ask: for a file without a host, the workspace's build answers."""
    tag_hosts = {urlsplit(one.url).netloc for one in markup.installations} - {urlsplit(NOWHERE).netloc}
    served = make_build(workspace, "", "").files if source.is_file and workspace and not workspace.problems else {}
    return Plan(source, [*sorted(tag_hosts), *arguments.allow], served, arguments.timeout)


def as_text(report: Report) -> str:
    """The findings for people, problems first, and a last line with the count."""
    ordered = sorted(report.findings, key=lambda finding: finding.note)
    problems = len(report.problems)
    ran = report.facts.get("isLoaded")
    verdict = "The tag is installed right." if ran else "No problems found, and the tag was not run."
    if problems:
        verdict = f"{problems} problem{'s' if problems > 1 else ''}."
    return "\n".join([*(finding.as_text() for finding in ordered), f"{report.target}: {verdict}"])


def as_json(report: Report) -> str:
    """The report as one JSON object."""
    body = {
        "target": report.target,
        "verdict": "problems" if report.problems else "fine",
        "findings": [finding.as_json() for finding in report.findings],
        "facts": report.facts,
    }
    return json.dumps(body, indent=2)

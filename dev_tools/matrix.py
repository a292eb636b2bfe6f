"""`understudy matrix URL`: what every persona sees on every page, as a table, JSON, JUnit and pictures.

The server at the URL is one that runs (`understudy serve`). Each visit has a browser context of its own and asks the
page's `window.__understudy__`, so the table is what the panel says. With a baseline, whatever fares otherwise than it
did is a finding. Exit codes: 0 as expected, 1 something differs or could not be looked at, 2 usage.
"""

import argparse
import json
import sys
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from understudy.dev_tools.browser import find_browser
from understudy.dev_tools.matrix_report import Cell, as_json, as_junit, as_text, baseline_of, differences

NOBODY = "nobody"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of `understudy matrix`."""
    parser.add_argument(
        "url", type=web_address, help="where `understudy serve` answers, such as http://127.0.0.1:8765/"
    )
    parser.add_argument("--page", action="append", metavar="PATH", help="a page to look at (default /); several times")
    parser.add_argument("--persona", action="append", metavar="NAME", help="a persona (default: nobody, and all)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write matrix.json, junit.xml and pictures")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="an earlier matrix.json to compare with")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def run(arguments: argparse.Namespace) -> int:
    """Look, report and compare."""
    try:
        before = baseline_of(arguments.baseline) if arguments.baseline else {}
        personas = arguments.persona or [NOBODY, *personas_of(arguments.url)]
        if arguments.out:
            arguments.out.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        print(f"understudy: {error}", file=sys.stderr)
        return 2
    try:
        from understudy.dev_tools.matrix_visits import visits
    except ImportError:
        print("understudy: Playwright is not installed: pip install playwright", file=sys.stderr)
        return 2
    browser = find_browser()
    if browser is None:
        print("understudy: there is no browser: `understudy browser --install` gets one", file=sys.stderr)
        return 2
    wanted = [(persona, page) for persona in personas for page in arguments.page or ["/"]]
    cells = visits(browser, wanted, lambda persona, page: address(arguments.url, persona, page), arguments.out)
    return report(cells, differences(before, cells) if arguments.baseline else [], arguments)


def report(cells: list[Cell], changed: list[str], arguments: argparse.Namespace) -> int:
    """Print and write what was found; the exit code."""
    print(as_json(cells, changed) if arguments.json else as_text(cells, changed))
    if arguments.out:
        (arguments.out / "matrix.json").write_text(as_json(cells, changed) + "\n", "utf-8")
        (arguments.out / "junit.xml").write_text(as_junit(cells, changed), "utf-8")
    return int(bool(changed) or any(cell.error for cell in cells))


def web_address(text: str) -> str:
    """An address given on the command line; raises what `argparse` shows for anything else."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise argparse.ArgumentTypeError(f"{text!r} is no address; write it as http://127.0.0.1:8765/")
    return text


def personas_of(url: str) -> list[str]:
    """The personas that the server knows; raises `ValueError` when it is no such server."""
    asked = urljoin(url, "/__understudy__/api/workspace")
    try:
        with urlopen(asked, timeout=30) as answer:
            return [persona["id"] for persona in json.load(answer)["personas"]]
    except (URLError, ValueError, KeyError) as error:
        raise ValueError(
            f"{asked} does not answer as `understudy serve` does: {error}. Is it running there?"
        ) from error


def address(url: str, persona: str, page: str) -> str:
    """A page for a persona."""
    joined = urljoin(url, page)
    if persona == NOBODY:
        return joined
    return f"{joined}{'&' if urlsplit(joined).query else '?'}understudy-persona={persona}"

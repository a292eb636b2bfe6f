"""axe-core in a page: its findings as lines that a test can compare with none.

axe is put into the page by the debugging protocol, so it needs no network and no leave of the page's policy.
"""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A fragment has neither landmarks nor a first heading of its own; those are the page's.
OF_WHOLE_PAGES = ("region", "page-has-heading-one", "landmark-one-main", "heading-order", "bypass", "skip-link")

RUN = """async ([scope, options]) => {
  const { violations } = await axe.run(scope, options);
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ target, any, all, none }) =>
    [id, impact, target.join(' '), [...any, ...all, ...none].map((check) => check.message).join('; ')].join(' | ')));
}"""


@cache
def axe_source() -> str:
    """The script of axe-core, from the package that ships it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def violations(page: Page, scope: str, *, without: tuple[str, ...] = OF_WHOLE_PAGES) -> list[str]:
    """What axe finds wrong within `scope`, a selector: rule, impact, element, and why."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": list(TAGS)},
        "rules": {rule: {"enabled": False} for rule in without} | {"target-size": {"enabled": True}},
        "resultTypes": ["violations"],
    }
    found = page.evaluate(RUN, [scope, options])
    return [str(line) for line in found]

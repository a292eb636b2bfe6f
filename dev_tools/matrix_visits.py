"""Visiting every page as every persona, each in a browser context of its own, and asking the page how widgets fare."""

from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from understudy.dev_tools.matrix_report import Cell

LOOK = """async () => {
  if (!window.__understudy__) throw new Error("The page has no debugger: is it one of this server?");
  await window.__understudy__.ready();
  return (await window.__understudy__.explain()).map(({ id, state, reason }) => ({ id, state, reason }));
}"""


def visits(
    executable: Path, wanted: Sequence[tuple[str, str]], address: Callable[[str, str], str], pictures: Path | None
) -> list[Cell]:
    """One cell for each persona and page; what could not be looked at says why."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable))
        try:
            return [visit(browser, persona, page, address(persona, page), pictures) for persona, page in wanted]
        finally:
            browser.close()


def visit(browser: Browser, persona: str, page: str, address: str, pictures: Path | None) -> Cell:
    """One visit by somebody who was never here."""
    with browser.new_context() as context:
        tab = context.new_page()
        try:
            tab.goto(address)
            found = tab.evaluate(LOOK)
            picture = picture_name(persona, page) if pictures else ""
            if pictures:
                tab.screenshot(path=pictures / picture, animations="disabled")
        except Error as error:
            return Cell(persona, page, {}, {}, error=error.message.splitlines()[0])
        states = {one["id"]: one["state"] for one in found}
        return Cell(persona, page, states, {one["id"]: one["reason"] for one in found}, picture)


def picture_name(persona: str, page: str) -> str:
    """A file's name for a visit."""
    return f"{persona} {page}".strip("/ ").replace("/", "_").translate({ord(c): "-" for c in ' ?&=:%#"<>|*\\'}) + ".png"

"""A picture of every widget template in every theme and on two screens, to be looked at.

python tests/benchmarks/gallery.py <folder>
"""

import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, Route, sync_playwright
from support.specimens import ANSWER, FILL, PRESENT, SEND, Specimen, specimens

from understudy.dev_tools.browser import find_browser
from understudy.server.sdk.script import sdk_script, sdk_stylesheet

ADDRESS = "http://127.0.0.1:8999/"
SCREENS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 375, "height": 667}}
THEMES = (None, "light", "dark")
HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Gallery</title><style>body { margin: 0; padding: 60px 24px; font: 17px/1.6 Georgia, serif; color: #222 }
main { max-width: 700px; margin: auto }</style><script>
window.jstag = { config: { cid: ['acc1'] }, send() {}, getSegments: () => ['all'],
  getEntity: () => ({ data: { user: {} } }), entityReady(callback) { callback(this.getEntity()); } };</script>
<script src="/static/pathfora.js"></script><main><h1>Notes from the trail</h1><div id="host"></div>
<p>We left before six, when the valley still lay in fog, and had the ridge to ourselves until noon. The path is easy
to follow and the huts are open until October. Bring water: the spring below the pass was dry this year.</p>
<p>From the second hut it is an hour to the lake, and two more to the road.</p></main>"""
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Widgets</title><style>
body {{ font: 15px sans-serif; margin: 24px }} section {{ display: flex; flex-wrap: wrap; gap: 12px }}
figure {{ margin: 0 }} img {{ height: 300px; border: 1px solid #bbb }}</style><h1>Widgets</h1>{rows}"""


def answer(route: Route) -> None:
    """The page, its script and its stylesheet; nothing else exists."""
    path = route.request.url.removeprefix(ADDRESS)
    if not path:
        route.fulfill(body=HOST, content_type="text/html")
    elif path.endswith(".js"):
        route.fulfill(body=sdk_script(minified=False), content_type="text/javascript; charset=utf-8")
    elif path.endswith(".css"):
        route.fulfill(body=sdk_stylesheet(minified=True), content_type="text/css; charset=utf-8")
    else:
        route.fulfill(status=404)


def present(page: Page, specimen: Specimen, theme: str | None) -> None:
    """Bring a widget to its state, and wait until it is there."""
    page.evaluate(PRESENT, [specimen.factory, specimen.settings(theme)])
    page.wait_for_function("document.querySelector('#w.opened')")
    if specimen.state in {"success", "error"}:
        page.evaluate(FILL)
    if specimen.state:
        page.evaluate(SEND)
        page.evaluate(ANSWER, specimen.state == "success")


def shots(page: Page, folder: Path, screen: str) -> Iterator[tuple[str, str]]:
    """Every widget on one screen: its name and the name of its picture."""
    page.goto(ADDRESS)
    page.wait_for_function("document.styleSheets.length > 1")
    for specimen in specimens():
        for theme in THEMES:
            present(page, specimen, theme)
            name = f"{specimen.name}.{theme or 'plain'}.{screen}.png"
            page.screenshot(path=folder / name)
            yield specimen.name, name


def run(folder: Path) -> None:
    """Write the pictures and `index.html`, which shows them all."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[str]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        for screen, size in SCREENS.items():
            page = browser.new_page(viewport={"width": size["width"], "height": size["height"]})
            page.route("**/*", answer)
            for title, name in shots(page, folder, screen):
                rows.setdefault(title, []).append(name)
        browser.close()
    body = "".join(
        f"<h2>{escape(title)}</h2><section>"
        + "".join(f'<figure><img src="{name}" alt="{name}" loading="lazy"></figure>' for name in names)
        + "</section>"
        for title, names in rows.items()
    )
    (folder / "index.html").write_text(SHEET.format(rows=body), "utf-8")
    print(f"{sum(map(len, rows.values()))} pictures in {folder / 'index.html'}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("name the folder that the pictures go to")
    run(Path(sys.argv[1]))

"""A shop with a duel of two headlines and a newsletter, and visitors whose every act a test states."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from understudy.server.platform.event import RawEvent
from understudy.server.site import Site

NOW = 1_795_435_200_000.0  # 2026-11-23T12:00:00Z
HOUR, DAY = 3_600_000.0, 86_400_000.0
API, PAGES = "/__understudy__/api/reports", "/__understudy__/reports"

DUEL = """label: Two headlines
campaign: autumn
audience: painters
exclude: [staff]
variations:
  - {label: Question, widget: {headline: Ever fired a kiln?}}
  - {label: Promise, widget: {headline: Your first glaze in an hour}}
widget: {type: message, layout: modal, headline: x, okMessage: Book}
"""
LETTER = """label: Letters from the kiln
campaign: autumn
widget: {type: subscription, layout: bar, msg: Letters, okMessage: Send}
audience: painters
inverse: {type: message, layout: bar, msg: Others}
"""


def furnish(root: Path) -> None:
    """Put these experiences, and their audiences, in place of all that the storefront has besides its pages."""
    for folder in root.iterdir():
        if folder.is_dir() and folder.name not in ("pages", "styles"):
            shutil.rmtree(folder)
    for name in ("widgets", "audiences"):
        (root / name).mkdir()
    (root / "widgets" / "duel.yaml").write_text(DUEL)
    (root / "widgets" / "letter.yaml").write_text(LETTER)
    (root / "audiences" / "painters.fql").write_text('FILTER craft = "paint"')
    (root / "audiences" / "staff.fql").write_text('FILTER role = "staff"')


def event(uid: str, at: float = NOW, **data: Any) -> RawEvent:
    """An event of a visitor."""
    return RawEvent("storefront", "default", {"_uid": uid, "_ts": str(int(at)), **data}, at)


def act(uid: str, widget: str, kind: str, at: float = NOW, widget_type: str = "message", **data: Any) -> RawEvent:
    """Something that happened between a visitor and a widget."""
    names = {"pf-widget-id": widget, "pf-widget-event": kind, "pf-widget-type": widget_type}
    return event(uid, at, **names, **data)


def store(client: TestClient, site: Site, events: Sequence[RawEvent]) -> None:
    """Collect events, and have them all on record."""
    client.portal.call(site.platform.collect_all, events)  # type: ignore[union-attr]


def data(response: Any, status: int = 200) -> Any:
    """What an answer of the API brings, or its message when it is an error."""
    body = response.json()
    assert (response.status_code, body["status"]) == (status, status), response.text
    return body["data"] if status == 200 else body["message"]

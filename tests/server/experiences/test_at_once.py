"""Changes that come at once, and files that are edited while they are written (platform.md 2.6)."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from understudy.server.app import create_app
from understudy.server.experiences import saving
from understudy.server.site import Site

Call = Callable[..., Any]
BASE = "/__understudy__/api/experiences"
SALE = "/api/experience/studio-sale"


def test_2_6_changes_that_come_at_once_all_count(site: Site) -> None:
    async def story() -> tuple[set[int], dict[str, Any]]:
        transport = httpx2.ASGITransport(create_app(site), client=("127.0.0.1", 5000))
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
            wanted = [{"vehicle": {"detailOverride": {"displayConditions": {name: 1}}}} for name in CONDITIONS]
            answers = await asyncio.gather(*(client.patch(SALE, json=one) for one in wanted))
            found = (await client.get(SALE)).json()["data"]
            return {answer.status_code for answer in answers}, found["vehicle"]["detailOverride"]

    conditions = {"showDelay": 1, "hideAfter": 1, "scrollPercentageToDisplay": 1, "pageVisits": 1}
    assert asyncio.run(story()) == ({200}, {"displayConditions": conditions})


CONDITIONS = ("showDelay", "hideAfter", "scrollPercentageToDisplay", "pageVisits")


def test_2_6_what_an_editor_saves_while_a_file_is_written_stays(
    call: Call, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made, times = root / "widgets" / "studio-sale.yaml", saving.new_bytes, iter(range(100))

    def meanwhile(*arguments: Any) -> bytes:
        new = made(*arguments)
        if (number := next(times)) < edits:
            path.write_text(path.read_text().replace("The studio sale", f"The studio sale {number}"))
        return new

    call("PATCH", SALE, {"label": "Sale"})
    monkeypatch.setattr(saving, "new_bytes", meanwhile)
    edits = 100
    assert "changes each time" in call("POST", f"{BASE}/studio-sale/save", None, 422)
    assert "label: Sale\n" not in path.read_text()
    edits = next(times) + 2
    assert call("POST", f"{BASE}/studio-sale/save")["done"] == "written"
    assert "label: Sale\n" in path.read_text()
    assert f"The studio sale {edits - 1}" in path.read_text()
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".")] == []


def test_2_6_a_file_that_is_empty_for_a_moment_is_not_made_anew(call: Call, root: Path) -> None:
    path = root / "widgets" / "studio-sale.yaml"
    whole = path.read_text()
    call("PATCH", SALE, {"label": "Sale"})
    path.write_text("")
    assert "widgets/studio-sale.yaml is empty" in call("POST", f"{BASE}/studio-sale/save", None, 422)
    assert path.read_text() == ""
    path.write_text(whole)
    assert call("POST", f"{BASE}/studio-sale/save")["done"] == "written"
    assert path.read_text() == whole.replace("label: Studio sale", "label: Sale")

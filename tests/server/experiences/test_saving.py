"""Writing what the API did into the workspace's files (platform.md 2.6; our own routes)."""

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.experiences import saving
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

Call = Callable[..., Any]
BASE = "/__understudy__/api/experiences"
PAUSED = {"experience": {"state": {"status": "unpublished"}}}


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


@pytest.fixture
def offer(root: Path) -> Path:
    return root / "widgets" / "vip-offer.yaml"


def test_a_change_is_written_when_asked_and_nothing_else_moves(
    call: Call, offer: Path, site: Site, client: TestClient
) -> None:
    before = lines(offer)
    offer.chmod(0o640)
    call("PATCH", "/api/experience/vip-offer?update_state", PAUSED)
    override = {"headline": "Twenty percent", "displayConditions": {"showDelay": 2}}
    call("PATCH", "/api/experience/vip-offer", {"vehicle": {"detail_override": override}, "campaign": "spring"})
    assert lines(offer) == before
    (unsaved,) = call("GET", BASE)
    assert unsaved["slug"] == "vip-offer"
    assert unsaved["override"] == override
    assert call("POST", f"{BASE}/vip-offer/save") == {
        "id": "vip-offer",
        "file": "widgets/vip-offer.yaml",
        "done": "written",
    }
    after = lines(offer)
    assert [line for line in before if line not in after] == [
        "status: published               # a draft never reaches a browser",
        "  headline: Fifteen percent, to say thank you",
    ]
    assert [line for line in after if line not in before] == [
        "status: paused               # a draft never reaches a browser",
        "  headline: Twenty percent",
        "    showDelay: 2",
        "campaign: spring",
    ]
    assert stat.S_IMODE(offer.stat().st_mode) == 0o640
    assert [path.name for path in offer.parent.iterdir() if path.name.startswith(".")] == []
    shown = call("GET", "/api/experience/vip-offer")
    assert shown["unsaved"] is False
    assert shown["vehicle"]["detailOverride"] == {}
    assert shown["vehicle"]["detail"]["headline"] == "Twenty percent"
    assert shown["dates"]["updatedAt"] == "2026-06-01T12:00:00Z"
    assert load_workspace(site.workspace.root).problems == ()
    assert call("GET", BASE) == []


@pytest.mark.parametrize("name", ["vip-offer", "studio-sale", "reading", "welcome-back"])
def test_an_unchanged_experience_leaves_the_bytes_as_they_are(call: Call, root: Path, name: str) -> None:
    path = root / "widgets" / f"{name}.yaml"
    before = path.read_bytes(), path.stat().st_mtime_ns
    shown = call("GET", f"/api/experience/{name}")
    call("PATCH", f"/api/experience/{name}", shown)
    assert call("POST", f"{BASE}/{name}/save")["done"] == "nothing"
    call("PATCH", f"/api/experience/{name}?update_state", PAUSED if shown["state"]["status"] == "published" else {})
    call("PATCH", f"/api/experience/{name}?update_state", {"state": shown["state"]})
    assert call("POST", f"{BASE}/{shown['id']}/save")["done"] == "nothing"
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_what_the_api_made_becomes_a_file(call: Call, new: Call, root: Path, script: Call, site: Site) -> None:
    new(
        tactic="capture_leads",
        audience="high_value",
        state={"status": "published"},
        vehicle={"detail": {"layout": "slideout", "onLoad": "function (event) {\n  go();\n}"}},
    )
    before = script()
    assert call("POST", f"{BASE}/save") == [
        {"id": "spring-offer", "file": "widgets/spring-offer.yaml", "done": "written"}
    ]
    assert (root / "widgets" / "spring-offer.yaml").read_text() == (
        "# yaml-language-server: $schema=../schema/experience.json\n\n"
        "label: Spring offer\nstatus: published\naudience: high_value\nwidget:\n  type: form\n  layout: slideout\n"
        "  onLoad: |-\n    function (event) {\n      go();\n    }\ntactic: capture_leads\n"
    )
    assert script() == before
    assert load_workspace(root).problems == ()
    shown = call("GET", "/api/experience/spring-offer")
    assert (shown["file"], shown["unsaved"]) == ("widgets/spring-offer.yaml", False)
    assert shown["dates"]["createdAt"] == "2026-06-01T12:00:00Z"
    assert [one.slug for one in site.platform.audiences.values()].count("orc_experience_spring-offer_reach") == 1


def test_a_deleted_experiences_file_is_deleted_when_asked(call: Call, offer: Path) -> None:
    call("DELETE", "/api/experience/vip-offer")
    assert offer.exists()
    assert call("POST", f"{BASE}/vip-offer/save")["done"] == "deleted"
    assert not offer.exists()
    assert "no experience" in call("GET", "/api/experience/vip-offer", None, 404)


def test_the_file_of_another_stays_when_what_never_had_one_is_deleted(call: Call, new: Call, root: Path) -> None:
    new()
    other = root / "widgets" / "spring-offer.yaml"
    other.write_text("id: other\nwidget: {type: message}\n")
    call("DELETE", "/api/experience/spring-offer")
    assert call("POST", f"{BASE}/spring-offer/save")["done"] == "nothing"
    assert other.exists()


def test_a_disk_that_takes_nothing_is_told_and_what_was_written_before_counts(
    call: Call, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    for name in ("reading", "studio-sale"):
        call("PATCH", f"/api/experience/{name}?update_state", {"dates": {"endDate": "2030-01-01"}})
    written = saving.replace_file

    def full(path: Path, content: bytes, before: bytes) -> bool:
        if path.name == "studio-sale.yaml":
            raise OSError(28, "No space left on device", str(path))
        return written(path, content, before)

    monkeypatch.setattr(saving, "replace_file", full)
    assert "studio-sale.yaml cannot be written: No space left" in call("POST", f"{BASE}/save", None, 409)
    assert [one["slug"] for one in call("GET", BASE)] == ["studio-sale"]
    assert "2030-01-01" in (root / "widgets" / "reading.yaml").read_text()


def test_a_change_can_be_taken_back(call: Call, new: Call) -> None:
    new()
    call("PATCH", "/api/experience/studio-sale", {"label": "Other"})
    assert call("DELETE", f"{BASE}/studio-sale") == {"slug": "studio-sale", "there": True}
    assert call("GET", "/api/experience/studio-sale")["label"] == "Studio sale"
    assert call("DELETE", f"{BASE}/spring-offer") == {"slug": "spring-offer", "there": False}
    assert call("GET", BASE) == []
    assert "no experience" in call("DELETE", f"{BASE}/nowhere", None, 404)


def test_a_file_that_changed_meanwhile_keeps_what_is_new_in_it(call: Call, root: Path) -> None:
    path = root / "widgets" / "studio-sale.yaml"
    call("PATCH", "/api/experience/studio-sale", {"label": "Sale"})
    path.write_text(path.read_text().replace("The studio sale", "Sale of the year"))
    assert call("POST", f"{BASE}/studio-sale/save")["done"] == "written"
    assert "  headline: Sale of the year" in lines(path)
    assert "label: Sale" in lines(path)


def test_a_broken_file_is_not_written(call: Call, root: Path) -> None:
    path = root / "widgets" / "studio-sale.yaml"
    call("PATCH", "/api/experience/studio-sale", {"label": "Sale"})
    path.write_text("label: [\n")
    call("POST", f"{BASE}/studio-sale/save", None, 422)
    assert path.read_text() == "label: [\n"
    path.write_text("widget: &w {type: message, msg: a}\ninverse: *w\naudience: high_value\n")
    call("PATCH", "/api/experience/studio-sale", {"vehicle": {"detail_override": {"msg": "b"}}})
    message = call("POST", f"{BASE}/studio-sale/save", None, 422)
    assert "cannot be changed at that place" in message
    assert "&w" in path.read_text()


def test_what_the_file_of_another_has_become_is_refused(call: Call, new: Call, root: Path) -> None:
    new()
    (root / "widgets" / "spring-offer.yaml").write_text("id: other\nwidget: {type: message}\n")
    assert "is there already" in call("POST", f"{BASE}/spring-offer/save", None, 422)


def test_json_and_line_ends_stay_what_they_are(call: Call, root: Path, site: Site) -> None:
    json_file, dos = root / "widgets" / "a.json", root / "widgets" / "b.yaml"
    json_file.write_text('{\n    "status": "draft",\n    "widget": {\n        "type": "message"\n    }\n}\n')
    dos.write_bytes(b"\xef\xbb\xbfstatus: draft\r\nwidget:\r\n  type: message  # what\r\n")
    site.workspace = load_workspace(root, site.workspace)
    for name in ("a", "b"):
        call("PATCH", f"/api/experience/{name}", {"vehicle": {"detail_override": {"msg": "Hi"}}})
        assert call("POST", f"{BASE}/{name}/save")["done"] == "written"
    assert json.loads(json_file.read_text())["widget"] == {"type": "message", "msg": "Hi"}
    assert '\n        "msg": "Hi"\n' in json_file.read_text()
    wanted = b"\xef\xbb\xbfstatus: draft\r\nwidget:\r\n  type: message  # what\r\n  msg: Hi\r\n"
    assert dos.read_bytes() == wanted


def test_saving_is_not_for_other_origins_and_imported_ones_have_no_file(client: TestClient, call: Call) -> None:
    headers = {"origin": "https://evil.example"}
    assert client.post(f"{BASE}/vip-offer/save", headers=headers).status_code == 403
    one = {"label": "Ads", "vehicle": {"provider_id": "fb", "tactic": "present_message"}}
    call("POST", "/api/experience/import", {"experiences": [one]}, 201)
    assert "imported from another provider" in call("POST", f"{BASE}/ads/save", None, 409)
    assert call("POST", f"{BASE}/save") == []


def test_a_world_with_an_overlay_saves_nothing(client: TestClient, call: Call) -> None:
    worlds = client.app.state.worlds  # type: ignore[attr-defined]
    assert client.portal is not None
    client.portal.call(worlds.create, "laid", {"widgets/x.yaml": "widget: {type: message}\n"})
    answer = client.post(f"{BASE}/x/save", headers={"X-Understudy-World": "laid"})
    assert answer.status_code == 409
    assert "overlay" in answer.json()["message"]

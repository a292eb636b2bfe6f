"""Experiences, documents and settings as the API left them outlive the server (platform.md 2.6, 3.7, 3.8)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from outliving_support import data

from understudy.server.platform import StoreError
from understudy.server.records.record import kept
from understudy.server.segments.vendor_object import segment_id

OFFER = {"experience": {"label": "Spring sale", "vehicle": {"provider_id": "pathfora", "tactic": "present_message"}}}


def test_2_6_experiences_made_changed_and_deleted_are_on_record(serve: Callable[[], Any]) -> None:
    script = "function (event, module) { window.loaded = true }"
    publish = {"experience": {"state": {"status": "published"}, "dates": {"endDate": "2030-01-01T00:00:00Z"}}}
    with serve() as (client, _):
        made = data(client.post("/api/experience", json=OFFER), 201)
        patch = {"experience": {"vehicle": {"detail_override": {"onLoad": script}}}}
        data(client.patch(f"/api/experience/{made['id']}", json=patch))
        made = data(client.patch(f"/api/experience/{made['id']}?update_state=true", json=publish))
        assert made["dates"]["createdAt"]
        assert made["dates"]["publishedAt"]
        paused = {"experience": {"state": {"status": "unpublished"}}}
        offer = data(client.patch("/api/experience/vip-offer?update_state", json=paused))
        gone = data(client.delete("/api/experience/studio-sale"))
        data(client.delete("/api/experience/reading?method=hard"))
        spring = data(
            client.post("/api/experience/group", json={"class": "campaign", "label": "May, June", "experiences": []}),
            201,
        )
        look = data(client.post("/program/settings", json={"theme": "dark"}))
        unsaved = data(client.get("/__understudy__/api/experiences"))
        config = client.get("/api/experience/candidate/storefront/config.js").text
    with serve() as (client, worlds):
        assert data(client.get(f"/api/experience/{made['id']}")) == made
        assert data(client.get("/api/experience/vip-offer")) == offer
        assert data(client.get("/api/experience?status=deleted"))[0]["id"] == gone["id"]
        assert client.get("/api/experience/reading").status_code == 404
        assert data(client.get(f"/api/experience/group/{spring['id']}")) == spring
        assert data(client.get("/program/settings")) == look
        assert data(client.get("/__understudy__/api/experiences")) == unsaved
        assert client.get("/api/experience/candidate/storefront/config.js").text == config
        assert "window.loaded = true" in config
        client.portal.call(worlds.reset, "default")
        assert client.get(f"/api/experience/{made['id']}").status_code == 404
    with serve() as (client, _):
        assert client.get(f"/api/experience/{made['id']}").status_code == 404
        assert data(client.get("/__understudy__/api/experiences")) == []
        assert data(client.get("/program/settings")) == {"theme": "", "colors": {}}
        assert data(client.get("/api/experience/reading"))["state"]["status"] == "published"


def test_2_6_a_file_that_is_saved_below_what_the_api_did_is_told_of(
    serve: Callable[[], Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    root = tmp_path / "storefront"
    offer, settings = root / "widgets" / "vip-offer.yaml", root / "understudy.toml"

    def saved(path: Path, text: str) -> list[str]:
        path.write_text(text)
        caplog.clear()
        worlds.reload()
        return [line for line in caplog.messages if "the API" in line]

    with serve() as (client, worlds):
        data(client.patch("/api/experience/vip-offer?update_state", json={"state": {"status": "unpublished"}}))
        data(client.patch("/api/experience/studio-sale", json={"label": "Sale"}))
        data(client.delete("/api/experience/studio-sale"))
        data(client.put("/api/account/setting/entity_timeout", json=250))
        assert saved(root / "widgets" / "new.yaml", "label: New\nwidget: {type: message, layout: bar, msg: x}\n") == []
        (said,) = saved(offer, offer.read_text() + "# more\n")
        assert said == (
            "widgets/vip-offer.yaml: what the API did lies over it (status); "
            "DELETE /__understudy__/api/experiences/vip-offer drops that"
        )
        sale = root / "widgets" / "studio-sale.yaml"
        assert "lies over it (its deletion)" in saved(sale, sale.read_text() + "# more\n")[0]
        text = settings.read_text().replace("[profile]", "[profile]\ntimeout_ms = 9")
        assert saved(settings, text) == [
            "understudy.toml says 9 for profile.timeout_ms, but the API has set it; "
            "DELETE /api/account/setting/entity_timeout drops that"
        ]
        data(client.delete("/__understudy__/api/experiences/vip-offer"))
        assert saved(offer, offer.read_text() + "# again\n") == []


def test_2_6_what_is_taken_back_or_saved_is_off_the_record(serve: Callable[[], Any], tmp_path: Path) -> None:
    with serve() as (client, _):
        for label in ("Kept", "Dropped", "Saved"):
            data(client.post("/api/experience", json={"experience": {**OFFER["experience"], "label": label}}), 201)
        data(client.delete("/__understudy__/api/experiences/dropped"))
        assert data(client.post("/__understudy__/api/experiences/saved/save"))["done"] == "written"
    assert (tmp_path / "storefront" / "widgets" / "saved.yaml").exists()
    with serve() as (client, worlds):
        assert [one["slug"] for one in data(client.get("/__understudy__/api/experiences"))] == ["kept"]
        found = {one["label"] for one in data(client.get("/api/experience"))}
        assert {"Kept", "Saved"} <= found
        assert "Dropped" not in found
        assert list(map(str, kept(worlds.default))) == ["2 experiences (kept, saved)"]  # when it was made is kept


def test_2_6_audiences_of_made_experiences_count_from_the_start(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        made = data(client.post("/api/experience", json=OFFER), 201)
    with serve() as (_, worlds):
        assert made["segments"]["target"] in {
            segment_id("storefront", slug) for slug in worlds.default.platform.audiences
        }


def test_3_7_documents_and_topics_are_on_record(serve: Callable[[], Any]) -> None:
    asked = "/api/content/doc?urls=news.example/one,news.example/two"
    posted = [{"url": f"news.example/{one}", "title": one, "topics": {"Tea": 0.5}} for one in ("one", "two")]
    with serve() as (client, _):
        client.get("/c/storefront?_uid=u1&_e=pv&url=https://news.example/one")
        data(client.post("/api/content/corpus", json=posted))
        found = data(client.get(asked))["urls"]
        data(client.post(f"/api/content/doc/hashedurl/{found[0]['id']}/topic/Cups?relevance=0.25"))
        before = data(client.get(asked))
        liked = data(client.get("/api/entity/user/_uid/u1"))["lytics_content"]
        assert liked["Tea"]
    with serve() as (client, worlds):
        assert data(client.get(asked)) == before
        assert data(client.get("/api/entity/user/_uid/u1"))["lytics_content"] == liked
        assert [str(each) for each in kept(worlds.default)] == ["2 documents (news.example/one, news.example/two)"]
        client.portal.call(worlds.reset, "default")
        assert data(client.get(asked))["total"] == 0


def test_3_8_settings_are_on_record(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        data(client.put("/api/account/setting/entity_timeout", json=250))
        data(client.put("/api/account/setting/content_blocked_paths", json=["/journal/"]))
        data(client.put("/api/account/setting/allow_bots", json=False))
        data(client.delete("/api/account/setting/allow_bots"))
    with serve() as (client, worlds):
        changed = {one["slug"]: one["value"] for one in data(client.get("/api/account/setting")) if one["changed"]}
        assert changed == {"entity_timeout": 250, "content_blocked_paths": ["/journal/"]}
        assert worlds.default.settings.profile.timeout_ms == 250
        client.portal.call(worlds.reset, "default")
        assert worlds.default.settings is worlds.default.workspace.settings
    with serve() as (client, _):
        assert not any(one["changed"] for one in data(client.get("/api/account/setting")))


def test_3_8_what_another_version_kept_is_left_out_and_stays_on_record(
    serve: Callable[[], Any], caplog: pytest.LogCaptureFixture
) -> None:
    odd = {
        "settings": "7",
        "documents": '{"hologram": 1}',
        "experiences": "[",
        "groups": "Spring",
        "look": '{"theme": 7}',
    }
    with serve() as (client, worlds):
        for room, text in odd.items():
            client.portal.call(worlds.default.platform.note, room, "odd", text)
    with serve() as (client, worlds):
        data(client.put("/api/account/setting/entity_timeout", json=1))
        assert {room: worlds.default.platform.notes(room)["odd"] for room in odd} == odd
        assert data(client.get("/program/settings"))["theme"] == ""
    for what in ("setting", "document", "experience", "group", "look of widgets"):
        assert f"the {what} 'odd' that the API made or changed is left out" in caplog.text


def test_what_cannot_be_put_on_record_is_not_acknowledged(
    serve: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve() as (client, worlds):
        with monkeypatch.context() as patched:
            refusing = AsyncMock(side_effect=StoreError("The disk is full."))
            patched.setattr(worlds.default.platform, "note_all", refusing)
            said = data(client.put("/api/account/setting/entity_timeout", json=250), 503)
            assert said == "The disk is full."
        data(client.put("/api/account/setting/allow_bots", json=False))  # brings the record up to date
    with serve() as (client, _):
        changed = {one["slug"] for one in data(client.get("/api/account/setting")) if one["changed"]}
        assert changed == {"entity_timeout", "allow_bots"}

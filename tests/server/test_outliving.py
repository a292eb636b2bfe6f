"""What the API has made outlives the server, until its world is reset (platform.md 3.6, 4.3, 4.5)."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.server.app import create_app
from understudy.server.platform import Platform, StoreError
from understudy.server.platform.codec import rfc3339
from understudy.server.records.record import kept
from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

GOLD = {"name": "Gold", "slug_name": "gold", "segment_ql": 'FILTER tier = "gold"', "groups": ["Loyal"]}
SUBSCRIBED = {"segmentql": 'FILTER city = "Oslo"', "webhook_url": "memory:oslo", "headers": {"X-Key": "very-secret"}}


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[], Any]:
    root = copy_storefront(tmp_path / "storefront")

    @contextmanager
    def once() -> Any:
        workspace = load_workspace(root)
        platform = Platform.open(tmp_path / "store.sqlite", workspace.audiences)
        app = create_app(Site(workspace, platform))
        with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
            yield client, app.state.worlds
        platform.close()

    return once


def data(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()["data"] if status < 400 else answer.json()["message"]


def test_3_6_audiences_made_changed_and_removed_are_on_record(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        made = data(client.post("/api/segment", json=GOLD))
        data(client.put("/api/segment/ly_at_risk", json={"segment_ql": "FILTER score_momentum < 5"}))
        data(client.delete("/api/segment/smt_new"))
        data(client.post("/api/segment", json={**GOLD, "slug_name": "gone"}))
        data(client.delete("/api/segment/gone"))
        of_file = data(client.get("/api/segment/high_value"))
        data(client.put("/api/segment/high_value", json={"segment_ql": "FILTER visitct > 99"}))
        client.get("/c/storefront?_uid=u1&tier=gold")
    with serve() as (client, _):
        assert data(client.get("/api/segment/gold")) == made
        assert data(client.get("/v2/segment/group/Loyal"))["segments"] == [made["id"]]
        assert "score_momentum < 5" in data(client.get("/api/segment/ly_at_risk"))["segment_ql"]
        for gone in ("smt_new", "gone"):
            assert client.get(f"/api/segment/{gone}").status_code == 404
        now = data(client.get("/api/segment/high_value"))  # a file that is edited is not edited in vain
        assert {**now, "updated": ""} == {**of_file, "updated": ""}
        assert "gold" in client.get("/api/personalize/storefront/user/_uid/u1").json()["data"]["user"]["segments"]
    with serve() as (client, worlds):
        client.portal.call(worlds.reset, "default")
        assert client.get("/api/segment/gold").status_code == 404
        assert data(client.get("/api/segment/smt_new"))["slug_name"] == "smt_new"


def test_3_6_when_audiences_were_made_and_changed_is_on_record(serve: Callable[[], Any], tmp_path: Path) -> None:
    file = tmp_path / "storefront" / "audiences" / "high_value.fql"

    def times(client: Any, slug: str) -> tuple[str, str]:
        found = data(client.get(f"/api/segment/{slug}"))
        return found["created"], found["updated"]

    with serve() as (client, worlds):
        clock = worlds.default.clock
        begun = rfc3339(worlds.default.platform.audience_times.first)
        assert times(client, "high_value") == times(client, "all") == times(client, "all_documents") == (begun, begun)
        clock.freeze()
        clock.set(1_900_000_000_000)
        made = data(client.post("/api/segment", json=GOLD))
        assert made["created"] == made["updated"] == "2030-03-17T17:46:40Z"
        clock.set(1_900_000_001_000)
        data(client.put("/api/segment/gold", json={"name": "Golden"}))
        data(client.put("/api/segment/gold", json={"name": "Golden"}))  # which changes nothing
        changed = (made["created"], "2030-03-17T17:46:41Z")
        assert times(client, "gold") == changed
        file.write_text("FILTER visitct > 99 ALIAS high_value")
        clock.set(1_900_000_002_000)
        worlds.reload()
        edited = (begun, "2030-03-17T17:46:42Z")
        assert times(client, "high_value") == edited
    with serve() as (client, _):
        assert (times(client, "gold"), times(client, "high_value"), times(client, "all")) == (
            changed,
            edited,
            (begun, begun),
        )
    file.write_text("FILTER visitct > 98 ALIAS high_value")
    with serve() as (client, worlds):
        created, updated = times(client, "high_value")
        assert (created, updated not in {begun, edited[1]}) == (begun, True)
        data(client.delete("/api/segment/gold"))
        again = data(client.post("/api/segment", json=GOLD))
        assert again["created"] != made["created"]
        assert not any(each.what == "" for each in kept(worlds.default))
        client.portal.call(worlds.reset, "default")
        assert times(client, "all")[0] > begun


def test_3_6_a_file_goes_before_what_the_api_made_of_its_name(serve: Callable[[], Any], tmp_path: Path) -> None:
    with serve() as (client, worlds):
        data(client.post("/api/segment", json=GOLD))
        (tmp_path / "storefront" / "audiences" / "gold.fql").write_text("FILTER points > 7 ALIAS gold")
        worlds.reload()
        assert "points > 7" in data(client.get("/api/segment/gold"))["segment_ql"]


def test_3_6_what_another_version_noted_is_left_out(serve: Callable[[], Any], caplog: pytest.LogCaptureFixture) -> None:
    with serve() as (client, worlds):
        for room, text in (("audiences", "FILTER hologram("), ("subscriptions", "{}")):
            client.portal.call(worlds.default.platform.note, room, "odd", text)
    with serve() as (client, _):
        assert client.get("/api/segment/odd").status_code == 404
        assert data(client.get("/api/subscription")) == []
    assert "the audience 'odd' that the API made is left out" in caplog.text


def test_4_3_templates_and_subscriptions_are_on_record(serve: Callable[[], Any]) -> None:
    source = {"content": "function template(data) { return 1 }"}
    with serve() as (client, _):
        made = data(client.post("/v2/template?name=one&type=js1&desired_format={}", **source))
        gone = data(client.post("/v2/template?name=two&type=js1", **source))
        data(client.delete(f"/v2/template/{gone['id']}"))
        changed = data(client.put(f"/v2/template/{made['id']}?description=mended"))
        subscribed = data(client.post("/api/subscription", json=SUBSCRIBED))
        ended = data(client.post("/api/subscription", json={**SUBSCRIBED, "segmentql": "", "segment_ids": ["all"]}))
        data(client.delete(f"/api/subscription/{ended['id']}"))
        assert subscribed["headers"] != SUBSCRIBED["headers"]
    with serve() as (client, worlds):
        assert [one for one in data(client.get("/v2/template")) if one["id"] == made["id"]] == [changed]
        assert client.get(f"/v2/template/{gone['id']}").status_code == 404
        assert data(client.get("/api/subscription")) == [subscribed]
        assert client.get(f"/api/segment/{subscribed['segment_ids'][0]}").status_code == 200
        client.portal.call(worlds.reset, "default")
        assert (data(client.get("/api/subscription")), client.get(f"/v2/template/{made['id']}").status_code) == (
            [],
            404,
        )


def test_3_6_what_is_needed_is_not_deleted(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        said = data(client.delete("/api/segment/high_value"), 409)
        assert "The audience 'high_value' is needed by the experience 'vip-offer'" in said
        data(client.post("/api/segment", json=GOLD))
        data(client.post("/api/segment", json={"name": "Two", "segment_ql": "FILTER AND (INCLUDE gold, visitct > 1)"}))
        hooked = data(
            client.post("/api/subscription", json={"segment_ids": ["gold"], "webhook_url": "memory:a", "name": "crm 2"})
        )
        said = data(client.delete("/api/segment/gold"), 409)
        assert said == "The audience 'gold' is needed by the webhook 'crm 2', the audience 'two'. Change those first."
        data(client.delete("/api/segment/two"))
        data(client.delete(f"/api/subscription/{hooked['id']}"))
        data(client.delete("/api/segment/gold"))


def test_3_6_an_audience_of_the_name_of_one_that_is_gone_begins_anew(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        client.get("/c/storefront?_uid=u1&tier=gold")
        data(client.post("/api/segment", json=GOLD))
        assert data(client.get("/api/segment/gold/size"))["size"] == 1
        data(client.delete("/api/segment/gold"))
        data(client.post("/api/segment", json={**GOLD, "segment_ql": 'FILTER tier = "tin"'}))
        (told,) = data(client.get("/api/segment/gold/attribution"))
        assert len(told["metrics"]) == 1


def test_3_7_a_collection_that_a_widget_recommends_from_is_not_deleted(serve: Callable[[], Any]) -> None:
    with serve() as (client, _):
        made = {"name": "Mugs", "segment_ql": 'FILTER path CONTAINS "mug" FROM content'}
        assert data(client.post("/api/segment", json=made))["slug_name"] == "mugs"
        paused = {"experience": {"state": {"status": "unpublished"}}}
        data(client.patch("/api/experience/reading?update_state", json=paused))
        override = {"vehicle": {"detail_override": {"recommend": {"collection": "Mugs"}}}}
        data(client.patch("/api/experience/reading", json=override))
        assert "is needed by the experience 'reading'" in data(client.delete("/api/segment/mugs"), 409)
        data(client.patch("/api/experience/reading?clean_override", json={"vehicle": {"detail_override": {}}}))
        data(client.delete("/api/segment/mugs"))


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

"""Audiences, templates and subscriptions that the API made outlive the server (platform.md 3.6, 4.3, 4.5)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from outliving_support import data

from understudy.server.platform.codec import rfc3339
from understudy.server.records.record import kept

GOLD = {"name": "Gold", "slug_name": "gold", "segment_ql": 'FILTER tier = "gold"', "groups": ["Loyal"]}
SUBSCRIBED = {"segmentql": 'FILTER city = "Oslo"', "webhook_url": "memory:oslo", "headers": {"X-Key": "very-secret"}}


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

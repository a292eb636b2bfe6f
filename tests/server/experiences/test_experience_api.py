"""The API of experiences (platform.md 1.1, 2.3, 2.6)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

Call = Callable[..., Any]
PUBLISH = {"experience": {"state": {"status": "published"}}}
PAUSE = {"experience": {"state": {"status": "unpublished"}}}
UPDATE = "?update_state=true"


def test_2_6_an_experience_is_made_as_a_draft_read_published_and_served(new: Call, call: Call, script: Call) -> None:
    made = new(vehicle={"detail": {"headline": "Hello", "layout": "slideout"}}, audience="high_value")
    assert len(made["id"]) == 32
    assert made["slug"] == "spring-offer"
    assert made["state"] == {"status": "draft"}
    assert made["vehicle"]["tactic"] == "target_url"
    assert made["vehicle"]["detail"] == {"type": "message", "okShow": True, "headline": "Hello", "layout": "slideout"}
    assert made["dates"]["createdAt"] == "2026-06-01T12:00:00Z"
    assert call("GET", f"/api/experience/{made['id']}") == made == call("GET", "/api/experience/spring-offer")
    assert "spring-offer" not in script()
    published = call("PATCH", f"/api/experience/{made['id']}{UPDATE}", PUBLISH)
    assert published["state"] == {"status": "published"}
    assert published["dates"]["publishedAt"] == "2026-06-01T12:00:00Z"
    assert '"id": "spring-offer"' in script()


def test_2_6_creation_names_the_keys_that_are_missing(call: Call, new: Call) -> None:
    message = call("POST", "/api/experience", {"label": "x", "vehicle": {"tactic": "target_url"}}, 400)
    assert "needs vehicle.provider_id" in message
    assert "needs label and vehicle.provider_id and vehicle.tactic" in call("POST", "/api/experience", {}, 400)
    assert "Choose one of target_url" in new(tactic="sell", status=400)
    assert "label must be a text" in call(
        "POST", "/api/experience", {"label": 3, "vehicle": {"provider_id": 1, "tactic": "SiteGate"}}, 400
    )


@pytest.mark.parametrize(
    ("tactic", "kind"),
    [
        ("Drive Traffic", "message"),
        ("capture_leads", "form"),
        ("present_message", "message"),
        ("Recommend Content", "message"),
        ("SiteGate", "sitegate"),
    ],
)
def test_1_1_each_tactic_makes_its_widget(new: Call, tactic: str, kind: str) -> None:
    assert new(tactic=tactic)["vehicle"]["detail"]["type"] == kind


def test_1_1_the_documented_request_works_as_it_is_written(
    client: TestClient, new: Call, script: Call, call: Call
) -> None:
    made = new(tactic="capture_leads", vehicle={"detail": {"layout": "slideout"}})
    body = """{"experience":{"vehicle":{"detail_override":{"formElements":[{"type":"email","required":true,
      "label":"Email","name":"email"}],"formStates":{"success":{"headline":"Thanks","msg":"Done","delay":0},
      "error":{"headline":"Sorry","msg":"Again"}},"confirmAction":{"waitForAsyncResponse":true,
      "callback":"function(e,a,t){var n=\\"x\\";t(true)}"},"onLoad":"function(e,a){}"}}}}"""
    answer = client.patch(
        f"/api/experience/{made['id']}",
        content=body,
        headers={"Authorization": "at.0123456789", "Content-Type": "text/json"},
    )
    assert answer.status_code == 200
    assert (
        answer.json()["data"]["vehicle"]["detail_override"]
        == json.loads(body)["experience"]["vehicle"]["detail_override"]
    )
    assert answer.json()["data"]["vehicle"]["detail"] == {"type": "form", "layout": "slideout"}
    call("PATCH", f"/api/experience/{made['id']}{UPDATE}", PUBLISH)
    text = script()
    assert '"callback": function(e,a,t){var n="x";t(true)}' in text
    assert '"onLoad": function(e,a){}' in text
    assert '"waitForAsyncResponse": true' in text


def test_2_6_overrides_add_up_until_one_replaces_them(new: Call, call: Call) -> None:
    where = f"/api/experience/{new()['id']}"
    one = {"vehicle": {"detail_override": {"headline": "A", "confirmAction": {"name": "n", "close": False}}}}
    call("PATCH", where, {"experience": one})
    two = {"vehicle": {"detailOverride": {"confirmAction": {"name": None}}}}
    found = call("PATCH", where, two)["vehicle"]
    assert found["detailOverride"]["headline"] == "A"
    assert found["detailOverride"]["confirmAction"] == {"name": None, "close": False}
    found = call("PATCH", f"{where}?clean_override", {"vehicle": {"detailOverride": {"msg": "B"}}})["vehicle"]
    assert found["detailOverride"] == found["detail_override"] == {"msg": "B"}
    assert call("PATCH", f"{where}?clean_override=true", {})["vehicle"]["detailOverride"] == {}


def test_2_6_what_a_widget_cannot_have_is_refused_and_changes_nothing(new: Call, call: Call) -> None:
    made = new()
    where = f"/api/experience/{made['id']}"
    broken = {"vehicle": {"detail_override": {"headlin": "A", "onLoad": "function ( {", "layout": "popup"}}}
    message = call("PATCH", where, broken, 422)
    for part in ("unknown key 'headlin'", "did you mean 'headline'?", "syntax error", "slideout"):
        assert part in message
    assert call("GET", where) == made
    assert "there is no audience 'nobody'" in call("PATCH", where, {"audience": "nobody"}, 422)
    assert "did you mean 'vehicle'" in call("PATCH", where, {"vehicel": {}}, 400)
    assert "did you mean 'tactic'" in call("PATCH", where, {"vehicle": {"tactics": 1}}, 400)
    assert "must be an object" in call("PATCH", where, {"vehicle": []}, 400)
    assert "state.status cannot be 'live'" in call("PATCH", where, {"state": {"status": "live"}}, 400)


def test_2_6_what_was_read_can_be_sent_back(new: Call, call: Call) -> None:
    variations = [{"label": "One", "widget": {"msg": "a"}}, {"id": "b", "weight": 2, "widget": {"msg": "b"}}]
    made = new(variations=variations, audience="high_value", campaign="spring", dates={"endDate": 1_800_000_000_000})
    assert made["dates"]["endDate"] == "2027-01-15T08:00:00Z"
    assert [one["id"] for one in made["variations"]] == ["spring-offer-a", "b"]
    assert call("PATCH", f"/api/experience/{made['id']}", {"experience": made}) == made
    offer = call("GET", "/api/experience/vip-offer")
    assert call("PATCH", "/api/experience/vip-offer", {"experience": offer}) == offer
    assert offer["unsaved"] is False


def test_2_3_a_published_experience_is_paused_to_be_edited(call: Call, script: Call) -> None:
    where = "/api/experience/vip-offer"
    message = call("PATCH", where, {"label": "New"}, 409)
    assert "Pause it first" in message
    assert call("PATCH", where + UPDATE, {"label": "New", **PAUSE["experience"]})["label"] != "New"
    assert "vip-offer" not in script()
    assert call("PATCH", where, {"label": "New"})["label"] == "New"
    call("PATCH", where + UPDATE, PUBLISH)
    assert '"label": "New"' in script()
    both = {"experience": {"label": "Newer", "state": {"status": "unpublished"}}}
    assert call("PATCH", where, both)["label"] == "Newer"


def test_2_3_states_follow_each_other_as_documented(call: Call, new: Call) -> None:
    where = f"/api/experience/{new()['id']}{UPDATE}"
    assert "only to archived or published" in call("PATCH", where, PAUSE, 409)
    for status in ("published", "unpublished", "draft", "published", "archived"):
        assert call("PATCH", where, {"state": {"status": status}})["state"]["status"] == status
    assert "is archived" in call("PATCH", where, PUBLISH, 409)
    assert "is archived" in call("PATCH", where, {"dates": {"endDate": "2030-01-01"}}, 409)


def test_2_3_the_end_date_archives_by_the_sites_clock(call: Call, new: Call, site: Site, script: Call) -> None:
    made = new(state={"status": "published"}, dates={"startDate": "2026-06-01", "endDate": "2026-06-02T12:00:00Z"})
    where = f"/api/experience/{made['id']}"
    assert '"end_at": "2026-06-02T12:00:00Z"' in script()
    end = site.now + 86_400_000
    site.clock.set(end - 1)
    assert call("GET", where)["state"]["status"] == "published"
    site.clock.set(end)
    assert call("GET", where)["state"]["status"] == "archived"
    assert "spring-offer" not in script()
    assert "is archived" in call("PATCH", where, {"label": "x"}, 409)
    assert "is archived" in call("PATCH", f"{where}?update_state=true", PUBLISH, 409)
    site.clock.set(end - 1)
    assert call("GET", where)["state"]["status"] == "published"


def test_2_6_deleting_softly_and_for_good(call: Call, new: Call, script: Call) -> None:
    made = new(state={"status": "published"})
    where = f"/api/experience/{made['id']}"
    assert "Choose hard or soft" in call("DELETE", f"{where}?method=kind", None, 400)
    assert call("DELETE", where)["deleted"] is True
    assert "spring-offer" not in script()
    assert call("GET", where)["state"] == {"status": "deleted"}
    assert made["id"] not in [one["id"] for one in call("GET", "/api/experience")]
    assert [one["id"] for one in call("GET", "/api/experience?status=deleted")] == [made["id"]]
    assert "status cannot be 'gone'" in call("GET", "/api/experience?status=gone", None, 400)
    assert "is deleted" in call("PATCH", where, {"label": "x"}, 409)
    assert "no experience" in call("DELETE", where, None, 404)
    assert call("DELETE", f"{where}?method=hard")["deleted"] is True  # also what was deleted softly before
    assert "no experience" in call("GET", where, None, 404)
    call("DELETE", "/api/experience/vip-offer?method=hard")
    assert "vip-offer" not in script()
    assert "no experience" in call("GET", "/api/experience/vip-offer", None, 404)


def test_2_6_a_new_label_that_is_taken_gets_a_number_and_widget_ids_are_nobodys_else(new: Call) -> None:
    assert [new("Vip offer")["slug"], new("Vip offer")["slug"], new("!!")["slug"]] == [
        "vip-offer-2",
        "vip-offer-3",
        "experience",
    ]
    taken = [{"id": "vip-offer"}, {}]
    assert "the id 'vip-offer' is taken" in new("Other", status=422, variations=taken)


def test_2_6_segments_of_what_the_api_made_are_audiences(new: Call, call: Call) -> None:
    made = new(campaign="spring", audience="high_value")
    for measure, slug in made["segments"].items():
        audience = call("GET", f"/api/segment/{slug}")
        assert audience["slug_name"] == f"orc_experience_spring-offer_{measure}"
        assert audience["invalid"] is False
    text = "FILTER INCLUDE orc_experience_spring-offer_reach".replace("INCLUDE ", "INCLUDE `") + "`"
    assert call("POST", "/api/segment", {"name": "Seen it", "segment_ql": text})["invalid"] is False


def test_2_6_the_list_has_the_files_and_what_the_api_did(call: Call, new: Call, root: Path) -> None:
    new()
    every = call("GET", "/api/experience")
    assert {one["slug"] for one in every} == {"reading", "studio-sale", "vip-offer", "welcome-back", "spring-offer"}
    assert {one["file"] for one in every if one["unsaved"]} == {""}
    assert {one["slug"] for one in call("GET", "/api/experience?status=draft")} == {"studio-sale", "spring-offer"}
    assert not (root / "widgets" / "spring-offer.yaml").exists()


def test_changes_stay_over_a_file_that_changes(call: Call, site: Site, root: Path, script: Call) -> None:
    call(
        "PATCH",
        "/api/experience/studio-sale",
        {"label": "Sale", "vehicle": {"detail_override": {"layout": "bar", "position": "top-fixed"}}},
    )
    path = root / "widgets" / "studio-sale.yaml"
    path.write_text(path.read_text().replace("The studio sale", "Sale of the year"))
    site.workspace = load_workspace(root, site.workspace)
    call("PATCH", f"/api/experience/studio-sale{UPDATE}", PUBLISH)
    text = script()
    assert '"headline": "Sale of the year"' in text
    assert call("GET", "/api/experience/studio-sale")["label"] == "Sale"
    assert '"position": "top-fixed"' in text
    path.write_text("widget: {type: form, layout: slideout}\n")  # which a bar's position does not fit
    site.workspace = load_workspace(root, site.workspace)
    assert '"headline": "Sale of the year"' in script()


def test_2_9_imported_experiences_are_counted_and_never_shown(call: Call, script: Call) -> None:
    assert call("GET", "/api/experience/import?provider_slug=facebook&auth_id=1") == []
    one = {"label": "Ads", "vehicle": {"provider_id": "fb", "providerSlug": "facebook", "tactic": "present_message"}}
    done = call("POST", "/api/experience/import", {"experiences": [one]}, 201)
    assert done[0]["data"]["imported"] is True
    mixed = call("POST", "/api/experience/import", [one, {"label": "x"}, 3], 207)
    assert [each["status"] for each in mixed] == [201, 400, 400]
    assert len(call("GET", "/api/experience/import?include_existing=true")) == 2
    where = f"/api/experience/{done[0]['data']['id']}"
    assert "its own provider shows it" in call("PATCH", where + UPDATE, PUBLISH, 409)
    assert '"ads"' not in script()
    assert "1 to 10" in call("POST", "/api/experience/import", {"experiences": [one] * 11}, 400)


def test_2_6_templates_and_candidates(call: Call, new: Call) -> None:
    assert [one["label"] for one in call("GET", "/api/experience/template")][:2] == ["Drive Traffic", "Capture Leads"]
    new(state={"status": "published"}, priority=1)
    slugs = [one["slug"] for one in call("GET", "/api/experience/candidate?vehicle=pathfora&channel=web")]
    assert slugs == ["spring-offer", "reading", "vip-offer", "welcome-back"]
    assert call("GET", "/api/experience/candidate?vehicle=facebook") == []


def test_2_6_candidates_have_the_figures_of_the_last_six_hours(call: Call, client: TestClient, site: Site) -> None:
    def event(uid: str, kind: str) -> None:
        sent = {"_uid": uid, "pf-widget-id": "vip-offer", "pf-widget-event": kind, "pf-widget-type": "message"}
        assert client.get(f"/c/{site.account}", params=sent).status_code == 200

    def metrics() -> Any:
        (found,) = (one for one in call("GET", "/api/experience/candidate") if one["slug"] == "vip-offer")
        return found["metrics"]

    assert metrics() == {"reach": 0, "impressions": 0, "converted": 0, "conversions": 0}
    for uid, kind in (("a", "show"), ("a", "show"), ("b", "show"), ("b", "confirm")):
        event(uid, kind)
    assert metrics() == {"reach": 2, "impressions": 3, "converted": 1, "conversions": 1}
    site.clock.set(site.now + 6 * 3_600_000)
    assert metrics()["reach"] == 2
    site.clock.set(site.now + 1)
    assert metrics()["reach"] == 0


def test_the_api_is_not_for_pages_of_other_origins(client: TestClient) -> None:
    for path in ("/api/experience", "/api/experience/group", "/api/program/campaign", "/program/settings"):
        assert client.get(path, headers={"origin": "https://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        *("", "[]", "nul", "3", '{"experience": 3}', "[" * 5000, '{"dates": {"endDate": []}}'),
        *('{"vehicle": {"aggression": NaN}}', '{"label": "\\ud800"}', '{"theme": "\\ud800"}'),
    ],
)
def test_bodies_that_are_no_experience_are_refused(client: TestClient, body: str) -> None:
    for method, path in (
        ("POST", "/api/experience"),
        ("PATCH", "/api/experience/studio-sale"),
        ("POST", "/program/settings"),
    ):
        answer = client.request(method, path, content=body)
        assert answer.status_code in {400, 422}, (path, answer.text)

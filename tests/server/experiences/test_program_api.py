"""The first generation of the API, and the account's look (platform.md 2.6, 2.7)."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.experiences.detail import detail_of_widget, widget_of_detail
from understudy.server.site import Site

Call = Callable[..., Any]
DETAIL = {
    "typeKey": "campaign-variation-detail-pathfora",
    "tactic": "target_url",
    "headline": "Hello",
    "body": "Read on",
    "layout": "sticky-bar",
    "attachment": "bottom-center",
    "appearsOn": [{"match": "substring", "value": "/blog/"}],
    "targetURL": 'https://shop.example/?q="1"',
}
WIDGET = {
    "type": "message",
    "okShow": True,
    "headline": "Hello",
    "msg": "Read on",
    "layout": "bar",
    "position": "bottom-fixed",
    "displayConditions": {"urlContains": [{"match": "substring", "value": "/blog/"}]},
    "confirmAction": {"callback": 'function () { window.location.href = "https://shop.example/?q=\\"1\\""; }'},
}


def test_2_6_the_older_words_for_a_widget_go_both_ways() -> None:
    assert widget_of_detail(DETAIL) == WIDGET
    assert {key: detail_of_widget(WIDGET)[key] for key in DETAIL} == DETAIL
    rules = {"showDelay": 3, "urlContains": ["/blog/"]}
    detail = detail_of_widget({"type": "form", "layout": "slideout", "position": "left", "displayConditions": rules})
    assert (detail["layout"], detail["attachment"], detail["tactic"]) == ("slideout", "left", "capture_leads")
    assert detail["appearsOn"] == [{"match": "substring", "value": "/blog/"}]
    assert detail["displayConditions"] == {"showDelay": 3}
    assert widget_of_detail(detail)["displayConditions"] == {**rules, "urlContains": detail["appearsOn"]}


@pytest.mark.parametrize("address", [r"/\x41", r"/it\'s", "/a\tb"])
def test_2_6_an_address_that_only_javascript_can_read_stays_in_its_callback(address: str) -> None:
    action = {"callback": f'function () {{ window.location.href = "{address}"; }}'}
    detail = detail_of_widget({"type": "message", "confirmAction": action})
    assert (detail["targetURL"], detail["confirmAction"]) == ("", action)


def test_2_6_an_older_detail_makes_the_widget(new: Call, call: Call, script: Call) -> None:
    made = new(vehicle={"detail": DETAIL}, state={"status": "published"})
    assert made["vehicle"]["detail"] == WIDGET
    assert '"callback": function () { window.location.href = "https://shop.example/?q=\\"1\\""; }' in script()
    (variation,) = [one for one in call("GET", "/api/program/campaign/variation") if one["campaign_id"] == made["id"]]
    assert {key: variation["detail"][key] for key in DETAIL} == DETAIL


def test_2_6_campaigns_and_their_states(call: Call, new: Call) -> None:
    base = "/api/program/campaign"
    made = new(audience="high_value", dates={"startDate": "2026-01-01"})
    one = call("GET", f"{base}/{made['id']}")
    assert (one["name"], one["status"], one["system_status"]) == ("Spring offer", "unpublished", "live")
    assert (one["start_at"], one["end_at"], one["published_at"]) == ("2026-01-01", None, None)
    assert one["segments"] == [call("GET", "/api/segment/high_value")["id"]]
    assert one["created_at"] == "2026-06-01T12:00:00Z"
    call("PATCH", f"/api/experience/{made['id']}?update_state", {"state": {"status": "archived"}})
    assert call("GET", f"{base}/{made['id']}")["system_status"] == "archived"
    published = call("GET", f"{base}?status=published")
    assert {one["name"] for one in published} == {
        one["label"] for one in call("GET", "/api/experience?status=published")
    }
    call("DELETE", f"/api/experience/{made['id']}")
    (gone,) = call("GET", f"{base}?status=deleted")
    assert (gone["deleted"], gone["deleted_at"]) == (True, "2026-06-01T12:00:00Z")
    assert made["id"] not in {one["id"] for one in call("GET", base)}
    assert "Choose one of" in call("GET", f"{base}?status=live", None, 400)
    assert "no experience" in call("GET", f"{base}/nowhere", None, 404)


def test_2_6_variations_are_numbered_and_have_their_segments(call: Call, new: Call) -> None:
    made = new(variations=[{"widget": {"msg": "a"}}, {"id": "other", "widget": {"msg": "b"}}])
    base = "/api/program/campaign/variation"
    one, two = (each for each in call("GET", base) if each["campaign_id"] == made["id"])
    assert (one["variation"], two["variation"], two["detail"]["body"], one["vehicle"]) == (0, 1, "b", "pathfora")
    assert call("GET", f"/api/segment/{two['reach']}")["slug_name"] == "orc_experience_other_reach"
    assert call("GET", f"/api/segment/{two['conversion']}")["slug_name"] == "orc_experience_other_conversion"
    assert call("GET", f"{base}/{two['id']}") == two == call("GET", f"{base}/other")
    assert "no variation" in call("GET", f"{base}/nowhere", None, 404)


def test_2_6_previews_find_variations_by_both_ids(client: TestClient, call: Call, new: Call, account: str) -> None:
    made = new(variations=[{"widget": {"msg": "a"}}, {"id": "other", "widget": {"msg": "b"}}])
    two = call("GET", "/api/program/campaign/variation/other")
    for name in ("other", two["id"]):
        text = client.get(f"/api/program/campaign/variation/preview/{account}/{name}/config.js").text
        assert '"id": "other"' in text
        assert "spring-offer-a" not in text
    text = client.get(f"/api/experience/preview/{account}/{made['id']}/config.js").text
    assert "spring-offer-a" in text
    assert "prepare" in text


def test_5_7_the_older_configuration_has_what_is_published(client: TestClient, account: str, script: Call) -> None:
    assert client.get(f"/api/program/campaign/config/{account}/config.js").text == script()


@pytest.mark.parametrize("path", ["/program/settings", "/api/program/settings"])
def test_2_7_the_accounts_look_is_that_of_widgets_without_one(
    call: Call, new: Call, script: Call, path: str, site: Site
) -> None:
    assert call("GET", path) == {"theme": "", "colors": {}}
    assert "not a CSS colour" in call("POST", path, {"colors": {"text": "3px"}}, 422)
    look = {"theme": "custom", "colors": {"background": "#123456"}}
    told: list[Any] = []
    site.experiences.subscribe(lambda *both: told.append([{each.widget.theme for each in one} for one in both]))
    new(state={"status": "published"})
    told.clear()
    assert call("POST", path, look) == look
    text = script()
    reading = text[text.index('"reading"') : text.index('"vip-offer"')]
    offer = text[text.index('"vip-offer"') : text.index('"welcome-back"')]
    assert ("#123456" in reading, "#123456" in offer) == ('"theme": "custom"' in reading, False)
    assert told == [[{"none", ""}, {"none", "custom"}]]
    assert call("POST", path, {"colors": None}) == {"theme": "custom", "colors": {}}

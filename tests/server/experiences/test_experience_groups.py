"""Campaigns, stages and priorities by the API (platform.md 2.6)."""

from collections.abc import Callable
from typing import Any

import pytest

Call = Callable[..., Any]
GROUP = "/api/experience/group"


@pytest.fixture
def ids(call: Call) -> dict[str, str]:
    return {one["slug"]: one["id"] for one in call("GET", "/api/experience")}


def slugs(call: Call) -> dict[str, tuple[str, str]]:
    return {one["slug"]: (one["campaign"], one["stage"]) for one in call("GET", "/api/experience")}


def test_2_6_a_campaign_has_experiences_and_an_empty_list_takes_them_out(
    call: Call, ids: dict[str, str], script: Call
) -> None:
    body = {"class": "campaign", "label": "Spring 2026", "experiences": [ids["vip-offer"], "reading"]}
    made = call("POST", GROUP, body, 201)
    assert (made["slug"], made["class"], made["label"]) == ("spring-2026", "campaign", "Spring 2026")
    assert set(made["experiences"]) == {ids["vip-offer"], ids["reading"]}
    assert call("GET", f"{GROUP}/{made['id']}") == made == call("GET", f"{GROUP}/spring-2026")
    assert slugs(call)["vip-offer"] == ("spring-2026", "")
    assert '"audience": "orc_experience_vip-offer_target"' in script()
    assert {one["slug"] for one in call("GET", "/api/experience/orphan")} == {"studio-sale", "welcome-back"}
    assert call("GET", "/api/experience/vip-offer")["group_id"] == made["id"]
    emptied = call("PATCH", f"{GROUP}/{made['id']}", {"experiences": []})
    assert emptied["experiences"] == []
    assert "orc_experience" not in script()
    assert call("GET", f"{GROUP}?class=campaign") == [emptied]
    assert call("GET", f"{GROUP}?class=stage") == []


def test_2_6_a_campaign_has_stages_or_experiences_not_both(call: Call, ids: dict[str, str]) -> None:
    late = call("POST", GROUP, {"class": "stage", "label": "Late", "experiences": [ids["reading"]]}, 201)
    assert slugs(call)["reading"] == ("", "late")
    body = {"class": "campaign", "label": "Spring", "child_groups": [late["id"]]}
    spring = call("POST", GROUP, body, 201)
    (child,) = spring["child_groups"]
    assert child["experiences"] == [ids["reading"]]
    assert child["parent_id"] == spring["id"]
    assert slugs(call)["reading"] == ("spring", "late")
    assert "experiences" not in spring
    both = {**body, "label": "Other", "experiences": [ids["vip-offer"]]}
    assert "not both" in call("POST", GROUP, both, 400)
    assert call("PATCH", f"{GROUP}/{spring['id']}", {"child_groups": []})["experiences"] == []
    assert slugs(call)["reading"] == ("", "late")
    assert {one["label"] for one in call("GET", GROUP)} == {"Late", "Spring"}


def test_2_6_a_stage_that_cannot_move_stays_with_its_label(
    call: Call, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = call("POST", GROUP, {"class": "stage", "label": "Late & last", "experiences": [ids["reading"]]}, 201)
    spring = call("POST", GROUP, {"class": "campaign", "label": "Spring"}, 201)
    with monkeypatch.context() as patched:
        patched.setattr("understudy.server.experiences.shelf.MOST", 0)
        refused = call("PATCH", f"{GROUP}/{spring['id']}", {"child_groups": [late["id"]]}, 422)
    assert "more than 0 changed" in refused
    assert call("GET", f"{GROUP}/{late['id']}") == late
    (moved,) = call("PATCH", f"{GROUP}/{spring['id']}", {"child_groups": [late["id"]]})["child_groups"]
    assert (moved["label"], moved["parent_id"]) == ("Late & last", spring["id"])


def test_2_6_a_renamed_group_keeps_its_members(call: Call, ids: dict[str, str]) -> None:
    made = call("POST", GROUP, {"class": "campaign", "label": "Spring", "experiences": [ids["reading"]]}, 201)
    renamed = call("PUT", f"{GROUP}/{made['id']}", {"label": "Easter"})
    assert renamed == {**made, "label": "Easter"}


def test_2_6_deleting_a_group_frees_its_experiences_or_deletes_them_too(call: Call, ids: dict[str, str]) -> None:
    body = {"class": "campaign", "label": "Spring", "experiences": [ids["reading"]]}
    first = call("POST", GROUP, body, 201)
    assert call("DELETE", f"{GROUP}/{first['id']}")["deleted"] is True
    assert slugs(call)["reading"] == ("", "")
    assert call("GET", GROUP) == []
    second = call("POST", GROUP, body, 201)
    call("DELETE", f"{GROUP}/{second['id']}?recursive=true")
    assert "reading" not in slugs(call)
    assert call("GET", f"/api/experience/{ids['reading']}")["state"]["status"] == "deleted"
    assert "no group" in call("DELETE", f"{GROUP}/{second['id']}", None, 404)


def test_2_6_groups_say_what_is_wrong(call: Call) -> None:
    assert "class cannot be 'folder'" in call("POST", GROUP, {"class": "folder", "label": "x"}, 400)
    assert "label must be" in call("POST", GROUP, {"class": "stage"}, 400)
    assert "there is none with the id 'x'" in call(
        "POST", GROUP, {"class": "stage", "label": "x", "experiences": ["x"]}, 400
    )
    assert "no stage with the id" in call(
        "POST", GROUP, {"class": "campaign", "label": "x", "child_groups": [{"id": 3}]}, 400
    )
    assert "no child_groups" in call("POST", GROUP, {"class": "stage", "label": "x", "child_groups": ["y"]}, 400)
    assert "must be a list" in call("POST", GROUP, {"class": "stage", "label": "x", "experiences": {}}, 400)
    assert call("GET", GROUP) == []


def test_2_6_there_are_only_so_many_groups(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("understudy.server.experiences.groups.MOST", 1)
    call("POST", GROUP, {"class": "stage", "label": "x"}, 201)
    assert "Delete some" in call("POST", GROUP, {"class": "stage", "label": "y"}, 400)


def test_2_6_priorities_order_what_a_page_gets(call: Call, ids: dict[str, str], script: Call) -> None:
    path = "/api/experience/prioritization"
    before = call("GET", path)
    assert before["slug"] == "account_priority"
    after = call("POST", path, {"experiences": [ids["welcome-back"], ids["vip-offer"]]})
    assert after["experiences"][:2] == [ids["welcome-back"], ids["vip-offer"]]
    assert sorted(after["experiences"]) == sorted(before["experiences"])
    text = script()
    assert text.index('"welcome-back"') < text.index('"vip-offer"') < text.index('"reading"')
    assert call("PUT", path, {"experiences": []}) == before
    assert "must be a list" in call("POST", path, {"experiences": "x"}, 400)
    assert "no experience" in call("POST", path, {"experiences": ["x"]}, 404)


def test_2_6_priorities_of_groups_are_those_of_their_experiences(call: Call, ids: dict[str, str]) -> None:
    one = call("POST", GROUP, {"class": "campaign", "label": "One", "experiences": [ids["reading"]]}, 201)
    two = call("POST", GROUP, {"class": "stage", "label": "Two", "experiences": [ids["vip-offer"]]}, 201)
    path = f"{GROUP}/priority"
    assert call("POST", path, {"groups": [two["id"], one["id"]]})["groups"] == [two["id"], one["id"]]
    assert call("GET", "/api/experience/vip-offer")["priority"] == 1
    assert call("POST", path, {"groups": [one["id"]]})["groups"] == [one["id"], two["id"]]
    assert call("GET", "/api/experience/vip-offer")["priority"] is None
    assert "no group" in call("POST", path, {"groups": ["x"]}, 400)

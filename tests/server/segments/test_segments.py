"""Audiences by the API (platform.md 3.6)."""

import asyncio
from dataclasses import replace

import pytest
from segments_support import data
from starlette.testclient import TestClient

from understudy.server.platform import AudienceBook, parse_audience
from understudy.server.platform.filterql import parse
from understudy.server.platform.scanning import BATCH, decider, everyone
from understudy.server.site import Site

GOLD = {"name": "Gold Buyers", "segment_ql": 'FILTER tier = "gold"', "description": "Those of gold"}


def test_3_6_an_audience_is_made_changed_and_removed(
    client: TestClient, site: Site, account: str, visitors: None
) -> None:
    made = data(client.post("/api/segment", json=GOLD))
    assert (made["slug_name"], made["name"], made["is_public"]) == ("gold_buyers", "Gold Buyers", True)
    assert (made["kind"], made["table"], made["description"], made["invalid"]) == (
        "segment",
        "user",
        "Those of gold",
        False,
    )
    assert len(made["id"]) == 32
    assert data(client.get(f"/api/segment/{made['id']}")) == data(client.get("/v2/segment/gold_buyers")) == made
    segments = client.get(f"/api/personalize/{account}/user/_uid/v1").json()["data"]["user"]["segments"]
    assert "gold_buyers" in segments
    assert "There is an audience 'gold_buyers' already" in data(client.post("/api/segment", json=GOLD), 409)
    assert made in data(client.get("/api/segment"))

    site.platform.use_audiences(site.workspace.audiences)  # as when a file of the workspace was saved
    changed = data(client.put("/api/segment/gold_buyers", json={"segment_ql": 'FILTER tier = "tin"'}))
    assert (changed["id"], changed["name"], changed["description"]) == (made["id"], "Gold Buyers", "Those of gold")
    changed = data(client.put("/api/segment/gold_buyers", json={"is_public": False}))
    assert ("tin" in changed["segment_ql"], changed["is_public"]) == (True, False)
    profile = site.platform.profile("_uid", "v2")
    assert profile is not None
    assert "gold_buyers" in profile.segments
    user = client.get(f"/api/personalize/{account}/user/_uid/v2").json()["data"]["user"]
    assert "gold_buyers" not in user["segments"]

    assert data(client.delete("/api/segment/gold_buyers"))["slug_name"] == "gold_buyers"
    assert "no audience" in data(client.get("/api/segment/gold_buyers"), 404)
    assert data(client.delete("/api/segment/smt_new"))["slug_name"] == "smt_new"
    assert "smt_new" not in {one["slug_name"] for one in data(client.get("/api/segment"))}


def test_3_6_lists_by_table_kind_and_validity(client: TestClient, site: Site) -> None:
    everyone = data(client.get("/api/segment?table=user"))
    assert {one["table"] for one in everyone} == {"user"}
    goal = {"name": "Goal", "segment_ql": "FILTER visitct > 3", "kind": "goal"}
    assert data(client.post("/api/segment", json=goal))["kind"] == "goal"
    assert [one["slug_name"] for one in data(client.get("/api/segment?kind=goal"))] == ["goal"]
    assert [one["slug_name"] for one in data(client.get("/api/segment?kind=goal&sizes=true"))] == ["goal"]
    data(client.post("/api/segment", content='FILTER INCLUDE goal ALIAS "via_goal"'))
    client.portal.call(site.platform.remove_audience, "goal")
    (broken,) = data(client.get("/api/segment?valid=false"))
    assert (broken["slug_name"], broken["invalid_reason"]) == ("via_goal", "there is no audience 'goal'")
    assert "via_goal" not in {one["slug_name"] for one in data(client.get("/api/segment?valid=true"))}


def test_3_6_what_is_no_audience_is_refused_and_nothing_changes(client: TestClient, site: Site) -> None:
    before = site.platform.audiences
    for body, status, part in (
        ({"name": "x", "segment_ql": "FILTER visitct >"}, 422, "^"),
        ({"name": "x", "segment_ql": "SELECT 1"}, 422, "FILTER"),
        ({"name": "x", "segment_ql": "FILTER INCLUDE nowhere"}, 422, "nowhere"),
        ({"name": "x", "segment_ql": "FILTER INCLUDE x"}, 422, "includes itself"),
        ({"name": "x", "segment_ql": 'FILTER seen > "now-3x"'}, 422, "hint: write now, or now-3d"),
        ({"name": "x"}, 400, "segment_ql"),
        ({"segment_ql": "FILTER *"}, 400, "slug_name"),
        ({"segment_ql": "FILTER *", "slug_name": "../../etc/passwd"}, 400, "slug_name"),
        ({"segment_ql": "FILTER *", "name": "x", "is_public": "yes"}, 400, "is_public"),
        ({"segment_ql": "FILTER *", "name": "x", "kind": "odd"}, 400, "kind"),
        ({"segment_ql": 7}, 400, "segment_ql"),
        ([1], 400, "object"),
    ):
        assert part in data(client.post("/api/segment", json=body), status)
    assert "not JSON" in data(client.post("/api/segment", content="[" * 5000), 400)
    assert "FILTER" in data(client.post("/api/segment/validate", content="nonsense"), 422)
    said = data(client.post("/api/segment/validate", content="FILTER AND (\n  INCLUDE nowhere\n)"), 422)
    assert said.splitlines()[:3] == [
        "line 2, column 11: there is no audience 'nowhere'",
        "    INCLUDE nowhere",
        "            ^",
    ]
    assert data(client.post("/api/segment/validate", content="FILTER visitct > 3 ALIAS x")) == {
        "segment_ql": "FILTER visitct > 3 FROM user ALIAS x"
    }
    assert "over the limit" in data(client.post("/api/segment/validate", content=b"x" * 2_000_000), 413)
    assert "slug_name cannot become 'other'" in data(client.put("/api/segment/all", json={"slug_name": "other"}), 400)
    assert site.platform.audiences is before
    assert data(client.put("/api/segment/all", json={"slug_name": "all", "name": "Everyone"}))["name"] == "Everyone"


def test_3_6_a_parameter_that_cannot_be_is_refused(client: TestClient) -> None:
    for query, part in (
        ("?kind=goal,nonsense", "kind cannot be 'nonsense'"),
        ("/all/scan?sortorder=down", "asc or desc"),
    ):
        assert part in data(client.get(f"/api/segment{query}"), 400)


def test_3_3_there_are_only_so_many_audiences_and_conditions(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = " ".join(f"OR (visitct = {number}, NOT points = 1)," for number in range(500))
    data(client.post("/api/segment", json={"name": "Wide", "segment_ql": f"FILTER OR ({many})"}))
    said = data(client.post("/api/segment", json={"name": "W", "segment_ql": f"FILTER OR ({many} visitct > 9)"}), 422)
    assert "1,001 conditions, where the vendor takes 1,000" in said
    monkeypatch.setattr("understudy.server.segments.routes.MOST_MADE", 1)
    assert "as many as the vendor takes" in data(client.post("/api/segment", content="FILTER * ALIAS more"), 429)
    data(client.put("/api/segment/wide", json={"segment_ql": "FILTER visitct > 3"}))
    data(client.delete("/api/segment/wide"))
    data(client.post("/api/segment", content="FILTER * ALIAS more"))


def test_3_6_sizes(client: TestClient, visitors: None) -> None:
    made = data(client.post("/api/segment", json=GOLD))
    assert data(client.get("/api/segment/gold_buyers/size")) == {
        "id": made["id"],
        "name": "Gold Buyers",
        "slug_name": "gold_buyers",
        "size": 3,
    }
    assert data(client.post("/api/segment/size", content="FILTER points >= 2")) == {"size": 5}
    via = "FILTER AND (INCLUDE gold_buyers, points > 1) ALIAS g"
    assert data(client.post("/v2/segment/size", content=via)) == {"size": 2}
    assert data(client.post("/api/segment/size", content="FILTER author = 'Mara' FROM content")) == {"size": 1}
    sizes = data(client.get(f"/api/segment/sizes?ids={made['id']},all"))
    assert [(one["slug_name"], one["size"]) for one in sizes] == [("gold_buyers", 3), ("all", 7)]
    assert len(data(client.get("/api/segment/sizes"))) > 50
    assert data(client.get("/api/segment/sizes?ids=nobody"), 404)


def test_3_6_a_scan_goes_through_all_pages(client: TestClient, site: Site, visitors: None) -> None:
    data(client.post("/api/segment", json=GOLD))
    seen: list[str] = []
    start = ""
    while True:
        body = client.get(f"/api/segment/all/scan?limit=3&start={start}").json()
        assert body["total"] == 7
        seen += [profile["_uid"] for profile in body["data"]]
        if not (start := body["_next"]):
            break
    assert sorted(seen) == [f"v{number}" for number in range(7)]
    page = client.get("/api/segment/gold_buyers/scan?fields=points,segments&sortfield=points&sortorder=desc").json()
    assert [one["points"] for one in page["data"]] == ["5", "3", "1"]
    assert all(set(one) == {"points", "segments"} and "gold_buyers" in one["segments"] for one in page["data"])
    ad_hoc = client.post("/api/segment/scan?limit=1&sortfield=points&fields=points", content='FILTER tier = "tin"')
    assert (ad_hoc.json()["total"], ad_hoc.json()["data"][0]["points"]) == (4, "0")
    for limit in ("0", "101", "x", "-1", "9" * 30):
        assert "limit" in data(client.get(f"/api/segment/all/scan?limit={limit}"), 400)
    assert client.get("/api/segment/all/scan?start=gone").json()["data"] == []


def test_3_6_a_scan_is_for_the_api_alone(client: TestClient, visitors: None) -> None:
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://evil.test"}
    for method, path in (
        ("GET", "/api/segment"), ("POST", "/api/segment"), ("DELETE", "/api/segment/all"), ("PUT", "/api/segment/all"),
        ("GET", "/api/segment/all/scan"), ("POST", "/api/segment/scan"), ("POST", "/collect/json/crm"),
    ):  # fmt: skip
        assert data(client.request(method, path, headers=foreign), 403)


def test_more_profiles_than_a_batch_are_all_seen_once(site: Site) -> None:
    async def fill() -> None:
        for number in range(BATCH + 3):
            await site.platform.seed({"_uid": f"p{number}"}, {})

    asyncio.run(fill())
    ids = [state.id for state in everyone(site.platform._store)]
    assert len(ids) == len(set(ids)) == BATCH + 3
    assert site.platform.people.counts([parse("FILTER *"), parse("FILTER EXISTS email")]) == [BATCH + 3, 0]


def test_a_condition_alone_decides_as_the_whole_book_does(site: Site, visitors: None) -> None:
    circle = [parse_audience(f"FILTER INCLUDE {other} ALIAS {one}") for one, other in (("a", "b"), ("b", "a"))]
    content = replace(circle[0], slug="c", statement=parse("FILTER * FROM content ALIAS c"))
    book = AudienceBook([*site.platform.audiences.values(), *circle, content])
    now = site.platform._now()
    for state in everyone(site.platform._store):
        values = state.values()
        members = book.members(values, now)
        for slug in book:
            assert decider(book[slug].statement, book, now)(values) is (slug in members), slug

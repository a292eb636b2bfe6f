"""Reach, conversions and rates of experiences and their variations (platform.md 2.4)."""

from pathlib import Path
from typing import Any

import pytest
from reports_support import API, DAY, HOUR, NOW, act, data, event, store
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}


@pytest.fixture
def visits(client: TestClient, site: Site) -> None:
    """Five painters, of whom four are shown something, and a member of staff."""
    painters = [event(f"p{n}", NOW - 3 * DAY, craft="paint") for n in range(5)]
    store(client, site, [*painters, event("s", craft="paint", role="staff")])
    store(
        client,
        site,
        [
            act("p0", "duel-a", "show", NOW - 3 * DAY),
            act("p0", "duel-a", "hover", NOW - 3 * DAY),
            act("p0", "duel-a", "show", NOW - 2 * DAY),
            act("p0", "duel-a", "confirm", NOW - 2 * DAY),
            act("p1", "duel-a", "show", NOW - 2 * DAY),
            act("p1", "duel-a", "cancel", NOW - 2 * DAY),
            act("p2", "duel-b", "show", NOW - HOUR),
            act("p2", "duel-b", "confirm", NOW),
            act("p2", "duel-b", "confirm", NOW),
            act("p1", "duel-b", "show", NOW),
            act("p1", "duel-b", "close", NOW),
            act("p3", "letter", "show", NOW, "subscription"),
            act("p3", "letter", "subscribe", NOW, "subscription"),
            act("p3", "letter", "confirm", NOW, "subscription"),
            act("x", "letter-inverse", "show", NOW),
            act("x", "old", "show", NOW - 40 * DAY),
        ],
    )


def of(found: Any, *names: str) -> list[Any]:
    return [found["figures"][name] for name in names]


def test_2_4_every_variation_and_the_experience_as_a_whole(client: TestClient, visits: None) -> None:
    report = data(client.get(API))
    duel, letter = report["experiences"]
    names = ("potential", "reach", "impressions", "converted", "conversions", "rate", "rate_of_potential")
    assert [one["id"] for one in duel["variations"]] == ["duel-a", "duel-b"]
    assert of(duel["variations"][0], *names) == [5, 2, 3, 1, 1, 0.5, 0.2]
    assert of(duel["variations"][1], *names) == [5, 2, 2, 1, 2, 0.5, 0.2]
    assert of(duel, *names) == [5, 3, 5, 2, 3, 0.6667, 0.4]  # p1 saw both, and is one visitor
    assert of(duel, "closes", "cancels", "hovers") == [1, 1, 1]
    assert [one["label"] for one in duel["variations"]] == ["Question", "Promise"]
    # A form's `confirm` is the same act as its being sent; staff may see the letter.
    assert of(letter, *names) == [6, 1, 1, 1, 1, 1.0, 0.1667]
    own, outside = letter["variations"]
    assert (own["outside"], outside["outside"], of(outside, *names)[:2]) == (False, True, [None, 1])
    assert report["visitors"] == 7


def test_2_4_a_campaign_counts_each_visitor_once(client: TestClient, visits: None) -> None:
    (autumn,) = data(client.get(API))["campaigns"]
    assert (autumn["campaign"], autumn["experiences"]) == ("autumn", ["duel", "letter"])
    assert of(autumn, "potential", "reach", "converted", "rate") == [6, 4, 3, 0.75]


def test_2_4_what_an_experience_is(client: TestClient, visits: None) -> None:
    duel, letter = data(client.get(API))["experiences"]
    assert (duel["tactic"], duel["tactic_label"], duel["status"]) == ("target_url", "Drive Traffic", "published")
    assert (letter["tactic_label"], letter["campaign"]) == ("Capture Leads", "autumn")
    assert (duel["file"], duel["line"], duel["audience"], duel["exclude"]) == (
        "widgets/duel.yaml",
        1,
        "painters",
        ["staff"],
    )


def test_2_4_a_widget_that_no_experience_has_is_told_too(client: TestClient, visits: None) -> None:
    (old,) = data(client.get(API))["others"]
    assert (old["id"], old["status"], of(old, "potential", "reach")) == ("old", "unknown", [None, 1])
    assert data(client.get(f"{API}/old"))["outside_of_period"] == {
        "earlier": {"impressions": 1, "conversions": 0},
        "later": {"impressions": 0, "conversions": 0},
    }


def test_2_4_who_was_ever_eligible_stays_in_the_potential_reach(client: TestClient, site: Site) -> None:
    store(client, site, [event("u", craft="paint"), event("u", craft="clay"), event("v", craft="clay")])
    duel = data(client.get(f"{API}/duel"))
    assert of(duel, "potential", "reach", "rate", "rate_of_potential") == [1, 0, None, 0.0]


def test_2_4_the_same_numbers_as_the_audiences_that_come_with_it(client: TestClient, visits: None) -> None:
    sizes = {one["slug_name"]: one["size"] for one in data(client.get("/api/segment/sizes"))}
    duel = data(client.get(f"{API}/duel"))
    assert sizes["orc_experience_duel_reach"] == duel["figures"]["reach"]
    assert sizes["orc_experience_duel_conversion"] == duel["figures"]["converted"]
    assert sizes["orc_experience_duel-a_reach"] == duel["variations"][0]["figures"]["reach"]
    assert sizes["orc_experience_duel_fixed"] == duel["figures"]["potential"]


def test_2_4_over_time_by_day(client: TestClient, visits: None) -> None:
    report = data(client.get(f"{API}/duel?by=day&last=4"))
    assert report["period"] == {
        "by": "day",
        "last": 4,
        "from": "2026-11-20T00:00:00.000Z",
        "to": "2026-11-24T00:00:00.000Z",
        "time_zone": "UTC",
    }
    a, b = report["series"]
    assert [point["start"][:10] for point in a["points"]] == ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"]
    assert [point["impressions"] for point in a["points"]] == [1, 2, 0, 0]
    assert [point["reach"] for point in a["points"]] == [1, 2, 0, 0]
    assert [point["converted"] for point in a["points"]] == [0, 1, 0, 0]
    assert [point["rate"] for point in a["points"]] == [0.0, 0.5, 0.5, 0.5]
    assert [point["rate"] for point in b["points"]] == [None, None, None, 0.5]
    assert [point["conversions"] for point in b["points"]] == [0, 0, 0, 2]


def test_2_4_over_time_by_hour_and_all_adds_up(client: TestClient, visits: None) -> None:
    report = data(client.get(f"{API}/duel?by=hour&last=2"))
    b = report["series"][1]["points"]
    assert [(point["start"], point["reach"]) for point in b] == [
        ("2026-11-23T11:00:00.000Z", 1),
        ("2026-11-23T12:00:00.000Z", 1),
    ]
    inside = sum(point["impressions"] for part in report["series"] for point in part["points"])
    outside = report["outside_of_period"]
    assert inside + outside["earlier"]["impressions"] == report["figures"]["impressions"]


def test_2_4_a_page_whose_clock_is_ahead(client: TestClient, site: Site) -> None:
    store(client, site, [act("u", "duel-a", "show", NOW + 2 * DAY)])
    report = data(client.get(f"{API}/duel"))
    assert report["outside_of_period"]["later"] == {"impressions": 1, "conversions": 0}
    assert report["figures"]["reach"] == 1


def test_2_4_recently_converted_and_history(client: TestClient, site: Site, visits: None) -> None:
    store(client, site, [event("p0", email="ann@b.test")])
    report = data(client.get(f"{API}/duel"))
    assert [(one["visitor"], one["variation"]) for one in report["recently_converted"]] == [
        ("p2", "duel-b"),
        ("ann@b.test", "duel-a"),
    ]
    happened = [(one["event"], one["visitor"]) for one in report["history"]]
    assert len(happened) == 11
    assert happened[0] == ("close", "p1")
    assert happened[-1] == ("hover", "ann@b.test") or happened[-1] == ("show", "ann@b.test")
    assert {one["variation"] for one in report["history"]} == {"duel-a", "duel-b"}
    times = [one["time"] for one in report["history"]]
    assert times == sorted(times, reverse=True)


def test_2_4_visitors_who_turn_out_to_be_one_are_counted_once(client: TestClient, site: Site, visits: None) -> None:
    store(client, site, [event("p0", email="ann@b.test"), event("p2", email="ann@b.test")])
    duel = data(client.get(f"{API}/duel"))
    assert of(duel, "reach", "converted", "potential") == [2, 1, 4]


def test_2_4_a_report_by_the_id_of_a_variation(client: TestClient, visits: None) -> None:
    assert data(client.get(f"{API}/duel-b"))["id"] == "duel"
    assert data(client.get(f"{API}/letter-inverse"))["id"] == "letter"


def test_2_4_the_same_events_give_the_same_report(client: TestClient, visits: None) -> None:
    assert client.get(f"{API}/duel").content == client.get(f"{API}/duel").content
    assert client.get(API).content == client.get(API).content


def test_2_4_an_audience_that_is_missing_is_noted(client: TestClient, site: Site, root: Path) -> None:
    (root / "audiences" / "painters.fql").unlink()
    site.workspace = load_workspace(root, site.workspace)
    site.platform.use_audiences(site.workspace.audiences)
    store(client, site, [event("p", craft="paint")])
    duel = data(client.get(f"{API}/duel"))
    assert duel["notes"] == ["There is no audience 'painters', so nobody is in it; see `understudy lint`."]
    assert of(duel, "potential", "rate_of_potential") == [0, None]


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/nope", 404, "There is no experience or widget 'nope'. There is: duel, letter."),
        ("?by=week", 400, "by='week' is none; it is hour or day."),
        ("?last=0", 400, "last='0' is no whole number from 1 to 400."),
        ("?last=401", 400, "last='401'"),
        ("?last=" + "9" * 5000, 400, "is no whole number"),
        ("/duel?last=%C2%B2", 400, "is no whole number"),
    ],
)
def test_what_cannot_be_reported_is_said(client: TestClient, path: str, status: int, message: str) -> None:
    assert message in data(client.get(f"{API}{path}"), status)


def test_only_who_may_use_the_api_sees_reports(client: TestClient) -> None:
    for path in (API, f"{API}/duel", f"{API}/insights"):
        assert client.get(path, headers=EVIL).status_code == 403
        assert client.post(path).status_code == 405


def test_a_store_that_is_closed_is_said(client: TestClient, site: Site) -> None:
    site.platform.close()
    assert "closed" in data(client.get(API), 503)


def test_2_6_an_experience_that_the_api_made_is_reported_like_any_other(client: TestClient, site: Site) -> None:
    vehicle = {"provider_id": "p", "tactic": "capture_leads", "detail": {"headline": "Hello"}}
    made = client.post("/api/experience", json={"label": "Spring offer", "vehicle": vehicle})
    assert made.status_code == 201
    store(client, site, [act("u", "spring-offer", "show"), act("u", "spring-offer", "submit", NOW, "form")])
    report = data(client.get(API))
    assert [one["id"] for one in report["others"]] == []
    (found,) = (one for one in report["experiences"] if one["id"] == "spring-offer")
    assert (found["status"], found["tactic_label"], found["file"]) == ("draft", "Capture Leads", "")
    assert of(found, "reach", "converted") == [1, 1]
    assert client.get("/__understudy__/reports/spring-offer").status_code == 200
    assert data(client.get(f"{API}/{made.json()['data']['id']}"))["id"] == "spring-offer"  # by the vendor's sort of id
    data(client.delete("/api/experience/spring-offer"))
    assert [one["id"] for one in data(client.get(API))["others"]] == ["spring-offer"]  # its events stay on record


def test_2_4_days_are_those_of_the_sites_clock(client: TestClient, site: Site, visits: None) -> None:
    site.clock.set(NOW + 10 * DAY)
    report = data(client.get(f"{API}/duel?last=3"))
    assert (report["now"], report["period"]["to"]) == ("2026-12-03T12:00:00.000Z", "2026-12-04T00:00:00.000Z")
    assert [point["impressions"] for point in report["series"][0]["points"]] == [0, 0, 0]
    assert report["figures"]["impressions"] == 5

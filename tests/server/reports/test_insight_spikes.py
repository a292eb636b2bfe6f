"""Days unlike those before them (platform.md 2.9, "Performance")."""

from pathlib import Path
from typing import Any

import pytest
from reports_support import API, DAY, NOW, act, data, store
from starlette.testclient import TestClient

from understudy.server.reports.insights.spikes import margin_of
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace


def days(client: TestClient, site: Site, counts: dict[int, int], kind: str = "show") -> None:
    """So many events on the day that many days ago, each of a visitor of its own."""
    store(
        client,
        site,
        [act(f"u{ago}-{n}", "duel-a", kind, NOW - ago * DAY) for ago, count in counts.items() for n in range(count)],
    )


def cards(client: TestClient) -> list[dict[str, Any]]:
    return [one for one in data(client.get(f"{API}/insights")) if one["kind"] in ("spike", "drop")]


def test_2_9_a_day_with_much_more_is_a_spike(client: TestClient, site: Site) -> None:
    days(client, site, {**dict.fromkeys(range(3, 11), 4), 2: 30, 0: 500})
    (card,) = cards(client)
    assert (card["kind"], card["experience"], card["title"]) == (
        "spike",
        "duel",
        "Two headlines: many impressions on 2026-11-21",
    )
    assert card["numbers"] == {"date": "2026-11-21", "impressions": 30, "mean_before": 4.0, "margin": 6.0}
    assert card["text"] == "30 impressions on 2026-11-21, where the days before had 4 on average."
    assert card["expires_at"] == "2026-12-06T00:00:00.000Z"
    assert card["advice"]


@pytest.mark.parametrize(("count", "told"), [(10, False), (11, True)])
def test_2_9_the_margin_is_what_the_rule_says(client: TestClient, site: Site, count: int, told: bool) -> None:
    assert margin_of([4] * 8) == 6  # three times the root of 4, so 10 is still like them
    days(client, site, {**dict.fromkeys(range(2, 10), 4), 1: count})
    assert bool(cards(client)) is told


def test_2_9_few_events_are_no_spike(client: TestClient, site: Site) -> None:
    days(client, site, {9: 1, 1: 9})
    assert cards(client) == []


def test_2_9_a_week_must_have_gone_before(client: TestClient, site: Site) -> None:
    days(client, site, {**dict.fromkeys(range(2, 8), 4), 1: 40})
    assert cards(client) == []
    days(client, site, {8: 4})
    assert len(cards(client)) == 1


def test_2_9_a_day_with_much_less_is_a_drop(client: TestClient, site: Site, root: Path) -> None:
    days(client, site, {**dict.fromkeys(range(2, 12), 20), 1: 3}, "confirm")
    (card,) = cards(client)
    assert (card["kind"], card["numbers"]["conversions"], card["numbers"]["mean_before"]) == ("drop", 3, 20.0)
    # Of one that is paused nothing else was to be expected.
    path = root / "widgets" / "duel.yaml"
    path.write_text("status: paused\n" + path.read_text())
    site.workspace = load_workspace(root, site.workspace)
    assert cards(client) == []


def test_2_9_a_spike_is_told_for_two_weeks(client: TestClient, site: Site) -> None:
    days(client, site, {**dict.fromkeys(range(15, 25), 4), 14: 30})
    assert [one["numbers"]["date"] for one in cards(client)] == ["2026-11-09"]


def test_2_9_an_older_spike_is_not_told(client: TestClient, site: Site) -> None:
    days(client, site, {**dict.fromkeys(range(16, 26), 4), 15: 30})
    assert cards(client) == []

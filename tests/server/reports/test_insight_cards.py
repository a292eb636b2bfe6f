"""Links and visits without UTM, audience pairs, and the cards as a whole (platform.md 2.9)."""

from itertools import count
from pathlib import Path
from typing import Any

import pytest
from reports_support import API, NOW, act, data, event, store
from starlette.testclient import TestClient

from understudy.server.platform.filterql import parse
from understudy.server.platform.survey import Act
from understudy.server.reports.evidence import Evidence
from understudy.server.reports.insights.cards import MOST, cards_of, insight_period
from understudy.server.reports.insights.utm import untagged
from understudy.server.reports.subjects import Part, Subject
from understudy.server.reports.tally import Tally
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace
from understudy.widgets.experience import read_experience

NUMBERS = count()


def cards(client: TestClient, kind: str) -> list[dict[str, Any]]:
    return [one for one in data(client.get(f"{API}/insights")) if one["kind"] == kind]


def links(text: str) -> list[str]:
    found, problems = read_experience(f"widget: {{type: message, layout: modal, {text}}}".encode(), "widgets/a.yaml")
    assert found is not None, problems
    return untagged(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("""msg: 'See <a href="https://a.test/x?p=1">this</a>'""", ["https://a.test/x?p=1"]),
        ("""msg: 'See <a href="https://a.test/x?p=1&amp;UTM_source=b">this</a>'""", []),
        ("""msg: 'See <a href="/own?x=1">this</a>'""", []),
        ("""msg: 'See <a href="http://localhost:3000/">this</a>'""", []),
        ("image: https://a.test/x.png, variant: 2", []),
        (
            """headline: x, confirmAction: {callback: 'function () { location.href = "http://b.test"; }'}""",
            ["http://b.test"],
        ),
        (
            "headline: x, onLoad: \"function () { fetch('https://a.test/api'); location.assign('https://b.test/'); "
            "window.open('https://c.test/?utm_source=x'); if (location.href == 'https://d.test/') { } }\"",
            ["https://b.test/"],
        ),
        ("""msg: 'https://[ and https://a.test https://a.test'""", ["https://a.test"]),
    ],
)
def test_2_9_links_to_other_sites_want_utm(text: str, found: list[str]) -> None:
    assert links(text) == found


def test_2_9_an_experience_whose_links_have_no_utm(client: TestClient, site: Site, root: Path) -> None:
    path = root / "widgets" / "duel.yaml"
    path.write_text(path.read_text().replace("headline: x,", """msg: '<a href="https://a.test/">a</a>',"""))
    site.workspace = load_workspace(root, site.workspace)
    (card,) = cards(client, "missing_utm")
    assert (card["experience"], card["numbers"]) == ("duel", {"links": 1, "first": "https://a.test/"})
    assert "utm_campaign=duel" in card["advice"]


def referred(uid: str, source: str, **more: str) -> Any:
    return event(uid, url="shop.test/", _ref=source, **more)


@pytest.mark.parametrize(("untagged_visitors", "told"), [(19, False), (20, True)])
def test_2_9_visits_from_other_sites_without_utm(
    client: TestClient, site: Site, untagged_visitors: int, told: bool
) -> None:
    news, mail = "https://news.test/", "https://mail.test/"
    own = [referred(f"o{n}", "https://shop.test/") for n in range(50)]
    tagged = [referred(f"t{n}", mail, utm_source="mail") for n in range(untagged_visitors)]
    store(client, site, [*own, *tagged, *(referred(f"u{n}", news) for n in range(untagged_visitors))])
    found = cards(client, "missing_utm")
    assert bool(found) is told
    if told:
        assert found[0]["numbers"] == {"visitors": 20, "referred_visitors": 40, "share": 0.5, "news.test": 20}
        (size,) = site.platform.people.counts([parse(found[0]["filterql"])])
        assert size == 20  # the audience that it offers is of just these


def test_e1_whatever_the_other_site_is_called(client: TestClient, site: Site) -> None:
    store(client, site, [referred(f"u{n}", "https://\ud800<b>/") for n in range(20)])
    assert cards(client, "missing_utm")[0]["numbers"]["?<b>"] == 20
    assert "?&lt;b&gt;" in client.get("/__understudy__/reports/insights").text


def test_2_9_most_of_the_visits_have_utm(client: TestClient, site: Site) -> None:
    tagged = [referred(f"t{n}", "https://mail.test/", utm_source="mail") for n in range(31)]
    store(client, site, [*tagged, *(referred(f"u{n}", "https://news.test/") for n in range(30))])
    assert cards(client, "missing_utm") == []


def people(site: Site, client: TestClient, how_many: int, *audiences: str) -> list[str]:
    """New visitors who are in these audiences."""
    uids = [f"n{next(NUMBERS)}" for _ in range(how_many)]
    store(client, site, [event(uid, **dict.fromkeys(audiences, "1")) for uid in uids])
    return uids


@pytest.fixture
def audiences(site: Site, root: Path) -> None:
    """`red`, `blue` and `round`: whoever has a field of that name."""
    for name in ("red", "blue", "round"):
        (root / "audiences" / f"{name}.fql").write_text(f"FILTER EXISTS {name} WITH name = '{name.title()}'")
    site.workspace = load_workspace(root, site.workspace)
    assert site.workspace.problems == ()
    site.platform.use_audiences(site.workspace.audiences)


def test_2_9_audiences_that_go_together(client: TestClient, site: Site, audiences: None) -> None:
    people(site, client, 10, "red", "blue")
    people(site, client, 10, "red")
    people(site, client, 10, "blue")
    people(site, client, 50)
    (card,) = cards(client, "audience_pair")
    assert (card["title"], card["audiences"]) == ("Blue and Red go together", ["blue", "red"])
    assert card["numbers"] == {
        "relation": "together",
        "first": 20,
        "second": 20,
        "both": 10,
        "visitors": 80,
        "lift": 2.0,
    }
    assert card["filterql"] == "FILTER AND (INCLUDE blue, INCLUDE red) FROM user ALIAS blue_and_red"
    people(site, client, 1, "red")  # 10 of both, where chance would give 5.2: less than twice
    assert cards(client, "audience_pair") == []


def test_2_9_audiences_that_are_alike(client: TestClient, site: Site, audiences: None) -> None:
    people(site, client, 16, "red", "blue")
    people(site, client, 4, "red")
    people(site, client, 4, "blue")
    assert cards(client, "audience_pair") == []  # 16 of 24
    people(site, client, 16, "red", "blue")
    (card,) = cards(client, "audience_pair")
    assert (card["numbers"]["relation"], card["numbers"]["both"]) == ("alike", 32)


def test_2_9_audiences_that_hardly_meet(client: TestClient, site: Site, audiences: None) -> None:
    people(site, client, 30, "red")
    people(site, client, 30, "round")
    people(site, client, 2, "red", "round")
    (card,) = cards(client, "audience_pair")
    assert (card["numbers"]["relation"], card["numbers"]["both"], card["filterql"]) == ("apart", 2, "")


def test_2_9_audiences_of_which_one_is_made_of_the_other(
    client: TestClient, site: Site, root: Path, audiences: None
) -> None:
    (root / "audiences" / "blue.fql").write_text("FILTER AND (INCLUDE red, EXISTS blue)")
    site.workspace = load_workspace(root, site.workspace)
    site.platform.use_audiences(site.workspace.audiences)
    people(site, client, 30, "red", "blue")
    assert cards(client, "audience_pair") == []


def test_2_9_an_experience_that_works_best_for_an_audience(client: TestClient, site: Site, audiences: None) -> None:
    red, others = people(site, client, 20, "red"), people(site, client, 20)
    store(client, site, [act(uid, "duel-a", "show") for uid in (*red, *others)])
    store(client, site, [act(uid, "duel-a", "confirm") for uid in (*red[:12], *others[:4])])
    (card,) = cards(client, "who_converts")
    assert (card["experience"], card["audiences"], card["title"]) == (
        "duel",
        ["red"],
        "Two headlines works best for Red",
    )
    assert card["numbers"] == {
        "reached": 40,
        "converted": 16,
        "reached_in_audience": 20,
        "converted_in_audience": 12,
    }
    store(client, site, [act(others[5], "duel-a", "confirm")])  # 60 % of them and 42.5 % of all
    assert cards(client, "who_converts") == []


def test_2_9_cards_are_the_same_each_time_and_25_at_most(client: TestClient, site: Site) -> None:
    period = insight_period(NOW)
    subjects = [Subject(f"e{n:02}", f"E{n}", (Part(f"e{n:02}", "a"),)) for n in range(30)]
    evidence = Evidence(period, subjects)
    for place, subject in enumerate(subjects):
        tally = evidence.tallies[subject.id] = Tally()
        for ago in range(1, 12):
            for number in range(20 + place if ago == 1 else 1):
                moment = NOW - ago * 86_400_000
                tally.add(Act(number, f"{number}", moment, subject.id, "show", "message", ""), period)
    found = cards_of(evidence, site.platform)
    assert len(found) == MOST == 25
    assert found == cards_of(evidence, site.platform)
    assert found[0].experience == "e29"  # the heaviest first
    assert len({card.id for card in found}) == 25

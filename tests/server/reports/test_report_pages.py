"""The reports as pages (platform.md 2.4, 2.5): what stands in them, and what they may load."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from reports_support import API, DAY, NOW, PAGES, act, data, event, store
from starlette.testclient import TestClient

from understudy.server.platform.filterql import parse
from understudy.server.reports.charts import charts, named
from understudy.server.reports.periods import period_of
from understudy.server.reports.series import Point
from understudy.server.reports.subjects import Part
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}
MARKUP = "<img src=x onerror=alert(1)>"


def soup(client: TestClient, path: str) -> BeautifulSoup:
    answer = client.get(f"{PAGES}{path}")
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


def texts(found: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(one.get_text(" ", strip=True).split()) for one in found.select(selector)]


@pytest.fixture
def visits(client: TestClient, site: Site) -> None:
    store(
        client,
        site,
        [
            *(event(f"p{n}", craft="paint") for n in range(4)),
            act("p0", "duel-a", "show", NOW - DAY),
            act("p1", "duel-b", "show"),
            act("p1", "duel-b", "confirm"),
        ],
    )


def test_2_4_the_overview_has_every_experience_and_variation(client: TestClient, visits: None) -> None:
    page = soup(client, "/")
    assert texts(page, "tbody th") == [
        "Two headlines published",
        "Question",
        "Promise",
        "Letters from the kiln published",
        "Outside of the audience",
    ]
    duel = texts(page, "tbody tr")[0]
    assert duel == "Two headlines published 2 1 50 % 4 25 % 2 1 0 0 0"
    assert texts(page, "tfoot th") == ["Campaign, each visitor once"]
    assert "4 visitors on record." in texts(page, ".lead")[0]
    assert [link["href"] for link in page.select("tbody a")] == [f"{PAGES}/duel", f"{PAGES}/letter"]
    assert client.get("/__understudy__/reports").text == client.get(f"{PAGES}/").text


def test_2_4_a_page_of_one_experience(client: TestClient, site: Site, visits: None) -> None:
    page = soup(client, "/duel?by=day&last=7")
    assert texts(page, "h1") == ["Two headlines published"]
    about = dict(zip(texts(page, ".about dt"), texts(page, ".about dd"), strict=True))
    assert (about["Campaign type"], about["Counts as a conversion"], about["For"], about["File"]) == (
        "Drive Traffic",
        "a press of the button (confirm)",
        "painters, without staff",
        "widgets/duel.yaml, line 1",
    )
    link, preview = page.select(".about dd a")
    assert preview["href"] == "/?lytics_preview_id=duel"
    assert link["href"] == f"vscode://file{(site.workspace.root / 'widgets' / 'duel.yaml').resolve()}:1"
    assert texts(page, "[aria-current]") == ["7 days"]
    assert texts(page, "figcaption") == ["Reached visitors", "Converted visitors", "Conversion rate so far"]
    # What a line shows, a table says.
    reached = page.select("figure")[0]
    assert texts(reached, "thead th") == ["From (UTC)", "Question", "Promise"]
    assert texts(reached, "tbody tr")[-2:] == ["2026-11-22 1 0", "2026-11-23 0 1"]
    assert texts(page.select("figure")[2], "tbody tr")[-2:] == ["2026-11-22 0 % none", "2026-11-23 0 % 100 %"]
    assert texts(page, ".log tbody tr")[0] == "2026-11-23 12:00:00 p1 confirm duel-b"


def test_2_5_audiences_to_save(client: TestClient, site: Site, root: Path, visits: None) -> None:
    page = soup(client, "/duel")
    links = [link["href"] for link in page.select("a[download]")]
    assert len(links) == len(set(links)) == 9  # three measures of the whole and of each variation
    for link in links:
        answer = client.get(str(link))
        assert answer.headers["content-disposition"] == f'attachment; filename="{str(link).rsplit("/", 1)[1]}"'
        parse(answer.text)
        (root / "audiences" / str(link).rsplit("/", 1)[1]).write_text(answer.text)
    site.workspace = load_workspace(root, site.workspace)
    assert site.workspace.problems == ()
    site.platform.use_audiences(site.workspace.audiences)
    sizes = {one["slug_name"]: one["size"] for one in data(client.get("/api/segment/sizes"))}
    assert [sizes[f"duel_{measure}"] for measure in ("reached", "converted", "not_converted")] == [2, 1, 1]
    assert [sizes[f"duel_b_{measure}"] for measure in ("reached", "converted", "not_converted")] == [1, 1, 0]
    assert [one["file"] for one in data(client.get(f"{API}/letter"))["audiences"]][3:] == [
        "audiences/letter_inverse_reached.fql",
        "audiences/letter_inverse_converted.fql",
        "audiences/letter_inverse_not_converted.fql",
    ]
    assert "There are duel_reached, " in data(client.get(f"{PAGES}/duel/none.fql"), 404)


def test_2_4_a_preview_where_previews_are_on(client: TestClient, site: Site, root: Path) -> None:
    settings = root / "understudy.toml"
    text = settings.read_text()
    settings.write_text(text.replace("disabled = false", "disabled = true"))
    site.workspace = load_workspace(root, site.workspace)
    assert "disabled = false" in soup(client, "/duel").get_text()
    settings.write_text(f'{text}\n[tag.pathfora.preview.experience]\npreviewKey = "look"\n')
    site.workspace = load_workspace(root, site.workspace)
    assert site.workspace.problems == ()
    assert "/?look=duel" in [link["href"] for link in soup(client, "/duel").select(".about a")]


def test_2_9_the_page_of_insights(client: TestClient, site: Site) -> None:
    assert "Nothing stands out" in soup(client, "/insights").get_text()
    news = [event(f"u{n}", _ref="https://news.test/", url="shop.test/") for n in range(20)]
    store(client, site, news)
    page = soup(client, "/insights")
    assert texts(page, ".card h3") == ["Visits from other sites without UTM"]
    assert "news.test 20" in texts(page, ".numbers")[0]
    assert "1 insight worth a look" in texts(soup(client, "/"), ".lead")[0]


def test_nothing_of_a_page_is_markup_of_a_visitor(client: TestClient, site: Site) -> None:
    store(client, site, [act("u", MARKUP, "show"), act("u", MARKUP, MARKUP), act(MARKUP, "duel-a", "confirm")])
    for path in ("/", "/duel", "/insights"):
        assert not soup(client, path).select("img, script"), path
    (link,) = soup(client, "/").select("table a[href*=img]")
    stray = BeautifulSoup(client.get(str(link["href"])).text, "html.parser")
    assert not stray.select("img, script")
    assert MARKUP in stray.get_text()


@pytest.mark.parametrize("name", ["a/b c?d#e", "\ud800", "x" * 5000, "a\x00b", "\u202e&amp;", "/", "a\\b"])
def test_e1_whatever_a_page_calls_its_widget(client: TestClient, site: Site, name: str) -> None:
    store(
        client,
        site,
        [
            act("u", name, "show", **{"pf-widget-action": name, "_ref": f"https://{name}/", "email": f"{name}@b.test"}),
            act("u", name, name),
            act("w", name, "confirm", _ref="https://news.test/", url=f"https://{name}/"),
            act("v", "duel-a", "confirm", widget_type=name, utm_source=name),
        ],
    )
    (link,) = soup(client, "/").select("tbody a[href]")[2:]
    page = BeautifulSoup(client.get(str(link["href"])).text, "html.parser")
    assert texts(page, ".tiles b")[:2] == ["1", "1"]
    for download in page.select("a[download]"):
        assert client.get(str(download["href"])).status_code == 200
    for path in (API, f"{API}/duel", f"{API}/insights", f"{PAGES}/insights", str(link["href"]).replace(PAGES, API)):
        assert client.get(path).status_code == 200, path


def test_e1_pages_load_nothing_but_their_stylesheet(client: TestClient, visits: None) -> None:
    answer = client.get(f"{PAGES}/duel")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert answer.headers["cache-control"] == "no-store"
    page = BeautifulSoup(answer.text, "html.parser")
    assert not page.select("script, style, [style], img, iframe")
    (style,) = page.select("link[rel=stylesheet]")
    assert client.get(str(style["href"])).headers["content-type"] == "text/css; charset=utf-8"
    for path in ("/", "/duel", "/insights", "/duel/duel_reached.fql"):
        assert client.get(f"{PAGES}{path}", headers=EVIL).status_code == 403
    assert client.get(f"{PAGES}/nope").status_code == 404
    assert client.get(f"{PAGES}/duel?by=week").status_code == 400


def test_a_person_is_told_on_a_page_what_cannot_be_shown(client: TestClient, site: Site) -> None:
    browser = {"accept": "text/html"}
    for path, status, message in (
        ("/nope", 404, "There is no experience or widget 'nope'. There is: duel, letter."),
        ("/duel?last=x", 400, "last='x' is no whole number from 1 to 400."),
    ):
        answer = client.get(f"{PAGES}{path}", headers=browser)
        assert answer.status_code == status
        assert texts(BeautifulSoup(answer.text, "html.parser"), ".note") == [message]
        assert message in data(client.get(f"{PAGES}{path}"), status)
    assert client.get(f"{PAGES}/nope", headers={**browser, **EVIL}).status_code == 403
    site.platform.close()
    assert client.get(f"{PAGES}/", headers=browser).status_code == client.get(f"{PAGES}/").status_code == 503


def test_a_chart_reaches_as_high_as_its_lines() -> None:
    period = period_of({"last": "5"}, NOW)
    values = [0, 3, 41, 0, 12]
    points = [
        Point(period.start(period.first + place), 0, value, 0, 0, None if value == 0 else value / 100)
        for place, value in enumerate(values)
    ]
    reach, converted, rate = charts([(Part("a", "A"), points)], period)
    assert reach.heights == ("80", "60", "40", "20", "0")
    assert reach.curves[0].path == "M0 100 L25 96.25 L50 48.75 L75 100 L100 85"
    assert reach.summary == "Reached visitors by day. A: at most 41."
    assert converted.heights == ("4", "3", "2", "1", "0")
    assert rate.heights == ("60 %", "45 %", "30 %", "15 %", "0 %")
    assert rate.curves[0].path.startswith("M25 95 ")  # nothing is drawn where nobody was reached
    assert reach.rows[2] == ("2026-11-21", ("41",))


@pytest.mark.parametrize(("points", "places"), [(1, [0]), (2, [0, 1]), (4, [0, 1, 2, 3]), (31, [0, 10, 20, 30])])
def test_the_first_and_the_last_moment_are_named(points: int, places: list[int]) -> None:
    assert named(points) == places

"""The recommendation API (platform.md 3.7; tag.md 5.6), over the storefront."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from understudy.server.content.popularity import Popularity
from understudy.server.platform import people
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

BLUE, BREAD, MUG = (f"127.0.0.1:8765/{name}.html" for name in ("journal/iron-blue", "journal/bread-bowl", "product"))
EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site", "referer": "https://evil.test/"}
PUBLIC = "/api/content/recommend/storefront/user/_uids/u1"
FEED = "/api/content/recommend/user/_uid/u1"


def see(client: TestClient, *pages: str, uid: str = "u1") -> None:
    for page in pages:
        assert client.get("/c/storefront", params={"_e": "pv", "_uid": uid, "url": page}).status_code == 200


def ask(client: TestClient, at: str = PUBLIC, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(at, params=query)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["message"], body["status"]) == ("success", 200)
    return list(body["data"])


def urls(found: list[dict[str, Any]]) -> list[str]:
    return [one["url"] for one in found]


def refusal(client: TestClient, path: str = PUBLIC, **query: Any) -> tuple[int, str]:
    answer = client.get(path, params=query)
    body = answer.json()
    assert (body["data"], body["status"]) == (None, answer.status_code)
    return answer.status_code, body["message"]


def test_3_7_a_visitor_gets_what_goes_with_the_pages_they_have_seen(client: TestClient) -> None:
    assert urls(ask(client, contentsegment="journal")) == [BREAD, BLUE]  # nothing is known: the newest first
    see(client, "127.0.0.1:8765/product?x=1")
    (first, second) = ask(client, contentsegment="journal")
    assert (first["url"], first["confidence"], first["visited"]) == (BLUE, 0.625, False)
    assert (second["url"], second["confidence"]) == (BREAD, 0)
    see(client, "localhost/journal/bread-bowl.html", "localhost/journal/bread-bowl.html", uid="u2")
    assert urls(ask(client, PUBLIC.replace("u1", "u2"), contentsegment="journal")) == [BREAD, BLUE]


def test_3_7_a_document_has_the_vendors_keys(client: TestClient) -> None:
    (blue,) = (one for one in ask(client) if one["url"] == BLUE)
    assert blue["title"] == "Why iron blue breaks to brown"
    assert (blue["author"], blue["created"], blue["language"]) == ("Mara", "2026-09-14T00:00:00.000Z", "en")
    assert (blue["topics"], blue["topic_relevances"]) == (["Glazes", "Mugs"], {"Glazes": 1, "Mugs": 0.5})
    assert blue["path"] == ["journal", "journal/iron-blue.html"]
    assert {"description", "primary_image", "imageurls", "id", "sitename", "stream", "aspects", "updated"} < blue.keys()
    assert {"fetched", "meta", "confidence", "visited", "visitrate", "httpstatus", "topic_rollups"} < blue.keys()


def test_3_7_parameters(client: TestClient) -> None:
    see(client, BLUE)
    assert urls(ask(client)) == [MUG, BLUE, BREAD]
    assert urls(ask(client, visited="false")) == [MUG, BREAD]
    assert urls(ask(client, limit=1)) == [MUG]
    assert urls(ask(client, rank="recent")) == [BREAD, BLUE, MUG]
    assert urls(ask(client, ql='FILTER AND (author = "Mara") FROM content')) == [BLUE]
    assert urls(ask(client, ql="FILTER INCLUDE journal")) == [BLUE, BREAD]
    tree = {"op": "and", "args": [{"op": "exists", "args": [{"ident": "author"}]}]}
    assert urls(ask(client, contentsegments=json.dumps([{"table": "content", "ast": tree}]))) == [BLUE]
    assert urls(ask(client, contentsegment="journal", ql="FILTER (")) == [BLUE, BREAD]  # a collection comes first
    assert urls(ask(client, **{"topics[]": ["bowls"]})) == [BREAD]
    assert urls(ask(client, **{"from": "2026-09-20"})) == [BREAD]
    assert urls(ask(client, to="2026-09-20T00:00:00Z")) == [BLUE]
    assert urls(ask(client, path="/journal/")) == [BLUE, BREAD]
    assert urls(ask(client, domain="elsewhere.example")) == []
    assert urls(ask(client, url=f"http://{BLUE}#x")) == [MUG, BREAD]
    assert urls(ask(client, config="default", wait="1", email="a@b.test", account="storefront", other="x")) == [
        MUG,
        BLUE,
        BREAD,
    ]


def test_3_7_a_shuffle_is_another_after_each_event(client: TestClient) -> None:
    orders = set()
    for page in range(12):
        found = urls(ask(client, shuffle="true"))
        assert found == urls(ask(client, shuffle="true"))
        assert sorted(found) == sorted([BLUE, BREAD, MUG])
        orders.add(tuple(found))
        see(client, f"127.0.0.1/none{page}")
    assert len(orders) > 2


def test_3_7_popular_and_audiences(client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for uid, pages in {"u1": [BREAD, MUG], "u2": [BREAD], "u3": [BLUE, BLUE, BLUE]}.items():
        see(client, *pages, uid=uid)
    found = ask(client, rank="popular")
    assert [(one["url"], one["visitrate"]) for one in found] == [(BREAD, 0.666667), (BLUE, 0.333333), (MUG, 0.333333)]
    rates = {one["url"]: one["visitrate"] for one in found}
    assert {one["url"]: one["visitrate"] for one in ask(client)} == rates
    monkeypatch.setattr(people, "FEW", 0)  # then nobody waits for a count
    see(client, BLUE, uid="u4")
    assert {one["url"]: one["visitrate"] for one in ask(client)} == rates, "as they were counted last"
    site.popularity = Popularity()
    assert {one["visitrate"] for one in ask(client)} == {None}
    members = ask(client, "/api/content/recommend/segment/ly_single_page_visitor")
    assert urls(members)[0] == BREAD
    made = client.post("/api/segment", content="FILTER pageviewct = 1 ALIAS once").json()["data"]
    for name in (made["slug_name"], made["id"]):
        assert urls(ask(client, f"/api/content/recommend/segment/{name}"))[0] == BREAD
    assert refusal(client, "/api/content/recommend/segment/nobody")[0] == 404


def test_3_7_rollups_are_groups_of_topics(client: TestClient, site: Site, root: Path) -> None:
    with (root / "content" / "journal.yaml").open("a") as file:
        file.write("rollups: {Tableware: {Bowls: 0.5, Mugs: 1}}\n")
    site.workspace = load_workspace(root, site.workspace)
    assert site.workspace.problems == ()
    found = ask(client, **{"rollups[]": "Tableware"})
    assert {one["url"]: one["topic_rollups"]["Tableware"] for one in found} == {BREAD: 0.5, MUG: 1.0, BLUE: 0.5}
    assert refusal(client, rollups="Nope") == (
        404,
        "No such rollup: 'Nope'. There are Tableware; others go into content/.",
    )


def test_3_7_a_persona_states_its_interests(client: TestClient, site: Site) -> None:
    client.portal.call(site.platform.seed, {"_uid": "u1"}, {"lytics_content": {"Kitchen": 0.9}})  # type: ignore[union-attr]
    assert [(one["url"], one["confidence"]) for one in ask(client, limit=1)] == [(BREAD, 0.9)]


def test_3_7_an_edited_page_counts_at_once(client: TestClient, root: Path) -> None:
    page = root / "pages" / "journal" / "bread-bowl.html"
    page.write_text(page.read_text().replace('content="Bowls, Kitchen"', 'content="Glazes"').replace("Bread", "Toast"))
    (root / "pages" / "new.html").write_text('<title>N</title><meta name="keywords" content="Mugs">')
    (root / "pages" / "product.html").unlink()
    found = {one["url"].rpartition("/")[2]: (one["title"], one["topics"]) for one in ask(client)}
    assert found["bread-bowl.html"] == ("Toast in a stoneware bowl", ["Glazes"])
    assert found["new.html"] == ("N", ["Mugs"])
    assert "product.html" not in found


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ({"contentsegment": "nope"}, 404, "No such collection: 'nope'. There are all_documents, "),
        ({"rank": "best"}, 400, "rank='best' is none; it is affinity, popular or recent."),
        ({"limit": "0"}, 400, "limit='0' is no whole number from 1 to 100."),
        ({"limit": "9" * 5000}, 400, "is no whole number"),
        ({"limit": "\u00b2"}, 400, "is no whole number"),
        ({"visited": "maybe"}, 400, "visited='maybe' must be true or false."),
        ({"from": "soon"}, 400, "from='soon' is no date"),
        ({"ql": "FILTER ("}, 422, "ql: line 1, column 9: expected a condition"),
        ({"ql": "FILTER * FROM cats"}, 422, "ql is about the table 'cats'"),
        ({"ql": "x" * 20_000}, 400, "ql has 20000 characters"),
        ({"contentsegments": "["}, 422, "contentsegments must be JSON"),
        ({"contentsegments": "[" * 9000}, 422, "contentsegments must be JSON"),
        ({"contentsegments": "[1]"}, 422, "contentsegments: a condition must be an object"),
        ({"contentsegments": "x" * 20_000}, 400, "contentsegments has 20000 characters"),
        ({"account": "other"}, 400, "No such account id: 'other'."),
        ({"account_id": "other"}, 400, "No such account id: 'other'."),
    ],
)
def test_5_6_what_cannot_be_answered_is_said_in_the_vendors_envelope(
    client: TestClient, query: dict[str, str], status: int, message: str
) -> None:
    found = refusal(client, **query)
    assert found[0] == status
    assert message in found[1]


def test_5_6_another_account(client: TestClient) -> None:
    assert refusal(client, PUBLIC.replace("storefront", "other"))[0] == 400


def test_5_6_who_may_read_it(client: TestClient) -> None:
    local = client.get(PUBLIC, headers={"origin": "http://localhost:3000"})
    assert local.headers["access-control-allow-origin"] == "http://localhost:3000"
    wrong = client.get(f"{PUBLIC}?rank=x", headers={"origin": "http://localhost:3000"})
    assert wrong.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert "access-control-allow-origin" not in client.get(PUBLIC, headers=EVIL).headers
    assert client.get(FEED, headers=EVIL).status_code == 403
    assert urls(ask(client, FEED)) == urls(ask(client))


def test_5_6_jsonp(client: TestClient) -> None:
    good = client.get(f"{PUBLIC}?callback=jstag.cb", headers={"sec-fetch-site": "same-origin"})
    assert json.loads(good.text.removeprefix("/**/jstag.cb(").removesuffix(");"))["data"]
    assert client.get(f"{PUBLIC}?callback=alert(1)").status_code == 400
    assert client.get(f"{PUBLIC}?callback=cb", headers=EVIL).status_code == 403


def test_identifiers_of_every_kind(client: TestClient) -> None:
    client.get("/c/storefront", params={"_uid": "u/1 ?", "email": "Ann@b.test", "url": BREAD})
    for field, value in (("_uids", "u/1 ?"), ("_uid", "u/1 ?"), ("email", "ann@b.test")):
        for path in ("/api/content/recommend/storefront/user", "/api/content/recommend/user"):
            found = ask(client, f"{path}/{field}/{quote(value, safe='')}", visited="false")
            assert urls(found) == [BLUE, MUG], field


def test_a_store_that_cannot_be_read_is_said(client: TestClient, site: Site) -> None:
    site.platform.close()
    assert refusal(client)[0] == 503

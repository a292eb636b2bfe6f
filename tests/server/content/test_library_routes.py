"""Documents and topics by the API (platform.md 3.7), over the storefront."""

import asyncio
import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.platform.audience import parse_audience
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

BLUE, BREAD, MUG = (f"127.0.0.1:8765/{name}.html" for name in ("journal/iron-blue", "journal/bread-bowl", "product"))
RECOMMEND = "/api/content/recommend/storefront/user/_uid/u1"
EVIL = {"origin": "https://evil.test", "sec-fetch-site": "cross-site"}


def got(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(path, params=query)
    assert (answer.status_code, answer.json()["message"]) == (200, "success"), answer.text
    return answer.json()["data"]


def posted(client: TestClient, path: str, body: object = None, status: int = 200) -> Any:
    answer = client.post(path, content=body if isinstance(body, str) else json.dumps(body))
    found = answer.json()
    assert (answer.status_code, found["status"]) == (status, status), answer.text
    return found["data"] if status == 200 else found["message"]


def urls(found: dict[str, Any]) -> list[str]:
    assert found["total"] == len(found["urls"])
    return [one["url"] for one in found["urls"]]


def see(client: TestClient, page: str, uid: str = "u1") -> None:
    client.get("/c/storefront", params={"_e": "pv", "_uid": uid, "url": page})


def user(client: TestClient, uid: str = "u1") -> dict[str, Any]:
    return dict(got(client, f"/api/entity/user/_uid/{uid}"))


def test_3_7_documents_by_address(client: TestClient) -> None:
    found = got(client, "/api/content/doc", urls=f"https://{MUG}?x=1,/journal/iron-blue,nowhere.test/x")
    assert urls(found) == [MUG, BLUE]
    (blue,) = (one for one in found["urls"] if one["url"] == BLUE)
    assert (blue["title"], blue["topics"], blue["author"]) == (
        "Why iron blue breaks to brown",
        ["Glazes", "Mugs"],
        "Mara",
    )
    assert not {"confidence", "visited"} & blue.keys()
    assert urls(got(client, "/api/content/doc", **{"urls[]": [MUG, BREAD]})) == [MUG, BREAD]
    # A page that is about nothing is a document, though it is never recommended.
    assert urls(got(client, "/api/content/doc", urls="127.0.0.1:8765/index.html")) == ["127.0.0.1:8765/"]
    assert client.get("/api/content/doc").status_code == 400


def test_3_7_a_corpus_is_read_and_put_in_place(client: TestClient) -> None:
    cup = {"url": "https://Shop.test/cup", "title": "Cup", "topics": ["Cups"], "fields": {"stock": 3}}
    lid = {"url": MUG, "title": "A mug with a lid", "topic_relevances": {"Lids": 0.5}, "primary_image": "/lid.jpg"}
    found = posted(client, "/api/content/corpus", [cup, BREAD, lid, "nowhere.test/"])
    assert urls(found) == ["shop.test/cup", BREAD, MUG]
    assert [one["title"] for one in found["urls"]] == ["Cup", "Bread in a stoneware bowl", "A mug with a lid"]
    assert found["urls"][2]["topic_relevances"] == {"Lids": 0.5}
    assert found["urls"][2]["primary_image"] == "http://127.0.0.1:8765/lid.jpg"
    recommended = got(client, RECOMMEND, ql="FILTER stock > 2 FROM content")
    assert [one["url"] for one in recommended] == ["shop.test/cup"]
    see(client, "shop.test/cup")
    assert user(client)["lytics_content"] == {"Cups": 0.5}
    assert urls(posted(client, "/api/content/corpus", {"urls": [BREAD]})) == [BREAD]


def test_3_7_what_is_answered_may_be_posted_again(client: TestClient) -> None:
    before = posted(client, "/api/content/corpus", [BREAD, MUG])["urls"]
    assert posted(client, "/api/content/corpus", before)["urls"] == before
    recommended = got(client, RECOMMEND, limit=1)
    assert urls(posted(client, "/api/content/corpus", recommended)) == [recommended[0]["url"]]


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("[", "not JSON"),
        ("[" * 9000, "not JSON"),
        ("7", "list of up to"),
        ([1], "list of up to"),
        ([""] * 1001, "list of up to"),
        ([{}], "url"),
        ([{"url": "javascript:alert(1)"}], "url"),
        ([{"url": "a.test/x", "topics": {"T": 2}}], "topics.T"),
        ([{"url": "a.test/x", "topicz": 1}], "unknown key 'topicz' (did you mean 'topics'?)"),
        ([{"url": 7}], "url"),
    ],
)
def test_3_7_what_is_no_corpus_is_refused(client: TestClient, site: Site, body: object, part: str) -> None:
    before = site.content.catalog(site)
    assert part in posted(client, "/api/content/corpus", body, 400)
    assert site.content.catalog(site) is before
    assert "over the limit" in posted(client, "/api/content/corpus", "x" * 1_000_001, 413)


def test_3_7_how_much_a_document_is_about_a_topic(client: TestClient, site: Site) -> None:
    asyncio.run(site.platform.put_audience(parse_audience("FILTER lytics_content.`Fire` >= 0.4 ALIAS fiery")))
    see(client, BLUE)
    assert "fiery" not in user(client)["segments"]
    (blue,) = got(client, "/api/content/doc", urls=BLUE)["urls"]
    at = f"/api/content/doc/hashedurl/{blue['id']}/topic"
    assert posted(client, f"{at}/Fire?relevance=0.8")["topic_relevances"] == {"Fire": 0.8, "Glazes": 1, "Mugs": 0.5}
    assert "fiery" in user(client)["segments"]
    site.platform.use_audiences(site.workspace.audiences)  # as when a file of the workspace was saved
    assert "fiery" in user(client)["segments"]
    site.workspace = load_workspace(site.workspace.root, site.workspace)
    assert posted(client, f"{at}/glazes?relevance=0")["topic_relevances"] == {"Fire": 0.8, "Mugs": 0.5}
    assert user(client)["lytics_content"] == {"Fire": 0.4, "Mugs": 0.25}
    for path, status in (
        (f"{at}/Fire?relevance=2", 400), (f"{at}/Fire?relevance=nan", 400), (f"{at}/Fire?relevance=x", 400),
        (f"{at}/{'x' * 101}", 400), ("/api/content/doc/hashedurl/nope/topic/Fire", 404),
    ):  # fmt: skip
        assert posted(client, path, None, status)


def test_3_7_a_topic_tells_who_likes_it_and_what_is_about_it(client: TestClient) -> None:
    see(client, MUG)
    for _ in range(3):
        see(client, BLUE, "u2")
    see(client, "127.0.0.1:8765/", "u3")
    found = got(client, "/api/content/topic/glazes")
    assert found["topics"] == {
        "total": 3,
        "missing": 1,
        "present": 2,
        "bucket_none": 1,
        "bucket_low": 0,
        "bucket_mid": 1,
        "bucket_high": 1,
        "avg": 0.6875,
    }
    assert urls(found["docs"]) == [BLUE, MUG]
    assert client.get("/api/content/topic/Nothing").status_code == 404


def test_3_7_the_taxonomy_and_the_groups(client: TestClient, site: Site) -> None:
    found = got(client, "/api/content/taxonomy")
    names = [node["name"] for node in found["nodes"]]
    assert found["n"] == len(names) == 4
    assert {node["name"]: node["doc_count"] for node in found["nodes"]} == {
        "Bowls": 1,
        "Glazes": 2,
        "Kitchen": 1,
        "Mugs": 2,
    }
    links = {(names[link["source"]], names[link["target"]]): link["value"] for link in found["links"]}
    assert links == {("Glazes", "Mugs"): 2, ("Bowls", "Kitchen"): 1}
    assert got(client, "/api/content/topicrollup") == []
    with (site.workspace.root / "content" / "journal.yaml").open("a") as file:
        file.write("rollups: {Tableware: {Bowls: 0.5, Mugs: 1}}\n")
    site.workspace = load_workspace(site.workspace.root, site.workspace)
    assert got(client, "/api/content/topicrollup") == [
        {
            "id": "Tableware",
            "acctid": "storefront",
            "label": "Tableware",
            "topics": [{"label": "Bowls", "value": 0.5}, {"label": "Mugs", "value": 1}],
        }
    ]


def test_3_7_an_audience_of_the_table_content_is_a_collection(client: TestClient, site: Site) -> None:
    text = 'FILTER author = "Mara" FROM content ALIAS by_mara'
    assert client.post("/api/segment", content=text).json()["data"]["table"] == "content"
    assert [one["url"] for one in got(client, RECOMMEND, contentsegment="by_mara")] == [BLUE]
    client.delete("/api/segment/by_mara")
    assert client.get(RECOMMEND, params={"contentsegment": "by_mara"}).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "doc?urls=x.test"), ("POST", "corpus"), ("POST", "doc/hashedurl/1/topic/T"),
        ("GET", "topic/T"), ("GET", "taxonomy"), ("GET", "topicrollup"),
    ],
)  # fmt: skip
def test_3_7_the_library_is_for_the_api_alone(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, f"/api/content/{path}", headers=EVIL).status_code == 403
    sign = "&" if "?" in path else "?"
    assert client.request(method, f"/api/content/{path}{sign}account=other").status_code == 400


def test_3_7_the_account_says_which_pages_are_documents_and_what_is_read(client: TestClient, site: Site) -> None:
    asyncio.run(site.platform.put_audience(parse_audience("FILTER EXISTS lytics_content ALIAS interested")))
    page = site.workspace.root / "pages" / "product.html"
    page.write_text(page.read_text().replace("<head>", '<head><meta property="product:Price" content="12">', 1))
    see(client, MUG)
    assert "interested" in user(client)["segments"]
    assert "product:price" not in got(client, "/api/content/doc", urls=MUG)["urls"][0]
    client.put("/api/account/setting/content_customprops", json=["product:price", "title", "none"])
    (mug,) = got(client, "/api/content/doc", urls=MUG)["urls"]
    assert (mug["product:price"], "none" in mug, mug["title"] == "12") == ("12", False, False)
    found = got(client, RECOMMEND, ql="FILTER `product:price` = 12 FROM content")
    assert [one["url"] for one in found] == [MUG]
    client.put("/api/account/setting/content_blocked_paths", json=["/prod", ""])
    assert got(client, "/api/content/doc", urls=MUG)["total"] == 0
    assert "interested" not in user(client)["segments"]
    client.put("/api/account/setting/content_blocked_pages", json=["/journal/bread-bowl.html"])
    assert [one["url"] for one in got(client, RECOMMEND)] == [BLUE]
    for slug in ("customprops", "blocked_paths", "blocked_pages"):
        client.delete(f"/api/account/setting/content_{slug}")
    assert got(client, RECOMMEND)[0]["url"] == MUG
    assert "interested" in user(client)["segments"]


def test_3_7_a_workspace_says_so_too(client: TestClient, site: Site) -> None:
    with (site.workspace.root / "understudy.toml").open("a") as file:
        file.write('[content]\nblocked_paths = ["journal"]\n')
    site.workspace = load_workspace(site.workspace.root, site.workspace)
    assert site.workspace.problems == ()
    assert [one["url"] for one in got(client, RECOMMEND)] == [BLUE, MUG]  # the first is described in content/


def test_3_7_domains_and_paths_that_are_allowed_or_blocked(client: TestClient, site: Site) -> None:
    posted = [{"url": f"{host}/tea", "topics": ["Tea"]} for host in ("news.example", "www.news.example:8443")]
    client.post("/api/content/corpus", json=posted)
    asked = "news.example/tea,www.news.example:8443/tea,/product.html"

    def found() -> list[str]:
        return [one["path"][-1] + "@" + one["url"].partition("/")[0] for one in documents_at(client, asked)]

    def setting(name: str, value: list[str]) -> None:
        assert client.put(f"/api/account/setting/content_{name}", json=value).status_code == 200

    here = "product.html@" + MUG.partition("/")[0]
    everything = ["tea@news.example", "tea@www.news.example:8443", here]
    assert sorted(found()) == sorted(everything)
    setting("blocked_domains", ["news.example", "127.0.0.1"])  # exact, and never this machine
    assert sorted(found()) == sorted(everything[1:])
    setting("allowed_domains", ["news.example", "www.news.example"])
    assert sorted(found()) == sorted(everything[1:])
    setting("blocked_domains", [])
    setting("allowed_domains", ["news.example"])
    assert sorted(found()) == sorted([everything[0], here])
    setting("allowed_paths", ["/journal/"])
    assert found() == ["tea@news.example"]  # of a page elsewhere the paths are not asked, as of what content/ says
    said = client.put("/api/account/setting/content_allowed_domains", json=["https://news.example"])
    assert (said.status_code, "not a host name" in said.json()["message"]) == (400, True)


def test_3_7_visits_under_a_domain_that_is_not_taken_are_no_interest(client: TestClient, site: Site) -> None:
    settings = site.workspace.root / "understudy.toml"
    settings.write_text('domains = ["shop.example"]\n' + settings.read_text())
    client.app.state.worlds.reload()  # type: ignore[attr-defined]  # a Starlette
    see(client, "shop.example/product.html")
    assert user(client)["lytics_content"]
    client.put("/api/account/setting/content_allowed_domains", json=["www.shop.example"])
    assert "lytics_content" not in user(client)
    client.put("/api/account/setting/content_allowed_domains", json=["shop.example"])
    assert user(client)["lytics_content"]


def test_3_7_lint_names_a_document_on_a_domain_that_is_not_taken(site: Site) -> None:
    root = site.workspace.root
    with (root / "understudy.toml").open("a") as file:
        file.write('[content]\nblocked_domains = ["news.example"]\n')
    (root / "content" / "news.yaml").write_text("documents:\n- url: https://news.example/tea\n  topics: [Tea]\n")
    (problem,) = load_workspace(root).problems
    assert (problem.path, problem.line) == ("content/news.yaml", 2)
    assert problem.message == "https://news.example/tea is no document: [content] takes nothing from news.example"


def documents_at(client: TestClient, urls: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = got(client, "/api/content/doc", urls=urls)["urls"]
    return found

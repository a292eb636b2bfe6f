"""The rest of the segment API: fields, history, ancestors, groups, collections of documents (platform.md 3.6)."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from segments_support import data
from starlette.testclient import TestClient

from understudy.server.content.trees import statement_of, tree_of
from understudy.server.platform.audience import parse_audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.filterql import parse
from understudy.server.segments.field_info import SPANS, FieldInfo, Fields
from understudy.server.segments.graph import MOST, ancestors, inlined
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace

BLUE, BREAD, MUG = (f"127.0.0.1:8765/{name}.html" for name in ("journal/iron-blue", "journal/bread-bowl", "product"))


@pytest.fixture
def audiences(site: Site, visitors: None) -> None:
    for text in ('FILTER tier = "gold" ALIAS gold', "FILTER AND (INCLUDE gold, pageviewct > 0) ALIAS via"):
        asyncio.run(site.platform.put_audience(parse_audience(text)))


def info(client: TestClient, query: str, slug: str = "all") -> dict[str, Any]:
    (segment,) = data(client.get(f"/api/segment/{slug}/fieldinfo?{query}"))["segments"]
    return {field["field"]: field for field in segment["fields"]}


def test_3_6_fieldinfo_counts_terms_and_numbers(client: TestClient, audiences: None) -> None:
    found = info(client, "fields=tier,pageviewct,nothing,utm_mediums,lytics_content.Mugs,ly_hover&limit=1")
    assert list(found) == ["tier", "pageviewct", "nothing", "utm_mediums", "lytics_content.Mugs", "ly_hover"]
    assert found["tier"] == {
        "field": "tier",
        "terms_counts": {"tin": 4},
        "more_terms": 1,
        "ents_present": 7,
        "ents_absent": 0,
        "approx_cardinality": 2,
        "stats": {"mean": 0, "sd": 0, "min": 0, "max": 0, "n": 0},
        "histograms": [],
    }
    assert found["pageviewct"]["stats"] == {"mean": 1, "sd": 0, "min": 1, "max": 1, "n": 7}
    assert found["pageviewct"]["histograms"] == [{"from": 1, "to": 1, "count": 7}]
    assert (found["nothing"]["ents_present"], found["nothing"]["ents_absent"]) == (0, 7)
    assert found["utm_mediums"]["terms_counts"] == {"mail": 7}
    assert found["lytics_content.Mugs"]["stats"]["mean"] == 0.5
    times = info(client, "fields=firstvisit_ts", "gold")["firstvisit_ts"]
    assert (times["ents_present"], times["stats"]["n"], len(times["histograms"])) == (3, 3, SPANS)
    assert times["histograms"][0]["from"] == "2023-11-14T22:13:30.000Z"
    assert sum(span["count"] for span in times["histograms"]) == 3
    assert {"tier", "_num_events", "lytics_content", "_total_sz"} <= set(info(client, ""))
    segment = data(client.get("/api/segment/gold"))["id"]
    assert info(client, "fields=tier", segment)["tier"]["terms_counts"] == {"gold": 3}
    for query in ("limit=0", "limit=1001", "limit=x", "limit=\u00b2"):
        assert "limit" in data(client.get(f"/api/segment/all/fieldinfo?{query}"), 400)


@given(st.lists(st.one_of(st.integers(), st.floats(allow_nan=False), st.text(), st.lists(st.text()), st.booleans())))
def test_3_6_any_values_have_a_field_info(values: list[object]) -> None:
    field = FieldInfo()
    for value in values:
        field.take(value)
    shown = field.shown("x", len(values), 3)
    assert shown["ents_present"] == len(values)
    assert len(shown["terms_counts"]) <= 3  # type: ignore[arg-type]
    assert sum(span["count"] for span in shown["histograms"]) == shown["stats"]["n"]  # type: ignore[attr-defined,index]


def test_3_6_a_field_that_some_have_is_missing_for_the_others() -> None:
    fields = Fields()
    fields.visit({"a": 1})
    fields.visit({"b": None, "a": 2})
    assert [(one["field"], one["ents_absent"]) for one in fields.shown(5)] == [("a", 0)]


def test_3_6_attribution_is_the_history_of_sizes(client: TestClient, site: Site, audiences: None) -> None:
    site.clock.freeze()
    data(client.get("/api/segment/gold/size"))
    client.get("/c/storefront?_uid=new&tier=gold")
    site.clock.set(site.clock() + 60_000)
    (found,) = data(client.get("/api/segment/gold/attribution"))
    assert (found["slug_name"], [(one["value"], one["change"]) for one in found["metrics"]]) == (
        "gold",
        [(3, 0), (4, 1)],
    )
    assert data(client.get("/v2/segment/gold/attribution"))[0]["metrics"] == found["metrics"]


def test_3_6_one_count_in_ten_seconds(client: TestClient, site: Site, audiences: None) -> None:
    limits = site.workspace.settings.limits.model_copy(update={"segment_size_seconds": 10})
    object.__setattr__(site.workspace, "settings", site.workspace.settings.model_copy(update={"limits": limits}))
    site.clock.freeze()
    site.clock.set(1_700_000_001_000)
    data(client.get("/api/segment/gold/size"))
    for path in ("/api/segment/gold/size", "/api/segment/sizes", "/api/segment?sizes=true"):
        refused = client.get(path)
        assert data(refused, 429)
        assert refused.headers["retry-after"] == "9"
    site.clock.set(1_700_000_010_000)
    assert data(client.post("/api/segment/size", content="FILTER *")) == {"size": 7}


def test_3_6_ancestors_and_inline(client: TestClient, audiences: None) -> None:
    assert [one["slug_name"] for one in data(client.get("/v2/segment/gold/ancestors"))] == ["via"]
    assert data(client.get("/v2/segment/via/ancestors")) == []
    plain, whole = data(client.get("/v2/segment/via")), data(client.get("/v2/segment/via?inline=true"))
    assert "INCLUDE gold" in plain["segment_ql"]
    assert 'AND (tier = "gold", pageviewct > 0)' in whole["segment_ql"]
    assert {"seg": "gold"} in plain["ast"]["args"]
    assert {"op": "=", "args": [{"ident": "tier"}, {"val": "gold"}]} in whole["ast"]["args"]


def test_3_6_inlining_ends() -> None:
    circle = [parse_audience(f"FILTER NOT INCLUDE {other} ALIAS {one}") for one, other in (("a", "b"), ("b", "a"))]
    book = AudienceBook(circle)
    assert str(inlined(book["a"], book).phrase) == "NOT NOT INCLUDE a"
    assert [one.slug for one in ancestors(book["a"], book)] == ["a", "b"]
    doubling = (f"FILTER OR (INCLUDE s{one}, INCLUDE s{one}) ALIAS s{one + 1}" for one in range(39))
    book = AudienceBook(map(parse_audience, ("FILTER x = 1 ALIAS s0", *doubling)))
    assert str(inlined(book["s39"], book)).count("INCLUDE") <= MOST * 2


@pytest.mark.parametrize(
    "text",
    [
        "FILTER *",
        'FILTER AND (a = 1, NOT b.c IN ("x", "y"), EXISTS d, INCLUDE e)',
        'FILTER OR (f LIKE "x*", g CONTAINS "y", h INTERSECTS ("z"), i != 2, j >= "now-3d")',
        "FILTER k BETWEEN 1 AND 5",
    ],
)
def test_3_6_a_tree_reads_back_as_the_condition_it_was(text: str) -> None:
    phrase = parse(text).phrase
    assert str(statement_of(tree_of(phrase), "user").phrase) == str(phrase)


def test_3_6_reevaluation_is_a_job(client: TestClient, site: Site, audiences: None) -> None:
    site.clock.freeze()
    asyncio.run(site.platform.put_audience(parse_audience('FILTER lastvisit_ts > "now-1d" ALIAS today')))
    client.get("/c/storefront?_uid=now")
    site.clock.set(site.clock() + 2 * 86_400_000)
    job = data(client.post("/v2/segment/today/reevaluate"))
    assert (job["status"], job["size"], job["entered"], job["exited"]) == ("completed", 0, 0, 1)
    data(client.post("/v2/segment/gold/reevaluate"))
    assert [one["slug_name"] for one in data(client.get("/v2/segment/jobs"))] == ["gold", "today"]
    assert data(client.get("/v2/segment/today/jobs")) == [job]


def test_3_6_groups_tags_and_what_else_an_object_has(client: TestClient, audiences: None) -> None:
    stated = {"tags": ["a", "b"], "groups": ["Loyal"], "emit_trigger": True, "expires_at": "2030-01-01"}
    changed = data(client.put("/api/segment/gold", json=stated))
    assert {name: changed[name] for name in stated} == stated
    assert (changed["save_hist"], changed["schedule_exit"]) == (False, True)
    ids = {slug: data(client.get(f"/api/segment/{slug}"))["id"] for slug in ("gold", "via", "all")}
    assert data(client.get("/v2/segment/group")) == [{"id": "Loyal", "name": "Loyal", "segments": [ids["gold"]]}]
    made = data(client.post("/v2/segment/group", json={"name": "Loyal", "segments": ["via", ids["all"]]}))
    assert made == [{"id": "Loyal", "name": "Loyal", "segments": [ids["all"], ids["via"]]}]
    assert data(client.get("/v2/segment/group/Loyal"))["segments"] == [ids["all"], ids["via"]]
    data(client.delete("/v2/segment/group/Loyal"))
    assert data(client.get("/v2/segment/group")) == []
    assert data(client.get("/api/segment/gold"))["tags"] == ["a", "b"]
    for body in ({"tags": "a"}, {"groups": [1]}, {"groups": ["a,b"]}, {"save_hist": "yes"}):
        assert data(client.put("/api/segment/gold", json=body), 400)
    for body in ({}, {"name": "a,b"}, {"name": "x", "segments": "gold"}):
        assert data(client.post("/v2/segment/group", json=body), 400)
    assert data(client.post("/v2/segment/group", json={"name": "x", "segments": ["nobody"]}), 404)
    assert data(client.get("/v2/segment/group/x"), 400)


def test_3_6_the_table_content_has_documents_for_members(client: TestClient) -> None:
    slugs = {one["slug_name"]: one for one in data(client.get("/api/segment?table=content&sizes=true"))}
    assert {"all_documents", "content_with_images", "journal"} <= set(slugs)
    assert (slugs["journal"]["size"], slugs["journal"]["table"]) == (2, "content")
    assert data(client.get(f"/api/segment/{slugs['journal']['id']}"))["name"] == "From the studio journal"
    found = client.get("/api/segment/journal/scan?limit=1&sortfield=published&sortorder=desc").json()
    assert (found["total"], [one["url"] for one in found["data"]]) == (2, [BREAD])
    assert {"journal", "all_documents"} <= set(found["data"][0]["segments"])
    rest = client.get(
        f"/api/segment/journal/scan?limit=1&sortfield=published&sortorder=desc&start={found['_next']}"
    ).json()
    assert ([one["url"] for one in rest["data"]], rest["_next"]) == ([BLUE], "")
    text = "FILTER author = 'Mara' FROM content"
    (only,) = data(client.post("/api/segment/scan?fields=author,url", content=text))
    assert (only["author"], only["url"], set(only)) == ("Mara", BLUE, {"author", "url", "segments"})
    (info,) = data(client.get("/api/segment/journal/fieldinfo?fields=author"))["segments"]
    assert info["fields"][0]["terms_counts"] == {"Mara": 1}
    assert "content/" in data(client.delete("/api/segment/journal"), 400)
    data(client.put("/api/segment/journal", json={"segment_ql": text}))
    assert data(client.get("/api/segment/journal/size"))["size"] == 1
    data(client.delete("/api/segment/journal"))
    assert data(client.get("/api/segment/journal/size"))["size"] == 2


def test_3_6_a_picked_list_is_a_condition_too(client: TestClient, site: Site) -> None:
    with (site.workspace.root / "content" / "picked.yaml").open("w") as file:
        file.write("collections: {picked: {documents: [/product.html, shop.test/x]}}\n"
                   "documents: [{url: shop.test/x, topics: [X]}]\n")  # fmt: skip
    site.workspace = load_workspace(site.workspace.root, site.workspace)
    shown = data(client.get("/api/segment/picked"))
    assert shown["segment_ql"].startswith('FILTER OR (url LIKE "*/product.html", url = "shop.test/x") FROM content')
    found = data(client.get("/api/segment/picked/scan?fields=url"))
    assert [one["url"] for one in found] == [MUG, "shop.test/x"]

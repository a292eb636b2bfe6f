"""What a visitor likes, as fields of the profile (platform.md 3.2, 3.7)."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from content_support import NOWHERE, book_of
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from understudy.server.content.catalog import page_hash
from understudy.server.content.fields import MOST, ContentFields, inferred
from understudy.server.content.interests import rolled_up
from understudy.server.content.topics import together
from understudy.server.platform.audience import parse_audience
from understudy.server.platform.audiences import AudienceBook
from understudy.server.platform.reasons import reason_for
from understudy.server.site import Site
from understudy.server.workspaces.files import Files
from understudy.server.workspaces.workspace import load_workspace

TEXT = """
documents:
  - {url: shop.test/mug, topics: {Mugs: 1, Glazes: 0.5}}
  - {url: shop.test/jug, topics: {Jugs: 1, Glazes: 1}}
rollups: {Tableware: {Mugs: 0.5, Jugs: 1}}
"""
GLAZED = 'FILTER lytics_content.`Ash glazes` >= "0.25" ALIAS glazed'
LIKED = {"Glazes": 0.5, "Mugs": 0.5}
MUG, BREAD = "127.0.0.1:8765/product.html", "127.0.0.1:8765/journal/bread-bowl.html"


def computed(text: str = TEXT) -> ContentFields:
    return ContentFields(book_of(text)[0], Files(NOWHERE))


def of(fields: dict[str, object]) -> dict[str, object]:
    return computed().of(fields, ContentFields.names)


def seen(*pages: str) -> dict[str, object]:
    return {"hashedurls": {page_hash(page): 1 for page in pages}}


def see(client: TestClient, page: str, **more: str) -> None:
    assert client.get("/c/storefront", params={"_e": "pv", "_uid": "u1", "url": page, **more}).status_code == 200


def user(client: TestClient) -> dict[str, Any]:
    return dict(client.get("/api/personalize/storefront/user/_uid/u1").json()["data"]["user"])


def audience(site: Site, text: str) -> None:
    asyncio.run(site.platform.put_audience(parse_audience(text)))


def test_3_7_pages_seen_give_topics_inferred_ones_and_groups() -> None:
    found = of(seen("shop.test/mug"))
    assert found["lytics_content"] == {"Glazes": 0.25, "Mugs": 0.5}
    # Of what is said of glazes, two thirds go with jugs: 1 - (1 - 0.25 * 2/3).
    assert found["lytics_content_inferred"] == {"Jugs": pytest.approx(1 - (1 - 0.25 * 1 / 1.5), abs=1e-6)}
    assert found["lytics_rollup"] == {"Tableware": 0.25}
    assert of({}) == of(seen("elsewhere.test/")) == {}


def test_3_7_what_is_stated_counts_for_what_it_names() -> None:
    stated = {
        **seen("shop.test/mug"),
        "lytics_content": {"Mugs": "0.9", "Clay": 7, "Fire": "hot", "Sky": 10**400},
        "lytics_content_inferred": {"Jugs": 0.1},
        "lytics_rollup": {"Tableware": 1},
    }
    found = of(stated)
    assert found["lytics_content"] == {"Clay": 1, "Glazes": 0.25, "Mugs": 0.9, "Sky": 1}
    assert (found["lytics_content_inferred"], found["lytics_rollup"]) == ({"Jugs": 0.1}, {"Tableware": 1})
    assert of({"lytics_content": "Mugs"}) == {}


def test_3_7_fifty_topics_a_visitor() -> None:
    topics = ", ".join(f"T{number:02}: {0.3 + number / 100}" for number in range(60))
    found = computed(f"documents: [{{url: a.test/x, topics: {{{topics}}}}}]").of(seen("a.test/x"), ContentFields.names)[
        "lytics_content"
    ]
    assert isinstance(found, dict)
    assert len(found) == MOST
    assert set(found) == {f"T{number:02}" for number in range(10, 60)}


@given(
    st.lists(st.dictionaries(st.sampled_from("abcde"), st.floats(0, 1), max_size=4), max_size=5),
    st.dictionaries(st.sampled_from("abcde"), st.floats(0, 1)),
)
@settings(deadline=None)
def test_3_7_affinities_are_from_0_to_1(documents: list[dict[str, float]], liked: dict[str, float]) -> None:
    pairs = together(documents)
    assert all(0 <= share <= 1 + 1e-9 for shares in pairs.values() for share in shares.values())
    guessed = inferred(liked, pairs)
    assert all(-1e-9 <= value <= 1 + 1e-9 for value in guessed.values())
    assert not guessed.keys() & liked.keys()
    more = inferred(dict.fromkeys(liked, 1.0), pairs)
    assert all(guessed[topic] <= more[topic] + 1e-9 for topic in guessed)
    assert all(0 <= value <= 1 for value in rolled_up(liked, {"g": {"a": 1, "z": 0.5}}).values())


def test_3_6_audiences_are_decided_by_topics_with_the_event(client: TestClient, site: Site) -> None:
    audience(site, 'FILTER lytics_content.`Mugs` >= "0.5" ALIAS mug_people')
    audience(site, "FILTER AND (INCLUDE mug_people, EXISTS lytics_content) ALIAS via")
    receipts: list[Any] = []
    site.platform.subscribe(receipts.append)
    see(client, "127.0.0.1:8765/")
    see(client, MUG)
    see(client, BREAD)
    assert [{"mug_people", "via"} & set(receipt.entered) for receipt in receipts] == [
        set(),
        {"mug_people", "via"},
        set(),
    ]
    assert {"mug_people", "via"} <= set(user(client)["segments"])
    assert client.post("/api/segment/size", content="FILTER INCLUDE via").json()["data"] == {"size": 1}
    assert client.post("/api/segment/size", content="FILTER lytics_content.`Mugs` > 0.9").json()["data"] == {"size": 0}


def test_3_7_answers_have_the_topics_where_they_are_allowed(client: TestClient, site: Site) -> None:
    see(client, MUG)
    assert client.get("/api/entity/user/u1").json()["data"]["lytics_content"] == LIKED
    assert "lytics_content" not in user(client)
    allowed = site.workspace.settings.profile.model_copy(update={"public_fields": ["lytics_content"]})
    changed = site.workspace.settings.model_copy(update={"profile": allowed})
    object.__setattr__(site.workspace, "settings", changed)
    assert user(client)["lytics_content"] == LIKED
    assert client.get("/api/me/storefront/u1").json()["data"]["lytics_content"] == LIKED


def test_3_7_audiences_follow_the_content(client: TestClient, site: Site, root: Path) -> None:
    (root / "audiences" / "glazed.fql").write_text(GLAZED)
    site.workspace = load_workspace(root, site.workspace)
    site.platform.use_audiences(site.workspace.audiences)
    see(client, MUG)
    assert "glazed" not in user(client)["segments"]
    before = site.platform.audiences.digest
    page = root / "pages" / "product.html"
    page.write_text(
        page.read_text().replace('name="lytics:topics" content="', 'name="lytics:topics" content="Ash glazes, ')
    )
    site.workspace = load_workspace(root, site.workspace)
    site.platform.use_audiences(site.workspace.audiences)
    assert site.platform.audiences.digest != before
    assert "glazed" in user(client)["segments"]
    receipts: list[Any] = []
    site.platform.subscribe(receipts.append)
    see(client, BREAD)
    assert "glazed" not in receipts[0].entered  # the developer has moved the visitor, not the visit
    again = load_workspace(root, site.workspace)
    assert again.audiences.digest == site.platform.audiences.digest


def test_3_7_a_persona_states_topics_and_its_audiences_follow(client: TestClient, site: Site) -> None:
    audience(site, GLAZED)
    client.portal.call(site.platform.seed, {"_uid": "u1"}, {"lytics_content": {"Ash glazes": 0.4}})  # type: ignore[union-attr]
    assert "glazed" in user(client)["segments"]


class Counting:
    names = frozenset({"liking"})
    sources = frozenset({"points"})
    digest = "1"

    def __init__(self) -> None:
        self.asked = 0

    def of(self, fields: Any, _wanted: Any) -> dict[str, object]:
        self.asked += 1
        return {"liking": fields.get("points", 0)}


def test_nothing_is_worked_out_unless_an_audience_needs_it(client: TestClient, site: Site) -> None:
    counting = Counting()
    texts = ("FILTER liking > 2 ALIAS fond", 'FILTER AND (liking > 2, now() > "2020-01-01") ALIAS timely')
    site.platform.use_audiences(AudienceBook([parse_audience("FILTER points > 1 ALIAS rich")], [counting]))
    client.get("/c/storefront?_uid=u1&points=3")
    assert counting.asked == 0
    for text in texts:
        book = AudienceBook([parse_audience(text)], [counting])
        slug = next(iter(book))
        assert book.members({"points": 3}, site.platform._now()) == [slug]
        assert reason_for(book, slug, {"points": 3}, site.platform._now()).result is True
        assert book.explain(slug, {"points": 3}, site.platform._now()).result is True
        before = book.decide({}, site.platform._now())
        assert book.decide({"points": 3}, site.platform._now(), before, ["points"]).members == [slug]
    site.platform.use_audiences(AudienceBook([parse_audience(texts[0])], [counting]))
    client.get("/c/storefront?_uid=u1")  # the new audience is decided once
    counting.asked = 0
    client.get("/c/storefront?_uid=u1&other=1")
    assert counting.asked == 0
    client.get("/c/storefront?_uid=u1&points=1")
    assert counting.asked == 1

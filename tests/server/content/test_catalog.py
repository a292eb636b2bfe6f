"""Documents as a FilterQL table, and by the pages that visitors have seen (platform.md 3.7)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from content_support import book_of, document

from understudy.server.content.catalog import Catalog, catalog_of, columns, page_hash
from understudy.server.platform.filterql import parse

NOW = datetime(2026, 6, 1, tzinfo=UTC)
HERE = "127.0.0.1:8765"
PAGES = (
    document("/", {"Home": 1}),
    document(
        "/a.html", {"Mugs": 1, "Glazes": 0.2}, title="A mug", author="Mara", published=datetime(2026, 5, 30, tzinfo=UTC)
    ),
    document("/froyo/flavors/x", title="Flavours", image="/x.png", description="Long", kind="article", words=120),
    document("/about", {}, title="Without a topic"),
)
TEXT = """
documents: [{url: shop.example/b, topics: [Mugs], fields: {price: 32}}, {url: /a, title: A better mug}]
collections:
  froyo: {filter: FILTER AND (path CONTAINS "froyo/flavors") FROM content}
  others: {filter: FILTER AND (NOT INCLUDE froyo) FROM content}
  round: {filter: FILTER OR (INCLUDE round) FROM content}
  picks: {documents: [/index, 'https://shop.example/b']}
"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(book_of(TEXT)[0], PAGES)


def selected(catalog: Catalog, filterql: str) -> list[str]:
    return [one.address for one in catalog.select(parse(filterql), HERE, NOW)]


@pytest.mark.parametrize(
    ("condition", "addresses"),
    [
        ("*", ["/", "/a.html", "/froyo/flavors/x", "shop.example/b"]),
        ('description = "A better mug"', ["/a.html"]),
        ('title LIKE "*mug"', ["/a.html"]),
        ('long_description = "Long"', ["/froyo/flavors/x"]),
        ("EXISTS primary_image", ["/froyo/flavors/x"]),
        ('author = "Mara"', ["/a.html"]),
        ("global.Mugs > 0.5", ["/a.html", "shop.example/b"]),
        ("global.Glazes > 0.5", []),
        ('topics INTERSECTS ("Home")', ["/"]),
        ('published > "now-3d"', ["/a.html"]),
        ('created < "now-3d"', []),
        ("wordct > 100", ["/froyo/flavors/x"]),
        ('type = "article"', ["/froyo/flavors/x"]),
        ('aspects INTERSECTS ("article")', ["/froyo/flavors/x"]),
        ('url LIKE "127.0.0.1:8765/a*"', ["/a.html"]),
        ('domain = "shop.example"', ["shop.example/b"]),
        ("price = 32", ["shop.example/b"]),
        (f'hashedurl = "{page_hash("shop.example/b")}"', ["shop.example/b"]),
    ],
)
def test_3_7_columns(catalog: Catalog, condition: str, addresses: list[str]) -> None:
    assert selected(catalog, f"FILTER {condition} FROM content") == addresses


def test_3_7_collections_select_and_include(catalog: Catalog) -> None:
    def of(name: str) -> list[str]:
        collection = catalog.book.collection(name)
        assert collection is not None
        return [one.address for one in catalog.select(collection, HERE, NOW)]

    assert of("froyo") == ["/froyo/flavors/x"]
    assert of("others") == ["/", "/a.html", "shop.example/b"]
    assert of("round") == []
    assert of("picks") == ["/", "shop.example/b"]
    assert of("content_with_images") == ["/froyo/flavors/x"]


def test_3_7_a_page_counts_as_seen_by_whichever_name_and_host(catalog: Catalog) -> None:
    seen = ["127.0.0.1/a.html", "localhost/a", "127.0.0.1/", "localhost/index.html", "shop.example/b", "evil.test/a"]
    hashes = {page_hash(page): count for count, page in enumerate(seen, 1)}
    assert catalog.seen(hashes, ("127.0.0.1", "localhost")) == {"/a.html": 3, "/": 7, "shop.example/b": 5}
    assert catalog.seen(hashes, ("127.0.0.1",)) == {"/a.html": 1, "/": 3, "shop.example/b": 5}


def test_empty_columns_are_not_there() -> None:
    row = columns(document("/a"), HERE)
    assert {"author", "primary_image", "published", "language"}.isdisjoint(row)


def test_a_catalogue_is_made_once_for_the_pages_as_they_are(tmp_path: Path) -> None:
    book, _ = book_of(TEXT)
    first = catalog_of(book, tmp_path)
    assert catalog_of(book, tmp_path) is first
    (tmp_path / "new.html").write_text('<title>New</title><meta name="lytics:topics" content="New">')
    second = catalog_of(book, tmp_path)
    assert "/new.html" in [one.address for one in second.documents]
    assert "New" in second.topics - first.topics

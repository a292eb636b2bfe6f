"""The files of content/ (platform.md 3.7)."""

from datetime import UTC, datetime

import pytest
from content_support import read

from understudy.server.content.document import ContentDocument
from understudy.server.content.entries import read_content

WHOLE = """
documents:
  - url: https://Shop.example/Mugs?size=2#top
    title: Mugs
    description: All of them
    image: /mugs.png
    author: Mara
    published: 2026-03-04
    updated: 2026-03-05T06:00:00+02:00
    language: en
    type: article
    topics: {Mugs: 1, Glazes: 0.25}
    fields: {price: 32, sizes: [s, l]}
collections:
  mugs: {label: All mugs, filter: FILTER url LIKE "*ugs*" FROM content}
  picks: {documents: [shop.example/Mugs]}
rollups:
  Tableware: [Mugs, Bowls]
"""


def problem(text: str) -> str:
    found, (only,) = read_content(text.encode(), "content/a.yaml")
    assert found is None
    return str(only)


def test_3_7_a_document_has_what_the_vendor_knows_of_one() -> None:
    found = read(WHOLE).documents[0].over(None)
    assert found == ContentDocument(
        "shop.example/Mugs?size=2",
        title="Mugs",
        description="All of them",
        image="/mugs.png",
        author="Mara",
        language="en",
        kind="article",
        published=datetime(2026, 3, 4, tzinfo=UTC),
        updated=datetime(2026, 3, 5, 4, tzinfo=UTC),
        topics={"Mugs": 1, "Glazes": 0.25},
        fields={"price": 32, "sizes": ["s", "l"]},
    )


def test_3_7_what_a_file_leaves_out_is_the_pages_own() -> None:
    page = ContentDocument("/a.html", title="Page", author="Ann", words=7, topics={"T": 0.7})
    entry = read("documents: [{url: /a, author: Mara}]").documents[0]
    found = entry.over(page)
    assert (found.address, found.title, found.author, found.words, found.topics) == (
        "/a.html",
        "Page",
        "Mara",
        7,
        {"T": 0.7},
    )


def test_3_7_collections_and_rollups() -> None:
    found = read(WHOLE)
    assert str(found.collections["mugs"].statement) == 'FILTER url LIKE "*ugs*" FROM content'
    assert found.collections["picks"].statement is None
    assert found.rollups == {"Tableware": {"Mugs": 1.0, "Bowls": 1.0}}
    assert found.file == "content/a.yaml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("documents: [{title: a}]", "1:13: 'documents[0].url' is missing — add it"),
        ("documents: [{url: nowhere}]", "1:19: 'documents[0].url': neither a path nor a host name, in 'nowhere'"),
        ("documents: [{url: 'javascript:alert(1)'}]", "not the address of a page"),
        ("documents: [{url: 'a.b/c d'}]", "not the address of a page"),
        ("documents: [{url: /a, topics: {A: 2}}]", "1:35: 'documents[0].topics.A' must be 1 or less, not 2"),
        ("documents: [{url: /a, topics: [1]}]", "'documents[0].topics' must be"),
        ("documents: [{url: /a, published: soon}]", "'documents[0].published': not a date"),
        ("documents: [{url: /a, image: 'javascript:x'}]", "'documents[0].image': a URL that runs a script"),
        ("documents: [{url: /a, fields: {title: x}}]", "'title' is a column that every document has"),
        ("documents: [{url: /a, fields: {x: {y: 1}}}]", "a mapping cannot be a column"),
        ("documents: [{url: /a, titel: x}]", "unknown key 'titel' in 'documents[0]' — did you mean 'title'?"),
        ("collections: {a: {}}", "1:15: the collection 'a' has neither a filter nor a list — give it one"),
        ("collections: {a: {filter: 'FILTER * FROM content', documents: [/a]}}", "'a' has a filter and a list"),
        ("collections: {a: {filter: FILTER *}}", "it is about the table 'user' — documents are FROM content"),
        (
            "collections:\n  a:\n    filter: |\n      FILTER AND (\n        x >\n      ) FROM content\n",
            "content/a.yaml:6:7: 'collections.a.filter': expected a value after >",
        ),
        (
            'collections:\n  a:\n    filter: FILTER created > "now/d" FROM content\n',
            "content/a.yaml:3:30: 'collections.a.filter': 'now/d' is no number and no date",
        ),
        ("collections: {'a b': {documents: [/a]}}", "not an audience's slug"),
        ("rollups: {T: {A: x}}", "'rollups.T.A' must be a number"),
        ("- a", "must hold `key: value` lines"),
    ],
)
def test_bad_content_has_a_place_and_a_hint(text: str, message: str) -> None:
    assert message in problem(text)

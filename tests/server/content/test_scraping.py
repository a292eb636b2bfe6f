"""Documents from pages (platform.md 3.7)."""

import os
from datetime import UTC, datetime
from pathlib import Path

from understudy.server.content.document import ContentDocument
from understudy.server.content.own_pages import own_pages
from understudy.server.content.scraping import scrape, scrape_file

EVERYTHING = b"""<?xml version="1.0"?><!doctype html><html lang="de"><head>
<title>Plain title</title>
<meta property="og:title" content="  Graph
 title "><meta name="description" content="Plain"><meta property="og:description" content="Graph">
<meta property="og:image" content="/a.png"><meta property="og:type" content="article">
<meta property="og:site_name" content="Kiln"><meta name="author" content="Mara">
<meta property="article:published_time" content="2026-03-04T05:06:07Z">
<meta property="article:modified_time" content="2026-04-05">
<meta name="lytics:topics" content="Mugs, Glazes,, "><meta name="keywords" content="mugs, Clay">
<meta property="article:tag" content="Studio"><meta property="article:tag" content="Fire">
<script type="application/ld+json">{"@type": "Article", "headline": "Ignored", "keywords": ["Clay", "Ash"]}</script>
</head><body><p>Three plain words</p><script>not these</script></body></html>"""


def test_3_7_what_a_page_says_of_itself() -> None:
    assert scrape(EVERYTHING, "/a.html") == ContentDocument(
        "/a.html",
        title="Graph title",
        description="Graph",
        image="/a.png",
        author="Mara",
        language="de",
        kind="article",
        site="Kiln",
        published=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC),
        updated=datetime(2026, 4, 5, tzinfo=UTC),
        words=5,
        topics={"Mugs": 1.0, "Glazes": 1.0, "Studio": 0.7, "Fire": 0.7, "Clay": 0.7, "Ash": 0.7},
    )


def test_3_7_linked_data_serves_where_the_head_is_silent() -> None:
    data = b"""<title>t</title><script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "WebSite", "name": "The site", "keywords": "none of these"},
      {"@type": ["Product"], "name": "Mug", "description": "Blue", "image": [{"url": "/m.png"}], "keywords": "a, b",
       "author": [{"name": "Ann"}, {"name": "Bob"}], "datePublished": "2026-01-02", "dateModified": "soon"}]}</script>
      <script type="application/ld+json">{"broken": </script><script type="application/ld+json">[1, null]</script>"""
    found = scrape(data, "/m")
    assert (found.title, found.description, found.image, found.author) == ("Mug", "Blue", "/m.png", "Ann")
    assert (found.kind, found.published, found.updated) == ("Product", datetime(2026, 1, 2, tzinfo=UTC), None)
    assert found.topics == {"a": 0.7, "b": 0.7}


def test_any_bytes_are_some_page() -> None:
    for raw in (b"", b"\xff\xfe\x00", b"<" * 5000, b"<div>" * 5000, b'<meta><meta property="og:title"><html lang>'):
        assert scrape(raw, "/x").topics == {}
    for data in (rb'{"name": "\ud800"}', b"[" * 5000, b'{"name": "x", "size": 1e999}'):
        assert scrape(b'<script type="application/ld+json">' + data + b"</script>", "/x").title == ""


def test_a_page_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<title>one</title>")
    (first,) = own_pages(tmp_path)
    before = scrape_file(first.path, first.address, first.changed, first.size)
    assert before is not None
    assert before.title == "one"
    assert before is scrape_file(first.path, first.address, first.changed, first.size)
    path.write_text("<title>two</title>")
    os.utime(path, ns=(1, first.changed + 10**9))
    (second,) = own_pages(tmp_path)
    far = scrape_file(second.path, second.address, 400_000_000_000 * 10**9, second.size)  # some file systems can say so
    assert far is not None
    assert (far.title, far.fetched) == ("two", None)
    after = scrape_file(second.path, second.address, second.changed, second.size)
    assert after is not None
    assert (after.title, after.fetched != before.fetched) == ("two", True)


def test_what_cannot_be_a_page_is_none(tmp_path: Path) -> None:
    assert scrape_file(str(tmp_path / "gone.html"), "/gone.html", 0, 1) is None
    assert scrape_file(str(tmp_path / "big.html"), "/big.html", 0, 3_000_000) is None


def test_pages_are_those_of_the_folder_and_below_it(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    for name in ("index.html", "a b.html", "in/index.html", "in/x.HTM", ".hidden.html", "node_modules/y.html", "z.css"):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).touch()
    (tmp_path / "secret.html").touch()
    (pages / "link.html").symlink_to(tmp_path / "secret.html")
    (pages / "loop.html").symlink_to(pages / "loop.html")
    assert [page.address for page in own_pages(pages)] == ["/", "/a%20b.html", "/in/", "/in/x.HTM"]
    assert own_pages(tmp_path / "none") == ()

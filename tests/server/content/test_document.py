"""Addresses of documents, as files write them and as the vendor's API answers them (platform.md 3.7)."""

import pytest
from content_support import document

from understudy.server.content.document import normal_address, ways_to


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://Shop.Example/Mugs?a=B#c", "shop.example/Mugs?a=B"),
        ("//shop.example", "shop.example"),
        ("shop.example/a//b", "shop.example/a//b"),
        ("/Mugs#top", "/Mugs"),
        (" /a ", "/a"),
        ("", ""),
    ],
)
def test_addresses_have_neither_protocol_nor_fragment(url: str, address: str) -> None:
    assert normal_address(url) == address


def test_every_way_to_a_page() -> None:
    assert set(ways_to("/mugs.html")) == {"/mugs.html", "/mugs"}
    assert set(ways_to("/index.html")) == {"/index.html", "/", "/index"}
    assert set(ways_to("/in/index.html")) == {"/in/index.html", "/in/", "/in", "/in/index"}
    assert set(ways_to("/in/")) == set(ways_to("/in/index.html"))
    assert set(ways_to("/reindex.html")) == {"/reindex.html", "/reindex"}
    assert set(ways_to("/mugs")) == {"/mugs"}


@pytest.mark.parametrize(
    ("address", "scheme", "here", "link"),
    [
        ("/a.html", "http", "127.0.0.1:8765", "127.0.0.1:8765/a.html"),
        ("/a.html", "https", "shop.example", "https://shop.example/a.html"),
        ("/a.html", "http", "localhost:8765", "http://localhost:8765/a.html"),
        ("shop.example/a", "https", "localhost", "shop.example/a"),
    ],
)
def test_3_7_links_lead_there_for_the_vendors_clients(address: str, scheme: str, here: str, link: str) -> None:
    assert document(address).link(scheme, here) == link


def test_3_7_paths_are_listed_piece_by_piece() -> None:
    assert document("shop.example/some/url?x=/y").prefixes == ["some", "some/url"]
    assert document("/some/b%C3%BCrli.html").prefixes == ["some", "some/bürli.html"]
    assert document("/").prefixes == []


def test_images_are_whole_addresses() -> None:
    assert document("/in/a.html", image="b.png").picture("http", "localhost:1") == "http://localhost:1/in/b.png"
    assert document("shop.example/a", image="//cdn.example/b.png").picture("https", "x") == "https://cdn.example/b.png"
    assert document("/a").picture("http", "x") == ""

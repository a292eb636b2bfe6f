import pytest
from starlette.datastructures import Headers

from understudy.server.origins import cors_headers, is_same_origin, may_include, may_read


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:3000", "https://localhost", "http://[::1]:1", "https://shop.test", "https://www.shop.test:8443"],
)
def test_local_and_listed_origins_may_read(origin: str) -> None:
    assert may_read(origin, ["shop.test"])
    assert cors_headers(Headers({"origin": origin}), ["shop.test"])["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://evil.test",
        "https://notshop.test",
        "file:///x",
        "https://shop.test.evil.test",
        "http://192.168.0.2",
    ],
)
def test_other_origins_may_not(origin: str) -> None:
    assert not may_read(origin, ["shop.test"])
    assert "Access-Control-Allow-Origin" not in cors_headers(Headers({"origin": origin}), ["shop.test"])


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://127.0.0.1:8765", "host": "127.0.0.1:8765"}, True),
        ({"origin": "http://127.0.0.1:3000", "host": "127.0.0.1:8765"}, False),
        ({"origin": "null", "host": "127.0.0.1:8765"}, False),
        ({"host": "127.0.0.1:8765"}, True),
    ],
)
def test_same_origin(headers: dict[str, str], same: bool) -> None:
    assert is_same_origin(Headers(headers)) is same


@pytest.mark.parametrize(
    ("headers", "included"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site", "referer": "https://shop.test/a"}, True),
        ({"sec-fetch-site": "same-site", "referer": "http://127.0.0.1:3000/"}, True),
        ({"sec-fetch-site": "cross-site", "referer": "https://evil.test/"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"referer": "https://evil.test/"}, False),
        ({}, True),
    ],
)
def test_a_script_with_data_is_for_pages_that_may_read(headers: dict[str, str], included: bool) -> None:
    assert may_include(Headers(headers), ["shop.test"]) is included

"""E-mail and web addresses."""

import pytest

from understudy.server.platform import addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann@Example.com", "ann@example.com"),
        ("Ann Lee <Ann@Example.com>", "ann@example.com"),
        ('"Lee, Ann" <a.b+c@x.example>', "a.b+c@x.example"),
        ("nobody", ""),
        ("@", ""),
        ("a@", ""),
        ("", ""),
    ],
)
def test_email(text: str, expected: str) -> None:
    assert addresses.email(text) == expected


def test_email_name() -> None:
    assert addresses.email_name('"Ann Lee" <a@b.example>') == "Ann Lee"
    assert addresses.email_name("a@b.example") == ""


@pytest.mark.parametrize(
    ("url", "host", "domain", "path"),
    [
        ("www.shop.example/a/b?c#d", "www.shop.example", "shop.example", "/a/b"),
        ("https://WWW.Shop.Example:8080", "www.shop.example", "shop.example", "/"),
        ("//shop.co.uk/x%20y", "shop.co.uk", "shop.co.uk", "/x y"),
        ("a.b.shop.co.uk", "a.b.shop.co.uk", "shop.co.uk", "/"),
        ("http://user:pw@127.0.0.1:8765/", "127.0.0.1", "127.0.0.1", "/"),
        ("[::1]:8765/x", "[::1]", "[::1]", "/x"),
        ("localhost:8765/x", "localhost", "localhost", "/x"),
        ("", "", "", ""),
    ],
)
def test_web_addresses(url: str, host: str, domain: str, path: str) -> None:
    assert addresses.host(url) == host
    assert addresses.domain(url) == domain
    assert addresses.path(url) == path
    assert addresses.page(url) == host + path

"""What the parser of requests takes, over real sockets."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from support.serving import Serving, copy_storefront

from understudy.dev_tools.protocol import LONGEST_HEAD


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("protocol") / "storefront")) as serving:
        yield urlsplit(serving.url).port or 0


def answer(port: int, *parts: bytes) -> bytes:
    """All that the server sends until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        found = b""
        while data := connection.recv(65_536):
            found += data
        return found


@pytest.mark.parametrize("begun", [b"GET /", b"GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: "])
def test_e1_a_head_that_does_not_end_is_cut_off(port: int, begun: bytes) -> None:
    told = answer(port, begun, b"x" * (LONGEST_HEAD - len(begun)), b"x")  # the last byte is one too many
    assert told.startswith(b"HTTP/1.1 431 ")
    assert b"over the limit of 4,000,000 bytes" in told


def test_e1_heads_of_several_requests_are_not_added_up(port: int) -> None:
    path = b"/c/storefront?" + b"x" * 1_900_000
    one = b"GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n" % path
    told = answer(port, one, one, one.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))
    assert told.count(b"HTTP/1.1 413 ") == 3


def test_a_long_address_comes_apart_as_a_short_one_does(port: int) -> None:
    end = b" HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
    short, long = answer(port, b"GET /c/other?a=1" + end), answer(port, b"GET /c/other?a=" + b"1" * 65_100 + end)
    assert b"No such account id: 'other'" in short
    assert short.partition(b"\r\n\r\n")[2] == long.partition(b"\r\n\r\n")[2]
    assert answer(port, b"GET /" + b"a" * 70_000 + end).startswith(b"HTTP/1.1 400 ")


def test_a_broken_request_is_refused(port: int) -> None:
    assert answer(port, b"GET / HTTP/1.1\r\nhost\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert answer(port, "GET /ü HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".encode()).startswith(
        b"HTTP/1.1 400 "
    )

import gzip

import brotli
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from understudy.server.assets import JAVASCRIPT, asset_response, choose_encoding, compressed, etag_of

TEXT = "const answer = 42;\n" * 100


@pytest.fixture
def client() -> TestClient:
    def script(request: Request) -> Response:
        return asset_response(request, TEXT, JAVASCRIPT, {"X-More": "1"})

    return TestClient(Starlette(routes=[Route("/s.js", script)]))


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_each_encoding_has_the_text_and_its_own_etag(client: TestClient, encoding: str) -> None:
    response = client.get("/s.js", headers={"accept-encoding": encoding})
    assert response.text == TEXT
    assert response.headers.get("content-encoding", "identity") == encoding
    assert response.headers["etag"] == f'"{etag_of(TEXT.encode())}-{encoding}"'
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["x-more"] == "1"


def test_an_unchanged_file_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/s.js", headers={"accept-encoding": "br"}).headers["etag"]
    again = client.get("/s.js", headers={"accept-encoding": "br", "if-none-match": f'"other", W/{etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/s.js", headers={"accept-encoding": "gzip", "if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "size", "chosen"),
    [
        ("gzip, deflate, br", 5000, "br"),
        ("gzip;q=1.0, br;q=0", 5000, "gzip"),
        ("deflate", 5000, "identity"),
        ("", 5000, "identity"),
        ("br", 100, "identity"),
    ],
)
def test_choose_encoding(accept: str, size: int, chosen: str) -> None:
    assert choose_encoding(accept, size) == chosen


def test_compressed_is_the_same_bytes_each_time() -> None:
    body = TEXT.encode()
    assert brotli.decompress(compressed(body, "br")) == body
    assert gzip.decompress(compressed(body, "gzip")) == body
    compressed.cache_clear()
    assert compressed(body, "gzip") == compressed(body, "gzip")

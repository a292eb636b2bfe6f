"""Reading a page for the doctor: one address, within a time and a size, and whatever answers there."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from understudy.dev_tools.diagnosis.page import DoctorError, read_page


class Site(http.server.BaseHTTPRequestHandler):
    """Answers by path."""

    going_on = threading.Event()

    def do_GET(self) -> None:
        getattr(self, "on_" + self.path.strip("/").replace("-", "_"))()

    def reply(self, status: int = 200, body: bytes = b"<p>page", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def on_page(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", "img-src 'self'")
        self.send_header("Content-Security-Policy", "style-src 'self'")
        self.end_headers()
        self.wfile.write("<p>€".encode())

    def on_moved(self) -> None:
        self.reply(302, b"", Location="/page")

    def on_elsewhere(self) -> None:
        self.reply(302, b"", Location="http://other.example/page")

    def on_round(self) -> None:
        self.reply(302, b"", Location="/round")

    def on_missing(self) -> None:
        self.reply(404)

    def on_json(self) -> None:
        self.reply(body=b"<{}", Content_Type="application/json")

    def on_huge(self) -> None:
        self.reply(body=b"<p>" + b"x" * 6_000_000)

    def on_silent(self) -> None:
        self.going_on.wait(10)

    def on_dripping(self) -> None:
        self.reply(body=b"<p>")
        while not self.going_on.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def on_garbage(self) -> None:
        self.wfile.write(b"no protocol at all\r\n\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Site.going_on.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_comes_with_its_policies(site: str) -> None:
    source = read_page(f"{site}/page", 5)
    assert source.body == "<p>€".encode()
    assert source.policies == ("img-src 'self'", "style-src 'self'")
    assert (source.address, source.is_file) == (f"{site}/page", False)


def test_a_redirect_on_the_same_host_is_followed(site: str) -> None:
    assert read_page(f"{site}/moved", 5).address == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("elsewhere", "http://other.example/page"),
        ("round", "in a circle .302."),
        ("missing", "answered 404"),
        ("json", "application/json"),
        ("huge", "larger than 5 MB"),
        ("garbage", "cannot be read"),
    ],
)
def test_what_is_no_page_is_said(site: str, path: str, message: str) -> None:
    with pytest.raises(DoctorError, match=message):
        read_page(f"{site}/{path}", 5)


@pytest.mark.parametrize("path", ["silent", "dripping"])
def test_a_server_that_takes_its_time_is_left(site: str, path: str) -> None:
    with pytest.raises(DoctorError, match="--timeout"):
        read_page(f"{site}/{path}", 0.3)


def test_an_address_where_nobody_answers_is_said() -> None:
    with pytest.raises(DoctorError, match="cannot be reached"):
        read_page("http://127.0.0.1:9/", 5)
    for wrong in ("http://", "http://127.0.0.1:port/", "http://a b/", "http://[::1"):
        with pytest.raises(DoctorError):
            read_page(wrong, 5)

"""Two origins on this machine: a shop whose pages a test writes, and a host that serves what it is told."""

import http.server
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Answer:
    """A body and its type."""

    body: str
    kind: str = "text/javascript"


class Sites:
    """Use as a context manager. `shop` and `host` are their origins; `asked` are the host's requests so far."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.asked: list[str] = []
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        sites = self

        class Host(Quiet):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                sites.asked.append(path)
                found = next((answers[start] for start in answers if path.startswith(start)), None)
                self.reply(404 if found is None else 200, found or Answer("nothing here"), {})

        class Shop(Quiet):
            def do_GET(self) -> None:
                html, headers = sites.pages.get(urlsplit(self.path).path, ("", {}))
                self.reply(200 if html else 404, Answer(html or "nothing here", "text/html"), headers)

        self.servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) for kind in (Shop, Host)]
        self.threads = [
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
            for server in self.servers
        ]
        self.shop, self.host = (f"http://127.0.0.1:{server.server_address[1]}" for server in self.servers)

    def page(self, html: str, **headers: str) -> str:
        """Put a page on the shop; its address."""
        path = f"/page-{len(self.pages)}"
        self.pages[path] = (html, {name.replace("_", "-"): value for name, value in headers.items()})
        return self.shop + path

    def __enter__(self) -> "Sites":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for server, thread in zip(self.servers, self.threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


class Quiet(http.server.BaseHTTPRequestHandler):
    """Answers for every origin, and logs nothing."""

    def reply(self, status: int, answer: Answer, headers: Mapping[str, str]) -> None:
        """Send one answer."""
        self.send_response(status)
        for name, value in {"Content-Type": answer.kind, "Access-Control-Allow-Origin": "*", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

"""Over real connections of this machine: what is sent, and what comes of a receiver that is not there (4.1)."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from triggers_support import job_text, serving

from understudy.server.site import Site
from understudy.server.triggers.retrying import MOST_TRIES


class Hook(ThreadingHTTPServer):
    """A receiver that is busy once, then sends the caller elsewhere, then takes what comes."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses = [503, 302]
        self.got: list[tuple[str, str, Any]] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        assert isinstance(self.server, Hook)
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.got.append((self.path, self.headers["content-type"], body))
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Location", f"{self.server.url}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:  # it would print
        return


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    yield hook
    hook.shutdown()
    hook.server_close()


def over_the_network(site: Site) -> None:
    site.triggers.transport = None


def test_4_1_a_request_arrives_and_is_sent_nowhere_else(
    tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    files = {"webhooks/crm.yaml": job_text(webhook_url=f"{hook.url}/in?x=1", user_fields=["_uid", "name"])}
    with serving(tmp_path, files, before=over_the_network) as stand:
        stand.send(tier="gold", name="Zoë 🎉")
        (delivery,) = stand.webhooks()["deliveries"]
    assert [path for path, _, _ in hook.got] == ["/in?x=1"] * 3
    assert {kind for _, kind, _ in hook.got} == {"application/json"}
    assert hook.got[0][2]["data"]["name"] == "Zoë 🎉"
    assert [one["status"] for one in delivery["tries"]] == [503, 302, 200]
    assert (delivery["outcome"], delivery["where"]) == ("delivered", "network")


def test_4_1_a_receiver_that_is_not_there_is_told(tmp_path: Path, hook: Hook) -> None:
    url = hook.url
    hook.shutdown()
    hook.server_close()
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(webhook_url=url)}, before=over_the_network) as stand:
        stand.send(tier="gold")
        view = stand.webhooks()
    (delivery,) = view["deliveries"]
    assert len(delivery["tries"]) == MOST_TRIES
    assert "ConnectError" in delivery["reason"]
    assert f"POST {url} failed 10 times, at last because ConnectError" in view["jobs"][0]["error"]

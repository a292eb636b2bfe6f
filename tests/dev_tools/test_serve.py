import argparse
import errno
import http.client
import signal
import socket
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.applications import Starlette
from support.serving import Serving, copy_storefront

from understudy.dev_tools import cli
from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import ServeError, Server, announce, listen, run, why_not
from understudy.server.workspaces.workspace import load_workspace


def arguments(workspace: Path, **more: object) -> argparse.Namespace:
    return argparse.Namespace(workspace=str(workspace), host=None, port=0, **more)


def connect(serving: Serving) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(serving.url).netloc, timeout=30)


def test_it_serves_the_storefront_and_ends_cleanly(tmp_path: Path) -> None:
    with Serving(copy_storefront(tmp_path / "storefront")) as serving:
        assert serving.url.startswith("http://127.0.0.1:")
        assert serving.stop() == 0


def test_a_signal_may_come_while_the_hub_is_busy() -> None:
    hubs, site = Hubs(), Mock()
    server = Server(uvicorn.Config(Starlette()), hubs, lambda: None)
    with hubs.of(site)._lock:
        server.handle_exit(signal.SIGINT, None)
    assert server.should_exit


def test_it_ends_cleanly_where_the_shell_ignores_the_signal(tmp_path: Path) -> None:
    """As it does for what it starts in the background: the server must not announce itself before it listens to it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Serving(copy_storefront(tmp_path / "storefront")) as serving:
            assert serving.stop() == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_broken_settings_are_said_with_what_counts_instead(tmp_path: Path) -> None:
    workspace = copy_storefront(tmp_path / "storefront")
    (workspace / "understudy.toml").write_text('account = "storefront"\n[store]\npath = 7\n')
    with Serving(workspace) as serving:
        printed = "".join(serving.printed)
    assert "understudy.toml:3:8: 'store.path' must be text" in printed
    assert "the default settings count; events go to .understudy/store.db" in printed


def test_a_missing_workspace_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments(tmp_path / "gone")) == 2
    assert str(tmp_path / "gone") in capsys.readouterr().err


def test_a_port_in_use_is_said_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        workspace = copy_storefront(tmp_path / "storefront")
        assert run(argparse.Namespace(workspace=str(workspace), host=None, port=port)) == 2
    message = capsys.readouterr().err
    assert f"port {port} on 127.0.0.1 is in use" in message
    assert "--port" in message


def test_an_impossible_address_is_said() -> None:
    with pytest.raises(ServeError, match=r"check --host and --port"):
        listen("192.0.2.1", 0)


@pytest.mark.parametrize("port", ["99999", "-1", "http", "8765/"])
def test_an_impossible_port_is_said(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["serve", f"--port={port}"])
    assert stopped.value.code == 2
    assert f"{port!r} is not a port; choose one from 1024 to 65535, or 0" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_however_it_is_told_to_end_the_store_is_closed(tmp_path: Path, ending: signal.Signals) -> None:
    workspace = copy_storefront(tmp_path / "storefront")
    with Serving(workspace) as serving, closing(connect(serving)) as page:
        page.request("GET", "/__understudy__/live")
        with closing(page.getresponse()) as stream:  # an open page, which must not hold it up
            assert stream.status == 200
            serving.process.send_signal(ending)
            serving.process.send_signal(ending)  # people press Ctrl-C twice
            assert serving.process.wait(timeout=30) == 0
            assert serving.rest() == ""
    assert [path.name for path in (workspace / ".understudy").iterdir()] == ["store.db"]


def test_an_event_of_a_megabyte_in_an_address_is_told_the_limit(tmp_path: Path) -> None:
    with Serving(copy_storefront(tmp_path / "storefront")) as serving, closing(connect(serving)) as connection:
        connection.request("GET", f"/c/storefront?big={'x' * 1_000_000}")
        response = connection.getresponse()
        assert (response.status, b"over the limit of 65,536" in response.read()) == (413, True)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("shop.test", "shop.test")],
)
def test_the_printed_address_can_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, host: str, shown: str
) -> None:
    announce(load_workspace(copy_storefront(tmp_path / "storefront")), host, 8765)
    assert f" http://{shown}:8765/ " in capsys.readouterr().out
    assert ("other machines can reach" in caplog.text) == (host != "127.0.0.1")


def test_a_port_that_needs_rights_is_said() -> None:
    assert "above 1023" in why_not("127.0.0.1", 80, OSError(errno.EACCES, "denied"))


def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = copy_storefront(tmp_path / "storefront")
    (workspace / ".understudy").write_text("a file where a folder is wanted")
    assert run(arguments(workspace)) == 2
    assert ".understudy" in capsys.readouterr().err

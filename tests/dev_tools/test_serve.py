import argparse
import errno
import socket
from pathlib import Path

import pytest
from support.serving import Serving, copy_storefront

from understudy.dev_tools.serve import ServeError, listen, run, why_not


def arguments(workspace: Path, **more: object) -> argparse.Namespace:
    return argparse.Namespace(workspace=str(workspace), host=None, port=0, **more)


def test_it_serves_the_storefront_and_ends_cleanly(tmp_path: Path) -> None:
    with Serving(copy_storefront(tmp_path / "storefront")) as serving:
        assert serving.url.startswith("http://127.0.0.1:")
        assert serving.stop() == 0


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


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("192.0.2.1", 0)])
def test_an_impossible_address_is_said(host: str, port: int) -> None:
    with pytest.raises(ServeError, match=r"check --host and --port"):
        listen(host, port)


def test_a_port_that_needs_rights_is_said() -> None:
    assert "above 1023" in why_not("127.0.0.1", 80, OSError(errno.EACCES, "denied"))


def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = copy_storefront(tmp_path / "storefront")
    (workspace / ".understudy").write_text("a file where a folder is wanted")
    assert run(arguments(workspace)) == 2
    assert ".understudy" in capsys.readouterr().err

"""A server over a copy of the storefront that can be started several times over one store."""

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.server.app import create_app
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[], Any]:
    root = copy_storefront(tmp_path / "storefront")

    @contextmanager
    def once() -> Any:
        workspace = load_workspace(root)
        platform = Platform.open(tmp_path / "store.sqlite", workspace.audiences)
        app = create_app(Site(workspace, platform))
        with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
            yield client, app.state.worlds
        platform.close()

    return once

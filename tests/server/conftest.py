"""The application over a copy of the storefront, with a store in a file that the test can look into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from support.serving import copy_storefront

from understudy.server.app import create_app
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_storefront(tmp_path / "storefront")


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Iterator[Site]:
    workspace = load_workspace(root)
    assert workspace.problems == ()
    platform = Platform.open(tmp_path / "store.sqlite", workspace.audiences)
    yield Site(workspace, platform)
    platform.close()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site), base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def account(site: Site) -> str:
    return site.account

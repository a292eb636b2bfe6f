"""The application over that shop, at a moment that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reports_support import NOW, furnish

from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Iterator[Site]:
    furnish(root)
    workspace = load_workspace(root)
    assert workspace.problems == ()
    platform = Platform.open(tmp_path / "store.sqlite", workspace.audiences, clock=lambda: NOW)
    yield Site(workspace, platform)
    platform.close()

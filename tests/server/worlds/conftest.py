"""A small workspace whose audience goes by the time, and the application over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.platform import Platform
from understudy.server.site import Site
from understudy.server.workspaces.workspace import load_workspace
from understudy.server.worlds import Worlds

FILES = {
    "understudy.toml": 'account = "shop"\n[profile]\npublic_fields = ["plan"]\n',
    "audiences/fresh.fql": 'FILTER lastvisit_ts > "now-3d" WITH name = "Fresh", public = true ALIAS fresh\n',
    "widgets/offer.yaml": "label: Offer\nwidget: {type: message, layout: modal, msg: Hi}\n",
    "pages/index.html": "<!doctype html><title>Shop</title><p>The shop",
    "styles/brand.css": "p { color: red }\n",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture
def site(shop: Path, tmp_path: Path) -> Iterator[Site]:
    workspace = load_workspace(shop)
    assert workspace.problems == ()
    platform = Platform.open(tmp_path / "store.db", workspace.audiences)
    yield Site(workspace, platform)
    platform.close()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """All that `understudy serve` answers, asked from this machine."""
    app = build(site, Hubs())
    with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def worlds(client: TestClient) -> Worlds:
    found: Worlds = client.app.state.worlds  # type: ignore[attr-defined]
    return found

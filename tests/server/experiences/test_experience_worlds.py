"""What the API does to experiences stays in its world, and goes with it."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site

Call = Callable[..., Any]
SCRIPT = "/api/experience/candidate/storefront/config.js"


@pytest.fixture
def other(client: TestClient) -> Site:
    assert client.portal is not None
    return client.portal.call(client.app.state.worlds.create, "other")  # type: ignore[attr-defined]


def test_each_world_has_experiences_of_its_own_and_a_reset_takes_them(
    client: TestClient, site: Site, other: Site, script: Call
) -> None:
    before, there = script(), {"X-Understudy-World": "other"}
    body = {
        "label": "Only here",
        "vehicle": {"provider_id": "p", "tactic": "SiteGate"},
        "state": {"status": "published"},
    }
    assert client.post("/api/experience", json=body, headers=there).status_code == 201
    assert client.post("/program/settings", json={"theme": "dark"}, headers=there).status_code == 200
    assert client.delete("/api/experience/vip-offer", headers=there).status_code == 200
    told = client.get(SCRIPT, headers=there).text
    assert ("only-here" in told, "vip-offer" in told) == (True, False)
    assert script() == before
    assert "orc_experience_only-here_reach" in other.platform.audiences
    assert "orc_experience_only-here_reach" not in site.platform.audiences
    assert client.portal is not None
    client.portal.call(client.app.state.worlds.reset, "other")  # type: ignore[attr-defined]
    assert client.get(SCRIPT, headers=there).text == before
    assert "orc_experience_only-here_reach" not in other.platform.audiences

"""Shorthands for the API of experiences, over a copy of the storefront whose clock the test sets."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from understudy.server.site import Site

NOW = 1_780_315_200_000.0  # 2026-06-01T12:00:00Z
Call = Callable[..., Any]


@pytest.fixture
def call(client: TestClient, site: Site) -> Call:
    """`call(method, path, body, status)`: the answer's `data`, or its message for an error; checks the status."""
    site.clock.freeze()
    site.clock.set(NOW)

    def ask(method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = client.request(method, path, json=body) if body is not None else client.request(method, path)
        told = answer.json()
        assert answer.status_code == status, told
        assert told["status"] == status
        return told["data"] if status < 400 else told["message"]

    return ask


@pytest.fixture
def new(call: Call) -> Call:
    """Make an experience with some keys; answers it."""

    def make(label: str = "Spring offer", tactic: str = "target_url", status: int = 201, **more: Any) -> Any:
        vehicle = {"provider_id": "pathfora", "tactic": tactic, **more.pop("vehicle", {})}
        return call("POST", "/api/experience", {"label": label, "vehicle": vehicle, **more}, status)

    return make


@pytest.fixture
def script(client: TestClient, account: str) -> Callable[[], str]:
    """The candidate script as it is now."""
    return lambda: client.get(f"/api/experience/candidate/{account}/config.js").text

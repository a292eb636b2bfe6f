"""Nothing that is sent to the API of experiences makes the server fail, and what it takes is what a page can have."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from understudy.server.site import Site
from understudy.widgets.candidates import render_candidates

KEYS = st.sampled_from(
    [
        *("experience", "label", "state", "status", "dates", "startDate", "endDate", "vehicle", "tactic", "detail"),
        *("detail_override", "variations", "widget", "audience", "exclude", "inverse", "campaign", "stage", "priority"),
        *("experiences", "child_groups", "class", "theme", "colors", "typeKey", "appearsOn", "weight", "id", "type"),
        *("any", "of", "measure", "provider_id", "headline", "displayConditions", "onLoad", "layout", "groups"),
    ]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["draft", "published", "message", "form", "function () {}", "2026-01-01", "vip-offer", "stage"])
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.dictionaries(KEYS, inner, max_size=4) | st.lists(inner, max_size=3), max_leaves=14
)
BODIES = st.dictionaries(KEYS, VALUES, max_size=5)
ROUTES = st.sampled_from(
    [
        *(
            ("POST", f"/api/experience{rest}")
            for rest in ("", "/import", "/group", "/prioritization", "/group/priority")
        ),
        *(
            ("PATCH", f"/api/experience/{rest}")
            for rest in ("studio-sale", "vip-offer?update_state", "x?clean_override")
        ),
        ("POST", "/program/settings"),
        ("POST", "/__understudy__/api/experiences/audience"),
    ]
)
MADE = {"label": "x", "vehicle": {"provider_id": "p", "tactic": "target_url"}}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(ROUTES, BODIES, st.booleans())
def test_no_body_makes_the_server_fail(
    client: TestClient, site: Site, route: tuple[str, str], body: dict[str, Any], whole: bool
) -> None:
    answer = client.request(route[0], route[1], json={**MADE, **body} if whole else body)
    assert answer.status_code < 500, answer.text
    assert answer.json()["status"] == answer.status_code
    render_candidates(site.experiences.shown(site))
    assert client.get("/api/experience").status_code == 200
    assert client.get("/api/program/campaign/variation").status_code == 200

"""The attack corpus of quality.md E1 against every route of the description, and against what newer routes can do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fuzzing import ALL, ENDLESS
from starlette.applications import Starlette
from starlette.testclient import TestClient

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.server.openapi.document import Described, described
from understudy.server.platform.clock import FIRST_MS, LAST_MS
from understudy.server.site import Site

API = "/__understudy__/api"
FOREIGN = (
    {"sec-fetch-site": "cross-site", "origin": "https://evil.test", "referer": "https://evil.test/"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
    {"sec-fetch-site": "same-site"},
)
# What pages of other sites may ask: scripts, events, and what a site's own policy decides.
OPEN = re.compile(
    r"(GET|POST|OPTIONS) (/api/tag/|/static/pathfora|/c/|/cid/|/api/(experience|program)/.*config\.js$|/api/me/"
    r"|/api/personalize/|/api/content/recommend/\{account\}|/styles/|/widgets/|/\{file:path\}$"
    r"|/__understudy__/(sdk/|[a-z/-]+\.(js|css)$))"
)
KNOWN = {"cid": "storefront", "account": "storefront", "table": "user", "field": "_uid", "value": "u1"}
HERE = {"id": "vip-offer", "name": "default", "slug": "entity_timeout", "segment": "all", "file": "index.html"}


@pytest.fixture
def app(site: Site) -> Starlette:
    return build(site, Hubs())


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000)) as client:
        client.get("/c/storefront?_uid=u1&email=ann%40x.example&secret=s3cret&pf-widget-id=vip-offer")
        yield client


def routes(app: Starlette) -> list[Described]:
    return described(app.routes, ALL)


def at(one: Described) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: {**KNOWN, **HERE}.get(place[1], "x"), one.path)


def refused(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.json()["data"]) == (status, None), (answer.url, answer.text[:300])
    assert "s3cret" not in answer.text
    assert "access-control-allow-origin" not in answer.headers
    return str(answer.json()["message"])


def test_e1_which_routes_other_sites_may_use_is_written_down(app: Starlette) -> None:
    open_to_all = {one.key for one in routes(app) if one.operation and not one.operation.guarded}
    assert {one.key for one in routes(app) if OPEN.match(one.key)} == open_to_all


def test_e1_no_other_route_answers_or_does_anything_for_a_page_of_another_site(
    app: Starlette, site: Site, client: TestClient
) -> None:
    before = site.platform.profile("_uid", "u1")
    audiences = set(site.platform.audiences)
    for one in routes(app):
        if OPEN.match(one.key):
            continue
        for headers in FOREIGN:
            refused(client.request(one.method, at(one), headers=headers, content="{}"), 403)
    assert site.platform.profile("_uid", "u1") == before
    assert set(site.platform.audiences) == audiences
    assert (site.experiences.changed, site.triggers.subscriptions(site)) == ((), {})


def test_e1_no_name_but_our_own_is_answered_by_any_route(app: Starlette) -> None:
    rebound = TestClient(app, base_url="http://evil.test", client=("127.0.0.1", 1))
    for one in routes(app):
        answer = rebound.request(one.method, at(one))
        assert (answer.status_code, "allowed_hosts" in answer.text) == (400, True), one.key
        if "/api/" in one.path:
            refused(answer, 400)


def test_e1_another_machine_changes_nothing_without_a_token(app: Starlette, site: Site) -> None:
    far = TestClient(app, base_url="http://127.0.0.1:8765", client=("192.0.2.7", 1))
    for one in routes(app):
        reads_debugger = one.family == "Debugger" and one.method == "get"
        if not OPEN.match(one.key) and not reads_debugger:
            answer = far.request(one.method, at(one), content="{}")
            assert "token" in refused(answer, 403 if one.family == "Debugger" else 401)


def test_e1_a_world_that_is_not_there_is_nobodys(app: Starlette, client: TestClient) -> None:
    for one in routes(app):
        if not one.path.startswith(f"{API}/worlds") and one.path != f"{API}/{{rest}}":
            for headers in ({"x-understudy-world": "../default"}, {"cookie": "understudy_world=x"}):
                refused(client.request(one.method, at(one), headers=headers), 404)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/cron.d/x",
        "widgets/../../x",
        "..\\x",
        "widgets/a\0.yaml",
        ".understudy/store.db",
        "a/" * 3000,
    ],
)
def test_e1_an_overlay_writes_into_its_own_folder(client: TestClient, site: Site, name: str) -> None:
    refused(client.post(f"{API}/worlds", json={"files": {name: "x"}}), 400)
    assert [world["name"] for world in client.get(f"{API}/worlds").json()["worlds"]] == ["default"]


def test_e1_an_overlay_with_callbacks_is_no_way_to_other_files(client: TestClient) -> None:
    widget = {"type": "message", "layout": "modal", "headline": "x", "confirmAction": {"callback": "../../x.js"}}
    text = json.dumps({"label": "x", "widget": widget})
    made = client.post(f"{API}/worlds", json={"name": "mine", "files": {"widgets/x.json": text}}).json()
    assert any("x.js" in problem["message"] for problem in made["problems"])


@pytest.mark.parametrize("label", ["../../../escaped", "/etc/passwd", "a\0b", "..", "CON", "ü/ü", "x" * 5000, "\u202e"])
def test_e1_what_is_written_back_stays_in_the_folder_of_widgets(client: TestClient, root: Path, label: str) -> None:
    files = set(root.rglob("*"))
    body = {"label": label, "vehicle": {"provider_id": "pathfora", "tactic": "capture_leads"}}
    made = client.post("/api/experience", json={"experience": body})
    saved = client.post(f"{API}/experiences/save")
    assert made.status_code in {201, 400, 422}
    assert saved.status_code == 200
    assert {path.parent for path in set(root.rglob("*")) - files} <= {root / "widgets"}
    assert not list(root.parent.glob("escaped*"))


@pytest.mark.parametrize("name", ["../settings", "/etc/passwd", "widgets/../understudy.toml", "understudy.toml", "a\0"])
def test_e1_only_files_that_people_write_are_shown(client: TestClient, name: str) -> None:
    refused(client.get(f"{API}/source", params={"file": name}), 404)


def test_e1_a_template_without_an_end_is_stopped_and_others_are_answered(client: TestClient, site: Site) -> None:
    site.triggers.sandbox.seconds = 0.5
    for kind, source in (
        ("js1", "function template() { for (;;) {} }"),
        ("js1", "function template() { let a = 'x'; for (;;) a += a; }"),
        ("jsonnet", "local f(x) = f(x + 1); f(0)"),
        ("handlebars", "{{#each .}}" * 3000),
    ):
        made = client.post("/v2/template", params={"name": "t", "type": kind, "desired_format": "{}"}, content=source)
        tried = client.post(f"/v2/template/{made.json()['data']['id']}/test", json={"entity": {"a": [1]}})
        assert tried.json()["data"].startswith(("evaluating snippet: ", "evaluating template: ")), (kind, tried.text)
        assert client.get("/v2/template").status_code == 200


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd", "https://a:b@c.example/",
     "gopher://127.0.0.1/", "http://127.0.0.1.evil.test/", "http://[::ffff:10.0.0.1]/", "https://x\r\ny: z/", ""],
)  # fmt: skip
def test_e1_webhooks_go_nowhere_that_a_page_could_not(client: TestClient, url: str) -> None:
    refused(client.post("/api/subscription", json={"segment_ids": ["all"], "webhook_url": url}), 400)


def test_e1_headers_of_a_subscription_are_single_lines_and_are_never_told(client: TestClient) -> None:
    body = {"segment_ids": ["all"], "webhook_url": "memory:", "headers": {"authorization": "s3cret"}}
    assert "s3cret" not in client.post("/api/subscription", json=body).text
    assert "s3cret" not in client.get("/api/subscription").text
    for name, value in (("a", "b\r\nc: d"), ("a\nb", "c"), ("", "x"), ("a b", "c")):
        refused(client.post("/api/subscription", json={**body, "headers": {name: value}}), 400)


@pytest.mark.parametrize("moment", [FIRST_MS, LAST_MS])
def test_3_6_everything_is_answered_at_the_ends_of_time(app: Starlette, client: TestClient, moment: float) -> None:
    assert client.post(f"{API}/clock", json={"set": moment, "mode": "frozen"}).status_code == 200
    client.get("/c/storefront?_uid=u1&_e=pv&url=x.example/a&_ts=253402214399999")
    for one in routes(app):
        if one.method == "get" and one.path != ENDLESS:
            answer = client.get(at(one), params={"uid": "u1", "audience": "all", "file": "widgets/reading.yaml"})
            assert answer.status_code < 500, (one.key, answer.text)


@pytest.mark.parametrize("value", ["NaN", "1e999", "-1e15", '"9999-12-31T23:59:59+14:00"', '"now"', "[]", "1e308"])
def test_3_6_a_clock_cannot_be_set_to_no_time(client: TestClient, value: str) -> None:
    for body in (f'{{"set": {value}}}', f'{{"advance": {value}}}'):
        refused(client.post(f"{API}/clock", content=body), 400)
    assert client.get(f"{API}/clock").json()["mode"] == "real"


def test_e1_reports_of_what_is_not_there_show_no_markup(client: TestClient) -> None:
    for path in ("reports/%3Cscript%3E", "reports/vip-offer/%22%0d%0aa.fql", "reports/..%2f..%2fpages"):
        page = client.get(f"/__understudy__/{path}", headers={"accept": "text/html"})
        assert page.status_code == 404
        assert "<script" not in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]

"""Templates of jobs make bodies, addresses and headers, and leave events out (platform.md 4.3)."""

import json
from pathlib import Path

import httpx2
import pytest
from triggers_support import HERE, job_text, serving

JSONNET = """local event = (import 'lytemplates.libsonnet');
assert event.has('email') : 'no email';
{ mail: event.get('email'), audience: event.segSlug() }
"""
DIRECTED = """function template(data) {
  return {
    ly_template_url: "http://127.0.0.1:9/mp?uid=" + get("_uid"),
    ly_template_headers: { "X-Kind": isEnter() ? "in" : "out", "Content-Type": "text/x-own" },
    ly_template_body: { client_id: get("_uid"), events: [{ name: segSlug() }] },
  };
}
"""
TEXT = DIRECTED.replace('{ client_id: get("_uid"), events: [{ name: segSlug() }] }', '"a=1&b=2"')


def test_4_3_the_value_replaces_the_body(tmp_path: Path) -> None:
    files = {
        "webhooks/crm.yaml": job_text(template_id="crm.js", template_config={"level": "high"}),
        "webhooks/crm.js": "function template(d) { return [d.tier, jobConfGet('level'), jobConfGet('webhook_url')] }",
    }
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (request,) = stand.requests()
    assert json.loads(request.content) == ["gold", "high", HERE]
    assert request.headers["content-type"] == "application/json"


def test_4_3_an_event_that_an_assert_refuses_is_left_out_and_told(tmp_path: Path) -> None:
    files = {"webhooks/crm.yaml": job_text(template_id="crm.jsonnet"), "webhooks/crm.jsonnet": JSONNET}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        stand.send(uid="bob", tier="gold", email="bob@example.com")
        assert stand.payloads() == [{"mail": "bob@example.com", "audience": "gold"}]
        view = stand.webhooks()
        (omitted,) = [one for one in view["deliveries"] if one["outcome"] == "omitted"]
    assert "no email" in omitted["reason"]
    assert (view["jobs"][0]["status"], view["jobs"][0]["waiting"]) == ("running", 0)


def test_4_3_in_a_batch_only_those_that_are_refused_are_left_out(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        for number in range(4):
            stand.send(uid=f"v{number}", tier="gold", **({"email": f"v{number}@example.com"} if number % 2 else {}))
    text = job_text(template_id="crm.jsonnet", batch_requests=True, batch_size=4, withbackfill=True)
    with serving(tmp_path, {"webhooks/crm.yaml": text, "webhooks/crm.jsonnet": JSONNET}) as stand:
        (batch,) = stand.payloads()
    assert sorted(one["mail"] for one in batch) == ["v1@example.com", "v3@example.com"]


def test_4_3_a_value_may_say_where_it_goes_and_how(tmp_path: Path) -> None:
    files = {"webhooks/ga.yaml": job_text(template_id="ga.js", webhook_url=f"{HERE}/none"), "webhooks/ga.js": DIRECTED}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (request,) = stand.requests()
    assert str(request.url) == "http://127.0.0.1:9/mp?uid=ann"
    assert (request.headers["x-kind"], request.headers["content-type"]) == ("in", "text/x-own")
    assert json.loads(request.content) == {"client_id": "ann", "events": [{"name": "gold"}]}


def test_4_3_a_text_is_sent_as_it_is(tmp_path: Path) -> None:
    files = {
        "webhooks/ga.yaml": job_text(template_id="ga.js"),
        "webhooks/ga.js": TEXT,
        "webhooks/chat.yaml": job_text(template_id="chat.hbs"),
        "webhooks/chat.hbs": "{{tier}} for {{_uid}}",
        "webhooks/quoted.yaml": job_text(template_id="quoted.js"),
        "webhooks/quoted.js": "function template() { return 'a JSON text' }",
    }
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        bodies = sorted(request.content for request in stand.requests())
    assert bodies == [b'"a JSON text"', b"a=1&b=2", b"gold for ann"]


def test_4_3_an_address_may_be_a_templates(tmp_path: Path) -> None:
    files = {
        "webhooks/crm.yaml": job_text(webhook_url="where.js", user_fields=["_uid"]),
        "webhooks/where.js": "function template(data) { return 'http://127.0.0.1:9/of/' + data._uid }",
    }
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (request,) = stand.requests()
    assert request.url.path == "/of/ann"
    assert json.loads(request.content)["data"]["_uid"] == "ann"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("function template() { return nothing.here }", "ReferenceError: nothing is not defined"),
        ("function template() { return {ly_template_url: 'http://far.example/'} }", "http is for this machine alone"),
        ("function template() { return {ly_template_url: 'file:///etc/passwd'} }", "an address needs a host name"),
        ("function template() { return {ly_template_url: 7} }", "not a text"),
        ("function template() { return {ly_template_headers: {'A\\nB': 'c'}} }", "is no header"),
        ("function template() { return {ly_template_headers: {'A': 'b\\r\\nC: d'}} }", "is no header"),
        ("function template() { return {ly_template_headers: {Host: 'x'}} }", "is made by whoever sends"),
        ("function template() { return {ly_template_headers: 'x'} }", "must be an object of headers"),
    ],
)
def test_4_3_a_template_that_fails_stops_its_job_until_it_is_mended(tmp_path: Path, source: str, error: str) -> None:
    files = {"webhooks/crm.yaml": job_text(template_id="crm.js"), "webhooks/crm.js": source}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (job,) = stand.webhooks()["jobs"]
        assert (job["status"], job["waiting"]) == ("failed", 1)
        assert error in job["error"]
        (tmp_path / "webhooks" / "crm.js").write_text("function template() { return 'mended' }", "utf-8")
        assert stand.client.portal is not None
        stand.client.portal.call(stand.reload)
        assert stand.payloads() == ["mended"]


def test_4_3_a_value_of_nothing_leaves_the_event_out(tmp_path: Path) -> None:
    files = {"webhooks/crm.yaml": job_text(template_id="crm.js"), "webhooks/crm.js": "function template() {}"}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert (delivery["outcome"], delivery["reason"]) == ("omitted", "the template gives nothing for it")
    assert stand.receiver.requests == []


def test_4_4_events_of_a_stream_go_through_templates_too(tmp_path: Path) -> None:
    text = job_text(workflow="event_stream_export", stream="orders", segment_ids=None, template_id="order.js")
    source = "function template(data) { return { stream: stream(), total: get('total') } }"
    with serving(tmp_path, {"webhooks/orders.yaml": text, "webhooks/order.js": source}) as stand:
        stand.send(stream="orders", total=7)
        stand.client.post("/collect/json/orders", json={"total": 8})  # of nobody
        assert stand.payloads() == [{"stream": "orders", "total": 7}, {"stream": "orders", "total": 8}]
        assert stand.webhooks()["jobs"][0]["waiting"] == 0


def test_4_2_an_answer_is_written_to_its_stream(tmp_path: Path) -> None:
    toml = """account = "acc"
[streams.webhook_enrichment.fields]
email = "origin.email"
_uid = "origin._uid"
town = "response.address.city"
rank = { from = "toint(response.rank)", kind = "int" }
"""
    files = {
        "understudy.toml": toml,
        "webhooks/score.yaml": job_text(workflow="webhook_enrichment", user_fields=["email", "tier"]),
    }
    answer = httpx2.Response(200, json={"address": {"city": "Oslo"}, "rank": 3})
    with serving(tmp_path) as stand:
        stand.send(tier="gold", email="ann@example.com")
    with serving(tmp_path, files, answers=[answer, httpx2.Response(200, text="not JSON")]) as stand:
        assert stand.payloads() == [{"email": "ann@example.com", "tier": "gold"}], "who is in already is sent, too"
        profile = stand.site.platform.profile("_uid", "ann")
        assert profile is not None
        assert (profile.fields["town"], profile.fields["rank"]) == ("Oslo", 3)
        (event, _) = stand.site.platform.events("_uid", "ann")
        assert event.stream == "webhook_enrichment"
        assert event.data["origin"] == {"email": "ann@example.com", "_uid": "ann"}
        assert event.data["response"] == {"address": {"city": "Oslo"}, "rank": 3}
        stand.send(tier="tin")
        stand.send(tier="gold")
        stand.settle()
        assert len(stand.receiver.requests) == 2, "leaving is no reason to ask"
        assert len(stand.site.platform.events("_uid", "ann")) == 4


def test_4_2_an_answer_that_feeds_no_profile_is_deleted_with_the_person_it_is_about(tmp_path: Path) -> None:
    files = {"webhooks/score.yaml": job_text(workflow="webhook_enrichment", user_fields=["tier"])}
    answers = [httpx2.Response(200, json={"rank": 3})] * 2
    with serving(tmp_path, files, answers=answers) as stand:
        for uid in ("ann", "bob"):
            stand.send(uid=uid, tier="gold", email=f"{uid}@example.com")
        stand.settle()
        receipt = stand.client.delete("/api/entity/user/email/Ann@example.com").json()["data"]["deleted"]
        assert receipt["events"] == 2, "what she sent, and what was answered"
        assert stand.client.delete("/api/entity/user/_uid/ann").status_code == 404
        assert stand.client.delete("/api/entity/user/_uid/bob").json()["data"]["deleted"]["events"] == 2
    assert b"@example.com" not in b"".join(path.read_bytes() for path in tmp_path.rglob("store.db*"))


def test_4_2_an_answer_that_cannot_be_kept_stops_nothing(tmp_path: Path) -> None:
    files = {"webhooks/score.yaml": job_text(workflow="webhook_enrichment", user_fields=["tier"])}
    answers = [httpx2.Response(200, text=text) for text in ("[" * 100_000, '{"a": NaN}', '"\\ud800"')]
    with serving(tmp_path, files, answers=answers) as stand:
        for uid in ("ann", "bob", "cid"):
            stand.send(uid=uid, tier="gold")
        (job,) = stand.webhooks()["jobs"]
        assert (job["status"], job["waiting"]) == ("running", 0)
        assert len(stand.site.platform.events("_uid", "ann")) == 1


def test_4_1_what_a_template_fails_with_shows_no_secret(tmp_path: Path) -> None:
    files = {
        "webhooks/crm.yaml": job_text(
            template_id="crm.js", authorization={"webhook_request_headers": "X-Key: ${SHOP_KEY}"}
        ),
        "webhooks/crm.js": "function template() { throw new Error(authConfGet('webhook_request_headers')) }",
    }
    with serving(tmp_path, files, environment={"SHOP_KEY": "s3cret"}) as stand:
        stand.send(tier="gold")
        (job,) = stand.webhooks()["jobs"]
    assert (job["status"], job["error"].splitlines()[0]) == ("failed", "Error: X-Key: ***")


def test_4_3_a_header_is_sent_once_however_its_name_is_written(tmp_path: Path) -> None:
    oauth = {"token_url": "https://id.example.com/t", "client_id": "me", "client_secret": "x"}
    headers = "USER-AGENT: shop\nauthorization: own"
    files = {
        "webhooks/crm.yaml": job_text(
            template_id="crm.js", authorization={"webhook_request_headers": headers, "oauth2": oauth}
        ),
        "webhooks/crm.js": "function template() { return {ly_template_headers: {'content-type': 'text/csv'}} }",
    }
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (request,) = stand.requests()
    found = {name: request.headers.get_list(name) for name in ("content-type", "user-agent", "authorization")}
    assert found == {"content-type": ["text/csv"], "user-agent": ["shop"], "authorization": ["own"]}

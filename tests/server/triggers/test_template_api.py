"""Templates by the API: made, listed, changed, tried out and removed (platform.md 4.3)."""

from pathlib import Path
from typing import Any

import pytest
from triggers_support import Stand, job_text, serving

JS = "function template(data) { return { mail: get('email'), level: jobConfGet('level', 'none') } }"
ENTITY = {"email": "ann@example.com", "segment_events": []}


def make(stand: Stand, source: str = JS, **query: str) -> dict[str, Any]:
    params = {"name": "crm", "type": "js1", "description": "For the CRM", "desired_format": "{}", **query}
    answer = stand.client.post("/v2/template", params=params, content=source, headers={"content-type": "text/plain"})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


def test_4_3_made_listed_changed_and_removed_and_the_source_is_never_told(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/own.hbs": "{{email}}"}) as stand:
        made = make(stand)
        listed = stand.client.get("/v2/template")
        assert [one["id"] for one in listed.json()["data"]] == ["own.hbs", made["id"]]
        assert made in listed.json()["data"]
        assert {key: made[key] for key in ("name", "type", "description", "account_id", "created", "updated")} == {
            "name": "crm",
            "type": "js1",
            "description": "For the CRM",
            "account_id": "acc",
            "created": "2026-11-23T12:00:00.12Z",
            "updated": "2026-11-23T12:00:00.12Z",
        }
        assert "jobConfGet" not in listed.text
        path = f"/v2/template/{made['id']}"
        assert stand.client.get(path).json()["data"] == made

        refused = stand.client.post(path, content=JS)
        assert refused.status_code == 405
        assert (refused.headers["allow"], refused.json()["message"]) == (
            "DELETE, GET, PUT",
            f"A template is changed with PUT {path}.",
        )
        changed = stand.client.put(path, params={"name": "other"}, content="function template() { return 2 }").json()
        assert (changed["data"]["name"], changed["data"]["description"]) == ("other", "For the CRM")
        assert stand.client.post(f"{path}/test", json={"entity": {}}).json()["data"] == "2"

        assert stand.client.delete(path).json()["data"]["id"] == made["id"]
        assert stand.client.get(path).status_code == 404
        assert stand.client.delete("/v2/template/own.hbs").status_code == 200
        assert stand.client.get("/v2/template").json()["data"] == []
        assert (tmp_path / "webhooks" / "own.hbs").exists()
        assert list(stand.site.triggers.templates._changes) == ["own.hbs"], "nothing is kept of one that is gone"


@pytest.mark.parametrize(
    ("kind", "source", "text"),
    [
        ("js1", JS, '{"mail": "ann@example.com", "level": "high"}'),
        ("js1", "function template() { return 'a text' }", "a text"),
        ("jsonnet", "local event = (import 'lytemplates.libsonnet'); event.jobConfGet('level')", "high"),
        ("handlebars", "{{email}}", "ann@example.com"),
        ("jsonnet", "{ a: error 'broken' }", "evaluating snippet: RUNTIME ERROR: broken"),
        ("jsonnet", "assert false : 'left out'; {}", "evaluating snippet: RUNTIME ERROR: left out"),
        ("js1", "function template() { throw new Error('broken') }", "evaluating template: Error: broken"),
    ],
)
def test_4_3_a_template_is_tried_out_and_answers_200_whatever_comes_of_it(
    tmp_path: Path, kind: str, source: str, text: str
) -> None:
    with serving(tmp_path) as stand:
        made = make(stand, source, type=kind)
        body = {"job_config": {"level": "high"}, "entity": ENTITY}
        answer = stand.client.post(f"/v2/template/{made['id']}/test", json=body)
    assert (answer.status_code, answer.json()["status"]) == (200, 200)
    assert sorted(answer.json()) == ["data", "request_id", "status"]
    assert answer.json()["data"].startswith(text)


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "words"),
    [
        ("POST", "?type=js1", "x", 400, "name is missing"),
        ("POST", "?name=a&type=js2", "x", 400, "type cannot be 'js2'. Choose one of js1, jsonnet, handlebars"),
        ("POST", "?name=a&type=js1", " ", 400, "The body is empty"),
        ("POST", "?name=a&type=js1&desired_format={", "x", 400, "desired_format is not JSON"),
        ("POST", "?name=a&type=js1", "x" * 300_000, 413, "over the limit"),
        ("GET", "/none", "", 404, "There is no template 'none'"),
        ("PUT", "/own.js?type=x", "", 400, "type cannot be 'x'"),
        ("POST", "/own.js/test", "[]", 400, "must be a JSON object"),
        ("POST", "/own.js/test", "{", 400, "not JSON"),
        ("POST", "/own.js/test", '{"entity": 5}', 400, "entity must be an object, not 5"),
        ("POST", "/own.js/test", "[" * 100_000, 400, "not JSON"),
    ],
)
def test_4_3_refusals_say_what_to_change(
    tmp_path: Path, method: str, path: str, body: str, status: int, words: str
) -> None:
    with serving(tmp_path, {"webhooks/own.js": JS}) as stand:
        answer = stand.client.request(method, f"/v2/template{path}", content=body)
    assert (answer.status_code, answer.json()["status"], answer.json()["data"]) == (status, status, None)
    assert words in answer.json()["message"]


NASTY = (
    '{"entity": {"__proto__": {"x": 1}, "toString": 5, "segment_events": {"a": 1}, "segments_all": 7}}',
    '{"entity": {"segment_events": [1, null, "x"]}, "job_config": {"segment_association": []}}',
    '{"entity": {"a": 123456789012345678901234567890}, "job_config": {"": ""}}',
    '{"entity": {"a": "\\u0000"}, "job_config": null}',
)
REFUSED = (
    '{"entity": {"a": ' + "[" * 900 + "]" * 900 + "}}",
    '{"entity": {"a": "\\ud800"}}',
    '{"entity": {"a": NaN}}',
    '{"entity": {"a": 1e999}}',
)
SOURCES = {
    "js1": "function template(d) { return [segSlug(), isEnter(), inSeg('x'), get('a'), segAssociationGet('a'), d] }",
    "jsonnet": "local event = (import 'lytemplates.libsonnet'); [event.segSlug(), event.inSeg('x'), event.get('a')]",
    "handlebars": "{{segSlug}} {{{json a}}} {{#each segment_events}}{{slug}}{{/each}}",
}


@pytest.mark.parametrize("kind", SOURCES)
def test_4_3_no_event_brings_the_server_or_the_sandbox_down(tmp_path: Path, kind: str) -> None:
    with serving(tmp_path) as stand:
        path = f"/v2/template/{make(stand, SOURCES[kind], type=kind)['id']}/test"
        for body in NASTY:
            answer = stand.client.post(path, content=body)
            assert answer.status_code == 200, (body[:80], answer.text)
            assert "it was stopped" not in answer.json()["data"], body[:80]
        for body in REFUSED:
            assert stand.client.post(path, content=body).status_code == 400, body[:80]
        odd = stand.client.put(path.removesuffix("/test"), content=SOURCES[kind] + "\0")
        assert odd.status_code == 200
        assert stand.client.post(path, json={}).status_code == 200


def test_4_3_a_value_with_half_a_surrogate_or_no_number_is_shown_and_sent(tmp_path: Path) -> None:
    files = {
        "webhooks/half.yaml": job_text(template_id="half.js", webhook_url="memory:"),
        "webhooks/half.js": "function template() { return { ly_template_body: '\\ud800', ly_template_headers: {} } }",
        "webhooks/deep.yaml": job_text(template_id="deep.js", webhook_url="memory:"),
        "webhooks/deep.js": "function template() { let a = []; for (let i = 0; i < 700; i++) a = [a]; return a }",
        "webhooks/text.yaml": job_text(template_id="text.hbs", webhook_url="memory:"),
        "webhooks/text.hbs": "NaN",
    }
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        payloads = {one["job"]: one["payload"] for one in stand.webhooks()["deliveries"]}
    assert payloads["half"] == "?"
    assert str(payloads["deep"]).startswith("[[[")
    assert payloads["text"] == "NaN"


def test_4_3_without_a_desired_format_there_is_no_test(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        path = f"/v2/template/{make(stand, desired_format='')['id']}"
        refused = stand.client.post(f"{path}/test", json={"entity": ENTITY})
        assert refused.status_code == 400
        assert f"PUT {path}?desired_format={{}} first" in refused.json()["message"]
        stand.client.put(path, params={"desired_format": "{}"})
        assert stand.client.post(f"{path}/test", json={"entity": ENTITY}).status_code == 200


def test_4_3_a_file_that_is_changed_by_the_api_counts_as_changed_until_the_server_ends(tmp_path: Path) -> None:
    files = {"webhooks/crm.yaml": job_text(template_id="crm.js"), "webhooks/crm.js": "function template() { return 1 }"}
    with serving(tmp_path, files) as stand:
        stand.client.put("/v2/template/crm.js", content="function template() { return 2 }")
        stand.send(tier="gold")
        assert stand.payloads() == [2]
    assert (tmp_path / "webhooks" / "crm.js").read_text("utf-8") == "function template() { return 1 }"

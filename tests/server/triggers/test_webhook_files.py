"""The files of `webhooks/` are checked like all others: the place, the value seen, what to change (platform.md 4.1)."""

import sys
from pathlib import Path

import pytest
from support.serving import STOREFRONT
from triggers_support import job_text, serving, write

from understudy.server.segments.vendor_object import segment_id
from understudy.server.triggers.job import MOST_FIELDS
from understudy.server.triggers.template_faults import fault_in
from understudy.server.workspaces.workspace import load_workspace

ENRICHMENT = {"workflow": "webhook_enrichment", "user_fields": ["email"]}
OAUTH = {"token_url": "https://id.example.com/t", "client_id": "a", "client_secret": "b"}


def problems(root: Path, text: str, **files: str) -> list[str]:
    write(root, {"webhooks/crm.yaml": text, **{f"webhooks/{name}": one for name, one in files.items()}})
    return [str(problem) for problem in load_workspace(root).problems]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ({"segment_id": ["gold"]}, "unknown key 'segment_id' — did you mean 'segment_ids'?"),
        ({"batch_sice": 5}, "unknown key 'batch_sice' — did you mean 'batch_size'?"),
        ({"webhook_url": None}, "'webhook_url' is missing"),
        ({"webhook_url": "http://hooks.example.com/"}, "http is for this machine alone"),
        ({"webhook_url": "ftp://localhost/"}, "not an https address"),
        ({"webhook_url": "https://u:p@example.com/"}, "has no user or password"),
        ({"webhook_url": "https://exa mple.com/"}, "an address has no spaces"),
        ({"webhook_url": "https://"}, "an address needs a host name"),
        ({"webhook_url": "https://a:port/"}, "not an address"),
        ({"http_method": "POTS"}, "did you mean 'POST'?"),
        ({"audience_events": "enter_only"}, "did you mean 'enters_only'?"),
        ({"batch_size": 1001}, "'batch_size' must be 1000 or less, not 1001"),
        ({"batch_flush_duration": 301}, "'batch_flush_duration' must be 300 or less"),
        ({"worker_count": 21}, "'worker_count' must be 20 or less"),
        ({"worker_count": 0}, "'worker_count' must be 1 or more"),
        ({"do_not_retry": [42]}, "must be 100 or more, not 42"),
        ({"field_changes": ["f"] * (MOST_FIELDS + 1)}, "'field_changes'"),
        ({"user_fields": ["not a field"]}, "not a field's name"),
        ({"segment_ids": None}, "the job has no audience"),
        (
            {"segment_ids": ["gald"]},
            "there is no audience 'gald', so nobody enters or leaves it — did you mean 'gold'?",
        ),
        ({"segment_ids": ["nothing_like_it"]}, "add audiences/nothing_like_it.fql"),
        ({"template_id": "crn.js"}, "there is no template webhooks/crn.js — did you mean 'crm.js'?"),
        ({"webhook_url": "gone.jsonnet"}, "there is no template webhooks/gone.jsonnet"),
        ({"template_id": "../x.js"}, "not a template's name"),
        ({"stream": "orders"}, "webhook_triggers has no stream"),
        ({"workflow": "event_stream_export"}, "'segment_ids' is about visitors"),
        ({**ENRICHMENT, "http_method": "DELETE"}, "an enrichment cannot DELETE"),
        ({**ENRICHMENT, "batch_requests": True}, "one visitor at a time"),
        ({"workflow": "webhook_enrichment"}, "an enrichment sends only the fields it lists"),
        (
            {"authorization": {"webhook_request_headers": "no colon\x7f: é"}},
            "is no header, or its value cannot be sent",
        ),
        ({"authorization": {"webhook_request_headers": "Host: x"}}, "is made by whoever sends the request"),
        ({"authorization": {"oauth2": {**OAUTH, "token_url": "memory:"}}}, "it must be called"),
        (
            {"authorization": {"oauth2": {**OAUTH, "token_url": "http://far.example/"}}},
            "http is for this machine alone",
        ),
        ({"authorization": {"headers": "X: y"}}, "unknown key 'headers'"),
    ],
)
def test_4_1_what_is_wrong_is_told_with_its_place(tmp_path: Path, keys: dict[str, object], problem: str) -> None:
    found = problems(tmp_path, job_text(**keys), **{"crm.js": "function template() { return 1 }"})
    assert [one for one in found if one.startswith("webhooks/crm.yaml:") and problem in one], found
    assert len(found) == 1, found


def test_4_1_defaults_are_the_vendors(tmp_path: Path) -> None:
    assert problems(tmp_path, job_text(), **{"score.yaml": job_text(**ENRICHMENT)}) == []
    crm, score = load_workspace(tmp_path).webhooks.jobs
    assert (crm.http_method, crm.audience_events, crm.batch_requests, crm.batch_size) == ("POST", "", False, 10)
    assert (crm.batch_flush_duration, crm.worker_count, crm.include_segs, crm.cloudevents) == (5, 5, False, False)
    assert (crm.backfills, score.backfills) == (False, True)
    assert (crm.key, crm.label, crm.file) == ("crm", "crm", "webhooks/crm.yaml")


def test_4_1_audiences_may_be_named_by_id(tmp_path: Path) -> None:
    assert problems(tmp_path, job_text(segment_ids=[segment_id("acc", "gold")])) == []


@pytest.mark.parametrize(
    ("window", "fits"), [("29m", False), ("10s", False), ("30m", True), ("7d", True), ("1M", True)]
)
def test_4_1_a_window_below_half_an_hour_is_not_told_of(tmp_path: Path, window: str, fits: bool) -> None:
    write(tmp_path, {"audiences/lately.fql": f'FILTER AND (visitct > 1, lastvisit_ts > "now-{window}") ALIAS lately'})
    found = problems(tmp_path, job_text(segment_ids=["gold", "lately"]))
    assert [one for one in found if "the audience 'lately' looks at less than half an hour" in one] == found
    assert bool(found) is not fits


def test_4_1_two_files_of_one_name_and_empty_templates_are_problems(tmp_path: Path) -> None:
    found = problems(tmp_path, job_text(), **{"crm.yml": job_text(), "empty.js": " ", "crm.json": "{}"})
    assert any("the job 'crm' is in webhooks/crm.yaml already" in one for one in found)
    assert any("webhooks/empty.js:1:1: the file is empty" in one for one in found)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.js", "function template(data) { return [", "a.js:1:35: the script ends too early — close its last bracket"),
        ("a.js", "function template(data) {\n  return {a: };\n}\n", "a.js:2:13: a JavaScript syntax error"),
        ("a.js", "function (data) { return 1 }", "a.js:1:"),
        ("a.js", "const answer = 1;", "a.js:1:1: the script defines no function template(data)"),
        ("a.hbs", "{{#if email}}\n  {{email}}", "a.hbs:2:12: Unclosed block — close what was opened"),
        ("a.handlebars", "{{#if email}}{{/each}}", "a.handlebars:1:21: if doesn't match each"),
        ("a.hbs", "{{#if a}}" * 5_000, "a.hbs:1:"),
    ],
)
def test_4_3_a_template_that_cannot_be_read_is_told_before_it_is_sent(
    tmp_path: Path, name: str, text: str, problem: str
) -> None:
    (found,) = problems(tmp_path, job_text(template_id=name), **{name: text})
    assert f"webhooks/{problem}" in found


def test_4_3_a_template_whose_language_is_not_installed_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pydantic_handlebars", None)
    assert fault_in("handlebars", "{{#if email}}") is None


def test_4_3_a_template_that_breaks_keeps_what_it_was(tmp_path: Path) -> None:
    good = {
        "a.js": "var helper = x => x;\nvar template = data => helper(1);\n",
        "b.hbs": "{{#each list}}{{this}}{{/each}}",
    }
    assert problems(tmp_path, job_text(template_id="a.js"), **good) == []
    before = load_workspace(tmp_path)
    write(tmp_path, {"webhooks/a.js": "function template(", "webhooks/b.hbs": "{{a"})
    after = load_workspace(tmp_path, before)
    assert len(after.problems) == 2
    assert after.webhooks.templates == before.webhooks.templates


def test_4_1_a_job_that_is_broken_keeps_what_it_was(tmp_path: Path) -> None:
    assert problems(tmp_path, job_text()) == []
    before = load_workspace(tmp_path)
    (tmp_path / "webhooks" / "crm.yaml").write_text("webhook_url: [", "utf-8")
    after = load_workspace(tmp_path, before)
    assert after.problems
    assert after.webhooks.jobs == before.webhooks.jobs
    assert load_workspace(tmp_path).webhooks.jobs == ()
    assert load_workspace(tmp_path).webhooks.names == {"crm"}, "its notices wait for it"


def test_4_3_the_storefronts_webhook_works_as_it_says(tmp_path: Path) -> None:
    files = {
        path.relative_to(STOREFRONT).as_posix(): path.read_text("utf-8") for path in STOREFRONT.rglob("webhooks/*")
    }
    files["audiences/high_value.fql"] = (STOREFRONT / "audiences" / "high_value.fql").read_text("utf-8")
    with serving(tmp_path, files) as stand:
        stand.send(order_count=3, lifetime_value=500)
        stand.send(order_count=1)
        deliveries = stand.webhooks()["deliveries"]
    assert [one["where"] for one in deliveries] == ["memory", "memory"]
    assert [(one["payload"]["contact"], one["payload"]["tag"], one["payload"]["action"]) for one in deliveries] == [
        ("ann", "high_value", "remove"),
        ("ann", "high_value", "add"),
    ]
    assert stand.receiver.requests == []

"""What each answer leads to, and how long is waited before the next try (platform.md 4.1)."""

import json
from pathlib import Path

import httpx2
import pytest
from triggers_support import HERE, NOW, Stand, job_text, serving

from understudy.server.triggers.deliveries import LONGEST_BODY
from understudy.server.triggers.retrying import MOST_TRIES, seconds_of, verdict_of, wait_after

CRM = {"webhooks/crm.yaml": job_text(user_fields=["_uid"], do_not_retry=[422])}
REFUSED = httpx2.ConnectError("connection refused")


def job_of(stand: Stand) -> dict[str, object]:
    (job,) = stand.webhooks()["jobs"]
    return job  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "delivered"),
        (400, "omitted"), (404, "omitted"), (413, "omitted"), (422, "omitted"),
        (201, "again"), (204, "again"), (301, "again"), (401, "again"), (403, "again"), (408, "again"),
        (409, "again"), (429, "again"), (500, "again"), (502, "again"), (503, "again"), (None, "again"),
    ],
)  # fmt: skip
def test_4_1_what_a_status_means(tmp_path: Path, status: int | None, verdict: str) -> None:
    answer = REFUSED if status is None else httpx2.Response(status, headers={"location": "https://elsewhere.example"})
    with serving(tmp_path, CRM, answers=[answer]) as stand:
        stand.send(tier="gold")
        view = stand.webhooks()
        (delivery,) = view["deliveries"]
    again = verdict == "again"
    assert len(stand.receiver.requests) == (2 if again else 1)
    assert delivery["outcome"] == ("omitted" if verdict == "omitted" else "delivered")
    assert delivery["tries"][0]["status"] == status
    assert stand.naps == ([1.0] if again else [])
    assert (view["jobs"][0]["status"], view["jobs"][0]["waiting"]) == ("running", 0)
    if status is None:
        assert "connection refused" in delivery["tries"][0]["error"]
    elif status != 200:
        assert f"it answered {status}" in delivery["tries"][0]["error"]


def test_4_1_the_same_request_is_sent_again_with_the_same_id(tmp_path: Path) -> None:
    with serving(tmp_path, CRM, answers=[httpx2.Response(500), REFUSED]) as stand:
        stand.send(tier="gold")
        first, second, third = stand.payloads()
        assert first == second == third
        assert stand.naps == [1.0, 2.0]


@pytest.mark.parametrize(
    ("tries", "header", "seconds"),
    [
        (1, "", 1), (2, "", 2), (3, "", 4), (6, "", 32), (7, "", 60), (9, "", 60),
        (1, "7", 7), (5, "0", 0), (1, "999999999999", 3600), (1, "-5", 1), (1, "soon", 1),
        (1, "Mon, 23 Nov 2026 12:00:30 GMT", 29.88), (1, "Mon, 23 Nov 2026 11:00:00 GMT", 0),
        (1, "Mon, 23 Nov 2026 12:00:30", 29.88), (3, "Mon, 99 Nov 2026 12:00:30 GMT", 4),
    ],
)  # fmt: skip
def test_4_1_how_long_is_waited(tries: int, header: str, seconds: float) -> None:
    assert wait_after(tries, header, NOW) == pytest.approx(seconds)


def test_4_1_what_retry_after_says_is_slept(tmp_path: Path) -> None:
    busy = httpx2.Response(429, headers={"retry-after": "33"})
    with serving(tmp_path, CRM, answers=[busy]) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
        assert stand.naps == [33.0]
        assert [one["wait"] for one in delivery["tries"]] == [33.0, None]
    assert seconds_of("", NOW) is None


def test_4_1_a_date_is_by_the_receivers_clock_whatever_this_one_was_set_to(tmp_path: Path) -> None:
    busy = httpx2.Response(429, headers={"retry-after": "Mon, 23 Nov 2026 12:00:30 GMT"})
    with serving(tmp_path, CRM, answers=[busy]) as stand:
        stand.site.clock.set(NOW - 86_400_000)
        stand.send(tier="gold")
        stand.settle()
        assert stand.naps == [pytest.approx(29.88)]


def test_4_1_after_ten_failures_the_job_fails_where_it_is_seen_and_can_be_started_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path, CRM, answers=[httpx2.Response(500)] * MOST_TRIES) as stand:
        stand.send(tier="gold")
        job = job_of(stand)
        assert (job["status"], job["waiting"]) == ("failed", 1)
        reason = f"POST {HERE} failed 10 times, at last because it answered 500"
        assert job["error"] == reason
        assert f"the webhook crm has failed and stops: {reason}. Mend it" in caplog.text
        (delivery,) = stand.webhooks()["deliveries"]
        assert (delivery["outcome"], len(delivery["tries"])) == ("failed", MOST_TRIES)
        assert stand.naps == [1, 2, 4, 8, 16, 32, 60, 60, 60]

        stand.send(tier="tin")
        assert job_of(stand)["waiting"] == 1, "a job that has failed listens no more"

        answer = stand.client.post("/__understudy__/api/webhooks/crm/start").json()
        assert answer["status"] == "running"
        assert len(stand.requests()) == MOST_TRIES + 1
        assert (job_of(stand)["status"], job_of(stand)["waiting"]) == ("running", 0)
        stand.send(tier="gold")
        assert len(stand.requests()) == MOST_TRIES + 2


def test_4_1_a_restart_of_the_server_tries_again(tmp_path: Path) -> None:
    with serving(tmp_path, CRM, answers=[httpx2.Response(500)] * MOST_TRIES) as stand:
        stand.send(tier="gold")
        failed = stand.payloads()[0]
    with serving(tmp_path, CRM) as stand:
        assert stand.payloads() == [failed]


def test_4_1_one_job_that_fails_keeps_no_other_from_its_work(tmp_path: Path) -> None:
    def reply(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.path)
        return httpx2.Response(500 if request.url.path == "/bad" else 200)

    seen: list[str] = []
    files = {
        "webhooks/bad.yaml": job_text(webhook_url="http://127.0.0.1:9/bad"),
        "webhooks/good.yaml": job_text(webhook_url="http://127.0.0.1:9/good"),
    }
    with serving(tmp_path, files, reply=reply) as stand:
        for tier in ("gold", "tin", "gold"):
            stand.send(tier=tier)
        stand.settle()
        jobs = {job["key"]: job["status"] for job in stand.webhooks()["jobs"]}
    assert jobs == {"bad": "failed", "good": "running"}
    assert seen.count("/good") == 3


def test_4_1_a_long_answer_and_a_long_body_are_cut_in_the_record(tmp_path: Path) -> None:
    long = httpx2.Response(200, content=b"x" * 3_000_000)
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(user_fields=["note"])}, answers=[long]) as stand:
        stand.send(tier="gold", note="y" * 60_000)
        stand.send(uid="bob", tier="gold", note="é" * 30_000)
        stand.settle()
        deliveries = stand.webhooks()["deliveries"]
        assert [delivery["outcome"] for delivery in deliveries] == ["delivered", "delivered"]
        assert max(len(json.dumps(delivery["payload"])) for delivery in deliveries) <= 3 * LONGEST_BODY


def test_4_1_verdicts_need_no_job_list() -> None:
    from understudy.server.triggers.job import WebhookJob

    assert verdict_of(409, WebhookJob(webhook_url=HERE, do_not_retry=[409])) == "omitted"

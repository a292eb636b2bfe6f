"""The older subscription API (platform.md 4.5)."""

from pathlib import Path
from typing import Any

import pytest
from triggers_support import HERE, Stand, job_text, serving

from understudy.server.segments.vendor_object import segment_id


def make(stand: Stand, **body: object) -> dict[str, Any]:
    answer = stand.client.post("/api/subscription", json={"webhook_url": HERE, **body})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()["data"]
    return made


def test_4_5_a_subscription_tells_of_its_audiences_until_it_is_deleted(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        made = make(stand, segment_ids=[segment_id("acc", "gold")], headers={"X-Key": "k3y"}, name="CRM")
        assert (made["channel"], made["segment_ids"], made["webhook_url"]) == ("webhook", ["gold"], HERE)
        assert made["headers"] == {"X-Key": "***"}
        stand.send(tier="gold")
        (request,) = stand.requests()
        assert request.headers["x-key"] == "k3y"
        assert stand.payloads()[0]["data"]["segment_events"][0]["slug"] == "gold"
        path = f"/api/subscription/{made['id']}"
        assert stand.client.get(path).json()["data"] == made
        assert stand.client.get("/api/subscription").json()["data"] == [made]
        assert stand.client.delete(path).json()["data"] == made
        assert stand.client.get(path).status_code == 404
        stand.send(tier="tin")
        assert len(stand.requests()) == 1
        assert stand.webhooks()["jobs"] == []


def test_4_5_a_text_makes_an_audience_that_browsers_are_not_told_of(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        stand.send(uid="bob", points=9)
        made = make(stand, segmentql="FILTER points > 5", withbackfill=True, user_fields=["_uid"])
        stand.send(points=7)
        stand.send(points=8)
        told = [(one["data"]["_uid"], one["data"]["segment_events"][0]["event"]) for one in stand.payloads()]
        assert sorted(told) == [("ann", "enter"), ("bob", "enter")]
        user = stand.client.get("/api/personalize/acc/user/_uid/ann").json()["data"]["user"]
        assert made["segment_ids"][0] not in user["segments"]
        stand.client.delete(f"/api/subscription/{made['id']}")
        assert made["segment_ids"][0] not in stand.site.platform.audiences


def test_4_5_kinesis_is_kept_in_memory(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        made = make(stand, channel="kinesis", segment_ids=["gold"], webhook_url="")
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
        assert (delivery["job"], delivery["where"]) == (made["id"], "memory")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({}, 400, "Give segment_ids or segmentql, and not both"),
        ({"segment_ids": ["gold"], "segmentql": "FILTER a > 1"}, 400, "Give segment_ids or segmentql, and not both"),
        ({"segment_ids": ["none"]}, 422, "there is no audience with the id or slug 'none'"),
        ({"segmentql": "FILTER ("}, 422, "segmentql:"),
        ({"segmentql": "FILTER INCLUDE nowhere"}, 422, "there is no audience 'nowhere'"),
        ({"segment_ids": ["gold"], "webhook_url": ""}, 400, "webhook_url is missing"),
        ({"segment_ids": ["gold"], "webhook_url": "http://far.example/"}, 400, "webhook_url"),
        ({"segmentql": "FILTER a > 1", "webhook_url": "http://far.example/"}, 400, "webhook_url"),
        ({"segment_ids": ["gold"], "channel": "fax"}, 400, "channel"),
        ({"segment_ids": ["gold"], "chanel": "webhook"}, 400, "chanel"),
        ({"segment_ids": ["gold"], "headers": {"A\nB": "c"}}, 400, "headers"),
        ({"segment_ids": "gold"}, 400, "segment_ids"),
    ],
)
def test_4_5_refusals_say_what_to_change(tmp_path: Path, body: dict[str, object], status: int, words: str) -> None:
    with serving(tmp_path) as stand:
        before = len(stand.site.platform.audiences)
        answer = stand.client.post("/api/subscription", json={"webhook_url": HERE, **body})
        assert (answer.status_code, answer.json()["status"]) == (status, status)
        assert words in answer.json()["message"]
        assert (stand.client.get("/api/subscription").json()["data"], len(stand.site.platform.audiences)) == (
            [],
            before,
        )


def test_4_5_the_api_gets_at_no_secret_of_the_environment(tmp_path: Path) -> None:
    with serving(tmp_path, environment={"SHOP_KEY": "s3cret"}) as stand:
        make(stand, segment_ids=["gold"], headers={"X-Key": "${SHOP_KEY}"})
        stand.send(tier="gold")
        (job,) = stand.webhooks()["jobs"]
        assert job["status"] == "failed"
        assert stand.receiver.requests == []


def test_4_5_what_waits_for_a_job_outlives_the_server_and_goes_with_the_job(
    tmp_path: Path,
) -> None:
    def fail(_: object) -> Any:
        raise OSError("unplugged")

    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}, reply=fail) as stand:
        made = make(stand, segment_ids=["gold"])
        stand.send(tier="gold")
        stand.settle()
        assert stand.site.platform.outbox.sizes() == {"crm": 1, made["id"]: 1}
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(running=False)}) as stand:
        assert stand.site.platform.outbox.sizes()["crm"] == 1
        assert stand.client.delete(f"/api/subscription/{made['id']}").status_code == 200
        dispatcher = stand.site.triggers.dispatcher
        assert dispatcher is not None
        stand.client.portal.call(dispatcher.arrange)
        assert stand.site.platform.outbox.sizes() == {"crm": 1}
    (tmp_path / "webhooks" / "crm.yaml").unlink()
    with serving(tmp_path) as stand:
        assert stand.site.platform.outbox.sizes() == {}

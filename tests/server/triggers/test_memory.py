"""Nothing leaves this machine unless a setting says where to; what would have is kept in memory (platform.md 4.1)."""

import json
from pathlib import Path

import pytest
from triggers_support import job_text, serving

FAR = "https://hooks.example.com/in"


@pytest.mark.parametrize(
    ("toml", "keys", "where"),
    [
        ("", {"webhook_url": FAR}, "memory"),
        ("", {"webhook_url": "https://10.0.0.7/in"}, "memory"),
        ("", {"webhook_url": "memory:"}, "memory"),
        ("", {"sink": True}, "memory"),
        ("[webhooks]\nsink = true\n", {}, "memory"),
        ('[webhooks]\nsink = true\nhosts = ["hooks.example.com"]\n', {"webhook_url": FAR}, "memory"),
        ('[webhooks]\nhosts = ["example.com"]\n', {"webhook_url": FAR}, "memory"),
        ('[webhooks]\nhosts = ["hooks.example.com"]\n', {"webhook_url": FAR}, "network"),
        ('[webhooks]\nhosts = ["10.0.0.7"]\n', {"webhook_url": "https://10.0.0.7/in"}, "network"),
        ("", {"webhook_url": "http://localhost:9/in"}, "network"),
        ("", {"webhook_url": "http://[::1]:9/in"}, "network"),
        ("", {"webhook_url": "http://127.8.8.8/in"}, "network"),
        ("", {"webhook_url": "https://shop.localhost/in"}, "network"),
    ],
)
def test_4_1_where_requests_go(tmp_path: Path, toml: str, keys: dict[str, object], where: str) -> None:
    files = {"understudy.toml": f'account = "acc"\n{toml}', "webhooks/crm.yaml": job_text(**keys)}
    with serving(tmp_path, files) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert (delivery["where"], delivery["outcome"], delivery["status"]) == (where, "delivered", 200)
    assert len(stand.receiver.requests) == (where == "network")
    assert delivery["payload"]["data"]["tier"] == "gold"


def test_4_1_what_is_only_kept_needs_no_secrets(tmp_path: Path) -> None:
    auth = {
        "webhook_request_headers": "X-Key: ${KEY}",
        "webhook_request_params": "k=${KEY}",
        "oauth2": {"token_url": "https://id.example.com/t", "client_id": "${ID}", "client_secret": "${SECRET}"},
    }
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(webhook_url=FAR, authorization=auth)}) as stand:
        stand.send(tier="gold")
        (delivery,) = stand.webhooks()["deliveries"]
    assert delivery["outcome"] == "delivered"
    assert delivery["headers"]["Authorization"] == "***"
    assert delivery["url"] == f"{FAR}?k=***"
    assert stand.receiver.requests == []


def test_4_1_a_secret_that_is_not_there_fails_the_job(tmp_path: Path) -> None:
    auth = {"webhook_request_headers": "X-Key: ${SHOP_KEY}"}
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(authorization=auth)}) as stand:
        stand.send(tier="gold")
        (job,) = stand.webhooks()["jobs"]
    assert (job["status"], job["waiting"]) == ("failed", 1)
    assert job["error"] == "the environment has no variable 'SHOP_KEY'; set it before you start the server"
    assert stand.receiver.requests == []


def test_4_1_deliveries_are_listed_filtered_and_forgotten(tmp_path: Path) -> None:
    files = {
        "webhooks/one.yaml": job_text(webhook_url="memory:one"),
        "webhooks/two.yaml": job_text(webhook_url="memory:two", segment_ids=["silver"], label="Two"),
        "webhooks/off.yaml": job_text(webhook_url="memory:off", running=False),
    }
    with serving(tmp_path, files) as stand:
        for tier in ("gold", "silver"):
            stand.send(tier=tier)
        view = stand.webhooks()
        assert [(one["key"], one["status"], one["label"]) for one in view["jobs"]] == [
            ("off", "stopped", "off"),
            ("one", "running", "one"),
            ("two", "running", "Two"),
        ]
        assert sorted(one["job"] for one in view["deliveries"]) == ["one", "one", "two"]
        numbers = [one["number"] for one in view["deliveries"]]
        assert numbers == sorted(numbers, reverse=True)
        assert [one["job"] for one in stand.webhooks(job="two")["deliveries"]] == ["two"]
        assert stand.webhooks(outcome="failed")["deliveries"] == []
        assert len(stand.webhooks(limit=1)["deliveries"]) == 1
        for query in ("limit=x", "limit=-1", "limit=5000", "wait=nan", "wait=99"):
            refused = stand.client.get(f"/__understudy__/api/webhooks?{query}")
            assert refused.status_code == 400, query
            assert "is no number from 0 to" in refused.json()["message"]
        assert stand.client.post("/__understudy__/api/webhooks/none/start").status_code == 404
        assert stand.client.delete("/__understudy__/api/webhooks").json()["deliveries"] == []
        assert stand.webhooks()["deliveries"] == []


def test_4_1_pages_of_other_sites_cannot_read_them(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        for path in ("/__understudy__/api/webhooks", "/v2/template", "/api/subscription"):
            answer = stand.client.get(path, headers={"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403
            assert "data" in json.loads(answer.text)


def test_3_3_a_visitor_who_is_deleted_is_gone_from_webhooks_too(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(webhook_url="memory:")}) as stand:
        stand.send(tier="gold")
        stand.send(uid="bob", tier="gold")
        assert len(stand.webhooks()["deliveries"]) == 2
        assert stand.client.delete("/api/entity/user/_uid/ann").status_code == 200
        (left,) = stand.webhooks()["deliveries"]
        assert left["payload"]["data"]["_uid"] == "bob"

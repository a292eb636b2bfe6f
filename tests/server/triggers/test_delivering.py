"""Who enters, leaves and changes is told once, in the vendor's payload, to the address of the job (platform.md 4.1)."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from triggers_support import CONTRACT, HERE, NOW, job_text, serving

from understudy.server.segments.vendor_object import segment_id
from understudy.server.site import Site
from understudy.server.triggers.deliveries import Delivery

HOUR = 'FILTER last_active_ts > "now-1h" ALIAS lately\n'
GOLDEN = {
    "default": job_text(user_fields=["email", "tier"]),
    "two_audiences": job_text(user_fields=["email"], segment_ids=["gold", "silver"]),
    "batch": job_text(user_fields=["email"], batch_requests=True, batch_size=2),
    "cloudevents": job_text(user_fields=["email"], cloudevents=True),
    "cloudevents_own": job_text(
        user_fields=["email"],
        cloudevents=True,
        cloudevents_type="shop.visitor",
        cloudevents_source="/shop",
        batch_requests=True,
    ),
    "change": job_text(user_fields=["email", "city"], field_changes=["city"], audience_events="exits_only"),
    "export": job_text(workflow="event_stream_export", stream="orders", segment_ids=None),
    "export_cloudevents": job_text(workflow="event_stream_export", cloudevents=True, segment_ids=None),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_4_1_payloads_are_as_documented(tmp_path: Path, name: str) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": GOLDEN[name]}) as stand:
        stand.send(email="Ann@Example.com", tier="gold", city="Oslo")
        stand.settle()  # a batch is what has come by then
        stand.send(city="Bergen")
        stand.send(stream="orders", order="7", tier="tin")
        got = [
            {
                "method": request.method,
                "url": str(request.url),
                "content_type": request.headers["content-type"],
                "body": json.loads(request.content),
            }
            for request in stand.requests()
        ]
    golden = CONTRACT / f"{name}.json"
    assert got == json.loads(golden.read_text("utf-8"))


def test_4_1_without_export_fields_all_are_sent_and_their_audiences_when_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(include_segs=True)}) as stand:
        stand.send(email="Ann@Example.com", tier="gold")
        (payload,) = stand.payloads()
        profile = stand.site.platform.profile("_uid", "ann", computed=False)
        assert profile is not None
        told = dict(payload["data"])
        assert [event["slug"] for event in told.pop("segment_events")] == ["gold"]
        assert sorted(told.pop("segments_all")) == sorted(segment_id("acc", slug) for slug in profile.segments)
        assert told == profile.fields


def events(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(event["event"], event["slug"]) for event in payload["data"]["segment_events"]]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("", [("enter", "gold"), ("exit", "gold"), ("enter", "gold")]),
        ("enters_only", [("enter", "gold"), ("enter", "gold")]),
        ("exits_only", [("exit", "gold")]),
    ],
)
def test_4_1_each_entering_and_leaving_is_told_once(tmp_path: Path, wanted: str, told: list[tuple[str, str]]) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(audience_events=wanted)}) as stand:
        for tier in ("tin", "gold", "gold", "tin", "tin", "gold"):
            stand.send(tier=tier)
        assert [events(payload) for payload in stand.payloads()] == [[one] for one in told]


def test_4_1_an_event_that_is_sent_again_tells_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text()}) as stand:
        stand.send(tier="gold", _eid="p.1")
        stand.send(tier="gold", _eid="p.1")
        assert len(stand.payloads()) == 1


def test_4_1_audiences_may_be_named_by_id_and_are_those_of_the_moment(tmp_path: Path) -> None:
    text = job_text(segment_ids=[segment_id("acc", "gold")])
    with serving(tmp_path, {"webhooks/crm.yaml": text}) as stand:
        stand.client.put("/api/segment/gold", json={"segment_ql": 'FILTER tier = "platinum"'})
        stand.send(tier="gold")
        stand.send(tier="platinum")
        assert [events(payload) for payload in stand.payloads()] == [[("enter", "gold")]]


def test_4_1_time_alone_is_told_too(tmp_path: Path) -> None:
    files = {"audiences/lately.fql": HOUR, "webhooks/crm.yaml": job_text(segment_ids=["lately"])}
    with serving(tmp_path, files) as stand:
        stand.send()
        stand.settle()
        stand.site.clock.set(NOW + 3_600_001)
        assert stand.client.portal is not None
        stand.client.portal.call(stand.site.platform.pass_time)
        payloads = stand.payloads()
        assert [events(payload) for payload in payloads] == [[("enter", "lately")], [("exit", "lately")]]
        (event,) = payloads[1]["data"]["segment_events"]
        assert event["exit"] == payloads[1]["meta"]["timestamp"] > payloads[0]["meta"]["timestamp"]


def test_4_1_only_watched_fields_of_members_are_told(tmp_path: Path) -> None:
    text = job_text(user_fields=["city"], field_changes=["city", "plan"])
    with serving(tmp_path, {"webhooks/crm.yaml": text}) as stand:
        stand.send(city="Rome")  # not a member
        stand.send(tier="gold", city="Oslo")  # entering, which says it all
        stand.send(city="Oslo")
        stand.send(other="x")
        stand.send(plan="b")
        payloads = stand.payloads()
        assert [events(payload) for payload in payloads] == [[("enter", "gold")], [("change", "gold")]]
        assert "change" not in payloads[1]["data"]["segment_events"][0]


def test_4_1_those_who_are_in_already_are_sent_once_as_entering(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        for number in range(120):
            stand.send(uid=f"v{number}", tier="gold" if number % 2 else "tin")
    job = {"webhooks/crm.yaml": job_text(withbackfill=True, user_fields=["_uid"], audience_events="exits_only")}
    for attempt in range(2):
        with serving(tmp_path, job) as stand:
            sent = [(payload["data"]["_uid"], events(payload)) for payload in stand.payloads()]
            if attempt == 0:
                assert sorted(uid for uid, _ in sent) == sorted(f"v{number}" for number in range(1, 120, 2))
                assert {one for _, told in sent for one in told} == {("enter", "gold")}
            else:
                assert sent == [], "a restart does not begin anew"
            stand.send(uid="v1", tier="tin")
            stand.send(uid="v1", tier="gold")
            assert [events(one) for one in stand.payloads()[len(sent) :]] == [[("exit", "gold")]]


def test_4_1_whoever_moves_while_the_others_are_being_sent_is_told_once(tmp_path: Path) -> None:
    with serving(tmp_path) as stand:
        for number in range(60):
            stand.send(uid=f"v{number}", tier="gold")
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(withbackfill=True, user_fields=["_uid"])}) as stand:
        for number in range(60):
            stand.send(uid=f"v{number}", tier="tin")
            stand.send(uid=f"v{number}", tier="gold")
        stand.settle()
        inside = {f"v{number}": 0 for number in range(60)}
        for payload in stand.receiver.payloads:
            for event, _ in events(payload):
                inside[payload["data"]["_uid"]] += 1 if event == "enter" else -1
                assert inside[payload["data"]["_uid"]] in (0, 1), "nobody enters twice, or leaves where they are not"
        assert set(inside.values()) == {1}


def test_4_1_of_one_visitor_everything_comes_in_order_however_many_workers(tmp_path: Path) -> None:
    async def slow(request: httpx2.Request) -> httpx2.Response:
        seen.append(json.loads(request.content)["data"])
        busy.append(busy[-1] + 1)
        await asyncio.sleep(0)
        busy.append(busy[-1] - 1)
        return httpx2.Response(200)

    seen: list[dict[str, Any]] = []
    busy = [0]
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(worker_count=3)}, reply=slow) as stand:  # type: ignore[arg-type]
        for number in range(40):
            stand.send(uid=f"v{number % 8}", tier="tin" if number // 8 % 2 else "gold")
        stand.settle()
    for uid in {data["_uid"] for data in seen}:
        mine = [data["segment_events"][0]["event"] for data in seen if data["_uid"] == uid]
        assert mine == ["enter", "exit"] * 2 + ["enter"]
    assert 1 <= max(busy) <= 3


@pytest.mark.parametrize(("visitors", "size", "sent"), [(10, 4, [4, 4, 2]), (120, 100, [100, 20]), (8, 4, [4, 4])])
def test_4_1_batches_are_filled_and_the_rest_waits_for_the_flush(
    tmp_path: Path, visitors: int, size: int, sent: list[int]
) -> None:
    with serving(tmp_path) as stand:
        for number in range(visitors):
            stand.send(uid=f"v{number}", tier="gold")
    text = job_text(batch_requests=True, batch_size=size, batch_flush_duration=7, withbackfill=True)
    with serving(tmp_path, {"webhooks/crm.yaml": text}) as stand:
        assert [len(payload) for payload in stand.payloads()] == sent
        assert stand.naps == ([7] if sent[-1] < size else [])


def test_4_1_methods_headers_and_parameters(tmp_path: Path) -> None:
    auth = {"webhook_request_headers": "X-Key: ${KEY}\nX-Plain: a b", "webhook_request_params": "k=${KEY}&v=1"}
    text = job_text(webhook_url=f"{HERE}?a=1", http_method="PUT", authorization=auth)
    with serving(tmp_path, {"webhooks/crm.yaml": text}, environment={"KEY": "s3cret&"}) as stand:
        stand.send(tier="gold", note="s3cret&")
        (delivery,) = stand.webhooks()["deliveries"]
        (request,) = stand.receiver.requests
    assert request.method == "PUT"
    assert str(request.url) == f"{HERE}?a=1&k=s3cret%26&v=1"
    assert (request.headers["x-key"], request.headers["x-plain"]) == ("s3cret&", "a b")
    assert "s3cret" not in json.dumps(delivery)
    assert delivery["url"] == f"{HERE}?a=1&k=***&v=***"
    assert delivery["headers"]["X-Key"] == "***"
    assert delivery["payload"]["data"]["note"] == "***"


def test_4_1_a_get_has_no_body(tmp_path: Path) -> None:
    with serving(tmp_path, {"webhooks/crm.yaml": job_text(http_method="GET")}) as stand:
        stand.send(tier="gold")
        stand.settle()
        assert [(request.method, request.content) for request in stand.receiver.requests] == [("GET", b"")]


def test_4_1_a_listener_hears_of_each_step_also_when_another_fails(tmp_path: Path) -> None:
    heard: list[tuple[str, int]] = []

    def hear(delivery: Delivery) -> None:
        heard.append((delivery.outcome, len(delivery.tries)))

    def fail(_: Delivery) -> None:
        raise RuntimeError("a listener that fails")

    def listen(site: Site) -> None:
        for listener in (fail, hear):
            site.triggers.log.subscribe(listener)

    files = {"webhooks/crm.yaml": job_text()}
    with serving(tmp_path, files, answers=[httpx2.Response(503)], before=listen) as stand:
        stand.send(tier="gold")
        stand.settle()
    assert heard == [("retrying", 1), ("delivered", 2)]

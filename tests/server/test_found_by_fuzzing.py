"""What requests made at random have found, each with the smallest of them that did it (quality.md E1)."""

import asyncio
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from understudy.dev_tools.hubs import Hubs
from understudy.dev_tools.serve import build
from understudy.dev_tools.stream import Hub
from understudy.server.numbers import whole_number
from understudy.server.site import Site
from understudy.server.triggers.retrying import seconds_of

MANY_DIGITS = "9" * 5000  # more than Python makes a number of
API = "/__understudy__/api"


@pytest.fixture
def app(site: Site) -> Starlette:
    return build(site, Hubs())


@pytest.fixture
def client(app: Starlette) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000))


def refused(answer: Any, status: int) -> str:
    assert (answer.status_code, answer.json()["data"]) == (status, None), answer.text
    return str(answer.json()["message"])


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("007", 7), ("9", 9), ("10", None), ("0", None), ("٣", None), ("²", None), ("+1", None), ("", None)],
)
def test_a_number_in_an_address_is_of_plain_digits(text: str, number: int | None) -> None:
    assert whole_number(text, 1, 9) == number
    assert whole_number(MANY_DIGITS, 1, 9) is None


@pytest.mark.parametrize("digits", [MANY_DIGITS, "0" * 8 + "1" + "9" * 30, "0" * 5000 + "1", "٣"])
def test_3_6_a_limit_is_never_over_the_limit_however_many_digits_it_has(client: TestClient, digits: str) -> None:
    for path in (
        "/api/segment/all/scan", "/api/segment/all/fieldinfo", "/api/content/recommend/segment/all",
        f"{API}/events?uid=u1",
    ):  # fmt: skip
        assert "limit" in refused(client.get(path, params={"uid": "u1", "limit": digits}), 400)
    assert "last=" in refused(client.get(f"{API}/reports", params={"last": digits}), 400)


def test_a_page_that_comes_back_with_an_id_of_too_many_digits_has_missed_all() -> None:
    async def first_frames() -> str:
        hub = Hub()
        hub.publish({"type": "event"})
        run = hub.last_id.partition("-")[0]
        hub.close()
        return b"".join([frame async for frame in hub.listen(f"{run}-{MANY_DIGITS}")]).decode()

    assert '"missed"' in asyncio.run(first_frames())


@pytest.mark.parametrize(
    "text",
    [
        f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT",
        "Mon, 01 Jan 2024 00:00:00 +99999999999999",
        "tomorrow",
    ],
)
def test_4_6_a_receiver_that_names_no_date_there_is_has_said_nothing(text: str) -> None:
    assert seconds_of(text, 0.0) is None


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "persona"), ("POST", "persona-draft"), ("PUT", "persona-file"), ("POST", "reset"), ("POST", "worlds"),
     ("POST", "clock"), ("PUT", "faults"), ("POST", "validation")],
)  # fmt: skip
def test_the_debuggers_api_refuses_json_that_could_not_be_answered(client: TestClient, method: str, path: str) -> None:
    for body in (r'{"persona": "high_value", "fields": {"a": "\ud800"}}', '{"set": NaN}', '{"a": 1e999}', "[" * 9999):
        assert "not JSON" in refused(client.request(method, f"{API}/{path}", content=body), 400)


def test_3_2_a_persona_whose_hours_are_no_hours_is_delivered_to_at_none(client: TestClient) -> None:
    fields = {"hourly": {MANY_DIGITS: 1}, "hourofweek": {"x": 1}}
    answer = client.post(f"{API}/persona-draft", json={"persona": "high_value", "fields": fields})
    assert "deliver_hour" not in answer.text

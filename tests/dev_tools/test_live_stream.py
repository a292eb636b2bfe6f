"""The stream of server-sent events that pages listen to."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from understudy.dev_tools.stream import Hub, Listener


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 10))


async def messages(frames: AsyncIterator[bytes], count: int) -> list[dict[str, object]]:
    """The next `count` JSON messages."""
    found: list[dict[str, object]] = []
    while len(found) < count:
        text = (await anext(frames)).decode()
        if "data: " in text:
            found.append({"id": text.split("\n")[0].removeprefix("id: "), **json.loads(text.split("data: ")[1])})
    return found


def test_messages_from_any_thread_arrive_in_order() -> None:
    async def test() -> None:
        hub = Hub()
        frames = hub.listen()
        assert (await messages(frames, 1))[0]["type"] == "hello"
        thread = threading.Thread(target=lambda: [hub.publish({"type": "css", "n": n}) for n in range(20)])
        thread.start()
        assert [message["n"] for message in await messages(frames, 20)] == list(range(20))
        thread.join()

    run(test)


def test_a_page_that_comes_back_gets_what_it_missed() -> None:
    async def test() -> None:
        hub = Hub(depth=4)
        hub.publish({"type": "css", "n": 0})
        hello = (await messages(hub.listen(), 1))[0]
        hub.publish({"type": "css", "n": 1})
        hub.publish({"type": "css", "n": 2})
        assert [m["n"] for m in await messages(hub.listen(str(hello["id"])), 2)] == [1, 2]
        for n in range(5):
            hub.publish({"type": "css", "n": n})
        assert (await messages(hub.listen(str(hello["id"])), 1))[0]["type"] == "missed"

    run(test)


def test_a_new_page_gets_what_was_kept_and_what_came_after_it_was_served() -> None:
    async def test() -> None:
        hub = Hub()
        hub.publish({"type": "problems", "n": 0}, keep=True)
        served = hub.last_id
        hub.publish({"type": "css", "n": 1})
        heard = await messages(hub.listen(served, new=True), 3)
        assert [message["type"] for message in heard] == ["hello", "problems", "css"]
        assert [message["id"] for message in heard] == [served, served, hub.last_id]
        again = await messages(hub.listen("another-3", new=True), 2)
        assert [message["type"] for message in again] == ["missed", "problems"]

    run(test)


@pytest.mark.parametrize("last_id", ["another-3", "-", "nonsense", "{run}-999", "{run}--1"])
def test_an_id_of_another_run_means_read_anew(last_id: str) -> None:
    async def test() -> None:
        hub = Hub()
        hello = (await messages(hub.listen(), 1))[0]
        asked = last_id.replace("{run}", str(hello["id"]).split("-")[0])
        assert (await messages(hub.listen(asked), 1))[0]["type"] == "missed"

    run(test)


def test_a_kept_message_is_told_to_pages_that_open_later() -> None:
    async def test() -> None:
        hub = Hub()
        hub.publish({"type": "problems", "problems": ["old"]}, keep=True)
        hub.publish({"type": "problems", "problems": ["new"]}, keep=True)
        hub.publish({"type": "css"})
        assert [m.get("problems") for m in await messages(hub.listen(), 2)] == [None, ["new"]]

    run(test)


def test_closing_ends_open_streams_and_later_ones() -> None:
    async def test() -> None:
        hub = Hub()
        frames = hub.listen()
        await messages(frames, 1)
        hub.close()
        assert [frame async for frame in frames] == []
        assert len([frame async for frame in hub.listen()]) == 2  # the greeting, and then the end

    run(test)


def test_a_page_too_slow_is_sent_away_and_can_catch_up() -> None:
    async def test() -> None:
        hub = Hub(depth=3)
        frames = hub.listen()
        seen = (await messages(frames, 1))[0]["id"]
        for n in range(4):
            hub.publish({"type": "css", "n": n})
        assert [frame async for frame in frames] == []
        assert (await messages(hub.listen(str(seen)), 1))[0]["type"] == "missed"

    run(test)


def test_a_quiet_stream_has_a_heartbeat() -> None:
    async def test() -> None:
        hub = Hub(heartbeat=0.0)
        frames = hub.listen()
        await messages(frames, 1)
        assert (await anext(frames)).startswith(b":")

    run(test)


def test_a_page_that_leaves_is_forgotten() -> None:
    async def test() -> None:
        hub = Hub()
        frames = hub.listen()
        await messages(frames, 1)
        assert len(hub._listeners) == 1
        await frames.aclose()  # type: ignore[attr-defined]
        assert not hub._listeners

    run(test)


def test_publishing_after_the_loop_is_gone_is_harmless() -> None:
    made: list[Listener] = []

    async def test() -> None:
        made.append(Listener(1))

    run(test)
    made[0].tell(b"too late")


def test_the_response_is_an_event_stream_that_nobody_stores() -> None:
    response = Hub().response()
    assert response.media_type == "text/event-stream"
    assert response.headers["cache-control"] == "no-store"

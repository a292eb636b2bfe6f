"""Pages in bad weather: each test has a world of its own on one server, with faults to order."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from support.serving import Serving, copy_storefront
from support.storefront import OFFER, settled, stopped_by

# Whether an event with a mark is on record, so many times.
STORED = """async ([mark, count]) => {
  const answer = await fetch(`/__understudy__/api/events?uid=${document.cookie.match(/seerid=([^;]+)/)[1]}`);
  return (await answer.json()).events.filter((one) => one.data.mark === mark).length === count;
}"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("weather") / "storefront")) as serving:
        yield serving


class Weather:
    """A page in a world of its own."""

    def __init__(self, serving: Serving, page: Page, world: str) -> None:
        self.serving, self.page, self.world = serving, page, world
        self.api("POST", "worlds", {"name": world})
        page.context.add_cookies([{"name": "understudy_world", "value": world, "url": serving.url}])

    def api(self, method: str, path: str, body: object) -> Any:
        request = urllib.request.Request(
            f"{self.serving.url}__understudy__/api/{path}",
            method=method,
            data=json.dumps(body).encode(),
            headers={"X-Understudy-World": self.world},
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    def turn(self, **faults: object) -> None:
        """Let these faults be on, and no others."""
        self.api("PUT", "faults", faults)

    def visit(self) -> None:
        """Load the page, and wait until everything is decided."""
        self.page.goto(self.serving.url)
        settled(self.page)


@pytest.fixture
def weather(serving: Serving, page: Page, request: pytest.FixtureRequest) -> Weather:
    return Weather(serving, page, request.node.originalname.replace("_", "-")[-40:].strip("-"))


def test_an_event_that_is_refused_twice_is_stored_once(weather: Weather) -> None:
    weather.visit()
    weather.turn(collector={"status": 503, "retry_after": 0, "times": 2})
    weather.page.evaluate("jstag.send({ mark: 'kept' })")
    weather.page.wait_for_function(STORED, arg=["kept", 1])


def test_a_high_value_visitor_without_audiences_gets_no_offer(weather: Weather) -> None:
    uid = weather.api("POST", "persona", {"persona": "high_value"})["uid"]
    weather.page.context.add_cookies([{"name": "seerid", "value": uid, "url": weather.serving.url}])
    weather.turn(profile={"empty_segments": True})
    weather.visit()
    gate, segments, _ = stopped_by(weather.page, "vip-offer")
    assert (gate, "high_value" in segments) == ("audience", False)
    weather.turn()
    weather.visit()
    expect(weather.page.locator(OFFER)).to_be_visible()


def test_offline_the_page_is_whole_and_back_it_is_as_ever(weather: Weather) -> None:
    weather.turn(offline=True)
    failed: list[str] = []
    weather.page.on("requestfailed", lambda request: failed.append(request.url))
    weather.page.goto(weather.serving.url)
    expect(weather.page.get_by_role("heading").first).to_be_visible()
    weather.page.wait_for_function("() => performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    assert any("/api/tag/" in url for url in failed)
    weather.turn()
    weather.visit()
    weather.page.evaluate("jstag.send({ mark: 'back' })")
    weather.page.wait_for_function(STORED, arg=["back", 1])

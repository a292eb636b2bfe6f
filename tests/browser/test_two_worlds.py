"""Two browsers at once in two worlds of one server: by a cookie and by a host name."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from support.serving import Serving, copy_storefront

HELLO = "widget: {{type: message, layout: slideout, id: hello, msg: Hello from {}}}\n"
LATER = "dates: {start: 2030-12-31}\nwidget: {type: message, layout: bar, id: later, msg: Only from 2031 on}\n"
YEAR_2031 = 1_924_992_000_000  # 2031-01-01T00:00:00Z
LISTEN = """() => new Promise((ready) => {
  window.heard = [];
  const stream = new EventSource("/__understudy__/live");
  stream.onmessage = ({ data }) => window.heard.push(JSON.parse(data));
  stream.onopen = ready;
})"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with Serving(copy_storefront(tmp_path_factory.mktemp("worlds") / "storefront")) as serving:
        yield serving


def api(serving: Serving, method: str, path: str, body: object = None, world: str = "default") -> Any:
    request = urllib.request.Request(
        f"{serving.url}__understudy__/api/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"X-Understudy-World": world},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def send(page: Page, mark: str) -> str:
    """Send an event and wait until its own world's stream tells of it; the visitor who sent it."""
    page.evaluate("(mark) => jstag.send({ mark })", mark)
    page.wait_for_function("(mark) => heard.some((one) => one.type === 'event' && one.data.mark === mark)", arg=mark)
    return str(page.evaluate("(mark) => heard.find((one) => one.data?.mark === mark).uid", mark))


def marks(page: Page) -> list[str]:
    found: list[str] = page.evaluate("heard.flatMap((one) => one.data?.mark ?? [])")
    return found


def test_two_browsers_in_two_worlds_meet_nothing_of_each_other(serving: Serving, browser: Browser) -> None:
    for name in ("left", "right"):
        files = {"widgets/hello.yaml": HELLO.format(name), "widgets/later.yaml": LATER}
        made = api(serving, "POST", "worlds", {"name": name, "files": files})
        assert made["problems"] == []
    api(serving, "POST", "clock", {"set": YEAR_2031, "mode": "frozen"}, world="left")
    left, right = browser.new_context().new_page(), browser.new_context().new_page()
    left.context.add_cookies([{"name": "understudy_world", "value": "left", "url": serving.url}])
    left.goto(serving.url)
    right.goto(f"http://right.localhost:{urlsplit(serving.url).port}/")
    for page, own, others in ((left, "left", "right"), (right, "right", "left")):
        expect(page.get_by_text(f"Hello from {own}")).to_be_visible()
        expect(page.get_by_text(f"Hello from {others}")).to_have_count(0)
        page.evaluate(LISTEN)
    expect(left.get_by_text("Only from 2031 on")).to_be_visible()
    expect(right.get_by_text("Only from 2031 on")).to_have_count(0)
    send(left, "one")
    other = send(right, "two")
    uid = send(left, "three")
    assert (marks(left), marks(right)) == (["one", "three"], ["two"])
    events = {
        name: api(serving, "GET", f"events?uid={uid}", world=name)["events"] for name in ("left", "right", "default")
    }
    assert (events["right"], events["default"]) == ([], [])
    assert {"one", "three"} <= {event["data"].get("mark") for event in events["left"]}
    assert all(0 <= event["time"] - YEAR_2031 < 1000 for event in events["left"])
    (told,) = [
        one for one in api(serving, "GET", f"events?uid={other}", world="right")["events"] if "mark" in one["data"]
    ]
    assert told["time"] < YEAR_2031
    api(serving, "DELETE", "worlds/left")
    answer = left.reload()
    assert answer is not None
    assert (answer.status, "There is no world 'left' here" in answer.text()) == (404, True)
    expect(right.get_by_text("Hello from right")).to_be_visible()
    for page in (left, right):
        page.context.close()

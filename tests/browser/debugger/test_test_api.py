"""`window.__understudy__` on a real server, the same over HTTP, and a persona that is there before the first script."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page
from support.serving import Serving, copy_storefront

OFFER = "vip-offer"
FIRST = """const early = { before: typeof window.__understudy__?.ready };
  window.__early = early;"""


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    root = copy_storefront(tmp_path_factory.mktemp("testing") / "storefront")
    page = root / "pages" / "index.html"
    page.write_text(page.read_text("utf-8").replace("<head>", f"<head><script>{FIRST}</script>", 1))
    with Serving(root) as serving:
        yield serving


def call(page: Page, name: str, *given: object) -> Any:
    return page.evaluate("([name, given]) => window.__understudy__[name](...given)", [name, list(given)])


def over_http(serving: Serving, method: str, path: str, body: object = None) -> Any:
    request = urllib.request.Request(
        f"{serving.url}__understudy__/api/{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
    )
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return {"refused": error.code, **json.load(error)}


def test_7_2_3_it_is_there_before_the_first_script_and_tells_when_the_page_is_ready(
    page: Page, serving: Serving
) -> None:
    page.goto(serving.url)
    assert page.evaluate("window.__early.before") == "function"
    assert "__understudy__" not in page.evaluate("Object.keys(window)")
    state = call(page, "ready")
    assert (state["version"], state["tag"]["state"], state["tag"]["account"]) == (1, "found", "storefront")
    assert state["visitor"]["persona"] is None
    assert {"id": OFFER, "state": "hidden"} in state["widgets"]
    assert state["visitor"]["uid"] == page.evaluate("jstag.getCookie('seerid')")


def test_7_2_3_explanations_and_personas(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    call(page, "ready")
    before = call(page, "explain", OFFER)
    assert (before["state"], before["stopped"]["gate"], before["stopped"]["pass"]) == ("hidden", "audience", False)
    state = call(page, "setPersona", "high_value")
    assert state["visitor"]["persona"] == "high_value"
    assert "high_value" in state["visitor"]["audiences"]
    shown = call(page, "waitForWidget", OFFER)
    assert (shown["state"], shown["stopped"]) == ("shown", None)
    assert shown == call(page, "explain", OFFER)
    assert [one for one in call(page, "explain") if one["id"] == OFFER] == [shown]
    shows = {"kind": "collect", "widget": OFFER, "event": "show"}
    page.wait_for_function("async (shows) => (await window.__understudy__.events(shows)).length", arg=shows)
    sent = call(page, "events", shows)
    assert [one["data"]["pf-widget-event"] for one in sent if isinstance(one["data"], dict)] == ["show"]
    assert call(page, "events", f"widget:{OFFER} event:show kind:collect") == call(page, "events", shows)
    assert call(page, "setPersona", None)["visitor"]["persona"] is None
    assert call(page, "explain", OFFER)["state"] == "hidden"


def test_7_2_3_what_cannot_be_is_said_with_what_there_is(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    call(page, "ready")
    for name, given, said in [
        ("explain", ["nothing"], f"There is: .*{OFFER}"),
        ("waitForWidget", [OFFER, "open"], "is no state of a widget. There is: shown, waiting"),
        ("waitForWidget", [OFFER, "shown", {"timeout": 50}], r"is not shown\. Hidden: .*waited 50 ms"),
        ("setPersona", ["nobody"], "No persona 'nobody'"),
        ("clock", [{"advance": "often"}], "is no time to advance by"),
    ]:
        with pytest.raises(Error, match=said):
            call(page, name, *given)


def test_7_2_3_clock_and_reset(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    first = call(page, "setPersona", "high_value")
    set_to = call(page, "clock", {"set": "2042-03-04T05:06:07Z", "mode": "frozen"})
    assert set_to["iso"].startswith("2042-03-04T05:06:07")
    assert page.evaluate("new Date().toISOString()") == "2042-03-04T05:06:07.000Z"
    assert call(page, "clock")["mode"] == "frozen"
    call(page, "clock", {"mode": "real"})
    assert page.evaluate("new Date().getFullYear()") < 2042
    page.evaluate("localStorage.setItem('PathforaImpressions_x', '1|1')")
    after = call(page, "reset")
    assert after["visitor"]["persona"] is None
    assert after["visitor"]["uid"] not in {None, first["visitor"]["uid"]}
    assert page.evaluate("localStorage.getItem('PathforaImpressions_x')") is None


@pytest.mark.parametrize("way", ["address", "cookie", "init script"])
def test_7_3_3_a_persona_is_there_in_the_first_evaluation_and_stays_in_its_tab(
    browser: Browser, serving: Serving, way: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if way == "cookie":
        context.add_cookies([{"name": "understudy_persona", "value": "high_value", "url": serving.url}])
    if way == "init script":
        page.add_init_script("window.__understudy__ = { persona: 'high_value' }")
    page.goto(f"{serving.url}?understudy-persona=high_value" if way == "address" else serving.url)
    assert call(page, "ready")["visitor"]["persona"] == "high_value"
    call(page, "waitForWidget", OFFER)
    profiles = [url for url in asked if "/api/personalize/" in url]
    assert len(profiles) == 1
    assert "persona-" in profiles[0]
    page.reload()
    assert call(page, "ready")["visitor"]["persona"] == "high_value"
    assert page.evaluate("JSON.parse(localStorage.PathforaPageView).$.split('|')[0]") == "2", "the visit goes on"
    other = context.new_page()
    other.goto(serving.url)
    assert call(other, "ready")["visitor"]["persona"] is None
    assert call(page, "reset")["visitor"]["persona"] is None
    assert all(cookie["name"] != "understudy_persona" for cookie in context.cookies())
    context.close()


def test_7_2_3_a_persona_that_is_not_there_is_said_by_ready(page: Page, serving: Serving) -> None:
    page.add_init_script("window.__understudy__ = { persona: 'nobody' }")
    page.goto(serving.url)
    with pytest.raises(Error, match="nobody could not be put on: No persona 'nobody'"):
        call(page, "ready")


def test_7_2_3_the_same_over_http_in_the_same_shape(page: Page, serving: Serving) -> None:
    page.goto(serving.url)
    ready = call(page, "ready")
    listed = over_http(serving, "GET", "pages")
    assert listed["version"] == 1
    assert [one["address"] for one in listed["pages"]][-1] == serving.url
    name = listed["pages"][-1]["id"]
    again = over_http(serving, "POST", f"pages/{name}/ready")
    assert (again["version"], again["answer"]["visitor"]) == (1, ready["visitor"])
    explained = over_http(serving, "POST", "pages/latest/explain", {"given": [OFFER]})
    assert explained == {"version": 1, "answer": call(page, "explain", OFFER)}
    state = over_http(serving, "POST", "pages/latest/setPersona", {"given": ["high_value"]})["answer"]
    assert state["visitor"]["persona"] == "high_value"
    refused = over_http(serving, "POST", "pages/latest/explain", {"given": ["nothing"]})
    assert (refused["refused"], OFFER in refused["message"]) == (409, True)
    unknown = over_http(serving, "POST", "pages/latest/destroy")
    assert (unknown["refused"], "waitForWidget" in unknown["message"]) == (404, True)
    page.goto("about:blank")
    gone = over_http(serving, "POST", f"pages/{name}/ready")
    assert gone["refused"] == 404

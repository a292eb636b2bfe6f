"""Activity: every request by every transport with what it carries; finding, keeping, taking away (debugger.md 3)."""

import json
from typing import Any

from panel_stage import ORIGIN, Stage
from playwright.sync_api import Locator, expect

TRANSPORTS = """async () => {
  const at = (name) => `/c/shop/web?transport=${name}`;
  const form = new FormData();
  form.append("_js", "in=form%20data&_e=x");
  const done = [];
  done.push(fetch(at("get-fetch") + "&in=query"));
  done.push(new Promise((end) => {
    Object.assign(new Image(), { onload: end, onerror: end, src: at("image") + "&in=query" });
  }));
  done.push(fetch(at("urlencoded"), { method: "POST", body: "_js=in%3Dform%2520body",
    headers: { "Content-Type": "application/x-www-form-urlencoded" } }));
  done.push(fetch(at("params-fetch"), { method: "POST", body: new URLSearchParams({ _js: "in=params" }) }));
  navigator.sendBeacon(at("params-beacon"), new URLSearchParams({ _js: "in=100%" }));
  navigator.sendBeacon(at("form-beacon"), form);
  done.push(fetch(at("text"), { method: "POST", body: "just text" }));
  done.push(fetch(at("json"), { method: "POST", body: JSON.stringify({ in: ["json"] }),
    headers: { "Content-Type": "application/json" } }));
  done.push(fetch(at("keepalive"), { method: "POST", keepalive: true, body: "in=keepalive" }));
  navigator.sendBeacon(at("string-beacon"), "in=string");
  navigator.sendBeacon(at("blob-beacon"), new Blob([JSON.stringify({ in: "blob" })], { type: "application/json" }));
  done.push(new Promise((end) => {
    const request = new XMLHttpRequest();
    request.open("POST", at("xhr"));
    request.onloadend = end;
    request.send("in=xhr");
  }));
  done.push(new Promise((end) => {
    const script = document.createElement("script");
    document.head.append(Object.assign(script, { onload: end, onerror: end, src: at("jsonp") + "&in=query" }));
  }));
  await Promise.allSettled(done);
  const frame = Object.assign(document.createElement("iframe"), { name: "sink" });
  document.body.append(frame);
  const posted = Object.assign(document.createElement("form"), { method: "post", action: at("form"), target: "sink" });
  posted.append(Object.assign(document.createElement("input"), { name: "_js", value: "in=form" }));
  document.body.append(posted);
  posted.submit();
}"""
CARRIED: dict[str, Any] = {
    "get-fetch": "query",
    "image": "query",
    "urlencoded": "form body",
    "params-fetch": "params",
    "params-beacon": "100%",
    "form-beacon": "form data",
    "text": None,
    "json": ["json"],
    "keepalive": "keepalive",
    "string-beacon": "string",
    "blob-beacon": "blob",
    "xhr": "xhr",
    "jsonp": "query",
    "form": "form",
}
RECEIPT: dict[str, Any] = {
    "type": "event",
    "event_id": 12,
    "account": "shop",
    "stream": "web",
    "uid": "own-1",
    "time": 1700000000000,
    "data": {"pf-widget-event": "confirm", "pf-widget-id": "vip-offer", "_ts": "1700000000000", "_uid": "own-1"},
    "changed": {"clicks": [1, 2]},
    "entered": ["clickers"],
    "left": ["sleepers"],
}
CONFIRM = "/c/shop/web?pf-widget-event=confirm&pf-widget-id=vip-offer&_ts=1700000000000&_uid=own-1"


def arrange(stage: Stage, **options: Any) -> Locator:
    stage.page.context.add_cookies([{"name": "seerid", "value": "own-1", "url": ORIGIN}])
    stage.files["/c/shop/web"] = ("", "text/javascript")
    stage.open(**options)
    stage.show("Activity")
    return stage.page.get_by_role("tabpanel", name="Activity")


def saved(stage: Stage, body: Locator, button: str) -> str:
    """The file that a button hands over."""
    if not body.get_by_role("button", name=button).is_visible():
        body.get_by_text("Save, copy and open").click()
    with stage.page.expect_download() as download:
        body.get_by_role("button", name=button).click()
    return download.value.path().read_text("utf-8")


def test_7_3_2_every_transport_is_there_with_what_it_carries(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.evaluate(TRANSPORTS)
    body.get_by_label("Filter activity").fill("kind:collect")
    expect(body).to_contain_text(f"{len(CARRIED)} shown")
    log = json.loads(saved(stage, body, "Save session"))["log"]
    expect(body.locator(".row .chip", has_text="sending")).to_have_count(0)
    found = {entry["data"]["transport"]: entry["data"].get("in") for entry in log}
    assert found == CARRIED
    by_name = {entry["data"]["transport"]: entry for entry in log}
    assert by_name["text"]["data"]["(body)"] == "just text"
    assert by_name["blob-beacon"]["transport"] == "beacon, Blob"
    assert by_name["xhr"]["transport"] == "XMLHttpRequest"
    assert by_name["image"]["transport"] == "image"
    assert by_name["get-fetch"]["status"] == 200
    assert by_name["get-fetch"]["duration"] is not None


def test_3_requests_are_told_apart_by_kind_and_foreign_ones_are_left_out(stage: Stage) -> None:
    body = arrange(stage)
    addresses = [
        "/api/personalize/shop/user/_uid/own-1",
        "/api/content/recommend/shop/user/_uid/own-1",
        "/api/experience/preview/shop/x/config.js",
        "/basket/c.json",
        "/c/shop",
    ]
    stage.page.evaluate("(all) => Promise.all(all.map((one) => fetch(one)))", addresses)
    rows = body.locator(".row:not(.heading)")
    expect(rows.filter(has_text="Load profile")).to_contain_text("failed 404")
    expect(rows.filter(has_text="Recommend")).to_have_count(1)
    expect(rows.filter(has_text="Load preview")).to_have_count(1)
    body.get_by_label("Filter activity").fill("basket")
    expect(body).to_contain_text("Nothing passes the filter.")
    body.get_by_label("Filter activity").fill("")
    body.get_by_label("Kind").select_option("profile")
    expect(rows).to_have_count(1)
    rows.first.click()
    expect(body.get_by_role("region")).to_contain_text("/api/personalize/shop/user/_uid/own-1")
    expect(body.get_by_role("region")).to_contain_text("404")


def test_a_request_and_its_receipt_are_one_line(stage: Stage) -> None:
    body = arrange(stage)
    expect(body).to_contain_text("pathfora.publish.done")  # from before the panel was opened
    expect(body).not_to_contain_text("lifecycle.setup")
    stage.page.evaluate("(url) => fetch(url)", CONFIRM)
    row = body.locator(".row", has_text="confirm vip-offer")
    expect(row).to_contain_text("done")
    row.click()
    stage.tell(**RECEIPT)
    expect(row).to_contain_text("stored")
    expect(row).to_have_count(1)
    detail = body.get_by_role("region")
    for text in ("Stored as event 12 in stream web.", "clicks 1 → 2", "entered clickers", "left sleepers"):
        expect(detail).to_contain_text(text)


def test_a_receipt_that_comes_first_joins_its_request(stage: Stage) -> None:
    body = arrange(stage)
    stage.tell(**RECEIPT)
    row = body.locator(".row", has_text="confirm vip-offer")
    expect(row).to_contain_text("stored")
    stage.tell(**{**RECEIPT, "uid": "somebody", "data": {"_e": "theirs", "_uid": "somebody"}})
    stage.page.evaluate("(url) => fetch(url)", CONFIRM)
    row.click()
    expect(body.get_by_role("region")).to_contain_text("GET fetch")
    expect(row).to_have_count(1)
    expect(body).not_to_contain_text("theirs")


def test_events_stored_before_this_page_and_moves_by_time_are_listed(stage: Stage) -> None:
    stage.stored.append({"event_id": 3, "stream": "web", "uid": "own-1", "time": 1600000000000, "data": {"_e": "pv"}})
    body = arrange(stage)
    expect(body.locator(".row.heading").last).to_have_text("before this page load")
    expect(body.locator(".row").last).to_contain_text("page view")
    stage.tell(type="moved", identities=[["_uid", "own-1"]], time=1700000000000, entered=["vip"], left=["new"])
    expect(body.locator(".row", has_text="time moved the visitor into vip out of new")).to_have_count(1)
    assert ["loadEntity", "own-1"] in stage.page.evaluate("calls")


def test_pages_without_reloads_are_groups_and_lines_can_be_kept_over_reloads(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.evaluate("history.pushState(null, '', '/cart')")
    stage.page.evaluate("(url) => fetch(url)", CONFIRM)
    expect(body.locator(".row.heading")).to_have_text(["/cart · this page load", "/ · this page load"])
    body.get_by_text("Filters and keeping").click()
    body.get_by_label("Keep the newest lines").check()
    stage.page.evaluate("history.pushState(null, '', '/')")
    stage.page.reload()
    expect(body.locator(".row.heading", has_text="/cart")).to_have_text("/cart · an earlier page load")
    expect(body.locator(".row", has_text="confirm vip-offer")).to_have_count(1)
    body.get_by_text("Filters and keeping").click()
    body.get_by_label("Keep the newest lines").uncheck()
    stage.page.wait_for_function("sessionStorage.getItem('understudy:log') === null")


def test_filters_find_parts_are_saved_and_go_into_a_link(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.page.evaluate(
        "(url) => Promise.all([fetch(url), fetch('/c/shop/other?a=two words'), fetch('/c/gone?b=1')])", CONFIRM
    )
    rows, field = body.locator(".row:not(.heading)"), body.get_by_label("Filter activity")
    for text, count in {
        "widget:vip": 1,
        'kind:collect "two words"': 1,
        "kind:collect -widget:vip": 2,
        "state:failed": 2,
        "stream:other": 1,
        "https://nowhere": 0,
    }.items():
        field.fill(text)
        expect(body.get_by_role("status").first).to_contain_text(f"{count} shown")
        expect(rows).to_have_count(count)
    field.fill("widget:vip")
    body.get_by_text("Filters and keeping").click()
    body.get_by_role("button", name="Save filter").click()
    body.get_by_role("button", name="Copy link with filter").click()
    expect(body.get_by_role("button", name="Copied")).to_be_visible()
    link = stage.page.evaluate("navigator.clipboard.readText()")
    stage.page.evaluate("sessionStorage.clear()")
    stage.page.goto(link)
    assert stage.page.url == f"{ORIGIN}/"
    expect(field).to_have_value("widget:vip")
    body.get_by_text("Filters and keeping").click()
    field.fill("")
    body.get_by_role("button", name="widget:vip", exact=True).click()
    expect(field).to_have_value("widget:vip")
    body.get_by_role("button", name="Forget the filter widget:vip").click()
    assert stage.page.evaluate("localStorage.getItem('understudy:filters')") is None


def test_what_is_copied_and_saved_has_no_personal_data_unless_asked(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.page.evaluate(
        """() => fetch("/c/shop/web?email=ada%40example.com",
          { method: "POST", body: "plan=it's&note=write+to+bob@example.com&first_name=Ada" })"""
    )
    row = body.locator(".row", has_text="email")
    row.click()
    detail = body.get_by_role("region")

    def copied(name: str) -> str:
        detail.get_by_role("button", name=name).click()
        expect(detail.get_by_role("button", name="Copied").last).to_be_visible()
        return str(stage.page.evaluate("navigator.clipboard.readText()"))

    assert copied("Copy as jstag.send").startswith('jstag.send("web", {')
    curl = copied("Copy as cURL")
    assert curl.startswith(f"curl '{ORIGIN}/c/shop/web?email=(redacted)' -X POST")
    assert "--data-raw 'plan=it'\\''s" in curl
    assert "first_name=(redacted)" in curl
    har = json.loads(saved(stage, body, "Save HAR"))["log"]
    assert har["version"] == "1.2"
    assert har["entries"][-1]["response"]["status"] == 200
    texts = [curl, json.dumps(har), saved(stage, body, "Save session"), saved(stage, body, "Save CSV")]
    for text in texts:
        assert "example.com" not in text
        assert "Ada" not in text
    body.get_by_label("Leave out e-mail addresses").uncheck()
    assert "ada@example.com" in saved(stage, body, "Save session")


def test_a_saved_session_can_be_looked_at_later(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.evaluate("(url) => fetch(url)", CONFIRM)
    expect(body.locator(".row", has_text="confirm")).to_be_visible()
    session = saved(stage, body, "Save session")
    body.get_by_role("button", name="Clear").click()
    expect(body.locator(".row")).to_have_count(0)
    opener = body.get_by_label("Open a saved session")
    opener.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": b"{}"})
    expect(
        body.get_by_role("alert").filter(has_text="a.json cannot be opened. This file is no session")
    ).to_be_visible()
    opener.set_input_files({"name": "b.json", "mimeType": "application/json", "buffer": session.encode()})
    expect(body.get_by_role("status").first).to_contain_text("b.json")
    body.locator(".row", has_text="confirm vip-offer").click()
    expect(body.get_by_role("region")).to_contain_text("GET fetch")
    body.get_by_role("button", name="Back to this page").click()
    expect(body).to_contain_text("Nothing seen yet")


def test_expected_events_tick_and_schemas_mark_what_does_not_fit(stage: Stage) -> None:
    stage.workspace["schemas"] = ["web"]
    stage.views["validation"] = {"results": [{"schema": "schemas/web.json", "errors": ["$.plan: 'x' is not allowed"]}]}
    body = arrange(stage)
    body.get_by_text("Expected events").click()
    body.get_by_label("Expected event").fill("event:confirm widget:vip-offer")
    body.get_by_role("button", name="Expect", exact=True).click()
    expect(body.get_by_text("Expected events: 0 of 1 came")).to_be_visible()
    stage.page.evaluate("(url) => fetch(url)", CONFIRM)
    expect(body.get_by_text("Expected events: 1 of 1 came")).to_be_visible()
    row = body.locator(".row", has_text="confirm vip-offer")
    expect(row).to_contain_text("invalid")
    row.click()
    expect(body.get_by_role("region")).to_contain_text("$.plan: 'x' is not allowed")
    assert ("validation", "web") in [(name, posted["events"][0]["stream"]) for name, posted in stage.posts]
    body.get_by_role("button", name="Expect event:confirm widget:vip-offer no more").click()
    assert stage.page.evaluate("sessionStorage.getItem('understudy:expected')") is None


def test_ten_thousand_lines_stay_smooth_and_the_bound_is_shown(stage: Stage) -> None:
    body = arrange(stage)
    took = stage.page.evaluate(
        """async () => {
          const frame = () => new Promise((next) => requestAnimationFrame(next));
          const began = performance.now();
          let longest = 0;
          for (let n = 0; n < 10400; n++) {
            jstag.emit("pathfora.test", { number: `n${n}.` });
            if (n % 400 === 0) {
              const before = performance.now();
              await frame();
              await frame();
              longest = Math.max(longest, performance.now() - before);
            }
          }
          return { all: performance.now() - began, longest };
        }"""
    )
    expect(body.get_by_role("status").first).to_contain_text("at most 10,000 are kept, ")
    assert body.locator(".row").count() < 80
    assert took["longest"] < 1000, took
    body.get_by_role("listbox").focus()
    stage.page.keyboard.press("End")
    expect(body.locator('.row[aria-selected="true"]')).to_be_visible()
    body.get_by_label("Filter activity").fill("n10399.")
    expect(body.locator(".row:not(.heading)")).to_have_count(1)


def test_the_list_is_used_by_keyboard(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.evaluate("for (const name of ['a', 'b', 'c']) jstag.emit('pathfora.' + name)")
    listbox = body.get_by_role("listbox")
    expect(body.locator(".row", has_text="pathfora.c")).to_be_visible()
    listbox.focus()
    stage.page.keyboard.press("ArrowDown")
    stage.page.keyboard.press("ArrowDown")
    chosen = body.locator('.row[aria-selected="true"]')
    expect(chosen).to_contain_text("pathfora.b")
    assert listbox.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    stage.page.keyboard.press("Home")
    expect(chosen).to_contain_text("pathfora.c")


def test_7_2_19_an_event_is_sent_again_changed(stage: Stage) -> None:
    body = arrange(stage)
    stage.page.evaluate("() => fetch('/c/shop/web?plan=gold&_uid=own-1&_ts=1')")
    body.locator(".row", has_text="plan").click()
    body.get_by_text("Send again, or changed").click()
    data = body.get_by_label("Event, as JSON")
    assert json.loads(data.input_value()) == {"plan": "gold"}
    data.fill("{")
    body.get_by_role("button", name="Send", exact=True).click()
    expect(body.get_by_role("region").get_by_role("alert")).to_contain_text("JSON")
    data.fill('{"plan": "lead"}')
    body.get_by_role("button", name="Send", exact=True).click()
    stage.page.wait_for_function("calls.some(([name]) => name === 'send')")
    assert stage.page.evaluate("calls").pop() == ["send", "web", {"plan": "lead"}]

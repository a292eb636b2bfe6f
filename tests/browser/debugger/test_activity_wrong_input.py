"""debugger.md 7.2, ranks 11, 17 and 19: what cannot be opened, sent or expected is said where it was asked for."""

import json
from typing import Any

import pytest
from panel_stage import Stage
from playwright.sync_api import Locator, expect

LINE = {"kind": "collect", "state": "done", "title": "page view", "url": "http://127.0.0.1:9/c/shop/web", "time": 1}


def activity(stage: Stage) -> Locator:
    stage.files["/c/shop/web"] = ("", "image/gif")
    stage.open()
    stage.show("Activity")
    return stage.page.get_by_role("tabpanel", name="Activity")


def bundle(*lines: Any) -> str:
    return json.dumps({"kind": "understudy-session", "version": 1, "log": lines})


def test_7_2_11_a_session_that_is_damaged_is_refused_with_its_line(stage: Stage) -> None:
    body = activity(stage)
    body.get_by_text("Save, copy and open").click()
    opener = body.get_by_label("Open a saved session")
    for text, said in {
        "": "It is no JSON, or not all of it: Unexpected end of JSON input. Choose a file that",
        bundle(LINE)[:60]: "It is no JSON, or not all of it:",
        "null": "This file is no session that was saved here.",
        bundle(None): "Line 1 of its log is not right: itself is",
        bundle(LINE, 5): "Line 2 of its log is not right: itself is 5.",
        bundle({**LINE, "title": {"a": 1}}): 'Line 1 of its log is not right: title is {"a":1}.',
        bundle({**LINE, "url": "nowhere"}): "Line 1 of its log is not right: url is nowhere.",
        bundle({**LINE, "time": "today"}): "Line 1 of its log is not right: time is today.",
        bundle({**LINE, "time": 1e99}): "Line 1 of its log is not right: time is 1e+99.",
        bundle({**LINE, "status": "200"}): "Line 1 of its log is not right: status is 200.",
    }.items():
        opener.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": text.encode()})
        expect(body.get_by_role("alert").filter(has_text=f"a.json cannot be opened. {said}")).to_be_visible()
        expect(body.get_by_role("button", name="Back to this page")).to_have_count(0)
    opener.set_input_files({"name": "b.json", "mimeType": "application/json", "buffer": bundle().encode()})
    expect(body).to_contain_text("No line was saved in this session.")
    opener.set_input_files({"name": "c.json", "mimeType": "application/json", "buffer": bundle(LINE).encode()})
    expect(body).to_contain_text("c.json: 1 of 1 lines.")
    for kind in ("session", "HAR", "CSV"):
        with stage.page.expect_download():
            body.get_by_role("button", name=f"Save {kind}").click()


@pytest.mark.parametrize("width", [1280, 390])
def test_7_2_19_what_is_no_event_is_not_sent(stage: Stage, width: int) -> None:
    stage.page.set_viewport_size({"width": width, "height": 844})
    body = activity(stage)
    stage.page.evaluate("fetch('/c/shop/web?_e=pv')")
    body.locator(".row:not(.heading)", has_text="page view").click()
    body.get_by_text("Send again, or changed").click()
    event, send = body.get_by_label("Event, as JSON"), body.get_by_role("button", name="Send", exact=True)
    for text, said in {
        "{bad": "The event is not JSON: ",
        "": "The event is not JSON: ",
        "null": "An event is fields and their values, not",
        '"x"': "An event is fields and their values, not x.",
        "[]": "An event is fields and their values, not [].",
        "5": "An event is fields and their values, not 5.",
    }.items():
        event.fill(text)
        send.click()
        alert = body.get_by_role("alert").filter(has_text=said)
        expect(alert).to_contain_text('Write it as {"_e": "click", "page": "sale"}.')
    assert not [call for call in stage.page.evaluate("window.calls") if call[0] == "send"]
    event.fill('{"_e": "click"}')
    send.click()
    expect(body.get_by_role("status").filter(has_text="Given to the tag")).to_be_visible()
    expect(body.get_by_role("alert").filter(has_text="An event")).to_have_count(0)
    assert stage.page.evaluate("window.calls.filter(([name]) => name === 'send')") == [["send", "web", {"_e": "click"}]]


def test_7_2_17_what_is_expected_has_to_be_said_and_stands_there_once(stage: Stage) -> None:
    body = activity(stage)
    body.locator("summary", has_text="Expected events").click()
    field, add = body.get_by_label("Expected event"), body.get_by_role("button", name="Expect", exact=True)
    field.fill("  ")
    add.click()
    expect(body.get_by_role("alert").filter(has_text="Write down first what is to come")).to_be_visible()
    for _ in range(2):
        field.fill("event:confirm")
        add.click()
    expect(body.get_by_role("button", name="Expect event:confirm no more")).to_have_count(1)
    expect(body.get_by_role("alert").filter(has_text="Write down first")).to_have_count(0)


def test_7_2_11_a_long_id_is_no_telephone_number_in_what_is_saved(stage: Stage) -> None:
    body = activity(stage)
    stage.page.evaluate("fetch('/c/shop/web?_e=pv&ring=%2B43%20664%201234567&_eid=17956033417002872721720.2')")
    expect(body.locator(".row:not(.heading)", has_text="page view")).to_have_count(1)
    body.get_by_text("Save, copy and open").click()
    with stage.page.expect_download() as download:
        body.get_by_role("button", name="Save CSV").click()
    saved = download.value.path().read_text("utf-8")
    assert '""ring"":""(redacted)"",""_eid"":""17956033417002872721720.2""' in saved

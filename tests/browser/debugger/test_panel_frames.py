"""debugger.md 7.2, rank 24: a tag in a frame writes into the log of the page around it, under the frame's address."""

import re

from panel_stage import Stage
from playwright.sync_api import expect

CALL = "fetch('/c/shop/web?_e=pv&from={0}&_uid=own-1').catch(() => 0)"
FRAMED = '<!doctype html><script src="/__understudy__/debugger.js"></script><script>CALL</script>'


def test_7_2_24_calls_of_a_frame_are_in_the_log_of_its_page(stage: Stage) -> None:
    stage.files["/framed"] = (FRAMED.replace("CALL", CALL.format("frame")), "text/html")
    stage.files["/c/shop/web"] = ("", "image/gif")
    stage.open(body=f'<iframe title="One" src="/framed?x=1"></iframe><script>{CALL.format("page")}</script>')
    stage.show("Activity")
    body = stage.page.get_by_role("tabpanel", name="Activity")
    expect(body.get_by_text("frame /framed?x=1 · this page load")).to_be_visible()
    expect(body.locator(".heading", has_text="/ · this page load").first).to_be_visible()
    calls = "() => __understudy__.events({ kind: 'collect' })"
    stage.page.wait_for_function("() => __understudy__.events({ kind: 'collect' }).then((all) => all.length === 2)")
    found = {one["data"]["from"]: (one["route"], one["state"]) for one in stage.page.evaluate(calls)}
    assert found == {"frame": ("frame /framed?x=1", "done"), "page": ("/", "done")}
    frame = stage.page.frames[1]
    expect(frame.locator("understudy-debugger")).to_have_count(0)
    assert frame.evaluate("'__understudy__' in window") is False
    stage.page.evaluate("document.querySelector('iframe').remove()")
    stage.page.evaluate(CALL.format("later"))
    stage.page.wait_for_function("() => __understudy__.events({ kind: 'collect' }).then((all) => all.length === 3)")
    expect(body.get_by_text("frame /framed?x=1 · this page load")).to_be_visible()


def test_7_2_24_a_frame_that_may_not_see_its_page_is_left_alone(stage: Stage) -> None:
    stage.files["/framed"] = (FRAMED.replace("CALL", CALL.format("frame")), "text/html")
    stage.files["/c/shop/web"] = ("", "image/gif")
    with stage.page.expect_request(re.compile("from=frame")):
        stage.open(body='<iframe title="One" sandbox="allow-scripts" src="/framed"></iframe>')
    stage.page.evaluate(CALL.format("page"))
    stage.page.wait_for_function("() => __understudy__.events('from=page').then((all) => all.length === 1)")
    assert stage.page.evaluate("__understudy__.events('from=frame')") == []

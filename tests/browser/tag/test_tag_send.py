"""`send` and its relatives: parameters, acknowledgement, blocking, mocks (tag.md 3.1-3.3, 5.2)."""

import json

import pytest
from tag_page import ORIGIN, TagPage

PARSED = "(values) => new Promise((done) => jstag.mock(...values, (m) => done({...m, instance: 0})))"


@pytest.mark.parametrize(
    ("values", "stream", "data"),
    [
        ([], None, {}),
        (["s"], "s", {}),
        ([{"a": 1}], None, {"a": 1}),
        ([{"a": 1}, "s"], "s", {"a": 1}),
        (["s", {"a": 1}], "s", {"a": 1}),
        ([None, {"a": 1}], None, {"a": 1}),
    ],
    ids=json.dumps,
)
def test_parameters_are_told_apart_by_type(
    tag: TagPage, values: list[object], stream: str | None, data: dict[str, object]
) -> None:
    message = tag.start().run(PARSED, values)
    assert message.get("stream") == stream
    assert message["data"].items() >= data.items()
    assert message["data"]["_e"] == "mk"


def test_a_value_of_no_use_is_refused_at_once(tag: TagPage) -> None:
    refused = "() => { try { jstag.send(1); } catch (error) { return `${error}`; } }"
    said = tag.start().run(refused)
    assert said == "TypeError: unable to process jstag.send event: unknown value type (number)"


def test_without_an_account_a_send_says_what_is_missing(tag: TagPage) -> None:
    tag.open("src:/tag.js", "jstag.init({});")
    said = tag.run("() => { try { jstag.send(); } catch (error) { return `${error}`; } }")
    assert said == "TypeError: Must have collection url and ProjectIds (cid)"


def test_the_payload_is_taken_when_it_is_sent(tag: TagPage) -> None:
    tag.start({}, "const data = {a: 1}; jstag.send(data); data.a = 2; window.after = data;")
    assert tag.events(1)[0].fields["a"] == "1"
    assert tag.run("after") == {"a": 2}


def test_equal_events_of_one_moment_are_both_delivered(tag: TagPage) -> None:
    tag.freeze()
    tag.start({}, "jstag.send({a: 1}); jstag.send({a: 1});")
    assert [event.fields["_ts"] for event in tag.events(2)] == ["1700000000000", "1700000000001"]


def test_the_acknowledgement_comes_when_the_image_has_loaded(tag: TagPage) -> None:
    tag.start({"cid": ["one", "two"]})
    tag.run("() => { window.acks = []; jstag.send({a: 1}, (...given) => acks.push(given)); }")
    tag.page.wait_for_function("acks.length === 2")
    assert tag.run("acks.every(([message, instance]) => message.data.a === 1 && instance === jstag)")
    assert tag.run("acks[0][0].sendurl") == [f"{ORIGIN}/c/two", f"{ORIGIN}/c/one"]
    assert tag.run("acks[0][0].channelName") == "Gif"
    assert tag.run("acks[0][0].dataMsg").startswith("a=1&_ts=")


def test_the_acknowledgement_comes_after_the_delay_when_nothing_answers(tag: TagPage) -> None:
    tag.freeze()
    tag.hold("/c/")
    tag.start({"delay": 500})
    tag.run("() => { window.acks = 0; jstag.send(() => acks++); }")
    tag.wait_for_event("collect.started")
    tag.page.clock.run_for(499)
    assert tag.run("acks") == 0
    tag.page.clock.run_for(2)
    assert tag.run("acks") == 1


def test_a_failed_request_is_reported(tag: TagPage) -> None:
    tag.answers["/c/"] = lambda route: route.fulfill(status=507)
    tag.start({}, "jstag.send();")
    tag.wait_for_event("collect.failed")
    assert "collect.finished" not in tag.topics()


def test_5_2_the_form_s_field_is_posted_without_a_frame(tag: TagPage) -> None:
    tag.start({}, "jstag.send({long: 'x'.repeat(3000)});")
    (event,) = tag.events(1)
    assert (event.method, event.path, event.fields["long"]) == ("POST", "/c/acct", "x" * 3000)
    posted = tag.requests[-1]
    assert posted.headers["content-type"] == "application/x-www-form-urlencoded;charset=UTF-8"
    assert (posted.post_data or "").startswith("_js=long%3Dxxx")
    assert tag.run("document.querySelectorAll('iframe, form').length") == 0


def test_5_2_the_form_begins_where_url_and_data_exceed_2000_characters(tag: TagPage) -> None:
    """The lengths of both are compared, without the `?` between them."""
    tag.start({}, "jstag.setid('ann');")
    tag.run(
        "() => jstag.send({pad: ''}, ({sendurl, dataMsg}) => { window.base = sendurl[0].length + dataMsg.length; })"
    )
    tag.page.wait_for_function("window.base")
    tag.run("() => { for (const more of [0, 1]) jstag.send({pad: 'x'.repeat(2000 - base + more)}); }")
    assert [event.method for event in tag.events(3)] == ["GET", "GET", "POST"]


def test_3_2_a_form_is_acknowledged_after_the_delay(tag: TagPage) -> None:
    tag.freeze()
    tag.start({}, "window.acks = 0; jstag.send({long: 'x'.repeat(3000)}, () => acks++);")
    tag.events(1)
    assert tag.run("acks") == 0
    tag.page.clock.run_for(2001)
    assert tag.run("acks") == 1


def test_a_payload_that_cannot_be_written_harms_no_other(tag: TagPage) -> None:
    tag.start({}, "const ring = {}; ring.ring = ring; jstag.send(ring); jstag.send({a: 1});")
    assert tag.events(1)[0].fields["a"] == "1"
    assert len(tag.errors) == 1
    assert tag.wait_for_event("audit.carp")[0]["where"] == "collect"


def test_dates_and_functions_in_a_payload(tag: TagPage) -> None:
    tag.start({}, "jstag.send({at: new Date(0), never: new Date(NaN), fun() {}, s: Symbol('x'), big: 10n});")
    pairs = [pair for pair in tag.events(1)[0].pairs if not pair[0].startswith("_")]
    assert pairs == [("at", "1970-01-01T00:00:00.000Z"), ("big", "10"), ("url", "127.0.0.1:8099/page")]


def test_a_serializer_of_the_page_s_own(tag: TagPage) -> None:
    tag.start({}, "jstag.config.serializer = (data) => `only=${data.a}`; jstag.send({a: 1});")
    assert tag.events(1)[0].pairs == [("only", "1")]


def test_the_page_s_address_is_the_one_of_the_call(tag: TagPage) -> None:
    tag.start({}, "jstag.send(); history.pushState({}, '', '/next?a=1'); jstag.send();")
    assert [event.fields["url"] for event in tag.events(2)] == ["127.0.0.1:8099/page", "127.0.0.1:8099/next?a=1"]


def test_a_framed_page_says_so(tag: TagPage) -> None:
    tag.start({}, "jstag.send();")
    tag.serve("/outer", '<iframe src="/page"></iframe>', "text/html")
    tag.events(1)
    with tag.page.expect_request("**/c/acct?**") as asked:
        tag.page.goto(ORIGIN + "/outer")
    assert "_if=t" in asked.value.url


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", "IOS"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Android"),
        ("Mozilla/5.0 (BB10; Touch) AppleWebKit/537.10 Version/10.0 Mobile Safari/537.10", "Blackberry"),
        ("Mozilla/5.0 (Windows Phone 10.0) Edge/15", "WinMobile"),
        ("Opera/9.80 (J2ME/MIDP; Opera Mini/9.80) Presto/2.12", "unknown"),
    ],
)
def test_mobile_devices(tag: TagPage, agent: str, kind: str) -> None:
    tag.page.add_init_script(f"Object.defineProperty(navigator, 'userAgent', {{value: {json.dumps(agent)}}});")
    tag.start({}, "jstag.send();")
    event = tag.events(1)[0]
    assert (event.fields["_mob"], event.fields["_device"]) == ("t", kind)
    assert "_nmob" not in event.fields


def test_blocked_messages_wait_for_unblock(tag: TagPage) -> None:
    tag.start({"blocked": True}, "jstag.send({a: 1}); jstag.send({b: 2});")
    assert tag.run("jstag.config.payloadQueue.length") == 2
    assert tag.to("/c/") == []
    tag.run("() => { window.same = jstag.unblock() === jstag; jstag.send({c: 3}); }")
    assert [event.names[0] for event in tag.events(3)] == ["a", "b", "c"]
    assert tag.payloads("send.unblocked") == [2]
    assert tag.run("same")


def test_blocked_messages_go_when_the_entity_has_loaded(tag: TagPage) -> None:
    tag.start({"blocked": True}, "jstag.send({interest: 'skis'}); jstag.loadEntity();")
    assert [event.names[0] for event in tag.events(1)] == ["interest"]
    assert tag.to("/api/personalize/")[0].fields == {"interest": "skis"}


def test_a_blocked_message_keeps_its_time_and_place(tag: TagPage) -> None:
    tag.freeze()
    tag.start({"blocked": True}, "jstag.send();")
    tag.page.clock.run_for(5000)
    tag.run("() => { history.pushState({}, '', '/later'); jstag.unblock(); }")
    event = tag.events(1)[0]
    assert (event.fields["_ts"], event.fields["url"]) == ("1700000000000", "127.0.0.1:8099/page")


def test_messages_that_a_page_queued_before_init(tag: TagPage) -> None:
    tag.start({"payloadQueue": [{"data": {"a": 1}}, {"data": {"b": 2}, "stream": "web"}]}, "jstag.send({c: 3});")
    assert [(event.path, event.names[0]) for event in tag.events(3)] == [
        ("/c/acct", "a"),
        ("/c/acct/web", "b"),
        ("/c/acct", "c"),
    ]


def test_a_mock_transmits_nothing_until_the_entity_has_seen_it(tag: TagPage) -> None:
    tag.start()
    message = tag.run(PARSED, [{"interest": "skis"}])
    assert message["data"]["interest"] == "skis"
    assert message["sendurl"] == [f"{ORIGIN}/c/acct"]
    assert tag.to("/c/") == []
    tag.run("() => jstag.loadEntity()")
    event = tag.events(1)[0]
    assert event.fields["interest"] == "skis"
    assert "_e" not in event.fields
    assert tag.to("/api/personalize/")[0].fields == {"interest": "skis"}


def test_a_mock_while_blocked_sees_all_that_waits(tag: TagPage) -> None:
    tag.start({"blocked": True}, "jstag.send({a: 1, b: 1}); jstag.send({b: 2});")
    message = tag.run(PARSED, [{"c": 3}])
    assert message["dataMsg"].startswith("_e=mk&a=1&b=2&c=3&")


def test_collect_can_be_called_with_a_message_and_a_url(tag: TagPage) -> None:
    tag.start({}, "jstag.collect({data: {a: 1}}, '/c/elsewhere');")
    event = tag.events(1)[0]
    assert (event.path, event.names[:2]) == ("/c/elsewhere", ["a", "_ts"])

"""Transports that pages may use, recommendations, and watching the tag (tag.md 3, 5.6, 7.1, 7.2)."""

import pytest
from playwright.sync_api import Request, Route
from tag_page import ORIGIN, TagPage

from understudy.server.tag.script import PLUGINS

JSONP = "(url) => new Promise((done) => jstag.jsonp(url, done))"
IFRAME = "(options) => new Promise((done) => jstag.iframe(options, done))"
ELSEWHERE = "http://127.0.0.1:8098"


def answer_jsonp(route: Route) -> None:
    name = route.request.url.rsplit("callback=", 1)[1]
    route.fulfill(body=f'{name}({{"n": 1}}); {name}?.({{"n": 2}});', content_type="text/javascript")


def test_3_jsonp_calls_back_once_and_leaves_nothing_behind(tag: TagPage) -> None:
    tag.answers["/data"] = answer_jsonp
    tag.start()
    before = tag.run("Object.keys(window).length")
    urls = [f"{ORIGIN}/data", f"{ORIGIN}/data?x=1"]
    assert [tag.run(JSONP, url) for url in urls] == [{"n": 1}, {"n": 1}]
    assert [asked.names for asked in tag.to("/data")] == [["callback"], ["x", "callback"]]
    assert tag.payloads("jsonp.requested") == tag.payloads("jsonp.finished") == urls
    tag.run("(url) => { jstag.jsonp(url); jstag.jsonp(url, 'not a function'); }", urls[0])
    tag.wait_for_event("jsonp.finished", 4)
    tag.run("() => { jstag.jsonp('/gone', () => { window.called = true; }); }")
    assert "/gone?callback=" in tag.wait_for_event("jsonp.carp")[0]
    assert tag.run("window.called") is None
    assert tag.run("document.querySelectorAll('script[src*=callback]').length") == 0
    assert tag.run("Object.keys(window).length") == before
    assert [error for error in tag.errors if "is not defined" not in error] == []  # the server's own second call


@pytest.fixture
def elsewhere(tag: TagPage) -> list[Request]:
    """A server of another origin that answers with a document which posts its text to the page."""
    asked: list[Request] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        body = "<script>parent.postMessage({other: 1}, '*'); parent.postMessage('from elsewhere', '*');</script>"
        route.fulfill(body="silence" if "mute" in route.request.url else body, content_type="text/html")

    tag.page.route(f"{ELSEWHERE}/**", answer)
    return asked


def test_7_2_the_frame_hands_the_answer_over(tag: TagPage, elsewhere: list[Request]) -> None:
    tag.serve("/answer", "here it is", "text/html")
    tag.start()
    assert tag.run("jstag.config.iframeTransport.timeout") == 500
    assert tag.run(IFRAME, {"url": "/answer", "data": {"a": {"b": 1}}, "timeout": 20_000}) == "here it is"
    assert tag.run(IFRAME, {"url": "/answer", "data": "c=2", "timeout": 20_000}) == "here it is"
    assert [asked.pairs for asked in tag.to("/answer")] == [[("a.b", "1")], [("c", "2")]]
    assert {asked.method for asked in tag.to("/answer")} == {"POST"}
    assert tag.run(IFRAME, {"url": f"{ELSEWHERE}/x", "data": "d=3", "timeout": 20_000}) == "from elsewhere"
    assert [asked.post_data for asked in elsewhere] == ["_js=d%3D3"]
    tag.run(
        "(url) => { jstag.iframe({url, data: '', timeout: 0}, () => { window.called = true; }); }", f"{ELSEWHERE}/mute"
    )
    assert ": no answer within" in tag.wait_for_event("iframeTransport.carp")[0]
    tag.run("() => { jstag.iframe({url: '/answer', data: {}, timeout: 20000}); }")
    tag.page.wait_for_function("() => !document.querySelector('iframe, form')")
    assert tag.run("window.called") is None
    assert tag.errors == []


def test_7_2_a_plugin_s_pixel(tag: TagPage) -> None:
    tag.start()
    tag.run("""() => jstag.use((plugin) => {
        window.log = [];
        const note = (name) => ({success: () => log.push(name), failure: () => log.push(`no ${name}`)});
        const end = plugin.pixel({src: "/c/a", ...note("a")}).pixel({src: "/gone", ...note("b")}).pixel({src: "/c/c"});
        window.chained = end === plugin;
    })""")
    tag.wait_for_event("pixel.succeeded", 2)
    tag.wait_for_event("pixel.failed")
    assert tag.run("log.sort()") == ["a", "no b"]
    assert tag.payloads("pixel.failed") == ["/gone"]
    assert tag.run("[chained, document.images.length, getComputedStyle(document.images[0]).display]") == [
        True,
        3,
        "none",
    ]


def test_5_6_recommendations_are_a_list_whatever_happens(tag: TagPage) -> None:
    documents = [{"url": "a.example/1", "title": "One"}]
    tag.answers["/api/content/recommend/"] = lambda route: route.fulfill(json={"data": documents, "status": 200})
    tag.start({}, "jstag.setid('v1');")
    ask = "(options) => new Promise((done) => jstag.recommend(options, done))"
    options = {"limit": 2, "collection": "news", "visited": False, "topics": ["a b", "c"], "rank": None}
    assert tag.run(ask, options) == documents
    asked = tag.to("/api/content/")[0]
    assert asked.path == "/api/content/recommend/acct/user/_uid/v1"
    assert sorted(asked.pairs) == [
        ("contentsegment", "news"), ("limit", "2"), ("topics[]", "a b"), ("topics[]", "c"), ("visited", "false"),
    ]  # fmt: skip
    assert tag.payloads("recommend.requested") == [options]
    assert tag.payloads("recommend.success") == [documents]
    tag.run("() => { Object.assign(jstag.config.entity, {byFieldKey: 'email', byFieldValue: 'ann@example.com'}); }")
    together = "() => Promise.all([1, 2].map((limit) => new Promise((done) => jstag.recommend({limit}, done))))"
    assert tag.run(together) == [documents, documents]
    assert tag.to("/api/content/")[1].path == "/api/content/recommend/acct/user/email/ann%40example.com"
    tag.answers["/api/content/recommend/"] = lambda route: route.fulfill(json={"data": None})
    assert tag.run(ask, None) == []
    no_account = {"data": None, "message": "No such account id", "status": 400}
    tag.answers["/api/content/recommend/"] = lambda route: route.fulfill(status=400, json=no_account)
    assert tag.run(ask, {}) == []
    assert "400: No such account id" in tag.payloads("recommend.failure")[0]
    tag.answers["/api/content/recommend/"] = lambda route: route.fulfill(body="<p>")
    assert tag.run(ask, {}) == []
    tag.run("() => { jstag.recommend(); jstag.recommend({}, 'not a function'); }")
    tag.wait_for_event("recommend.failure", 4)
    assert tag.errors == []


def test_7_1_audit_shows_events_and_complaints(tag: TagPage) -> None:
    lines: list[str] = []
    tag.page.on("console", lambda message: lines.append(message.text))
    tag.start({"audit": {"level": "verbose", "topic": "cookies.*"}}, "jstag.setCookie('a', 1); console.log('end');")
    tag.page.wait_for_function("() => document.readyState === 'complete'")
    assert lines[-2:] == ["cookies.written a", "end"]
    assert {line.split(".")[0] for line in lines} == {"cookies", "end"}
    script = """
        const log = (window.log = []);
        const info = (...event) => log.push(event);
        jstag.init({cid: "acct", audit: {level: "carp", info, carp: (...event) => log.push(["carp", ...event])}});
        jstag.call("nothing");
        jstag.config.audit.level = "silent";
        jstag.init();
        jstag.call("nothing");
    """
    del lines[:]
    tag.open("src:/tag.js", script)
    complaint = ["call.carp", "jstag.nothing is not there"]
    # `carp` hears of both, `info` only of the first.
    assert sorted(tag.run("log")) == sorted([complaint, ["carp", *complaint], ["carp", *complaint]])
    assert lines == []
    tag.start({"audit": {"disabled": False}}, "console.log('end');")
    tag.page.wait_for_function("() => document.readyState === 'complete'")
    assert "end" in lines
    assert any(line.startswith("lifecycle.setup.done") for line in lines)


def test_7_1_the_instance_behind_the_readable_build(tag: TagPage) -> None:
    assert tag.start().run("jstag.backingInstance() === jstag") is True
    rest = tuple(name for name in PLUGINS if name != "backingInstance")
    assert tag.start(plugins=rest).run("typeof jstag.backingInstance") == "undefined"

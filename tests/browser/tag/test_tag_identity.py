"""The visitor's id and the cookies (tag.md 3, 6)."""

from tag_page import ORIGIN, TagPage

GETID = "() => new Promise((done) => jstag.getid(done))"
NO_COOKIES = """
    const refuse = () => { throw new DOMException("no cookies here"); };
    Object.defineProperty(document, "cookie", { get: refuse, set: refuse });
"""


def cookie(tag: TagPage, name: str) -> dict[str, object] | None:
    found = [dict(one) for one in tag.page.context.cookies() if one.get("name") == name]
    assert len(found) < 2
    return found[0] if found else None


def test_getid_answers_later_even_with_a_cookie(tag: TagPage) -> None:
    tag.page.context.add_cookies([{"name": "seerid", "value": "ann", "url": ORIGIN}])
    order = (
        "() => new Promise((done) => { const log = []; jstag.getid((id) => done([...log, id])); log.push('first'); })"
    )
    assert tag.start().run(order) == ["first", "ann"]


def test_five_calls_get_one_id_which_is_kept_for_90_days(tag: TagPage) -> None:
    tag.start()
    ids = tag.run("() => Promise.all([1, 2, 3, 4, 5].map(() => new Promise((done) => jstag.getid(done))))")
    assert len(set(ids)) == 1
    stored = cookie(tag, "seerid")
    assert stored is not None
    assert stored["value"] == ids[0]
    assert abs(float(str(stored["expires"])) - tag.run("Date.now() / 1000") - 7776000) < 60
    assert tag.payloads("getid") == [ids[0]]


def test_the_id_outlives_the_page(tag: TagPage) -> None:
    first = tag.start().run(GETID)
    assert tag.start().run(GETID) == first


def test_options_for_new_ids(tag: TagPage) -> None:
    made = tag.start({"getid": {"useSimpleUid": True}}).run(GETID)
    assert made.startswith("u_")
    assert made[2:].isdigit()
    tag.page.context.clear_cookies()
    tag.open("src:/tag.js", "jstag.init({cid: 'acct', getid: {uuid: () => 'mine'}});")
    assert tag.run(GETID) == "mine"


def test_a_getter_supplies_the_id_once_and_drops_no_cookie(tag: TagPage) -> None:
    script = "window.asked = 0; jstag.init({cid: 'acct', getid: {getter: async () => `id${++asked}`}});"
    tag.open("src:/tag.js", script + "jstag.send(); jstag.send();")
    assert [event.fields["_uid"] for event in tag.events(2)] == ["id1", "id1"]
    assert tag.run(GETID) == "id1"
    assert cookie(tag, "seerid") is None


def test_a_getter_may_call_back(tag: TagPage) -> None:
    tag.open("src:/tag.js", "jstag.init({cid: 'acct', getid: {getter: (answer) => { answer('given'); }}});")
    assert tag.run(GETID) == "given"


def test_a_failing_getter_is_reported_and_replaced(tag: TagPage) -> None:
    tag.open("src:/tag.js", "jstag.init({cid: 'acct', getid: {getter: () => { throw new Error('no consent'); }}});")
    assert len(tag.run(GETID)) == 36
    assert tag.payloads("getid.carp") == ["getter: Error: no consent"]


def test_9_1_five_calls_with_loadid_ask_the_server_once(tag: TagPage) -> None:
    answer = "third-party-1"
    tag.answers["/cid/"] = lambda route: route.fulfill(
        body=f"{route.request.url.partition('callback=')[2]}('{answer}');", content_type="text/javascript"
    )
    tag.start({"loadid": True}, "jstag.send({n: 1});")
    ids = tag.run("() => Promise.all([1, 2, 3, 4, 5].map(() => new Promise((done) => jstag.getid(done))))")
    assert ids == [answer] * 5
    assert [asked.path for asked in tag.to("/cid/")] == ["/cid/acct"]
    event = tag.events(1)[0]
    assert (event.fields["_uid"], event.fields["_getid"]) == (answer, "t")
    stored = cookie(tag, "seerid")
    assert stored is not None
    assert stored["value"] == answer
    tag.start({"loadid": True}, "jstag.send({n: 2});")
    tag.wait_for_event("collect.finished")
    assert len(tag.to("/cid/")) == 1


def test_5_8_without_an_answer_the_tag_makes_an_id_itself(tag: TagPage) -> None:
    tag.freeze()
    tag.start({"loadid": True, "delay": 700}, "jstag.getid((id) => { window.got = id; });")
    tag.page.clock.run_for(699)
    assert tag.run("window.got") is None
    tag.page.clock.run_for(2)
    tag.page.wait_for_function("got.length === 36")


def test_an_id_set_while_the_getter_works_is_the_one(tag: TagPage) -> None:
    script = "jstag.init({cid: 'acct', getid: {getter: () => new Promise((go) => { window.go = go; })}});"
    tag.open("src:/tag.js", script + "jstag.send(); jstag.setid('ann'); go('late');")
    assert tag.events(1)[0].fields["_uid"] == "ann"


def test_closed_cookies_still_give_the_page_one_id(tag: TagPage) -> None:
    tag.page.add_init_script(NO_COOKIES)
    tag.start({}, "jstag.pageView(); jstag.pageView();")
    first, second = tag.events(2)
    assert first.fields["_uid"] == second.fields["_uid"]
    assert "_getid" in first.fields
    assert "_getid" not in second.fields
    assert [event.fields.get("_sesstart") for event in (first, second)] == ["1", None]
    assert tag.run("jstag.getCookieValue()") == ""
    assert tag.errors == []


def test_clearing_cookies_ends_the_identity(tag: TagPage) -> None:
    tag.start({}, "jstag.setid('ann'); jstag.pageView();")
    tag.events(1)
    tag.run("() => jstag.clearCookies()")
    assert tag.page.context.cookies() == []
    assert tag.run(GETID) != "ann"
    assert [topic for topic in tag.topics() if topic.startswith("cookies.")][-4:] == [
        "cookies.deleted",
        "cookies.deleted",
        "cookies.cleared",
        "cookies.written",
    ]


def test_cookie_methods(tag: TagPage) -> None:
    tag.start()
    assert tag.run("jstag.getCookie('absent')") == ""
    tag.run("() => { jstag.setCookie('list', ['a', 'b; c=d'], 604800); jstag.setCookie('thing', {}); }")
    assert tag.run("['list', 'thing'].map(jstag.getCookie)") == ["a,b; c=d", "[object Object]"]
    stored = cookie(tag, "thing")
    assert stored is not None
    assert (stored["expires"], stored["path"], stored["sameSite"]) == (-1, "/", "Lax")
    tag.run("() => { document.cookie = 'raw=100%'; jstag.deleteCookie('list'); }")
    assert tag.run("['list', 'raw'].map(jstag.getCookie)") == ["", "100%"]
    assert tag.payloads("cookies.read") == ["absent", "list", "thing", "list", "raw"]


def test_cookies_of_a_named_host_serve_its_subdomains(tag: TagPage) -> None:
    tag.page.add_init_script(
        "window.written = []; const real = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');"
        "Object.defineProperty(document, 'cookie', {"
        "get() { return real.get.call(document); }, set(text) { written.push(text); }});"
    )
    tag.start(
        {"cookies": {"domain": ".shop.example"}},
        "jstag.setCookie('a', 1); jstag.config.cookies.domain = '127.0.0.1'; jstag.setCookie('b', 2);",
    )
    assert tag.run("written.filter((text) => /^[ab]=/.test(text))") == [
        "a=1; path=/; domain=.shop.example; samesite=lax",
        "b=2; path=/; samesite=lax",
    ]


def test_the_session_cookie_marks_sessions(tag: TagPage) -> None:
    tag.start({"sessecs": 600}, "jstag.pageView(); jstag.pageView();")
    assert [event.fields.get("_sesstart") for event in tag.events(2)] == ["1", None]
    stored = cookie(tag, "seerses")
    assert stored is not None
    assert stored["value"] == "e"
    assert abs(float(str(stored["expires"])) - tag.run("Date.now() / 1000") - 600) < 60


def test_the_referrer_of_another_host_is_sent(tag: TagPage) -> None:
    tag.page.add_init_script("Object.defineProperty(document, 'referrer', {value: 'https://www.news.example/a?b=1'});")
    tag.start({}, "jstag.pageView(); jstag.pageView();")
    first, second = tag.events(2)
    assert (first.fields["_ref"], first.fields["_sesref"]) == ("www.news.example/a?b=1",) * 2
    assert second.fields["_ref"] == "www.news.example/a?b=1"
    assert "_sesref" not in second.fields

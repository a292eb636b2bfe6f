"""The entity and its consumers (tag.md 3.4, 3.5, 5.5)."""

from playwright.sync_api import Request, Route
from tag_page import ORIGIN, TagPage, user

PRELOAD = {"pageAnalysis": {"dataLayerPull": {"disabled": True}}, "entity": {"preload": True}}
SUBSCRIBE = (
    "window.seen = window.seen || []; jstag.entityReady((...given) => seen.push(given.map((e) => e.data.user?.name)));"
)


def test_entity_ready_before_after_and_several_times(tag: TagPage) -> None:
    tag.hold("/api/personalize/")
    tag.start({}, SUBSCRIBE, SUBSCRIBE, settings=PRELOAD)
    tag.wait_for_event("entity.requested")
    assert tag.run("seen") == []
    tag.release("/api/personalize/", json=user(name="Ann"))
    tag.wait_for_event("entity.loaded")
    assert tag.run("seen") == [["Ann", "Ann"], ["Ann", "Ann"]]
    late = """() => {
        const before = seen.length;
        jstag.call("entityReady", (e) => seen.push([e.data.user.name]));
        return seen.length - before;
    }"""
    assert tag.run(late) == 1  # at once, before the call returns
    tag.profile(name="Bob")
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.run("seen.slice(3)") == [["Bob", "Bob"], ["Bob", "Bob"], ["Bob"]]


def test_entity_ready_can_be_unsubscribed(tag: TagPage) -> None:
    tag.start({}, "window.log = []; const off = jstag.entityReady(() => log.push(1)); off(); off();")
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.run("log") == []


def test_entity_ready_does_not_load(tag: TagPage) -> None:
    tag.start({}, "jstag.entityReady(() => {}); jstag.send();")
    tag.events(1)
    assert tag.to("/api/personalize/") == []


def test_the_request_names_account_table_field_and_value(tag: TagPage) -> None:
    tag.start({}, "jstag.setid('a/b'); jstag.loadEntity({interest: 'skis'});")
    tag.wait_for_event("entity.loaded")
    asked = tag.to("/api/personalize/")[0]
    assert (asked.method, asked.path) == ("GET", "/api/personalize/acct/user/_uid/a%2Fb")
    assert asked.fields == {"interest": "skis"}
    assert tag.topics().index("entity.requested") < tag.topics().index("entity.loaded")


def test_5_5_cookies_go_to_the_page_s_own_origin_alone(tag: TagPage) -> None:
    # Another port of this host: the browser would send the host's cookies along if it were asked to.
    other = "http://127.0.0.1:8098"
    elsewhere: list[Request] = []

    def answer(route: Route) -> None:
        elsewhere.append(route.request)
        route.fulfill(json=user(name="there"), headers={"access-control-allow-origin": "*"})

    tag.page.route(f"{other}/api/personalize/**", answer)
    tag.start({}, "jstag.setid('a/b'); document.cookie = 'world=w; path=/'; jstag.loadEntity();")
    tag.wait_for_event("entity.loaded")
    own = next(asked for asked in tag.requests if "/api/personalize/" in asked.url)
    # They say which world the page is in.
    assert set(own.headers["cookie"].split("; ")) >= {"seerid=a%2Fb", "world=w"}
    tag.run(
        f"() => {{ jstag.config.url = '{other}'; jstag.loadEntity(); jstag.loadEntity({{long: 'x y'.repeat(700)}}); }}"
    )
    tag.wait_for_event("entity.loaded", 2)
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.run("jstag.getEntity().data.user.name") == "there"
    assert {asked.method for asked in elsewhere} == {"GET", "POST"}
    assert [asked.all_headers().get("cookie") for asked in elsewhere] == [None] * len(elsewhere)


def test_a_long_payload_is_posted(tag: TagPage) -> None:
    tag.start({}, "jstag.loadEntity({long: 'x y'.repeat(700)});")
    tag.wait_for_event("entity.loaded")
    asked = tag.to("/api/personalize/")[0]
    assert (asked.method, asked.fields) == ("POST", {"long": "x y" * 700})


def test_the_endpoint_can_be_replaced(tag: TagPage) -> None:
    tag.answers["/mine"] = lambda route: route.fulfill(json=user(name="Ann"))
    tag.start({"entity": {"endpoint": f"{ORIGIN}/mine?v=1"}}, "jstag.loadEntity({a: 1});")
    tag.wait_for_event("entity.loaded")
    assert [asked.pairs for asked in tag.to("/mine")] == [[("v", "1"), ("a", "1")]]


def test_the_first_request_carries_the_page_analysis(tag: TagPage) -> None:
    tag.start({}, "jstag.loadEntity();", settings={}, at="/page?utm_source=mail")
    tag.wait_for_event("entity.loaded")
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    first, second = tag.to("/api/personalize/")
    assert first.fields["utm_source"] == "mail"
    assert {"_tz", "_ul", "_sz"} <= set(first.names)
    assert second.pairs == []


def test_an_entity_can_be_read_and_changed(tag: TagPage) -> None:
    tag.profile(name="Ann", segments=["all", "vip"], deep={"er": 1})
    tag.start({}, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    script = """() => {
        const entity = jstag.getEntity();
        entity.data._uid = "x";
        return [entity.getAt("user.segments"), entity.getAt("user.no.way"), entity.getAt("user.deep.er"),
                entity.toLegacyStyle().segments, jstag.getEntity().data._uid];
    }"""
    assert tag.run(script) == [["all", "vip"], None, 1, ["all", "vip"], "x"]


def test_the_legacy_format_is_flat(tag: TagPage) -> None:
    tag.profile(name="Ann", segments=["all", "vip"])
    tag.start({"entity": {"format": "legacy"}}, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    assert tag.run("[jstag.getEntity().data, jstag.getSegments()]") == [
        {"name": "Ann", "segments": ["all", "vip"]},
        ["all", "vip"],
    ]


def test_before_anything_has_loaded_there_is_an_empty_entity(tag: TagPage) -> None:
    tag.start()
    assert tag.run("[jstag.getEntity().data, jstag.getEntity().getAt('user.name')]") == [{}, None]


def test_an_unknown_visitor_is_an_entity_without_a_user(tag: TagPage) -> None:
    tag.answers["/api/personalize/"] = lambda route: route.fulfill(json={"data": None, "status": 200})
    tag.start({}, SUBSCRIBE, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    assert tag.run("[seen, jstag.getEntity().data, jstag.getSegments()]") == [[[None, None]], {}, ["all"]]
    assert "entity.carp" not in tag.topics()


def test_a_failure_is_reported_and_nobody_waits_for_ever(tag: TagPage) -> None:
    tag.answers["/api/personalize/"] = lambda route: route.fulfill(status=500, body="down")
    tag.start(
        {"blocked": True}, SUBSCRIBE, "jstag.send(); jstag.loadEntity((e) => seen.push(e.data));", settings=PRELOAD
    )
    tag.wait_for_event("entity.loaded")
    assert tag.run("seen") == [[None, None], {}]
    (carp,) = tag.payloads("entity.carp")
    assert "answered 500" in carp["problem"]
    assert "/api/personalize/acct/user/_uid/" in carp["url"]
    tag.events(1)


def test_text_that_is_no_json_is_a_failure(tag: TagPage) -> None:
    tag.serve("/api/personalize/", "<html>", "text/html")
    tag.start({}, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    assert "SyntaxError" in tag.payloads("entity.carp")[0]["problem"]


def test_no_answer_in_time_is_a_failure(tag: TagPage) -> None:
    tag.freeze()
    tag.hold("/api/personalize/")
    tag.start({"entity": {"timeout": 3000}}, settings=PRELOAD)
    tag.wait_for_event("entity.requested")
    tag.page.clock.run_for(3001)
    tag.wait_for_event("entity.loaded")
    assert tag.payloads("entity.carp")[0]["problem"] == "no answer within 3000 ms"


def test_a_failed_reload_keeps_the_same_visitor_s_entity_only(tag: TagPage) -> None:
    tag.profile(name="Ann")
    tag.start({}, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    tag.answers["/api/personalize/"] = lambda route: route.abort()
    load = "() => new Promise((done) => jstag.loadEntity((e) => done(e.data)))"
    assert tag.run(load) == {"user": {"name": "Ann"}}
    tag.run("() => jstag.setid('somebody else')")
    assert tag.run(load) == {}


def test_of_overlapping_requests_the_last_one_counts(tag: TagPage) -> None:
    tag.hold("/api/personalize/")
    tag.start({}, SUBSCRIBE, "jstag.loadEntity({n: 1}, (e) => seen.push('one ' + e.data.user.name));")
    tag.wait_for_event("entity.requested")
    with tag.page.expect_event("requestfailed") as given_up:
        tag.run("() => jstag.loadEntity((e) => seen.push('two ' + e.data.user.name), {n: 2})")
        tag.wait_for_event("entity.requested", 2)
    assert given_up.value.url.endswith("?n=1")
    tag.release("/api/personalize/", json=user(name="Second"))
    tag.wait_for_event("entity.loaded")
    assert tag.run("seen") == [["Second", "Second"], "one Second", "two Second"]
    assert "entity.carp" not in tag.topics()


def test_5_5_of_overlapping_requests_no_payload_is_lost(tag: TagPage) -> None:
    # Two in one go, of which the second one alone goes out; and one while another is on its way, which it replaces.
    tag.start({}, "jstag.loadEntity({one: 1, both: 1}); jstag.loadEntity({two: 2, both: 2});")
    tag.wait_for_event("entity.loaded")
    assert [asked.fields for asked in tag.to("/api/personalize/")] == [{"one": "1", "both": "2", "two": "2"}]
    tag.hold("/api/personalize/")
    tag.run("() => jstag.loadEntity({three: 3})")
    tag.wait_for_event("entity.requested", 2)
    with tag.page.expect_event("requestfailed"):
        tag.run("() => jstag.loadEntity({four: 4})")
        tag.wait_for_event("entity.requested", 3)
    tag.release("/api/personalize/", json=user(name="Ann"))
    tag.wait_for_event("entity.loaded", 2)
    assert tag.to("/api/personalize/")[-1].fields == {"three": "3", "four": "4"}
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.to("/api/personalize/")[-1].fields == {}


def test_an_unloaded_entity_is_gone(tag: TagPage) -> None:
    tag.profile(name="Ann")
    tag.start({}, settings=PRELOAD)
    tag.wait_for_event("entity.loaded")
    tag.run("() => { window.seen = []; jstag.unloadEntity(); jstag.entityReady(() => seen.push(1)); }")
    assert tag.run("[jstag.getEntity().data, seen]") == [{}, []]
    assert "entity.unloaded" in tag.topics()


def test_a_throwing_consumer_harms_no_other(tag: TagPage) -> None:
    throwing = "jstag.entityReady(() => { throw new Error('mine'); });"
    load = "jstag.loadEntity(() => { throw new Error('mine too'); }); jstag.loadEntity(() => seen.push('loaded'));"
    tag.start({}, throwing, SUBSCRIBE, load)
    tag.page.wait_for_function("seen.includes('loaded')")
    assert tag.run("seen.length") == 2
    assert tag.errors == ["mine", "mine too"]


def test_5_5_a_plugin_can_ask_where_and_for_whom_the_profile_is_asked(tag: TagPage) -> None:
    script = "jstag.setid('a/b'); jstag.use((plugin) => { window.plugin = plugin; });"
    tag.start({"entity": {"table": "people"}}, script)
    config = tag.run("plugin.getEntityConfig()")
    assert (config["table"], config["byFieldKey"], config["cookie"]) == ("people", "_uid", "a/b")
    url = f"{ORIGIN}/api/personalize/acct/people/_uid/a%2Fb"
    assert tag.run("plugin.buildEntityUrl('GET', {a: 1, b: {c: 'd e'}})") == f"{url}?a=1&b.c=d%20e"
    assert tag.run("plugin.buildEntityUrl('GET')") == url
    assert tag.run("plugin.buildEntityUrl('POST', {a: 1})") == url
    assert tag.run("plugin.buildEntityUrl('GET', {a: 'x'.repeat(3000)})") == url
    tag.run("() => { jstag.config.entity.byFieldKey = 'email'; jstag.config.entity.byFieldValue = 'a@b'; }")
    assert tag.run("plugin.buildEntityUrl('GET', {})") == f"{ORIGIN}/api/personalize/acct/people/email/a%40b"
    tag.run("() => { jstag.config.entity.endpoint = 'https://e.example/p?x=1'; }")
    assert tag.run("plugin.buildEntityUrl('GET', {a: 1})") == "https://e.example/p?x=1&a=1"

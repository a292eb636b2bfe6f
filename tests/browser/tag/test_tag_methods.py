"""Section 3 row by row: each method's answer, its timing, and what it emits (tag.md 3, 4)."""

from typing import Any

from tag_page import ORIGIN, QUIET, TagPage

METHODS = """
    init send identify page pageView mock unblock pageAnalysis collect getid setid loadEntity entityReady getEntity
    unloadEntity getSegments loadSegments on once call use getCookie setCookie deleteCookie clearCookies getCookieValue
    jsonp iframe recommend getIntegrationsRegistry isIntegrationLoaded pull
"""
PRELOAD = {**QUIET, "entity": {"preload": True}}


def test_3_every_method_of_the_table_is_there(tag: TagPage) -> None:
    tag.open("src:/tag.js")
    assert tag.run("jstag.isLoaded") is False
    tag.run("() => { window.inited = jstag.init({cid: 'acct'}) === jstag; }")
    missing = tag.run("(names) => names.filter((name) => typeof jstag[name] !== 'function')", METHODS.split())
    assert missing == []
    assert tag.run("[inited, jstag.isLoaded, typeof jstag.config, typeof jstag]") == [True, True, "object", "object"]
    assert tag.run("jstag.config.version") == "3.0.37"


def test_3_what_each_method_answers(tag: TagPage) -> None:
    tag.start()
    answers: dict[str, Any] = tag.run("""() => {
        const said = {};
        for (const name of ["send", "identify", "page", "pageView", "mock", "pageAnalysis", "getid", "loadEntity",
                            "loadSegments", "unloadEntity", "clearCookies", "deleteCookie", "setCookie"]) {
            const answer = jstag[name]("name") ?? null;
            said[name] = answer === jstag ? "jstag" : answer;
        }
        said.unblock = jstag.unblock() === jstag ? "jstag" : null;
        said.setid = jstag.setid("ann") ?? null;
        said.getCookieValue = jstag.getCookieValue();
        said.on = typeof jstag.on("x", () => {});
        said.once = typeof jstag.once("x", () => {});
        said.call = jstag.call("getCookieValue");
        said.entity = jstag.getEntity().data;
        return said;
    }""")
    assert {name: answer for name, answer in answers.items() if answer is not None} == {
        **dict.fromkeys(["send", "identify", "page", "pageView", "mock", "pageAnalysis", "unblock"], "jstag"),
        "getCookieValue": "ann", "on": "function", "once": "function", "call": "ann", "entity": {},
    }  # fmt: skip


def test_3_1_parameters_in_every_order(tag: TagPage) -> None:
    """`typeof` tells them apart, for all of `send`'s relatives; every order is the same message."""
    tag.start()
    heard: list[list[Any]] = tag.run("""async () => {
        const orders = (list) => list.length < 2 ? [list]
            : list.flatMap((one, at) => orders(list.toSpliced(at, 1)).map((rest) => [one, ...rest]));
        const heard = [];
        for (const method of ["send", "identify", "page", "pageView", "mock"]) {
            for (const flag of [[], [true]]) {
                for (const order of orders([{a: 1}, "s", "ack", ...flag])) {
                    await new Promise((done) => {
                        const ack = (message, instance) => {
                            const {data: {a, _e = ""}, stream, sendurl} = message;
                            heard.push([method, flag.length, a, stream, _e, sendurl, instance === jstag]);
                            done();
                        };
                        jstag[method](...order.map((one) => (one === "ack" ? ack : one)));
                    });
                }
            }
        }
        return heard;
    }""")
    assert len(heard) == 5 * (6 + 24)
    for method, flag, a, stream, event, urls, instance in heard:
        mocked = flag or method == "mock"
        assert (a, stream, urls, instance) == (1, "s", [f"{ORIGIN}/c/acct/s"], True)
        assert event == ("pv" if method in {"page", "pageView"} else "mk" if mocked else ""), (method, flag)
    assert len(tag.to("/c/acct/s")) == 4 * 6


def test_3_1_what_is_left_out_and_what_is_refused(tag: TagPage) -> None:
    tag.start(
        {}, "jstag.send(); jstag.send(undefined, null, 's'); jstag.send(null, {a: 1}); jstag.send(false, {a: 2});"
    )
    assert [(event.path, event.fields.get("a")) for event in tag.events(4)] == [
        ("/c/acct", None), ("/c/acct/s", None), ("/c/acct", "1"), ("/c/acct", "2"),
    ]  # fmt: skip
    refused = tag.run("""() => [1, 10n, Symbol("x"), NaN].map((value) => {
        try { jstag.send(value); } catch (error) { return `${error.name} ${error.message.slice(0, 63)}`; }
    })""")
    kinds = ("number", "bigint", "symbol", "number")
    assert refused == [
        f"TypeError unable to process jstag.send event: unknown value type ({kind})"[:73] for kind in kinds
    ]


def test_3_1_a_payload_s_uid_is_for_that_message_alone(tag: TagPage) -> None:
    tag.start({}, "jstag.setid('ann'); jstag.send({_uid: 'bob'}); jstag.send({_uid: 0}); jstag.send();")
    assert [event.fields["_uid"] for event in tag.events(3)] == ["bob", "ann", "ann"]
    assert tag.run("jstag.getCookieValue()") == "ann"


def test_3_3_blocking_is_released_once_and_counts(tag: TagPage) -> None:
    tag.start({"blocked": True}, "jstag.send({a: 1}); jstag.mock({b: 2}); jstag.pageView({c: 3});")
    assert tag.run("jstag.config.payloadQueue.map(({data}) => Object.keys(data)[0])") == ["a", "b", "_e"]
    tag.run("() => { jstag.unblock(); jstag.unblock(); jstag.config.payloadQueue.push({data: {d: 4}}); }")
    assert tag.payloads("send.unblocked") == [3]
    events = tag.events(3)
    assert [event.fields["_ts"] for event in events] == sorted(event.fields["_ts"] for event in events)
    assert tag.run("jstag.config.blocked") is False
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.events(4)[-1].fields["d"] == "4"


def test_3_4_entity_ready_hands_the_entity_over_twice_and_on_the_topic_once(tag: TagPage) -> None:
    tag.profile(name="Ann", segments=["all"])
    script = """
        window.log = [];
        jstag.on("entity.loaded", (...given) => log.push(["on", given.length, given[0], given[1].data.user.name]));
        jstag.once("entity.loaded", (topic) => log.push(["once", topic]));
        jstag.entityReady((...given) => log.push(["ready", given.length, given[0] === given[1]]));
        jstag.loadEntity((...given) => log.push(["load", given.length, given[0] === jstag.getEntity()]));
        jstag.loadSegments((...given) => log.push(["segments", ...given]));
    """
    tag.start({}, script)
    tag.page.wait_for_function("log.length === 5")
    assert tag.run("log") == [
        ["on", 2, "entity.loaded", "Ann"], ["once", "entity.loaded"], ["ready", 2, True], ["load", 1, True],
        ["segments", ["all"]],
    ]  # fmt: skip
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.run("log.slice(5)") == [["on", 2, "entity.loaded", "Ann"], ["ready", 2, True]]


def test_3_5_the_field_and_value_of_the_page_name_the_entity(tag: TagPage) -> None:
    for config, path in (
        ({"byFieldKey": "email"}, "/api/personalize/acct/user/email/ann"),
        ({"entity": {"byFieldKey": "user_id", "byFieldValue": "a b"}}, "/api/personalize/acct/user/user_id/a%20b"),
        ({"entity": {"table": "people", "byFieldValue": 7}}, "/api/personalize/acct/people/_uid/7"),
        ({"entity": {"endpoint": "{url}/api/personalize/x/{cid}"}}, "/api/personalize/x/acct"),
    ):
        tag.requests.clear()
        tag.start(config, "jstag.setid('ann'); jstag.loadEntity();")
        tag.wait_for_event("entity.loaded")
        assert [asked.path for asked in tag.to("/api/personalize/")] == [path]


def test_3_getid_is_never_answered_at_once_and_setid_is(tag: TagPage) -> None:
    tag.start()
    order = tag.run("""() => new Promise((done) => {
        const log = [];
        jstag.on("getid", (_, id) => log.push(`event ${id}`));
        jstag.getid((id) => log.push(`first ${id.length}`));
        jstag.getid((id) => {
            log.push(`second ${id.length}`);
            jstag.getid((id) => done([...log, `nested ${id.length}`]));
        });
        log.push("called");
    })""")
    assert [entry.split()[0] for entry in order] == ["called", "event", "first", "second", "nested"]
    assert tag.run("() => { jstag.setid('bob'); return [jstag.getCookieValue(), jstag.getCookie('seerid')]; }") == [
        "bob",
        "bob",
    ]


def test_3_pages_of_older_tags_and_detection_code(tag: TagPage) -> None:
    """What wrong or old code on a page does with the tag stays that page's matter (section 9, items 8, 16, 17)."""
    tag.start()
    assert tag.run("() => [Boolean(jstag.bind), jstag.push !== Array.prototype.push, typeof jstag]") == [
        False, True, "object",
    ]  # fmt: skip
    tag.run("""() => new Promise((done) => {
        jstag.call("ready", done);
        jstag.call("resetPolling");
        jstag.on("ready", done);
        jstag.on();
        jstag.on("segments", null)();
        jstag.loadEntity("user", jstag.getid(), done);
        jstag.getSegments(done);
        jstag.getEntity(done);
        jstag.setid(crypto.randomUUID());
        jstag.unloadEntity("user");
        jstag.entityReady("x")();
    })""")
    assert tag.errors == []
    tag.run("() => { jstag.use().use('plugin'); }")
    assert [carp["where"] for carp in tag.payloads("audit.carp")] == ["plugin undefined"] * 2


def test_4_every_event_of_the_core_under_each_kind_of_pattern(tag: TagPage) -> None:
    tag.open("src:/tag.js", """
        window.log = {};
        for (const pattern of ["*", "entity.*", "collect.*", "cookies.*", "lifecycle.*", "*.finished", "*.carp"]) {
            log[pattern] = [];
            jstag.on(pattern, (topic) => log[pattern].push(topic));
        }
        jstag.init({cid: "acct"});
        jstag.setid("ann");
        jstag.pageView();
        jstag.getCookie("x");
        jstag.call("nothing");
        jstag.loadEntity(() => { jstag.unloadEntity(); jstag.clearCookies(); window.over = true; });
    """, settings=QUIET)  # fmt: skip
    tag.page.wait_for_function("window.over")
    tag.events(1)
    log: dict[str, list[str]] = tag.run("log")
    assert set(log["*"]) >= {
        "lifecycle.setup.requested", "lifecycle.setup.done", "getid", "pageAnalysis", "entity.requested",
        "entity.loaded", "entity.unloaded", "collect.started", "collect.finished", "cookies.read", "cookies.written",
        "cookies.deleted", "cookies.cleared", "call.carp",
    }  # fmt: skip
    for pattern in log:
        head, _, tail = pattern.partition("*")
        assert log[pattern] == [topic for topic in log["*"] if topic.startswith(head) and topic.endswith(tail)]
        assert log[pattern]
    assert log["entity.*"] == ["entity.requested", "entity.loaded", "entity.unloaded"]
    assert tag.payloads("cookies.written")[:2] == ["seerses", "seerid"]

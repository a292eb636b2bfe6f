"""The plugin interface that users get through `jstag.use` (tag.md 7.1)."""

from tag_page import TagPage


def test_a_user_s_plugin(tag: TagPage) -> None:
    script = """
        jstag.use((plugin, instance, config) => {
            plugin.ns("mine.greet").defaults({ mine: { greet: { name: "you", loud: false } } }).mustEnable();
            plugin.method("greet", () => plugin.emit("mine.greet.done", plugin.options().name) === plugin);
            window.given = [instance === jstag, config === jstag.config, config.mine.greet];
        });
        jstag.init({cid: "acct", mine: {greet: {loud: true}}});
        jstag.config.mine.greet.name = "me";
        window.chained = jstag.greet();
    """
    tag.open("src:/tag.js", script)
    assert tag.run("given") == [True, True, {"loud": True, "name": "me"}]
    assert tag.run("chained") is True
    assert tag.payloads("mine.greet.done") == ["me"]


def test_a_disabled_plugin_stops_quietly_and_gets_another_chance_at_init(tag: TagPage) -> None:
    script = """
        window.log = [];
        jstag.init({cid: "acct"});
        jstag.use((plugin) => {
            plugin.ns("mine").defaults({ mine: { disabled: true } }).mustEnable();
            log.push("enabled");
            plugin.ready(() => log.push("ready"));
            plugin.on("getid", () => log.push("getid"));
        });
    """
    tag.open("src:/tag.js", script)
    assert tag.run("log") == []
    tag.run("() => { jstag.config.mine.disabled = false; jstag.init(); jstag.setid('a'); }")
    tag.run("() => { jstag.config.mine.disabled = true; jstag.init(); jstag.setid('b'); }")
    assert tag.run("log") == ["enabled", "ready", "getid"]
    assert tag.errors == []


def test_a_broken_plugin_harms_no_other(tag: TagPage) -> None:
    tag.start({}, "jstag.use(function mine() { throw new Error('oops'); }); jstag.send({n: 1});")
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]
    assert tag.payloads("audit.carp") == [{"where": "plugin mine", "error": "Error: oops"}]
    assert tag.errors == ["oops"]


def test_a_plugin_used_late_is_ready_at_once(tag: TagPage) -> None:
    tag.start({}, "window.log = []; jstag.use((plugin) => plugin.ns('late').ready(() => log.push('ready')));")
    assert tag.run("log") == ["ready"]


POLL = """(options) => { jstag.use((plugin) => {
    window.answers = [];
    window.stop = plugin.poll({
        property: "thing", retries: 3, interval: 50,
        success: (value) => answers.push(value), failure: () => answers.push("failed"), ...options,
    });
}); }"""


def test_poll_finds_what_is_there_at_once(tag: TagPage) -> None:
    tag.start({}, "window.thing = 7;")
    tag.run(POLL, {})
    assert tag.run("answers") == [7]
    assert [topic for topic in tag.topics() if "poll" in topic] == ["poll.started", "poll.succeeded", "poll.stopped"]


def test_poll_waits_for_a_property_of_a_receiver(tag: TagPage) -> None:
    tag.freeze()
    tag.start({}, "window.box = {};")
    tag.run(POLL.replace("...options", "receiver: box, predicate: (value) => value > 1"), {})
    tag.run("() => { box.thing = 1; }")
    tag.page.clock.run_for(60)
    tag.run("() => { box.thing = 2; }")
    assert tag.run("answers") == []
    tag.page.clock.run_for(60)
    assert tag.run("answers") == [2]


def test_poll_gives_up(tag: TagPage) -> None:
    tag.freeze()
    tag.start()
    tag.run(POLL, {})
    tag.page.clock.run_for(149)
    assert tag.run("answers") == []
    tag.page.clock.run_for(1000)
    assert tag.run("answers") == ["failed"]
    assert [topic for topic in tag.topics() if "poll" in topic] == ["poll.started", "poll.failed", "poll.stopped"]


def test_poll_can_be_stopped(tag: TagPage) -> None:
    tag.freeze()
    tag.start()
    tag.run(POLL, {})
    tag.run("() => { stop(); stop(); window.thing = 1; }")
    tag.page.clock.run_for(1000)
    assert tag.run("answers") == []
    assert tag.topics().count("poll.stopped") == 1


def test_pull_asks_every_contributor(tag: TagPage) -> None:
    tag.start({}, "jstag.use((plugin) => plugin.ns('mine').contribute((blank) => { blank.colour = 'red'; }));")
    tag.run("() => jstag.loadEntity({interest: 'skis'})")
    tag.wait_for_event("entity.loaded")
    assert tag.to("/api/personalize/")[0].fields == {"colour": "red", "interest": "skis"}
    assert tag.run("() => { const sink = {}; jstag.pull(sink); return sink; }") == {"colour": "red"}


def test_3_pull_hands_a_function_what_it_has_gathered(tag: TagPage) -> None:
    tag.start({}, "jstag.use((plugin) => plugin.ns('mine').contribute((blank) => { blank.colour = 'red'; }));")
    tag.run("() => { window.given = []; jstag.pull((blank) => given.push(blank)); jstag.pull(); }")
    assert [each["colour"] for each in tag.run("given")] == ["red"]

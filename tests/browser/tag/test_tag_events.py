"""`on`, `once`, wildcards, history, and what happens to listeners that throw (tag.md 4)."""

import pytest
from tag_page import TagPage

SPEAK = "jstag.use((plugin) => { window.plugin = plugin.ns('demo.talk'); });"


@pytest.mark.parametrize(
    ("pattern", "heard"),
    [
        ("*", ["demo.talk", "demo.talk.carp", "demo.talk.done", "demo.talker"]),
        ("demo.talk", ["demo.talk"]),
        ("demo.talk.*", ["demo.talk.carp", "demo.talk.done"]),
        ("*.carp", ["demo.talk.carp"]),
        ("carp", []),
        ("demo*done", ["demo.talk.done"]),
        ("ready", []),
    ],
)
def test_topics(tag: TagPage, pattern: str, heard: list[str]) -> None:
    tag.start({}, SPEAK)
    script = """(pattern) => {
        const log = [];
        jstag.on(pattern, (topic, ...payload) => log.push([topic, ...payload]));
        for (const topic of ["demo.talk", "demo.talk.carp", "demo.talk.done", "demo.talker"]) plugin.emit(topic, 1, 2);
        return log;
    }"""
    assert tag.run(script, pattern) == [[topic, 1, 2] for topic in heard]


def test_once_and_unsubscribing(tag: TagPage) -> None:
    tag.start({}, SPEAK)
    script = """() => {
        const log = [];
        jstag.once("demo.talk", () => { log.push("once"); plugin.emit("demo.talk"); });
        const off = jstag.on("demo.talk", () => log.push("on"));
        const never = jstag.once("demo.talk", () => log.push("never"));
        never();
        plugin.emit("demo.talk").emit("demo.talk");
        off();
        off();
        plugin.emit("demo.talk");
        return log;
    }"""
    assert tag.run(script) == ["once", "on", "on", "on"]


def test_a_listener_taken_away_during_an_event_is_not_called(tag: TagPage) -> None:
    tag.start({}, SPEAK)
    script = """() => {
        const log = [];
        let off;
        jstag.on("demo.talk", () => off());
        off = jstag.on("demo.talk", () => log.push("gone"));
        plugin.emit("demo.talk");
        return log;
    }"""
    assert tag.run(script) == []


def test_a_throwing_listener_is_reported_and_harms_no_other(tag: TagPage) -> None:
    tag.start({}, SPEAK)
    script = """() => {
        const log = [];
        jstag.on("*", () => { throw new Error("mine"); });
        jstag.on("demo.talk", () => log.push("heard"));
        jstag.on("*.carp", (topic, { where, error }) => log.push(`${topic} ${where} ${error.message}`));
        plugin.emit("demo.talk");
        return log;
    }"""
    assert tag.run(script) == ["audit.carp demo.talk mine", "heard"]
    assert tag.errors == ["mine", "mine"]  # for the event, and for the report of it


def test_history_keeps_the_last_200_events(tag: TagPage) -> None:
    tag.start({}, SPEAK)
    tag.run("() => { for (let n = 0; n < 250; n++) plugin.emit('demo.talk', { n }); }")
    kept = tag.run("jstag.history()")
    assert len(kept) == 200
    assert kept[0]["payload"] == {"n": 50}
    assert kept[-1]["topic"] == "demo.talk"
    assert abs(kept[-1]["time"] - tag.run("Date.now()")) < 60_000
    assert tag.run("() => { jstag.history().pop(); return jstag.history().length; }") == 200


def test_call_reaches_every_method_and_survives_unknown_names(tag: TagPage) -> None:
    tag.start({}, "window.answer = jstag.call('getSegments'); jstag.call('ready', () => {});")
    assert tag.run("answer") == ["all"]
    assert tag.payloads("call.carp") == ["jstag.ready is not there"]
    assert tag.errors == []

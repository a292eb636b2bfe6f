"""The three snippet generations, and no snippet at all (tag.md 1)."""

import json
from pathlib import Path

import pytest
from tag_page import ORIGIN, QUIET, TagPage

from understudy.server.tag.script import PARTS

SNIPPETS = {path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "snippets").glob("*.js"))}
INIT = f"jstag.init({json.dumps({'src': ORIGIN + '/tag.js', 'cid': 'acct'})});"


@pytest.mark.parametrize("minified", [True, False], ids=["minified", "readable"])
@pytest.mark.parametrize("generation", SNIPPETS)
def test_calls_made_before_the_script_arrives_are_replayed_in_order(
    tag: TagPage, generation: str, minified: bool
) -> None:
    calls = """
        window.log = [];
        jstag.on("getid", (topic, id) => log.push(`on ${id}`));
        jstag.once("collect.started", (topic, message) => log.push(`once ${message.data.n}`));
        jstag.setid("ann");
        jstag.send({n: 1});
        jstag.identify("people", {n: 2});
        jstag.pageView({n: 3});
        jstag.mock({n: 4}, () => log.push("mock"));
        jstag.getid((id) => log.push(`getid ${id}`));
        jstag.call("entityReady", (entity) => log.push(`entity ${entity.data.user.name}`));
        jstag.call("loadEntity");
        jstag.unblock();
    """
    tag.profile(name="Ann", segments=["all"])
    tag.open(SNIPPETS[generation], INIT + calls, minified=minified)
    tag.wait_for_event("entity.loaded")
    events = tag.events(4)
    assert [event.fields["n"] for event in events] == ["1", "2", "3", "4"]
    assert [event.path for event in events] == ["/c/acct", "/c/acct/people", "/c/acct", "/c/acct"]
    assert tag.run("log") == ["on ann", "once 1", "mock", "getid ann", "entity Ann"]
    assert tag.errors == []


def test_stubs_of_generation_a_include_the_entity(tag: TagPage) -> None:
    tag.profile(name="Ann")
    tag.open(SNIPPETS["a"], INIT + "jstag.loadEntity((e) => { window.seen = e.data.user.name; }); jstag.getEntity();")
    tag.page.wait_for_function("window.seen === 'Ann'")
    assert tag.errors == []


def test_generation_b_calls_can_be_chained(tag: TagPage) -> None:
    tag.open(SNIPPETS["b"], INIT + "jstag.send({n: 1}).send({n: 2});")
    assert [event.fields["n"] for event in tag.events(2)] == ["1", "2"]


def test_generation_c_listeners_can_be_cancelled_while_they_wait(tag: TagPage) -> None:
    script = """
        window.log = [];
        const cancelled = jstag.on("getid", () => log.push("cancelled"));
        jstag.once("getid", () => log.push("kept"));
        cancelled();
        jstag.setid("ann");
    """
    tag.open(SNIPPETS["c"], INIT + script)
    tag.wait_for_event("getid")
    assert tag.run("log") == ["kept"]
    assert tag.run("typeof lastBound") == "function"


def test_queued_listeners_hear_what_init_itself_brings_about(tag: TagPage) -> None:
    listen = """window.heard = [];
        for (const topic of ["getid", "pageAnalysis"]) jstag.on(topic, (name) => heard.push(name));"""
    tag.open(SNIPPETS["a"], INIT + listen, settings={**QUIET, "entity": {"preload": True}})
    tag.wait_for_event("entity.loaded")
    assert sorted(tag.run("heard")) == ["getid", "pageAnalysis"]


def test_an_id_that_the_page_has_replaced_meanwhile_is_not_told(tag: TagPage) -> None:
    tag.open(SNIPPETS["a"], INIT + "jstag.send({n: 1}); jstag.setid('ann');")
    tag.events(1)
    assert tag.payloads("getid") == ["ann"]


def test_the_page_s_object_is_extended_and_not_replaced(tag: TagPage) -> None:
    tag.open(SNIPPETS["c"], "window.before = jstag; window.early = " + INIT + "before.own = 1;")
    tag.wait_for_event("lifecycle.setup.done")
    assert tag.run("[jstag === before, jstag === early, jstag.own, jstag.asyncVersion]") == [True, True, 1, "3.0.37"]


def test_two_snippets_on_one_page_share_one_tag(tag: TagPage) -> None:
    tag.open(SNIPPETS["b"], INIT, SNIPPETS["b"], INIT + "jstag.send({n: 1});")
    carps = tag.wait_for_event("audit.carp")
    assert carps == ["the tag is here twice"]
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]


def test_a_snippet_that_runs_after_the_script_gets_the_same_tag(tag: TagPage) -> None:
    tag.open(SNIPPETS["b"], INIT + "jstag.on('getid', (_, id) => { window.id = id; });")
    tag.wait_for_event("lifecycle.setup.done")
    tag.run(
        "(script) => { document.head.append(Object.assign(document.createElement('script'), {text: script})); }",
        SNIPPETS["b"] + INIT + "jstag.setid('ann').send({n: 1});",
    )
    tag.page.wait_for_function("window.id === 'ann'")
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]
    assert tag.errors == []


def test_without_a_snippet_the_page_calls_init(tag: TagPage) -> None:
    tag.open("src:/tag.js", "window.loaded = [jstag.isLoaded]; jstag.init({cid: 'acct'}); loaded.push(jstag.isLoaded);")
    assert tag.run("loaded") == [False, True]
    setup = [topic for topic in tag.topics() if topic.startswith("lifecycle.")]
    assert setup == ["lifecycle.setup.requested", "lifecycle.setup.done"]


def test_configuration_may_be_assigned_before_an_init_without_argument(tag: TagPage) -> None:
    tag.open("src:/tag.js", "jstag.config = {cid: 'acct'}; jstag.config.stream = 'web'; jstag.init().send({n: 1});")
    assert [event.path for event in tag.events(1)] == ["/c/acct/web"]


def test_configuration_may_be_there_before_the_script(tag: TagPage) -> None:
    tag.open("window.jstag = {config: {cid: 'acct', stream: 'web'}};", "src:/tag.js", "jstag.init(); jstag.send();")
    assert [event.path for event in tag.events(1)] == ["/c/acct/web"]


def test_calls_between_script_and_init_are_kept(tag: TagPage) -> None:
    early = "jstag.send({n: 1}); jstag.call('setid', 'ann'); jstag.call('entityReady', (e) => { window.seen = e; });"
    tag.open("src:/tag.js", early + "jstag.on('getid', (_, id) => { window.id = id; }); jstag.init({cid: 'acct'});")
    assert [event.fields["n"] for event in tag.events(1)] == ["1"]
    assert tag.run("window.id") == "ann"
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert tag.run("seen.data.user.segments") == ["all"]


def test_a_snippet_s_replay_survives_plugins_that_the_account_left_out(tag: TagPage) -> None:
    tag.open(
        SNIPPETS["a"],
        INIT + "jstag.loadEntity(); jstag.getEntity(); jstag.mock({}); jstag.setid('ann');",
        plugins=tuple(part.name for part in PARTS if part.start == "core"),
    )
    assert tag.wait_for_event("getid") == ["ann"]
    assert tag.errors == []

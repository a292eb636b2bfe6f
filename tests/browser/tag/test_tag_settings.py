"""`jstag.config`: precedence, repeated `init`, and pages that change it (tag.md 2, 7.1, 8.1)."""

import pytest
from tag_page import ORIGIN, QUIET, TagPage


def test_the_page_wins_over_its_extras_over_the_account_over_the_defaults(tag: TagPage) -> None:
    account = {**QUIET, "stream": "account", "delay": 1, "sessecs": 2, "entity": {"preload": True, "table": "people"}}
    page = {
        "stream": "page",
        "moarConfig": {"delay": 3, "stream": "extra"},
        "entity": {"preload": False},
        "cookie": None,
    }
    tag.start(page, settings=account)
    config = tag.run("jstag.config")
    assert [config[key] for key in ("stream", "delay", "sessecs", "sesname", "cookie")] == [
        "page",
        3,
        2,
        "seerses",
        None,
    ]
    assert config["entity"]["preload"] is False
    assert (config["entity"]["table"], config["entity"]["byFieldKey"]) == ("people", "_uid")


def test_defaults_are_those_of_the_documentation(tag: TagPage) -> None:
    config = tag.start().run("JSON.parse(JSON.stringify(jstag.config))")
    expected = {
        "cid": ["acct"], "url": ORIGIN, "path": "/c/", "idpath": "/cid/", "cookie": "seerid", "sesname": "seerses",
        "sessecs": 1800, "delay": 2000, "qsargs": [], "tagid": "jstag-csdk", "byFieldKey": "_uid", "blocked": False,
        "loadid": False, "version": "3.0.37", "payloadQueue": [], "poll": {"retries": 600, "interval": 100},
    }  # fmt: skip
    assert {key: config[key] for key in expected} == expected
    assert config["segments"]["defaultSegments"] == ["all"]
    assert config["pathfora"]["publish"]["src"] == "{url}/api/experience/candidate/{cid}/config.js"


def test_no_key_of_a_configuration_reaches_a_prototype(tag: TagPage) -> None:
    script = (
        'window.evil = JSON.parse(\'{"cid": "acct", "__proto__": {"bad": 1}, "entity": {"__proto__": {"bad": 1}}}\');'
    )
    tag.open("src:/tag.js", script + "jstag.init(evil); jstag.init({more: 1});")
    assert tag.run("[{}.bad, jstag.config.bad, jstag.config.entity.bad, jstag.config.more]") == [None, None, None, 1]


@pytest.mark.parametrize("freeze", ["Object.freeze", "Object.seal"])
def test_a_frozen_configuration_is_copied(tag: TagPage, freeze: str) -> None:
    tag.open("src:/tag.js", f"jstag.init({freeze}({{cid: 'acct', entity: {freeze}({{table: 'people'}})}}));")
    assert tag.run("[jstag.config.cid[0], jstag.config.entity.table, jstag.config.entity.preload]") == [
        "acct",
        "people",
        False,
    ]
    assert tag.errors == []


@pytest.mark.parametrize(
    ("config", "url"),
    [
        ({}, ORIGIN),
        ({"src": "//127.0.0.1:8098/api/tag/acct/latest.min.js"}, "http://127.0.0.1:8098"),
        ({"url": "//127.0.0.1:8097", "src": "//127.0.0.1:8098/x.js"}, "//127.0.0.1:8097"),
        ({"url": ""}, ORIGIN),
    ],
)
def test_where_the_tag_finds_its_server(tag: TagPage, config: dict[str, str], url: str) -> None:
    assert tag.start(config).run("jstag.config.url") == url


def test_2_1_an_address_may_end_with_a_slash(tag: TagPage) -> None:
    tag.start({"url": f"{ORIGIN}/"}, "jstag.send();")
    assert tag.events(1)[0].path == "/c/acct"


def test_init_again_changes_the_configuration_and_doubles_nothing(tag: TagPage) -> None:
    account = {"entity": {"preload": True}}
    tag.start({}, "window.config = jstag.config; jstag.on('demo', () => {});", settings=account)
    tag.wait_for_event("entity.loaded")
    tag.run("() => { window.heard = 0; jstag.on('entity.loaded', () => heard++); jstag.entityReady(() => heard++); }")
    tag.run(
        "() => { config.entity.byFieldValue = 'ann@example.com'; config.entity.byFieldKey = 'email'; jstag.init(); }"
    )
    tag.wait_for_event("entity.loaded", 2)
    assert tag.run("[heard, jstag.config === config]") == [3, True]  # once at once, twice for the second answer
    assert [asked.path for asked in tag.to("/api/personalize/")][
        -1
    ] == "/api/personalize/acct/user/email/ann%40example.com"
    tag.run("() => jstag.init({stream: 'web'}).send({n: 1})")
    assert [event.path for event in tag.events(2)] == ["/c/acct", "/c/acct/web"]  # the page analysis came once
    assert tag.run("jstag.config.entity.byFieldKey") == "email"


def test_what_a_page_takes_away_is_put_back(tag: TagPage) -> None:
    tag.start({"stream": "web"}, "jstag.config = {}; jstag.send({n: 1}); jstag.config.segments = undefined;")
    assert [event.path for event in tag.events(1)] == ["/c/acct/web"]
    assert tag.run("jstag.getSegments()") == ["all"]


def test_configuration_is_read_at_each_call(tag: TagPage) -> None:
    tag.start({}, "jstag.send(); jstag.config.cid = 'other'; jstag.config.path = '/c/x/'; jstag.send();")
    assert [event.path for event in tag.events(2)] == ["/c/acct", "/c/x/other"]

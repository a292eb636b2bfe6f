"""Installing the SDK and publishing experiences (tag.md 7.4, 8.1), with an SDK that records what it is told."""

import json
from typing import Any

import pytest
from tag_page import ORIGIN, TagPage, tag_source

SDK = """
window.sdk = [];
const make = (kind) => (config) => {
    if (config.broken) throw new Error("cannot build " + config.id);
    return { kind, id: config.id, config };
};
const named = (widgets) => widgets.map(({ id }) => id);
window.pathfora = {
    Message: make("message"), Form: make("form"), Subscription: make("subscription"), SiteGate: make("sitegate"),
    getWidgetDependencies: () => Object.assign([], window.dependencies),
    clearAll: () => sdk.push(["clearAll"]),
    clearById: (ids) => sdk.push(["clear", ids]),
    initializeWidgets({ target, exclude, inverse }, config, options) {
        const all = target.flatMap(({ widgets }) => widgets);
        if (all.some((widget) => widget.config.crash)) throw new Error("crash");
        const list = (entries) => entries.map(({ segment, widgets }) => [segment, ...named(widgets)]);
        const told = { target: list(target) };
        if (exclude) told.exclude = list(exclude);
        if (inverse) told.inverse = named(inverse);
        if (options.priority) told.priority = options.priority;
        sdk.push(["show", told]);
    },
};
"""
ENABLED = {
    "pageAnalysis": {"dataLayerPull": {"disabled": True}},
    "entity": {"preload": True},
    "pathfora": {"install": {"disabled": False}, "publish": {"disabled": False}},
}


def experience(name: str, audience: str = "*", **more: Any) -> dict[str, Any]:
    widget = {"id": name, "type": "message", "layout": "modal", **more.pop("widget", {})}
    return {
        "id": name,
        "type": "message",
        "label": name,
        "audience": audience,
        "exclude": [],
        "inverse": None,
        "widget": widget,
        **more,
    }


def candidates(*experiences: dict[str, Any], scripts: tuple[str, ...] = ()) -> str:
    return f"window._pfacfg = {json.dumps({'experiences': experiences, 'scripts': scripts})};"


@pytest.fixture
def shop(tag: TagPage) -> TagPage:
    """A tag whose server has the SDK and a candidate script."""
    tag.serve("/static/pathfora.min.js", SDK)
    tag.serve("/api/experience/candidate/acct/config.js", candidates(experience("a"), experience("b", "vip")))
    return tag


def reload_entity(tag: TagPage, published: int) -> list[Any]:
    """Load the entity again, wait for that many publications in all, and give what the SDK was told meanwhile."""
    tag.run("() => { sdk.length = 0; jstag.loadEntity(); }")
    tag.wait_for_event("pathfora.publish.done", published)
    told: list[Any] = tag.run("sdk")
    return told


def test_the_sdk_is_installed_and_experiences_are_published(shop: TagPage) -> None:
    shop.start({}, settings=ENABLED)
    assert shop.wait_for_event("pathfora.publish.done") == [{"experiences": ["a", "b"]}]
    assert shop.run("sdk") == [["show", {"target": [["*", "a"], ["vip", "b"]]}]]
    assert [topic for topic in shop.topics() if "install" in topic] == [
        "pathfora.install.sdk.succeeded",
        "pathfora.install.succeeded",
        "pathfora.install.done",
    ]
    config = shop.run("jstag.config.pathfora")
    assert [item["id"] for item in config["publish"]["candidates"]["experiences"]] == ["a", "b"]
    assert (config["publish"]["loaded"], config["install"]["sdk"]["loaded"], config["install"]["css"]["loaded"]) == (
        True,
        True,
        False,
    )


def test_both_are_off_by_default(shop: TagPage) -> None:
    shop.start({}, "jstag.send();")
    shop.events(1)
    assert shop.to("/static/") == shop.to("/api/experience/") == []


def test_an_sdk_on_the_page_is_used(shop: TagPage) -> None:
    shop.open("src:/static/pathfora.min.js", "src:/tag.js", "jstag.init({cid: 'acct'});", settings=ENABLED)
    shop.wait_for_event("pathfora.publish.done")
    assert len(shop.to("/static/")) == 1
    assert shop.run("sdk.length") == 1


def test_a_brand_stylesheet_comes_behind_the_sdk_and_before_done(shop: TagPage) -> None:
    shop.serve("/brand.css", "body { color: red; }", "text/css")
    shop.start({"pathfora": {"install": {"css": {"src": "{url}/brand.css"}}}}, settings=ENABLED)
    shop.wait_for_event("pathfora.install.done")
    order = [topic for topic in shop.topics() if topic.startswith("pathfora.install")]
    assert order == [f"pathfora.install.{name}" for name in ("sdk.succeeded", "css.succeeded", "succeeded", "done")]
    assert shop.run("document.head.querySelector('link[rel=stylesheet]').href") == f"{ORIGIN}/brand.css"
    assert shop.run("getComputedStyle(document.body).color") == "rgb(255, 0, 0)"


def test_a_missing_stylesheet_is_reported_and_holds_nothing_up(shop: TagPage) -> None:
    shop.start({"pathfora": {"install": {"css": {"src": "/no.css"}}}}, settings=ENABLED)
    shop.wait_for_event("pathfora.install.done")
    assert "/no.css could not be loaded" in shop.payloads("pathfora.install.carp")[0]
    assert "pathfora.install.succeeded" not in shop.topics()


def test_a_missing_sdk_is_reported_and_never_done(shop: TagPage) -> None:
    shop.freeze()
    shop.answers["/static/"] = lambda route: route.fulfill(status=404)
    shop.answers["/static/pathfora.min.js"] = shop.answers["/static/"]
    shop.start({}, settings=ENABLED)
    assert f"{ORIGIN}/static/pathfora.min.js could not be loaded" in shop.wait_for_event("pathfora.install.carp")[0]
    shop.wait_for_event("poll.started")
    shop.page.clock.run_for(600)
    assert "window.pathfora is not there" in shop.payloads("pathfora.publish.carp")[0]
    assert "pathfora.install.done" not in shop.topics()


def test_a_slow_sdk_is_waited_for_beyond_the_polls(shop: TagPage) -> None:
    shop.freeze()
    shop.hold("/static/pathfora.min.js")
    shop.start({}, settings=ENABLED)
    shop.wait_for_event("poll.started")
    shop.page.clock.run_for(10_000)
    assert shop.payloads("poll.failed") == [None]
    shop.release("/static/pathfora.min.js", body=SDK, content_type="text/javascript")
    shop.wait_for_event("pathfora.publish.done")
    assert shop.run("sdk.length") == 1


def test_inverse_and_exclude_get_a_call_of_their_own(shop: TagPage) -> None:
    shop.serve(
        "/api/experience/candidate/acct/config.js",
        candidates(
            experience("a"),
            experience("b", "vip", inverse={"id": "b-inverse", "type": "form"}),
            experience("c", exclude=["staff", "bots"], widget={"type": "sitegate"}),
            experience("d", "vip", widget={"type": "subscription"}),
        ),
    )
    shop.start({"pathfora": {"publish": {"priority": "ordered"}}}, settings=ENABLED)
    shop.wait_for_event("pathfora.publish.done")
    ordered = {"priority": "ordered"}
    assert shop.run("sdk") == [
        ["show", {"target": [["*", "a"], ["vip", "d"]], **ordered}],
        ["show", {"target": [["vip", "b"]], "inverse": ["b-inverse"], **ordered}],
        ["show", {"target": [["*", "c"]], "exclude": [["staff", "c"], ["bots", "c"]], **ordered}],
    ]


@pytest.mark.parametrize("fault", ["broken", "crash"])
def test_a_failing_widget_is_reported_once_and_harms_no_other(shop: TagPage, fault: str) -> None:
    shop.serve(
        "/api/experience/candidate/acct/config.js",
        candidates(experience("a"), experience("bad", widget={fault: True}), experience("c", "vip")),
    )
    shop.start({}, settings=ENABLED)
    shop.wait_for_event("pathfora.publish.done")
    (carp,) = shop.payloads("pathfora.publish.carp")
    assert carp["id"] == "bad"
    shown = [entry for kind, told in shop.run("sdk") if kind == "show" for entry in told["target"]]
    assert [name for _, *names in shown for name in names] == ["a", "c"]


def test_a_new_profile_publishes_everything_afresh(shop: TagPage) -> None:
    shop.start({}, settings=ENABLED)
    shop.wait_for_event("entity.loaded")
    shop.wait_for_event("pathfora.publish.done")
    shop.serve("/api/experience/candidate/acct/config.js", candidates(experience("b", "vip"), experience("new")))
    assert reload_entity(shop, 2) == [["clear", ["a", "b"]], ["show", {"target": [["*", "new"], ["vip", "b"]]}]]


def test_overlapping_reloads_publish_once(shop: TagPage) -> None:
    shop.start({}, settings=ENABLED)
    shop.wait_for_event("entity.loaded")
    shop.wait_for_event("pathfora.publish.done")
    shop.hold("/api/experience/candidate/acct/config.js")
    for loaded in (2, 3):
        shop.run("() => jstag.loadEntity()")
        shop.wait_for_event("entity.loaded", loaded)
    scripts = "document.head.querySelectorAll('script[src$=\"config.js\"]')"
    shop.run(f"() => {{ window.ran = 0; for (const one of {scripts}) one.addEventListener('load', () => ran++); }}")
    answer = {"body": candidates(experience("new")), "content_type": "text/javascript"}
    shop.release("/api/experience/candidate/acct/config.js", **answer)
    shop.page.wait_for_function("ran === 2")
    shop.wait_for_event("pathfora.publish.done", 2)
    assert shop.run("sdk.slice(1)") == [["clear", ["a", "b"]], ["show", {"target": [["*", "new"]]}]]


def test_with_listen_for_profile_change_only_what_depends_on_it_goes(shop: TagPage) -> None:
    shop.serve(
        "/api/experience/candidate/acct/config.js",
        candidates(
            experience("stays"), experience("aimed", "vip"), experience("templated"), experience("shy", exclude=["x"])
        ),
    )
    shop.start({"pathfora": {"publish": {"listenForProfileChange": True}}}, settings=ENABLED)
    shop.wait_for_event("entity.loaded")
    shop.wait_for_event("pathfora.publish.done")
    shop.run("() => { window.dependencies = {templated: {entityField: ['name']}}; }")
    told = reload_entity(shop, 2)
    assert told[0] == ["clear", ["aimed", "templated", "shy"]]
    assert told[1] == ["show", {"target": [["*", "templated"], ["vip", "aimed"]]}]


@pytest.mark.parametrize("listen", [True, False])
def test_the_reset_that_single_page_sites_do(shop: TagPage, listen: bool) -> None:
    shop.start({"pathfora": {"publish": {"listenForProfileChange": listen}}}, settings=ENABLED)
    shop.wait_for_event("entity.loaded")
    shop.wait_for_event("pathfora.publish.done")
    shop.run(
        """() => {
        jstag.config.pathfora.publish = { candidates: { experiences: [], variations: [], legacyABTests: [] } };
        window._pfacfg = {};
        pathfora.clearAll();
        history.pushState({}, "", "/next");
        jstag.pageView();
    }"""
    )
    told = reload_entity(shop, 2)
    assert told[-1] == ["show", {"target": [["*", "a"], ["vip", "b"]]}]
    publish = shop.run("jstag.config.pathfora.publish")
    assert [item["id"] for item in publish["candidates"]["experiences"]] == ["a", "b"]
    assert publish["polling"] == {"retries": 5}
    assert shop.errors == []


def test_own_scripts_run_in_order_once_a_page_and_before_done(shop: TagPage) -> None:
    shop.serve(
        "/api/experience/candidate/acct/config.js",
        candidates(experience("a"), scripts=("/one.js", "/no.js", "/two.js")),
    )
    shop.serve("/one.js", "sdk.push('one');")
    shop.serve("/two.js", "sdk.push('two');")
    shop.start({}, "jstag.on('pathfora.publish.done', () => sdk.push('done'));", settings=ENABLED)
    shop.wait_for_event("entity.loaded")
    shop.wait_for_event("pathfora.publish.done")
    assert shop.run("sdk.slice(1)") == ["one", "two", "done"]
    assert "/no.js could not be loaded" in shop.payloads("pathfora.publish.carp")[0]
    assert reload_entity(shop, 2)[-1] == "done"
    assert shop.run("sdk").count("one") == 0


def test_a_missing_candidate_script_is_reported(shop: TagPage) -> None:
    shop.answers["/api/experience/candidate/acct/config.js"] = lambda route: route.fulfill(status=404)
    shop.start({}, settings=ENABLED)
    assert "config.js could not be loaded" in shop.wait_for_event("pathfora.publish.carp")[0]


def test_a_page_may_enable_publishing_later(shop: TagPage) -> None:
    shop.start({"pathfora": {"publish": {"disabled": True}}}, settings=ENABLED)
    shop.wait_for_event("pathfora.install.done")
    assert shop.to("/api/experience/") == []
    shop.run("() => { jstag.config.pathfora.publish.disabled = false; jstag.init(); }")
    shop.wait_for_event("pathfora.publish.done")


def open_strict(shop: TagPage, trusted_types: str) -> None:
    """A page whose policy runs only scripts with its nonce, and takes script URLs only from named policies."""
    policy = f"script-src 'nonce-n'; require-trusted-types-for 'script'; {trusted_types}"
    script = '<script nonce="n" src="/tag.js"></script><script nonce="n">jstag.init({cid: "acct"});</script>'
    page = f"<!doctype html><title>strict</title><body>{script}"
    headers = {"Content-Security-Policy": policy}
    shop.serve("/tag.js", tag_source(ENABLED))
    shop.answers["/strict"] = lambda route: route.fulfill(body=page, content_type="text/html", headers=headers)
    shop.page.goto(f"{ORIGIN}/strict")


@pytest.mark.parametrize("trusted_types", ["", "trusted-types understudy"])
def test_under_trusted_types_and_a_nonce(shop: TagPage, trusted_types: str) -> None:
    open_strict(shop, trusted_types)
    shop.wait_for_event("pathfora.publish.done")
    assert shop.errors == []


def test_a_page_that_allows_no_trusted_types_is_told_what_to_allow(shop: TagPage) -> None:
    open_strict(shop, "trusted-types 'none'")
    (carp,) = shop.wait_for_event("pathfora.install.carp")
    assert carp.endswith('allow "trusted-types understudy"')
    assert shop.errors == []

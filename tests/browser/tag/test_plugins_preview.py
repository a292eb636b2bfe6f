"""Previews of what is not published (tag.md 7.4), with a recording double of the widget SDK."""

from typing import Any

from tag_page import JAVASCRIPT, TagPage

PREVIEW: dict[str, Any] = {"pathfora": {"preview": {"disabled": False}, "install": {"disabled": True}}}
SDK = """
    window.calls = [];
    const record = (name) => (...values) => void calls.push([name, ...values]);
    window.pathfora = {
        Message: (config) => config,
        initializeWidgets: record("initialise"),
        clearById: record("clear"),
    };
"""
CONFIG = (
    'window._pfacfg = {experiences: [{id: "offer", type: "message", audience: "vip", exclude: ["staff"],'
    ' widget: {id: "offer-1", msg: "new"}}]};'
)
SHOWN = [
    ["clear", ["offer-1"]],
    [
        "initialise",
        {"target": [{"segment": "*", "widgets": [{"id": "offer-1", "msg": "new"}]}]},
        None,
        {"priority": None},
    ],
]


def serve(tag: TagPage) -> None:
    for path in ("/api/experience/preview/", "/api/program/campaign/variation/preview/"):
        tag.serve(path, CONFIG, JAVASCRIPT)


def asked(tag: TagPage) -> list[str]:
    return [request.path for request in tag.to("/api/") if "preview" in request.path]


def test_7_4_the_address_names_what_to_preview(tag: TagPage) -> None:
    serve(tag)
    tag.open("src:/tag.js", SDK, "jstag.init({cid: 'acct'});", at="/page?lytics_preview_id=offer")
    assert asked(tag) == []  # off by default
    tag.open("src:/tag.js", SDK, at="/page?lytics_preview_id=of%2Ffer&x=1")
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", PREVIEW)
    tag.wait_for_event("pathfora.preview.done")
    assert asked(tag) == ["/api/experience/preview/acct/of%2Ffer/config.js"]
    assert tag.run("calls") == SHOWN
    tag.requests.clear()
    variation = {"preview": {"disabled": False, "variation": {"id": "usual"}, "experience": {"id": "mine"}}}
    tag.open("src:/tag.js", SDK, at="/page?lytics_variation_preview_id=v1")
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", {"pathfora": variation})
    tag.wait_for_event("pathfora.preview.done", 2)
    assert sorted(asked(tag)) == [
        "/api/experience/preview/acct/mine/config.js",
        "/api/program/campaign/variation/preview/acct/v1/config.js",
    ]
    assert tag.errors == []


def test_7_4_without_an_id_nothing_is_asked_and_without_the_sdk_it_is_said(tag: TagPage) -> None:
    serve(tag)
    tag.freeze()
    tag.start(PREVIEW)
    assert asked(tag) == []
    options = {"disabled": False, "experience": {"id": "offer"}}
    tag.start({"pathfora": {"preview": options}})
    tag.wait_for_event("poll.started")
    tag.page.clock.run_for(501)
    assert tag.payloads("pathfora.preview.sdkNotDetected") == [None]
    options["experience"] = {"id": "offer", "src": "{url}/gone/{id}.js"}
    tag.start({"pathfora": {"preview": options}})
    assert "/gone/offer.js" in tag.wait_for_event("pathfora.preview.carp")[0]
    assert tag.errors == []


def test_7_4_a_preview_comes_after_what_is_published(tag: TagPage) -> None:
    serve(tag)
    published = CONFIG.replace("new", "old").replace('"vip"', '"*"').replace('"staff"', "")
    tag.serve("/api/experience/candidate/", published, JAVASCRIPT)
    options = {
        "publish": {"disabled": False},
        "preview": {"disabled": False, "experience": {"id": "offer"}},
        "install": {"disabled": True},
    }
    tag.open("src:/tag.js", SDK)
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", {"pathfora": options})
    tag.wait_for_event("pathfora.preview.done")
    before, *shown = tag.run("calls")
    assert before[1]["target"][0]["widgets"][0]["msg"] == "old"
    assert shown == SHOWN
    assert tag.run("jstag.config.pathfora.publish.candidates.experiences[0].widget.msg") == "old"

"""widgets.md 1: the global object, factories and their errors, the tag handshake."""

import pytest
from sdk_shop import Shop

KEYS = [
    "version",
    "callbacks",
    "acctid",
    "locale",
    "dateOptions",
    "DOMLoaded",
    "enableGA",
    "customData",
    "onDOMready",
    "utils",
    "getDataObject",
    "rules",
    "addCallback",
    "initializePageViews",
    "triggerWidgets",
    "initializeTargetedWidgets",
    "initializeWidgets",
    "initializeWidgetArray",
    "initializeWidget",
    "showWidget",
    "closeWidget",
    "clearAll",
    "clearById",
    "Message",
    "Subscription",
    "Form",
    "SiteGate",
    "getWidgetDependencies",
    "previewWidget",
    "recommendContent",
    "initializeABTesting",
    "ABTest",
    "initializeInline",
    "inline",
]

ERROR = "(script) => { try { eval(script); return null; } catch (error) { return error.message; } }"


def test_1_2_own_enumerable_keys_are_the_vendors(shop: Shop) -> None:
    assert sorted(shop.run("Object.keys(pathfora)")) == sorted(KEYS)
    assert shop.run("typeof pathfora.explain") == "function"


def test_1_2_initial_values(shop: Shop) -> None:
    shop.open(tag="", before="window.jstag = {getEntity: () => undefined}")
    names = ["version", "callbacks", "acctid", "locale", "dateOptions", "DOMLoaded", "enableGA", "customData"]
    found = shop.run("(names) => names.map((name) => pathfora[name])", names)
    assert [*found[:1], *found[2:]] == ["1.2.20", "", "en-US", {}, True, False, {}]
    assert shop.run("Array.isArray(pathfora.callbacks)")


def test_1_1_a_second_script_changes_nothing(shop: Shop) -> None:
    shop.run("window.first = pathfora")
    shop.page.add_script_tag(url="/static/pathfora.js")
    assert shop.run("first === pathfora")
    assert shop.stored("PathforaPageView") == "1"


def test_12_the_constructor_is_reachable(shop: Shop) -> None:
    assert shop.run("new pathfora.constructor().Message({id: 'x'}).type") == "message"
    assert shop.stored("PathforaPageView") == "2"


def test_12_of_several_instances_the_one_that_is_used_counts(shop: Shop) -> None:
    shop.run("""() => { window.first = pathfora; window.second = new pathfora.constructor();
      second.acctid = 'theirs'; first.acctid = 7; first.callbacks.push(() => {}); }""")
    script = "(one) => { window[one].initializeWidgets([pathfora.Message({ id: one, msg: '{{name}}' })]); }"
    shop.run(script, "first")
    shop.run(script, "second")
    assert shop.run("[first.acctid, second.acctid]") == [7, "theirs"]
    assert [shop.there("first"), shop.there("second")] == [True, True]
    shop.run("first.clearAll()")
    assert shop.run("[first.acctid, first.callbacks.length, second.acctid]") == ["", 0, "theirs"]
    assert [shop.there("first"), shop.there("second")] == [False, False]


def test_1_1_missing_web_storage_throws_at_construction(shop: Shop) -> None:
    script = "delete window.localStorage; new pathfora.constructor()"
    assert shop.run(ERROR, script) == "The Pathfora SDK requires the Web Storage API!"


def test_1_1_only_pathfora_is_added_to_the_window(shop: Shop) -> None:
    shop.run("delete window.pathfora; window.known = new Set(Object.keys(window))")
    shop.page.add_script_tag(url="/static/pathfora.js")
    assert shop.run("Object.keys(window).filter((key) => !known.has(key) && key !== 'known')") == ["pathfora"]


def test_1_1_the_stylesheet_is_the_last_in_the_head(shop: Shop) -> None:
    shop.open(head="<style>.pf-widget-ok { color: rgb(1, 2, 3) }</style>")
    shop.run("document.readyState")
    hrefs = shop.run("[...document.head.querySelectorAll('link')].map((link) => [link.rel, link.type, link.href])")
    assert hrefs == [["stylesheet", "text/css", "http://127.0.0.1:8999/static/pathfora.min.css"]]
    assert shop.run("document.querySelectorAll('style').length") == 1


def test_1_1_pathfora_css_overrides_the_address(shop: Shop) -> None:
    shop.open(before="window.PathforaCSS = '/brand/widgets.css'")
    assert shop.run("document.querySelector('link').getAttribute('href')") == "/brand/widgets.css"


def test_4_9_variants_are_hidden_without_a_style_element(shop: Shop) -> None:
    shop.open(user=None, body='<p id="a" data-pftrigger="x">a</p><p id="b" data-pfrecommend="y">b</p>')
    assert shop.run("['a', 'b'].map((id) => getComputedStyle(document.getElementById(id)).display)") == ["none", "none"]
    assert shop.run("document.querySelectorAll('style').length") == 0


@pytest.mark.parametrize("new", ["", "new "])
def test_1_3_factories_return_a_plain_object(shop: Shop, new: str) -> None:
    found = shop.run(
        f"() => {{ const c = {{id: 'a'}}; const w = {new}pathfora.Message(c); return [w, w.config === c]; }}"
    )
    assert found == [{"valid": True, "type": "message", "config": {"id": "a"}, "id": "a"}, True]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("pathfora.Message()", "Config object is missing"),
        ("pathfora.Message({})", "All widgets must have an id value"),
        ("pathfora.initializeWidgets()", "Initialize called with no widgets"),
        ("pathfora.initializeWidgets([], {}, {priority: 'x'})", "Invalid priority defined in options."),
        ("pathfora.triggerWidgets('x')", "ids.forEach is not a function"),
        (
            "pathfora.initializeWidgets([pathfora.Message({id: 'a'}), pathfora.Message({id: 'a'})])",
            "Cannot add two widgets with the same id",
        ),
        (
            "pathfora.showWidget(pathfora.Message({id: 'a'}))",
            "Error: Could not get pathfora template based on type and layout.",
        ),
        (
            "pathfora.initializeWidgets([pathfora.Message({id: 'a', layout: 'folding'})])",
            "Error: Could not get pathfora template based on type and layout.",
        ),
        (
            "pathfora.initializeWidgets([pathfora.Message({id: 'a', positionSelector: '#none'})])",
            "Widget could not be initialized in #none",
        ),
        (
            "pathfora.initializeWidgets([pathfora.Message({id: 'a', pushDown: 'main'})])",
            "Only top positioned bar widgets may have a pushDown property",
        ),
    ],
)
def test_1_3_and_2_the_worded_errors(shop: Shop, script: str, message: str) -> None:
    found = shop.run(ERROR, script)
    # The minifier renames the variable in the one message that the engine words.
    assert found == message or (message.startswith("ids.") and found.endswith(".forEach is not a function"))


def test_1_3_the_older_signature_takes_defaults_third(shop: Shop) -> None:
    shop.run("pathfora.initializeWidgets([pathfora.Message({id: 'a'})], 'acc', {generic: {className: 'brand'}})")
    assert "brand" in shop.run("document.getElementById('a').className").split()


def test_1_3_defaults_stay_until_clear_all(shop: Shop) -> None:
    shop.run("pathfora.initializeWidgets([], {message: {layout: 'bar'}})")
    shop.show(id="a")
    shop.run("pathfora.clearAll()")
    shop.show(id="b")
    assert shop.run("document.getElementById('b').classList.contains('pf-widget-modal')")


def test_6_4_time_on_page_counts_once_however_often_it_is_started(shop: Shop) -> None:
    shop.run("for (let i = 0; i < 3; i += 1) pathfora.initializeWidgets([])")
    shop.tick(3000)
    assert shop.run("pathfora.getDataObject().timeSpentOnPage") == 3


def test_1_3_clear_all_leaves_nothing_and_keeps_identities(shop: Shop) -> None:
    shop.run("window.data = pathfora.getDataObject(); pathfora.acctid = 'x'; pathfora.callbacks.push(() => {})")
    for layout in ("modal", "slideout", "bar"):
        shop.show(id=layout, layout=layout, displayConditions={"hideAfter": 5})
    shop.show(id="late", displayConditions={"showDelay": 1})
    shop.tick(50)
    shop.run("pathfora.clearAll()")
    shop.tick(6000)
    assert shop.run("document.querySelectorAll('.pf-widget').length") == 0
    assert shop.run("[data === pathfora.getDataObject(), data.displayedWidgets.length]") == [True, 0]
    assert shop.run("[pathfora.acctid, pathfora.callbacks, pathfora.explain()]") == ["", [], []]
    shop.show(id="late")
    assert shop.there("late")


def test_1_3_clear_by_id_frees_the_id_and_cancels_the_delay(shop: Shop) -> None:
    shop.show(id="a")
    shop.show(id="b", displayConditions={"showDelay": 1})
    shop.run("pathfora.clearById(['a', 'b', 'unknown'])")
    shop.tick(2000)
    assert (shop.there("a"), shop.there("b")) == (False, False)
    assert shop.events() == ["show"]
    shop.show(id="a")
    assert shop.there("a")


def test_1_3_clear_by_id_wants_an_array(shop: Shop) -> None:
    shop.run("pathfora.clearById('a')")
    assert "warn: clearById: widgetIds must be an array" in shop.run("logged")


def test_1_4_close_widget_tracks_unless_told_not_to(shop: Shop) -> None:
    shop.show(id="a", closeAction={"name": "away"})
    shop.show(id="b")
    shop.run("pathfora.closeWidget('a'); pathfora.closeWidget('b', true); pathfora.closeWidget('unknown')")
    assert shop.events() == ["show", "show", "close:away"]


def test_1_4_show_widget_bypasses_the_conditions(shop: Shop) -> None:
    shop.run("""() => {
      window.w = pathfora.Message({id: 'w', displayConditions: {showOnInit: false}});
      pathfora.initializeWidgets([w]);
    }""")
    assert not shop.there()
    shop.run("pathfora.showWidget(w)")
    assert shop.there()
    assert shop.explain()["verdict"] == "shown"


def test_1_5_callbacks_wait_for_the_tag_and_run_once(shop: Shop) -> None:
    shop.open(user=None)
    before = shop.run("pathfora.callbacks.length")  # the inline blocks wait too
    shop.run("window.calls = []; pathfora.addCallback((data) => calls.push(data))")
    assert shop.run("[calls.length, pathfora.callbacks.length]") == [0, before + 1]
    shop.run("window.queued = pathfora.callbacks.at(-1); jstag.arrive({name: 'Bo'}); queued({name: 'Cy'})")
    assert shop.run("[calls, pathfora.callbacks.length]") == [[{"name": "Bo"}], 0]


def test_1_5_a_stub_without_entity_is_no_error(shop: Shop) -> None:
    shop.open(tag="", before="window.jstag = {getEntity: () => undefined, send: () => {}}")
    shop.run("window.calls = []; pathfora.addCallback((data) => calls.push(data))")
    shop.run("pathfora.callbacks.forEach((callback) => callback({name: 'Di'}))")
    assert shop.run("calls") == [{"name": "Di"}]


def test_1_5_an_older_tag_is_asked_directly(shop: Shop) -> None:
    shop.open(tag="", before="window.jstag = {getEntity: () => ({data: {user: {name: 'Ed'}}})}")
    assert shop.run("() => { let got; pathfora.addCallback((data) => { got = data; }); return got; }") == {"name": "Ed"}


def test_1_5_lio_answers_at_once(shop: Shop) -> None:
    shop.open(tag="", before="window.lio = {loaded: true, data: {name: 'Flo'}, account: {id: 7}}")
    assert shop.run("() => { let got; pathfora.addCallback((data) => { got = data; }); return got; }") == {
        "name": "Flo"
    }
    assert shop.run("pathfora.callbacks.length") == 0


def test_1_3_a_widget_asked_for_in_the_head_waits_for_the_body(shop: Shop) -> None:
    early = "pathfora.initializeWidgets([pathfora.Message({id: 'w'})]); window.early = pathfora.explain('w');"
    shop.open(head=f"<script>{early}</script>")
    assert shop.run("early.verdict") == "waiting"
    assert shop.there()
    assert shop.events() == ["show"]


def test_1_4_pages_and_debuggers_may_step_in_between(shop: Shop) -> None:
    shop.run("""() => {
      window.calls = [];
      for (const name of ['initializeTargetedWidgets', 'initializeWidgetArray', 'initializeWidget']) {
        const before = pathfora[name];
        pathfora[name] = function (...args) { calls.push(name); return before.apply(this, args); };
      }
      pathfora.initializeWidgets({target: [{segment: 'all', widgets: [pathfora.Message({id: 'w'})]}]});
    }""")
    assert shop.run("calls") == ["initializeTargetedWidgets", "initializeWidgetArray", "initializeWidget"]
    assert shop.there()

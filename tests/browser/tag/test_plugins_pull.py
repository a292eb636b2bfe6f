"""The integration framework, and the plugins that take the page's data along (tag.md 7.1, 7.2, 7.5)."""

from tag_page import TagPage

LAYER = {"google": {"tagManager": {"dataLayerPull": {"disabled": False}}}}


def load(tag: TagPage) -> None:
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")


def own(fields: dict[str, str]) -> dict[str, str]:
    """The payload of an event, without what every event carries."""
    automatic = {"_ts", "_nmob", "_device", "url", "_v", "_uid", "_getid", "_eid"}
    return {key: value for key, value in fields.items() if key not in automatic}


def test_7_2_globals_and_cookies_are_sent_once_and_ride_on_the_entity_request(tag: TagPage) -> None:
    config = {
        "customGlobals": {"disabled": False, "globals": ["digitalData", "shop.cart", "missing", "looped", "plan"]},
        "cookies": {"dataLayerPull": {"customCookieKeys": ["plan", "gone"]}},
    }
    page = """
        digitalData = {page: {kind: "product"}, run() {}, list: [1, 2]};
        shop = {cart: {total: 5}};
        plan = "gold";
        looped = {}; looped.self = looped;
        document.cookie = "plan=pro%20plan";
    """
    tag.open("src:/tag.js", page)
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", config)
    pulled = {
        "lyticsDataLayer.digitalData.page.kind": "product",
        "lyticsDataLayer.digitalData.list_len": "2",
        "lyticsDataLayer.digitalData.list_json": "[1,2]",
        "lyticsDataLayer.digitalData.list": "2",
        "lyticsDataLayer.shop.cart.total": "5",
        "lyticsDataLayer.plan": "gold",
        "plan": "pro plan",
    }
    assert own(tag.events(1)[0].fields) == pulled
    load(tag)
    assert tag.to("/api/personalize/")[0].fields == pulled
    tag.run("() => { plan = 'silver'; }")
    load(tag)
    assert tag.to("/api/personalize/")[1].fields == {**pulled, "lyticsDataLayer.plan": "silver"}
    status = tag.run("jstag.getIntegrationsRegistry()")
    assert (status["plan"], status["looped"], status["cookies.dataLayerPull"]) == (
        "lio.success",
        "lio.failure",
        "lio.success",
    )
    assert "TypeError" in tag.payloads("customGlobals.carp")[0]
    sink = tag.run("() => { const sink = {}; jstag.pull(sink); return sink; }")
    assert sink["plan"] == "pro plan"
    assert tag.errors == []


def test_7_1_what_was_pulled_is_sent_again_only_when_it_has_changed_and_not_at_all_on_request(tag: TagPage) -> None:
    config = {"customGlobals": {"disabled": False, "globals": ["plan"], "payloadNamespace": "mine"}}
    tag.open("src:/tag.js", "plan = 'gold'")
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}).init(); plan = 'silver'; jstag.init(); }", config)
    assert [own(event.fields) for event in tag.events(2)] == [{"mine.plan": "gold"}, {"mine.plan": "silver"}]
    tag.requests.clear()
    tag.open("src:/tag.js", "plan = 'gold'")
    quiet = {**config, "lio": {"performPullAndSend": False}}
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}).send({n: 1}); }", quiet)
    assert [own(event.fields) for event in tag.events(1)] == [{"n": "1"}]


def test_7_5_the_data_layer_is_pulled_and_watched(tag: TagPage) -> None:
    page = """
        function gtag() { dataLayer.push(arguments); }
        dataLayer = [
            {"gtm.start": 1, event: "gtm.js"},
            {event: "bare"},
            {userType: "member", event: "loaded"},
            {userType: "vip", "gtm.uniqueEventId": 3},
            {lytics_segments: {all: "all"}, other: 1},
            7, null, ["array"],
        ];
        gtag("config", "G-1");
    """
    tag.open("src:/tag.js", page)
    tag.run("(config) => { jstag.init({cid: 'acct', ...config}); }", LAYER)
    assert own(tag.events(1)[0].fields) == {"userType": "vip", "event": "loaded"}
    load(tag)
    assert tag.to("/api/personalize/")[0].fields == {"userType": "vip", "event": "loaded"}
    lengths = tag.run("""() => {
        const looped = {a: 1, b: 2};
        looped.self = looped;
        const entries = [{event: "bare"}, {cart: {total: 9}}, {lytics_segments: {}}, looped, undefined];
        return entries.map((entry) => dataLayer.push(entry));
    }""")
    assert lengths == [10, 11, 12, 13, 14]  # what `push` answers is the page's own length
    assert own(tag.events(2)[1].fields) == {"cart.total": "9"}
    assert len(tag.payloads("google.tagManager.dataLayerPulled")) == 2
    assert "TypeError" in tag.payloads("google.tagManager.dataLayerPull.carp")[0]
    load(tag)
    assert tag.run("() => dataLayer.push({late: 1})") == 15  # watched once, not once a pull
    assert own(tag.events(3)[2].fields) == {"late": "1"}
    tag.run("() => { jstag.config.google.tagManager.dataLayerPull.disabled = true; dataLayer.push({off: 1}); }")
    tag.run("() => { jstag.send({n: 1}); }")
    assert own(tag.events(4)[3].fields) == {"n": "1"}
    assert tag.errors == []


def test_7_5_a_page_without_a_data_layer_is_no_complaint(tag: TagPage) -> None:
    tag.start(LAYER)
    assert tag.run("jstag.getIntegrationsRegistry()['google.tagManager.dataLayerPull']") == "lio.failure"
    assert not [topic for topic in tag.topics() if topic.endswith(".carp")]


def test_7_1_a_user_s_integrations_and_their_events(tag: TagPage) -> None:
    script = """
        window.log = [];
        jstag.use((plugin) => {
            plugin.ns("mine").pullIntegration({integrationName: "in", success: (blank) => { blank.colour = "red"; }});
            plugin.pushIntegration({
                integrationName: "out", globalVariableName: "vendor", polling: {retries: 0},
                success: (entity, vendor) => log.push([entity.data.user.segments, vendor]),
                failure: () => log.push("failed"),
            });
            plugin.integration("lio.push", {integrationName: "plain", success: () => log.push("plain")});
            plugin.pullGlobalVariable("plan", "as");
        });
        window.plan = 3;
        jstag.init({cid: "acct"});
    """
    tag.open("src:/tag.js", script)
    assert own(tag.events(1)[0].fields) == {"colour": "red", "as": "3"}
    assert tag.run("jstag.getIntegrationsRegistry().out") == "lio.registered"
    load(tag)
    assert tag.run("log") == ["failed", "plain"]
    assert tag.payloads("mine.carp") == ["window.vendor is not there"]
    tag.run("() => { window.vendor = 7; }")
    load(tag)
    assert tag.run("log.slice(2)") == [[["all"], 7], "plain"]
    assert tag.run("jstag.isIntegrationLoaded('out')") is True
    topics = [topic for topic in tag.topics() if topic.startswith("lio.") or topic == "entity.loaded"]
    push = topics[topics.index("entity.loaded") :]
    assert push[: push.index("lio.done") + 1] == [
        "entity.loaded",
        *("lio.flush", "lio.push"),
        *("lio.started", "lio.failed", "lio.finished"),
        *("lio.started", "lio.succeeded", "lio.finished"),
        *("lio.pushed", "lio.flushed", "lio.done"),
    ]
    pull = topics[: topics.index("entity.loaded")]
    assert pull.count("lio.registered") == 5  # with that of cookies.dataLayerPull
    assert pull[-2:] == ["lio.pulled", "lio.flushed"]
    assert tag.payloads("lio.flush")[0] == "lio.pull"
    assert tag.payloads("lio.failed")[0]["options"]["integrationName"] == "out"
    assert tag.errors == []


def test_7_1_liosetup_callbacks_get_each_entity(tag: TagPage) -> None:
    tag.profile(first_name="Ann")
    tag.start({}, "window.log = []; liosetup = {callback: (entity) => log.push(entity.data.user.first_name)};")
    load(tag)
    tag.run("""() => {
        const flat = (entity) => log.push(entity.toLegacyStyle().first_name + 2);
        liosetup.callback = [() => { throw new Error("mine"); }, flat];
    }""")
    load(tag)
    assert tag.run("log") == ["Ann", "Ann2"]
    assert tag.errors == ["mine"]
    tag.run("() => { liosetup = undefined; }")
    load(tag)
    tag.run("() => { liosetup = {callback: 'nothing to call'}; }")
    load(tag)
    assert len(tag.errors) == 1

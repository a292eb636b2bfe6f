"""Plugins that hand the visitor's audiences to a vendor's global variable: exact calls on a recording double."""

import json
from typing import Any

from tag_page import TagPage

SEGMENTS = ["all", "vip"]
DOUBLES = """
    window.calls = [];
    const record = (name) => (...values) => void calls.push([name, ...values]);
    Object.assign(window, {
        __adroll: {record_user: record("adroll")},
        fbq: record("fbq"),
        ga: record("ga"),
        googletag: {cmd: [], pubads: () => ({setTargeting: record("setTargeting")})},
        dataLayer: [{event: "gtm.js"}],
        addthis: {},
    });
    document.cookie = "__attag=" + encodeURIComponent("theirs,vip");
"""
ON: dict[str, Any] = {
    "adroll": {"audiencePush": {"disabled": False}},
    "facebook": {"ads": {"audiencePush": {"disabled": False}}},
    "google": {
        "analytics": {
            "properties": [{"dimension": "dimension1"}, {"property": "shop", "dimension": "dimension5"}],
            "dimensionPush": {"disabled": False},
        },
        "dfp": {"audiencePush": {"disabled": False}},
        "tagManager": {"audiencePush": {"disabled": False}},
    },
    "addThis": {"audiencePush": {"disabled": False}},
}
EVENT = {"eventCategory": "lytics", "eventAction": "audiences", "nonInteraction": True}
HASH = {"all": "true", "vip": "true"}
PUSHED = [
    ["adroll", {"adroll_segments": "lytics_all"}],
    ["adroll", {"adroll_segments": "lytics_vip"}],
    ["fbq", "trackCustom", "Lytics Audiences", HASH],
    ["ga", "set", "dimension1", "all,vip"],
    ["ga", "send", "event", EVENT],
    ["ga", "shop.set", "dimension5", "all,vip"],
    ["ga", "shop.send", "event", EVENT],
]


def begin(tag: TagPage, config: dict[str, Any], *scripts: str) -> None:
    tag.open("src:/tag.js", DOUBLES, *scripts, f"jstag.init({json.dumps({'cid': 'acct', **config})});")


def load(tag: TagPage) -> None:
    tag.run("() => new Promise((done) => jstag.loadEntity(done))")


def calls_of(tag: TagPage, name: str) -> list[list[Any]]:
    return [call for call in tag.run("calls") if call[0] == name]


def test_7_5_each_vendor_gets_the_audiences_when_the_profile_has_loaded(tag: TagPage) -> None:
    tag.profile(segments=SEGMENTS)
    begin(tag, ON)
    assert tag.run("calls") == []
    load(tag)
    tag.wait_for_event("lio.done")
    assert sorted(tag.run("calls"), key=str) == sorted(PUSHED, key=str)
    assert tag.run("googletag.cmd.length") == 1
    tag.run("() => googletag.cmd[0]()")
    assert calls_of(tag, "setTargeting") == [["setTargeting", "LyticsSegments", SEGMENTS]]
    assert tag.run("dataLayer.slice(1)") == [{"lytics_segments": {"all": "all", "vip": "vip"}}]
    assert tag.run("jstag.getCookie('__attag')") == "theirs,vip,all"
    topics = tag.topics()
    assert [topic for topic in topics if topic.startswith("addThis")] == [
        f"addThis.audiencePush.{step}" for step in ("detected", "cookieDetected", "cookieUpdated", "pushed")
    ]
    assert tag.payloads("addThis.audiencePush.cookieUpdated") == ["__attag"]
    assert {"adroll.audiencePush.done", "google.tagManager.audiencePushed"} <= set(topics)
    assert tag.payloads("facebook.ads.audiencePush.done") == [HASH]
    assert tag.payloads("google.analytics.dimensionPush.set.requested") == [
        {"dimension": "dimension1", "value": "all,vip"},
        {"property": "shop", "dimension": "dimension5", "value": "all,vip"},
    ]
    assert tag.payloads("google.analytics.dimensionPush.send.requested") == [{}, {"property": "shop"}]
    assert tag.payloads("google.analytics.dimensionPush.done") == [None]
    assert tag.run("Object.values(jstag.getIntegrationsRegistry())") == ["lio.success"] * 7
    assert not [topic for topic in topics if topic.endswith(".carp")]
    assert tag.errors == []


def test_7_5_the_options_are_followed(tag: TagPage) -> None:
    tag.profile(segments=SEGMENTS)
    config = {
        "adroll": {"audiencePush": {"disabled": False, "global": "pixel"}},
        "facebook": {"ads": {"audiencePush": {"disabled": False, "eventName": "Mine", "global": "meta"}}},
        "google": {
            "analytics": {
                "global": "analytics",
                "properties": [{"dimension": "dimension2"}],
                "dimensionPush": {"disabled": False, "eventCategory": "audience"},
            },
            "dfp": {"global": "ads", "audiencePush": {"disabled": False, "targeting": "mine"}},
            "tagManager": {"global": "layer", "segmentsKey": "groups", "audiencePush": {"disabled": False}},
        },
        "addThis": {"audiencePush": {"disabled": False, "global": "share", "cookie": "attag"}},
    }
    names = "pixel: __adroll, meta: fbq, analytics: ga, ads: googletag, layer: dataLayer, share: addthis"
    begin(tag, config, f"Object.assign(window, {{{names}}});")
    load(tag)
    tag.wait_for_event("lio.done")
    tag.run("() => googletag.cmd[0]()")
    assert calls_of(tag, "setTargeting") == [["setTargeting", "mine", SEGMENTS]]
    assert [call[2] for call in calls_of(tag, "fbq")] == ["Mine"]
    assert len(calls_of(tag, "adroll")) == 2
    assert calls_of(tag, "ga") == [
        ["ga", "set", "dimension2", "all,vip"],
        ["ga", "send", "event", {**EVENT, "eventCategory": "audience"}],
    ]
    assert tag.run("dataLayer.slice(1)") == [{"groups": {"all": "all", "vip": "vip"}}]
    assert tag.payloads("addThis.audiencePush.cookieNotDetected") == [None]
    assert tag.run("jstag.getCookie('attag')") == ""


def test_7_5_all_of_them_are_off_until_enabled(tag: TagPage) -> None:
    begin(tag, {})
    load(tag)
    tag.wait_for_event("lio.done")
    assert tag.run("[calls, dataLayer.length, googletag.cmd.length, document.images.length]") == [[], 1, 0, 0]
    assert tag.run("jstag.getIntegrationsRegistry()") == {"cookies.dataLayerPull": "lio.success"}


def test_7_1_a_vendor_that_comes_late_is_waited_for_and_one_that_never_comes_is_reported(tag: TagPage) -> None:
    tag.freeze()
    tag.profile(segments=SEGMENTS)
    tag.start({**ON, "google": {}})
    load(tag)
    tag.page.clock.run_for(500)
    tag.run("() => { window.calls = []; window.fbq = (...values) => void calls.push(['fbq', ...values]); }")
    tag.page.clock.run_for(200)
    assert calls_of(tag, "fbq") == [["fbq", "trackCustom", "Lytics Audiences", HASH]]
    assert tag.run("jstag.isIntegrationLoaded('facebook.ads.audiencePush')") is True
    assert tag.run("jstag.getIntegrationsRegistry()['adroll.audiencePush']") == "lio.registered"
    tag.page.clock.run_for(61_000)
    assert tag.payloads("adroll.audiencePush.carp") == ["window.__adroll is not there"]
    assert tag.run("jstag.getIntegrationsRegistry()['adroll.audiencePush']") == "lio.failure"
    assert tag.run("jstag.isIntegrationLoaded('adroll.audiencePush')") is False
    assert tag.errors == []


def test_7_5_a_vendor_that_throws_or_is_not_what_it_should_be_is_reported_and_harms_nobody(tag: TagPage) -> None:
    tag.profile(segments=SEGMENTS)
    begin(tag, ON, "fbq = () => { throw new Error('no'); }; __adroll = 7; ga = 'x'; dataLayer = {};")
    load(tag)
    tag.wait_for_event("lio.done")
    assert tag.payloads("facebook.ads.audiencePush.carp") == ["window.fbq: Error: no"]
    assert "record_user" in tag.payloads("adroll.audiencePush.carp")[0]
    assert "window.ga: TypeError" in tag.payloads("google.analytics.dimensionPush.carp")[0]
    assert tag.payloads("google.analytics.dimensionPush.failed") == [None]
    assert "window.dataLayer: TypeError" in tag.payloads("google.tagManager.audiencePush.carp")[0]
    assert tag.run("googletag.cmd.length") == 1
    assert tag.errors == []


def test_7_5_analytics_without_a_property_says_what_to_add(tag: TagPage) -> None:
    begin(tag, {"google": {"analytics": {"dimensionPush": {"disabled": False}}}})
    load(tag)
    tag.wait_for_event("lio.done")
    assert "no google.analytics.properties" in tag.payloads("google.analytics.dimensionPush.carp")[0]


def test_7_5_a_profile_without_audiences_pushes_nothing(tag: TagPage) -> None:
    tag.profile(first_name="Ann")
    begin(tag, ON)
    load(tag)
    tag.wait_for_event("lio.done")
    assert tag.run("[calls, dataLayer.length, googletag.cmd.length]") == [[], 1, 0]
    tag.profile(segments=[])
    load(tag)
    tag.wait_for_event("lio.done", 2)
    assert [call[0] for call in tag.run("calls")] == ["ga"] * 4
    assert tag.errors == []


def test_7_5_amazon_s_pixel_depends_on_the_country_and_loads_once(tag: TagPage) -> None:
    tag.serve("/eu.gif", "", "image/svg+xml")
    dsp = {"disabled": False, "pixelEu": "/eu.gif", "pixelRest": "/rest.gif"}
    config = {"amazon": {"dsp": {**dsp, "alpha2": "DE"}}}
    tag.start(config)
    tag.wait_for_event("amazon.dsp.failed")
    tag.run("() => { jstag.init(); }")
    assert [asked.path for asked in tag.to("/eu.gif")] == ["/eu.gif"]
    assert tag.payloads("pixel.failed") == ["/eu.gif"]
    assert tag.run("document.images.length") == 1
    tag.answers["/rest.gif"] = tag.answers["/c/"]
    tag.start({"amazon": {"dsp": dsp}})
    tag.wait_for_event("amazon.dsp.succeeded")
    assert tag.payloads("pixel.succeeded") == ["/rest.gif"]


def test_2_2_amazon_s_defaults(tag: TagPage) -> None:
    tag.page.add_init_script("Object.defineProperty(navigator, 'language', {get: () => 'en-GB'});")
    dsp = tag.start().run("jstag.config.amazon.dsp")
    assert (dsp["disabled"], dsp["alpha2"], dsp["language"]) == (True, "UK", "en-GB")
    assert dsp["euWhitelist"] == ["UK", "DE", "FR", "IT", "ES", "IN", "AE"]
    assert dsp["pixelEu"].startswith("https://aax-eu.amazon-adsystem.com/s/dcm?pid=0fd612d9-")
    assert dsp["pixelRest"].startswith("https://s.amazon-adsystem.com/dcm?pid=8f9b0615-")

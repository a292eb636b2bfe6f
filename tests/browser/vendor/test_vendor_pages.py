"""Pages with the vendor's tag, as they stand on live sites: they run unchanged (tag.md 1 and 9)."""

import pytest
from playwright.sync_api import expect
from vendor_site import ACCOUNT, VendorSite

HEARD = ["ack shop", "entity.loaded true", "getid true", "ready true"]


@pytest.mark.parametrize("folder", ["", "swapped/"], ids=["intercepted", "swapped"])
@pytest.mark.parametrize("generation", ["a", "b", "c"])
def test_the_standard_installation(vendor: VendorSite, generation: str, folder: str) -> None:
    vendor.open(f"{folder}tagged_{generation}")
    vendor.widget("welcome")
    vendor.page.wait_for_function("heard.length >= 4")
    assert vendor.run("heard.sort()") == HEARD
    events = vendor.stored(str(vendor.run("visitor")), 4)
    assert [(event["stream"], event["data"].get("_e")) for event in events][:4] == [
        ("default", "pv"),
        ("default", None),
        ("shop", "viewed"),
        ("default", "footer"),
    ]
    assert events[2]["data"]["attr"] == {"membership_status": "Diamond"}
    assert vendor.errors == []


def test_audiences_reach_other_vendors(vendor: VendorSite) -> None:
    vendor.open("integrations")
    vendor.page.wait_for_function("dataLayer.length && targeting.LyticsSegments && graph.id")
    segments = vendor.run("jstag.getSegments()")
    assert "all" in vendor.run("targeting.LyticsSegments")
    assert vendor.run("targeting.LyticsSegments") == segments
    assert vendor.run("JSON.parse(jstag.getCookie('ly_segs'))") == segments
    graph = vendor.run("graph")
    assert graph == {"before": "", "account": ACCOUNT, "after": graph["id"], "id": graph["id"]}
    properties = vendor.run("dataLayer[0][2]")
    assert properties["lytics_uid"] == graph["id"]
    assert properties["lytics_segments"].split(",") == segments
    assert vendor.errors == []


def test_the_cms_plugin_shows_its_own_blocks_after_the_experiences(vendor: VendorSite) -> None:
    vendor.open("wordpress")
    for name in ("welcome", "block-all", "block-mine"):
        vendor.widget(name)
    expect(vendor.page.locator("#block-other")).to_have_count(0)
    assert vendor.errors == []


def test_the_documentation_template(vendor: VendorSite) -> None:
    vendor.open("template")
    vendor.widget("my-widget").locator(".pf-widget-ok").click()
    expect(vendor.page.locator("#my-widget")).to_have_count(0)
    visitor = str(vendor.run("() => new Promise(jstag.getid)"))
    events = vendor.stored(visitor, 3)
    assert {event["stream"] for event in events} == {"pathfora"}
    assert {"show", "confirm"} <= {event["data"].get("pf-widget-event") for event in events}
    assert vendor.errors == []


def test_an_sdk_that_is_there_already_tells_its_queued_listeners_too(vendor: VendorSite) -> None:
    vendor.open("template_with_sdk")
    vendor.widget("my-widget")
    assert vendor.errors == []


def test_hooks_of_a_component_framework(vendor: VendorSite) -> None:
    vendor.open("next")
    vendor.happened("entity.loaded")
    assert vendor.run("renders") == [["second mount", True]]
    vendor.run("() => { unmount(); window.off = jstag.on('entity.loaded', () => renders.push(['late'])); }")
    vendor.run("() => new Promise((done) => jstag.loadEntity(done))")
    vendor.run("() => { off(); off(); }")
    vendor.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert [name for name, *_ in vendor.run("renders")][1:] == ["second mount", "late", "second mount"]
    vendor.widget("welcome")
    assert vendor.errors == []


def test_a_developer_s_extension_that_comes_late(vendor: VendorSite) -> None:
    vendor.open("tagged_b")
    vendor.happened("entity.loaded")
    found = vendor.run("""() => new Promise((done) => {
      const plain = (value) => value && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
      const clone = (value) => Array.isArray(value) ? value.map(clone)
        : plain(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clone(one)]))
        : typeof value === "object" || typeof value === "function" ? undefined : value;
      jstag.call("entityReady", (entity) => jstag.getid((id) => {
        entity.data._uid = id;
        done({ id, profile: JSON.parse(JSON.stringify(entity.data)), config: clone(jstag.config) });
      }));
    })""")
    assert found["profile"]["_uid"] == found["id"]
    assert "all" in found["profile"]["user"]["segments"]
    config = found["config"]
    assert (config["cid"], config["version"], config.get("stream")) == ([ACCOUNT], "3.0.37", None)
    assert {item["id"] for item in config["pathfora"]["publish"]["candidates"]["experiences"]} >= {"welcome", "members"}
    assert vendor.run("jstag.getEntity().data._uid") == found["id"]


def test_a_tracker_that_reads_the_candidates(vendor: VendorSite) -> None:
    vendor.open("tagged_a")
    vendor.happened("pathfora.publish.done")
    seen = vendor.run("""() => new Promise((done) => jstag.loadEntity((entity) => done({
      segments: entity.data.user.segments.length > 0,
      names: jstag.config.pathfora.publish.candidates.experiences.map(({ id, type }) => `${id} ${type}`),
      targeted: typeof pathfora.initializeTargetedWidgets })))""")
    assert (seen["segments"], seen["targeted"]) == (True, "function")
    assert "welcome message" in seen["names"]


def test_a_test_page_that_sets_its_own_id_and_calls_wrongly(vendor: VendorSite) -> None:
    vendor.open("tagged_c")
    vendor.happened("entity.loaded")
    got = vendor.run("""async () => {
      const id = crypto.randomUUID();
      jstag.setid(id);
      const entity = await new Promise((done) => jstag.loadEntity("user", jstag.getid(), done));
      const segments = entity.data.user.segments;
      return [jstag.getCookieValue() === id, segments.length > 0, jstag.getSegments().map(String).includes("all")];
    }""")
    assert got == [True, True, True]
    assert vendor.errors == []


def test_what_pages_get_wrong_throws_nothing(vendor: VendorSite) -> None:
    vendor.open("tagged_a")
    vendor.happened("pathfora.publish.done")
    vendor.run("""() => {
      jstag.getid(); jstag.getSegments(() => {}); jstag.call("ready", () => {}); jstag.on("ready", () => {});
      jstag.on("segments", () => {}); jstag.loadEntity("u", undefined); jstag.getEntity(() => {});
      jstag.send(); jstag.pageView(); jstag.identify(); jstag.loadSegments(); jstag.call("resetPolling");
    }""")
    assert vendor.run("typeof window.jstag") == "object"
    vendor.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert vendor.errors == []


@pytest.mark.parametrize("early", [True, False], ids=["queued", "late"])
def test_several_subscribers_hear_of_the_profile(vendor: VendorSite, early: bool) -> None:
    subscribe = """window.told = [];
      for (const name of ["one", "two"])
        jstag.call("entityReady", ({ data }) => told.push(`${name} ${data.user.segments.length > 0}`));"""
    if early:
        vendor.hold("**/latest.min.js")
        vendor.page.goto(vendor.url + "tagged_a", wait_until="commit")
        vendor.page.wait_for_function("typeof window.jstag?.call === 'function' && window.heard")
        vendor.run(f"() => {{ {subscribe} }}")
        vendor.release()
    else:
        vendor.open("tagged_a").happened("entity.loaded")
        vendor.run(f"() => {{ {subscribe} }}")
    vendor.page.wait_for_function("told.length === 2")
    assert vendor.run("told") == ["one true", "two true"]
    vendor.run("() => new Promise((done) => jstag.loadEntity(done))")
    assert len(vendor.run("told")) == 4

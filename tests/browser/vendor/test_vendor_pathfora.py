"""Pages with the widget SDK alone: the vendor's examples, and suites that customers wrote for it (widgets.md 12)."""

from playwright.sync_api import expect
from vendor_site import VendorSite


def test_a_modal_that_gets_a_video_when_it_opens(vendor: VendorSite) -> None:
    vendor.open("video")
    modal = vendor.widget("video-modal")
    vendor.page.wait_for_selector(".pf-widget-video iframe", state="attached")
    order = vendor.run("[...document.querySelector('.pf-widget-content').children].map((node) => node.classList[0])")
    assert order.index("pf-widget-video") == order.index("pf-widget-text") - 1
    assert vendor.run("pathfora.acctid") == "notreal"
    expect(modal.locator(".pf-widget-message strong")).to_have_text("what it does")
    modal.get_by_role("button", name="Shop iPhones").click()
    expect(modal).to_have_count(0)
    assert vendor.errors == []


def test_a_tag_manager_turns_the_image_into_a_link_and_reads_classes(vendor: VendorSite) -> None:
    vendor.open("image_link")
    poster = vendor.widget("poster")
    link = poster.locator(".pf-widget-body > a.pf-widget-custom-href")
    expect(link).to_have_attribute("href", "https://shop.example/poster")
    expect(link.locator("img.pf-widget-img")).to_have_count(1)
    poster.get_by_role("button", name="Go").click()
    assert vendor.run("pressed") == ["pf-widget-btn pf-widget-ok in poster"]


def test_a_suite_that_makes_an_sdk_for_each_test(vendor: VendorSite) -> None:
    vendor.open("suite")
    found = vendor.run("""() => [1, 2, 3].map((round) => {
      window.pathfora = new pathfora.constructor();
      sent.length = 0;
      const widget = new pathfora.Message({ id: "again", layout: "bar", msg: `Round ${round}` });
      pathfora.initializeWidgets({ target: [{ segment: "smt_new", widgets: [widget] }] }, "123");
      const text = document.querySelector("#again .pf-widget-message").textContent;
      const events = sent.map((payload) => payload["pf-widget-event"]);
      pathfora.clearAll();
      return [text, events, document.querySelectorAll(".pf-widget").length, pathfora.acctid];
    })""")
    assert found == [[f"Round {round}", ["show"], 0, ""] for round in (1, 2, 3)]
    assert vendor.errors == []


def test_a_suite_that_spies_on_the_tag(vendor: VendorSite) -> None:
    vendor.open("suite")
    calls = vendor.run("""() => {
      const calls = [];
      jstag = { ...jstag, send: (...values) => calls.push(values) };
      pathfora.initializeWidgets([pathfora.Message({ id: "spied", confirmAction: { name: "claimed" } })]);
      const later = jstag.send;
      jstag.send = (...values) => { calls.push("second"); later(...values); };
      document.querySelector("#spied .pf-widget-ok").click();
      return calls;
    }""")
    base = {"pf-widget-id": "spied", "pf-widget-type": "message", "pf-widget-layout": "modal", "pf-widget-variant": "1"}
    assert calls == [
        [{**base, "pf-widget-event": "show"}],
        "second",
        [{**base, "pf-widget-event": "confirm", "pf-widget-action": "claimed"}],
    ]


def test_a_suite_that_fires_events_as_jquery_does(vendor: VendorSite) -> None:
    vendor.open("suite")
    events = vendor.run("""() => {
      pathfora.initializeWidgets([pathfora.Message({ id: "fired", layout: "slideout" })]);
      const trigger = (selector, name) => {
        const node = document.querySelector(selector);
        node[`on${name}`].call(node, { type: name, target: node, preventDefault() {} });
      };
      for (const part of ["ok", "cancel", "close"]) trigger(`#fired .pf-widget-${part}`, "mouseenter");
      trigger("#fired .pf-widget-cancel", "click");
      return sent.map((one) => [one["pf-widget-event"], one["pf-widget-action"]]);
    }""")
    assert events == [
        ["show", None],
        ["hover", "confirm"],
        ["hover", "cancel"],
        ["hover", "close"],
        ["cancel", "default cancel"],
    ]


def test_a_suite_that_presses_keys_by_their_code(vendor: VendorSite) -> None:
    vendor.open("suite")
    vendor.run("() => pathfora.initializeWidgets([pathfora.Message({ id: 'keyed', layout: 'modal' })])")
    vendor.widget("keyed")
    vendor.run("""() => {
      const event = new Event("keydown", { bubbles: true });
      event.keyCode = 27;
      document.dispatchEvent(event);
    }""")
    expect(vendor.page.locator("#keyed")).to_have_count(0)
    assert vendor.run("sent.map((one) => one['pf-widget-event'])") == ["show", "close"]
    assert vendor.run("pathfora.utils.read('PathforaClosed_keyed').split('|')[0]") == "1"


def test_a_suite_with_a_clock_of_its_own(vendor: VendorSite) -> None:
    vendor.page.clock.install(time=1_900_000_000)
    vendor.open("suite")
    vendor.page.clock.pause_at(1_900_001_000)
    states = "() => ['delayed', 'brief'].map((id) => document.getElementById(id)?.className.includes('opened') ?? null)"
    vendor.run("""() => pathfora.initializeWidgets([
      pathfora.Message({ id: "delayed", layout: "bar", displayConditions: { showDelay: 2 } }),
      pathfora.Message({ id: "brief", layout: "slideout", displayConditions: { hideAfter: 3 } }),
    ])""")
    assert vendor.run(states) == [None, False]
    vendor.page.clock.run_for(50)
    assert vendor.run(states) == [None, True]
    vendor.page.clock.run_for(2000)
    assert vendor.run(states) == [True, True]
    vendor.page.clock.run_for(950)
    assert vendor.run(states) == [True, False]
    vendor.page.clock.run_for(500)
    assert vendor.run(states) == [True, None]
    assert vendor.run("pathfora.getDataObject().timeSpentOnPage") == 3


def test_a_plain_array_shows_everything_at_once_and_texts_change_later(vendor: VendorSite) -> None:
    vendor.open("suite")
    shown = vendor.run("""() => {
      const widgets = ["slideout", "modal", "bar"]
        .map((layout) => new pathfora.Message({ id: layout, layout, msg: layout }));
      widgets.push(new pathfora.Message({ id: "inline", layout: "inline", position: "#host", msg: "inline" }));
      pathfora.initializeWidgets(widgets);
      window.pressed = [];
      widgets[0].confirmAction = { callback: (name, payload) => pressed.push([name, payload.config === widgets[0]]) };
      document.querySelector("#slideout .pf-widget-ok").click();
      return [...document.querySelectorAll(".pf-widget .pf-widget-message")].map((node) => node.textContent);
    }""")
    assert shown == ["inline", "slideout", "modal", "bar"]
    assert vendor.run("pressed") == [["modalConfirm", True]]
    assert vendor.run("document.querySelector('#host > .pf-widget-inline').id") == "inline"

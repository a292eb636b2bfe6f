"""widgets.md 6, 8: what is tracked and who is called, in which order, with what."""

from typing import Any

import pytest
from sdk_shop import Shop

# A widget whose every callback writes down its name and arguments.
LISTEN = """(extra) => {
  window.calls = [];
  const log = (which) => (name, payload, ...rest) => calls.push(
    [which, name, Object.keys(payload), payload.widget === document.getElementById('w'), payload.config === window.w,
     payload.event?.type ?? null, rest.length]);
  window.w = pathfora.Message({id: 'w', ...extra,
    onInit: log('onInit'), onLoad: log('onLoad'), onModalOpen: log('onModalOpen'), onModalClose: log('onModalClose'),
    onClick: log('onClick'),
    confirmAction: {...extra.confirmAction, callback: log('confirm')},
    cancelAction: {...extra.cancelAction, callback: log('cancel')},
    closeAction: {...extra.closeAction, callback: log('close')}});
  pathfora.initializeWidgets([w]);
}"""


def listen(shop: Shop, **extra: Any) -> None:
    shop.run(LISTEN, extra)
    shop.tick(50)


def press(shop: Shop, control: str) -> None:
    shop.run("(control) => document.querySelector('#w .pf-widget-' + control).click()", control)


def calls(shop: Shop) -> list[list[Any]]:
    return list(shop.run("calls"))


def test_8_opening(shop: Shop) -> None:
    listen(shop)
    assert calls(shop) == [
        ["onInit", "widgetInitialized", ["config"], False, True, None, 0],
        ["onLoad", "widgetLoaded", ["config", "widget"], True, True, None, 0],
        ["onModalOpen", "modalOpened", ["config", "widget"], True, True, None, 0],
    ]


def test_11_1_17_what_is_called_may_be_a_default(shop: Shop) -> None:
    shop.run("""() => { window.names = [];
      const note = (name) => names.push(name);
      pathfora.initializeWidgets([pathfora.Message({id: 'w'})], { generic: { onLoad: note, onModalOpen: note } }); }""")
    shop.tick(50)
    assert shop.run("names") == ["widgetLoaded", "modalOpened"]


def test_8_on_load_comes_after_the_call_within_fifty_milliseconds_and_only_modals_tell_of_opening(shop: Shop) -> None:
    shop.run(LISTEN, {"layout": "bar"})
    assert [call[0] for call in calls(shop)] == ["onInit"]
    shop.tick(50)
    assert [call[0] for call in calls(shop)] == ["onInit", "onLoad"]


@pytest.mark.parametrize(
    ("control", "which", "name", "record"),
    [
        ("ok", "confirm", "modalConfirm", "Confirm"),
        ("cancel", "cancel", "modalCancel", "Cancel"),
        ("close", "close", "modalClosed", "Closed"),
    ],
)
@pytest.mark.parametrize("layout", ["modal", "slideout", "bar"])
def test_8_a_press_tracks_remembers_calls_closes(
    shop: Shop, layout: str, control: str, which: str, name: str, record: str
) -> None:
    listen(shop, layout=layout)
    shop.run("calls.length = 0; sent.length = 0")
    press(shop, control)
    keys = ["widget", "config", "event"]
    assert calls(shop) == [
        [which, name, keys, True, True, "click", 0],
        ["onModalClose", "modalClosed", keys, True, True, "click", 0],
    ]
    action = {"confirm": "default confirm", "cancel": "default cancel", "close": "close"}[which]
    assert shop.events() == [f"{which}:{action}"]
    assert shop.stored(f"Pathfora{record}_w").startswith("1|")
    assert shop.explain()["reason"] == f"Closed: {which} by the visitor"


def test_8_the_sequence_of_ok(shop: Shop) -> None:
    shop.run("""() => {
      window.order = [];
      jstag.send = (payload) => order.push('send ' + payload['pf-widget-event']);
      const step = (name) => () => order.push(name + ' ' + (localStorage.PathforaConfirm_w ? 'stored ' : '')
        + (document.querySelector('#w.opened') ? 'open' : 'closed'));
      pathfora.initializeWidgets([pathfora.Message({id: 'w', layout: 'button', onClick: step('click'),
        confirmAction: {callback: step('callback')}, onModalClose: step('modalClose')})]);
    }""")
    shop.tick(50)
    press(shop, "ok")
    assert shop.run("order") == [
        "send show",
        "send confirm",
        "click stored open",
        "callback stored open",
        "modalClose stored closed",
    ]


def test_8_on_click_has_its_own_name(shop: Shop) -> None:
    listen(shop, layout="button")
    press(shop, "ok")
    assert [call[:2] for call in calls(shop)][2:] == [
        ["onClick", "buttonClicked"],
        ["confirm", "modalConfirm"],
        ["onModalClose", "modalClosed"],
    ]


@pytest.mark.parametrize(
    ("control", "action"), [("ok", "confirmAction"), ("cancel", "cancelAction"), ("close", "closeAction")]
)
def test_8_close_false_keeps_it_open(shop: Shop, control: str, action: str) -> None:
    listen(shop, **{action: {"close": False, "name": "mine"}})
    press(shop, control)
    press(shop, control)
    shop.tick(600)
    assert shop.there()
    assert [event.split(":")[1] for event in shop.events()[1:]] == ["mine", "mine"]
    assert shop.explain()["verdict"] == "shown"


def test_5_5_inline_ok_stays(shop: Shop) -> None:
    listen(shop, layout="inline", positionSelector="#host")
    press(shop, "ok")
    shop.tick(600)
    assert shop.there()
    assert [call[0] for call in calls(shop)] == ["onInit", "onLoad", "confirm"]


def test_a_second_press_while_it_closes_is_nothing(shop: Shop) -> None:
    listen(shop)
    press(shop, "ok")
    press(shop, "ok")
    assert shop.events() == ["show", "confirm:default confirm"]


def test_12_callbacks_are_looked_up_when_pressed(shop: Shop) -> None:
    listen(shop)
    shop.run("w.confirmAction.callback = () => calls.push('new')")
    press(shop, "ok")
    assert "new" in calls(shop)


def test_12_handlers_are_properties(shop: Shop) -> None:
    shop.show()
    found = shop.run(
        "['ok', 'cancel', 'close'].map((n) => typeof document.querySelector('#w .pf-widget-' + n).onmouseenter)"
    )
    assert found == ["function"] * 3


def test_8_a_callback_that_throws_is_reported_and_the_widget_closes(shop: Shop) -> None:
    shop.run(
        """pathfora.initializeWidgets([pathfora.Message(
          {id: 'w', confirmAction: {callback() { throw new Error('mine'); }}})])"""
    )
    press(shop, "ok")
    shop.tick(500)
    assert not shop.there()
    assert [line for line in shop.run("logged") if "mine" in line] == [
        'error: pathfora: widget "w" failed: Error: mine'
    ]
    assert shop.gate("callback modalConfirm")["actual"] == "Error: mine"


def test_6_1_payloads(shop: Shop) -> None:
    shop.show(layout="slideout", variant=2, confirmAction={"name": "claimed"})
    press(shop, "ok")
    base = {"pf-widget-id": "w", "pf-widget-type": "message", "pf-widget-layout": "slideout", "pf-widget-variant": 2}
    shown = {**base, "pf-widget-event": "show"}
    confirmed = {**base, "pf-widget-event": "confirm", "pf-widget-action": "claimed"}
    assert shop.run("sent") == [shown, confirmed]
    assert shop.run("sent.map((payload) => Object.keys(payload).join(' '))") == [" ".join(shown), " ".join(confirmed)]


@pytest.mark.parametrize(("control", "action"), [("ok", "confirm"), ("cancel", "cancel"), ("close", "close")])
def test_6_1_hover_is_sent_on_every_enter(shop: Shop, control: str, action: str) -> None:
    shop.show()
    for _ in range(2):
        shop.run("(control) => document.querySelector('#w .pf-widget-' + control).onmouseenter()", control)
    assert shop.events() == ["show", f"hover:{action}", f"hover:{action}"]


def test_6_4_the_data_object_holds_what_was_sent(shop: Shop) -> None:
    for widget, control in (("a", "ok"), ("b", "cancel"), ("c", "close")):
        shop.show(id=widget)
        shop.run(f"document.querySelector('#{widget} .pf-widget-{control}').click()")
    found = shop.run("""(data => [Object.keys(data), data.displayedWidgets.length, data.completedActions[0] === sent[1],
      data.cancelledActions[0] === sent[3], data.closedWidgets[0] === sent[5], Array.isArray(data.abTestingGroups)])
      (pathfora.getDataObject())""")
    names = "pageViews timeSpentOnPage closedWidgets completedActions cancelledActions displayedWidgets abTestingGroups"
    assert found == [names.split(), 3, True, True, True, True]


def test_6_3_censoring(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w',
      censorTrackingKeys: ['pf-widget-id', /type$/g, {test: (key) => key === 'pf-widget-layout'}]})])""")
    press(shop, "ok")
    assert shop.run("sent.map((payload) => Object.keys(payload).join(' '))") == [
        "pf-widget-variant pf-widget-event",
        "pf-widget-variant pf-widget-event pf-widget-action",
    ]
    assert shop.run("pathfora.getDataObject().displayedWidgets[0]['pf-widget-id']") == "w"


def test_6_3_a_global_pattern_censors_every_event(shop: Shop) -> None:
    shop.run("pathfora.initializeWidgets([pathfora.Message({id: 'w', censorTrackingKeys: [/^pf-/g]})])")
    press(shop, "ok")
    assert shop.run("sent") == [{}, {}]


def test_6_2_google_analytics_on_request(shop: Shop) -> None:
    shop.run("""() => {
      window.hits = [];
      window.ga = (...words) => hits.push(words);
      ga.getAll = () => [{get: () => 't0'}];
    }""")
    shop.show()
    assert shop.run("hits") == []
    shop.run("pathfora.enableGA = true; 0")
    press(shop, "ok")
    assert shop.run("hits") == [["t0.send", "event", "Lytics", "w : default confirm", "", {"nonInteraction": True}]]


@pytest.mark.parametrize("tag", ["null", "undefined", "{}", "() => 0"])
def test_6_1_any_tag_or_none_will_do(shop: Shop, tag: str) -> None:
    shop.open(tag="", before=f"window.jstag = {tag}")
    shop.show()
    press(shop, "ok")
    shop.tick(500)
    assert not shop.there()


def test_12_send_is_looked_up_at_the_time(shop: Shop) -> None:
    shop.run("() => { window.later = []; jstag.send = (payload) => later.push(payload); }")
    shop.show()
    assert shop.run("later.length") == 1


def test_12_show_is_synchronous(shop: Shop) -> None:
    found = shop.run("""() => { pathfora.initializeWidgets([pathfora.Message({id: 'w'})]);
      return [Boolean(document.getElementById('w')), sent.length]; }""")
    assert found == [True, 1]


def test_5_9_closing(shop: Shop) -> None:
    shop.show()
    shop.tick(50)
    shop.run("pathfora.closeWidget('w', true)")
    assert shop.run("document.getElementById('w').classList.contains('opened')") is False
    shop.tick(499)
    assert shop.there()
    script = """() => { try { pathfora.initializeWidgets([pathfora.Message({id: 'w'})]); }
      catch (error) { return error.message; } }"""
    assert shop.run(script) == "Cannot add two widgets with the same id"
    shop.tick(1)
    assert not shop.there()
    shop.show()
    assert shop.there()


def test_a_callback_may_clear_its_own_widget(shop: Shop) -> None:
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w',
      confirmAction: {callback: () => pathfora.clearAll()}})])""")
    press(shop, "ok")
    shop.tick(600)
    assert not shop.there()

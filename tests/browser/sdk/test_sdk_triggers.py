"""widgets.md 3.2, 3.13: scrolling and the pointer's leaving as triggers, alone and together."""

from typing import Any

import pytest
from sdk_shop import BODY, Shop

TALL = BODY + '<div style="height: 2000px"></div><p id="mark">mark</p><div style="height: 2000px"></div>'
HELPERS = """
window.scrolled = (top) => { scrollTo(0, top); dispatchEvent(new Event('scroll')); };
window.moved = (...heights) => {
  for (const clientY of heights) document.dispatchEvent(new MouseEvent('mousemove', {clientY, clientX: 5}));
};
window.left = (relatedTarget = null) => document.dispatchEvent(new MouseEvent('mouseout', {relatedTarget}));
window.listening = [];
for (const target of [window, document]) {
  const add = target.addEventListener, remove = target.removeEventListener;
  const find = ([type, handler]) => listening.findIndex((one) => one[0] === type && one[1] === handler);
  target.addEventListener = (...all) => { if (find(all) < 0) listening.push(all); add.apply(target, all); };
  target.removeEventListener = (...all) => {
    if (find(all) >= 0) listening.splice(find(all), 1);
    remove.apply(target, all);
  };
}
"""


@pytest.fixture
def tall(shop: Shop) -> Shop:
    return shop.open(body=TALL, before=HELPERS)


def wait_for(shop: Shop, widget: str = "w", **conditions: Any) -> None:
    shop.show(id=widget, layout="slideout", displayConditions=conditions)


def kinds(shop: Shop) -> list[str]:
    """The page's events that triggers listen to, all passively: once each, or twice if there are two listeners."""
    return sorted(shop.run("listening.filter(([, , options]) => options?.passive).map(([type]) => type)"))


def close(shop: Shop, widget: str = "w") -> None:
    shop.run("(id) => pathfora.closeWidget(id)", widget)
    shop.tick(600)


def test_3_13_scroll_percentage(tall: Shop) -> None:
    wait_for(tall, scrollPercentageToDisplay=50)
    assert tall.explain()["reason"] == "Waiting: scrollPercentageToDisplay needs 50"
    way = tall.run("document.documentElement.scrollHeight - document.documentElement.clientHeight")
    tall.run("(top) => scrolled(top)", way * 0.49)
    assert not tall.there()
    assert tall.run("(top) => { scrolled(top); return Boolean(document.getElementById('w')); }", way * 0.51)
    assert tall.gate("scrollPercentageToDisplay")["pass"] is True


@pytest.mark.parametrize("percentage", [1, 100])
def test_3_13_a_page_without_a_way_to_scroll_is_never_scrolled(shop: Shop, percentage: int) -> None:
    shop.show(displayConditions={"scrollPercentageToDisplay": percentage})
    shop.run("dispatchEvent(new Event('scroll'))")
    assert not shop.there()


def test_3_13_element_visible(tall: Shop) -> None:
    top = tall.run("document.getElementById('mark').getBoundingClientRect().top")
    wait_for(tall, displayWhenElementVisible="#mark")
    tall.run("(top) => scrolled(top)", top - 401)
    assert not tall.there()
    tall.run("(top) => scrolled(top)", top - 399)
    assert tall.there()


def test_3_13_the_end_of_the_page_counts_for_an_element_below_the_middle(shop: Shop) -> None:
    shop.open(body=BODY + '<div style="height: 1500px"></div><p id="mark">mark</p>', before=HELPERS)
    wait_for(shop, displayWhenElementVisible="#mark")
    shop.run("scrolled(10)")
    assert not shop.there()
    shop.run("scrolled(9999)")
    assert shop.run("document.getElementById('mark').getBoundingClientRect().top > innerHeight / 2")
    assert shop.there()


def test_3_13_an_element_in_a_positioned_box_is_where_it_is_seen(shop: Shop) -> None:
    inner = '<div style="position: relative; margin-top: 3000px"><p id="mark">mark</p></div>'
    shop.open(body=f'{BODY}{inner}<div style="height: 3000px"></div>', before=HELPERS)
    wait_for(shop, displayWhenElementVisible="#mark")
    shop.run("scrolled(1000)")
    assert not shop.there()
    shop.run("scrolled(3000)")
    assert shop.there()


def test_11_1_13_a_missing_element_is_traced_and_may_come_later(tall: Shop) -> None:
    wait_for(tall, displayWhenElementVisible="#late")
    assert tall.gate("displayWhenElementVisible")["actual"] == "missing"
    tall.run("scrolled(500)")
    assert (tall.there(), tall.run("errors")) == (False, [])
    tall.run("document.getElementById('mark').id = 'late'; scrolled(2500)")
    assert tall.there()


def test_a_selector_that_is_none_fails_its_widget_only(tall: Shop) -> None:
    wait_for(tall, displayWhenElementVisible="..")
    assert tall.explain()["verdict"] == "failed"
    wait_for(tall, "next", scrollPercentageToDisplay=1)
    tall.run("scrolled(500)")
    assert tall.there("next")


def test_3_13_a_page_that_is_restored_scrolled_needs_no_event(tall: Shop) -> None:
    tall.run("scrollTo(0, 3000)")
    wait_for(tall, "a", scrollPercentageToDisplay=50)
    wait_for(tall, "b", displayWhenElementVisible="#mark")
    wait_for(tall, "c", scrollPercentageToDisplay=99)
    assert [tall.there(name) for name in "abc"] == [True, True, False]


@pytest.mark.parametrize(
    ("heights", "shown"),
    [
        ([100, 40], True),
        ([200, 120], True),
        ([200, 130], False),
        ([10, 20], False),
        ([30, 30], False),
        ([5], False),
        ([20, 10, 300, 200, 125], True),
    ],
)
def test_3_13_exit_intent(tall: Shop, heights: list[int], shown: bool) -> None:
    wait_for(tall, showOnExitIntent=True)
    tall.run("(heights) => moved(...heights)", heights)
    assert not tall.there()
    assert tall.run("() => { left(); return Boolean(document.getElementById('w')); }") is shown


def test_3_13_only_leaving_the_page_counts_and_uses_the_way_up(tall: Shop) -> None:
    wait_for(tall, showOnExitIntent=True)
    tall.run("moved(100, 40); left(document.body)")
    assert not tall.there()
    tall.run("moved(20, 30); left(); moved(10); left()")
    assert not tall.there()
    tall.run("moved(100, 40); left(document.documentElement)")
    assert tall.there()


def test_3_2_all_triggers_hold_at_the_same_instant(tall: Shop) -> None:
    wait_for(tall, showOnExitIntent=True, scrollPercentageToDisplay=50)
    tall.run("moved(100, 40); left()")
    assert not tall.there()
    tall.run("scrolled(3000)")
    assert not tall.there()
    tall.run("scrolled(0); moved(100, 40); left()")
    assert not tall.there()
    tall.run("scrolled(3000); moved(100, 40); left()")
    assert tall.there()


def test_3_2_a_manual_trigger_waits_for_the_others(tall: Shop) -> None:
    wait_for(tall, manualTrigger=True, displayWhenElementVisible="#mark")
    tall.run("pathfora.triggerWidgets(['w'])")
    assert not tall.there()
    tall.run("scrolled(3000)")
    assert tall.there()


@pytest.mark.parametrize(
    "conditions",
    [
        {"showOnExitIntent": True, "scrollPercentageToDisplay": 10},
        {"displayWhenElementVisible": "#mark", "scrollPercentageToDisplay": 10},
    ],
)
def test_11_1_1_a_closed_widget_does_not_open_again_by_scrolling(tall: Shop, conditions: dict[str, Any]) -> None:
    wait_for(tall, **conditions)
    tall.run("scrolled(3000); moved(100, 40); left()")
    assert tall.there()
    close(tall)
    tall.run("scrolled(2900); moved(100, 40); left(); scrolled(3100)")
    assert (tall.there(), tall.events()) == (False, ["show", "close:close"])
    assert kinds(tall) == []


def test_11_1_2_cleared_widgets_watch_nothing(tall: Shop) -> None:
    for way in ("pathfora.clearById(['w'])", "pathfora.clearAll()"):
        wait_for(tall, showOnExitIntent=True, displayWhenElementVisible="#mark", scrollPercentageToDisplay=10)
        assert kinds(tall) == ["mousemove", "mouseout", "scroll"]
        tall.run(way)
        assert kinds(tall) == []
        tall.run("scrolled(3000); moved(100, 40); left(); scrolled(0)")
        assert not tall.there()


def test_one_listener_serves_all_widgets(tall: Shop) -> None:
    for name in "abc":
        wait_for(tall, name, scrollPercentageToDisplay=50, displayWhenElementVisible="#mark")
    assert kinds(tall) == ["scroll"]
    tall.run("pathfora.clearById(['a']); scrolled(3000)")
    assert [tall.there(name) for name in "abc"] == [False, True, True]


def test_11_1_19_the_same_object_again(tall: Shop) -> None:
    tall.run("""() => { window.widget = pathfora.Message({id: 'w', layout: 'slideout',
      displayConditions: {showOnExitIntent: true}}); pathfora.initializeWidgets([widget]); pathfora.clearAll();
      pathfora.initializeWidgets([widget]); }""")
    tall.run("moved(100, 40); left()")
    assert tall.there()


def test_3_2_impressions_are_asked_at_the_trigger(tall: Shop) -> None:
    wait_for(tall, scrollPercentageToDisplay=10, impressions={"session": 1})
    tall.run("sessionStorage.PathforaImpressions_w = '1'; scrolled(3000)")
    assert not tall.there()
    gate = tall.gate("impressions")
    assert (gate["pass"], gate["actual"], gate["required"]) == (False, {"limit": "widget.session", "found": 1}, 1)


def test_one_widget_may_clear_all_others_when_it_shows(tall: Shop) -> None:
    tall.run("""pathfora.initializeWidgets(['a', 'b'].map((id) => pathfora.Message({id, layout: 'slideout',
      displayConditions: {scrollPercentageToDisplay: 10}, onInit: () => pathfora.clearById(['a', 'b'])})))""")
    tall.run("scrolled(3000)")
    assert kinds(tall) == []
    assert tall.run("errors") == []


def test_3_4_the_delay_counts_from_the_trigger(tall: Shop) -> None:
    wait_for(tall, scrollPercentageToDisplay=10, showDelay=2)
    tall.tick(5000)
    tall.run("scrolled(3000)")
    tall.tick(1999)
    assert not tall.there()
    tall.tick(1)
    assert tall.there()


def test_in_quirks_mode_the_body_scrolls(tall: Shop) -> None:
    tall.html = tall.html.replace("<!doctype html>", "")
    tall.page.reload()
    assert tall.run("document.compatMode") == "BackCompat"
    wait_for(tall, scrollPercentageToDisplay=50)
    tall.run("scrolled(3000)")
    assert tall.there()

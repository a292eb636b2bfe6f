"""widgets.md 11.2, 11.8: the keyboard and the focus of dialogs."""

import pytest
from sdk_shop import Shop

FOCUSED = "(n => n.id || n.className || n.localName)(document.activeElement)"


def opened(shop: Shop, **config: object) -> None:
    shop.run("document.getElementById('before').focus()")
    shop.show(**config)
    shop.tick(50)


def press(shop: Shop, *keys: str) -> list[str]:
    found = []
    for key in keys:
        shop.page.keyboard.press(key)
        found.append(str(shop.run(FOCUSED)).rpartition("-")[2])
    return found


def test_focus_goes_into_a_modal_and_round_within_it(shop: Shop) -> None:
    opened(shop, msg='<a href="/x" id="link">x</a>')
    assert shop.run(FOCUSED) == "pf-widget-container"
    assert press(shop, *["Tab"] * 5) == ["close", "link", "ok", "cancel", "close"]
    assert press(shop, *["Shift+Tab"] * 4) == ["cancel", "ok", "link", "close"]


def test_shift_tab_first_goes_to_the_end(shop: Shop) -> None:
    opened(shop)
    assert press(shop, "Shift+Tab") == ["cancel"]


def test_what_cannot_be_seen_or_used_is_no_stop(shop: Shop) -> None:
    opened(shop)
    shop.run("document.querySelector('#w .pf-widget-cancel').style.display = 'none'")
    assert press(shop, "Shift+Tab", "Tab") == ["ok", "close"]
    shop.run("document.querySelector('#w .pf-widget-ok').disabled = true")
    assert press(shop, "Tab", "Shift+Tab") == ["close", "close"]


@pytest.mark.parametrize("way", ["key", "ok", "close"])
def test_focus_returns_to_where_it_was(shop: Shop, way: str) -> None:
    opened(shop)
    if way == "key":
        shop.page.keyboard.press("Escape")
    else:
        shop.page.locator(f"#w .pf-widget-{way}").press("Enter")
    assert shop.run(FOCUSED) == "before"


def test_focus_that_has_moved_on_is_left_alone(shop: Shop) -> None:
    opened(shop, confirmAction={"close": False})
    shop.run("() => { const n = document.createElement('input'); n.id = 'own'; document.body.append(n); n.focus(); }")
    shop.run("pathfora.closeWidget('w')")
    assert shop.run(FOCUSED) == "own"


def test_5_9_escape_tracks_remembers_and_tells(shop: Shop) -> None:
    shop.run("""() => { window.calls = []; pathfora.initializeWidgets([pathfora.Message({id: 'w',
      closeAction: {name: 'away', callback: () => calls.push('closeAction')},
      onModalClose: (name) => calls.push(name)})]); }""")
    shop.page.keyboard.press("Escape")
    assert shop.events() == ["show", "close:away"]
    assert shop.run("calls") == ["modalClosed"]
    assert shop.stored("PathforaClosed_w").startswith("1|")
    shop.tick(500)
    assert not shop.there()


def test_12_escape_may_come_as_a_key_code_only(shop: Shop) -> None:
    shop.show()
    shop.run("""() => { const event = new Event('keydown', {bubbles: true});
      Object.defineProperty(event, 'keyCode', {value: 27}); document.dispatchEvent(event); }""")
    assert shop.events() == ["show", "close:close"]


def test_11_2_escape_closes_the_topmost_only(shop: Shop) -> None:
    shop.show(id="a")
    shop.show(id="b")
    shop.tick(50)
    shop.page.keyboard.press("Escape")
    shop.tick(500)
    assert (shop.there("a"), shop.there("b")) == (True, False)
    shop.page.keyboard.press("Escape")
    shop.tick(500)
    assert not shop.there("a")


@pytest.mark.parametrize("layout", ["slideout", "bar", "button"])
def test_5_9_other_layouts_leave_the_keyboard_alone(shop: Shop, layout: str) -> None:
    opened(shop, layout=layout)
    assert shop.run(FOCUSED) == "before"
    shop.page.keyboard.press("Escape")
    shop.tick(600)
    assert shop.there()


def test_2_5_a_modal_in_a_host_leaves_tab_alone(shop: Shop) -> None:
    opened(shop, positionSelector="#host")
    assert press(shop, *["Tab"] * 4)[-1] == "body"


def test_no_listener_is_left_behind(shop: Shop) -> None:
    shop.run("""() => { window.balance = 0;
      const { addEventListener: add, removeEventListener: remove } = document;
      document.addEventListener = function (...words) { balance += 1; return add.apply(this, words); };
      document.removeEventListener = function (...words) { balance -= 1; return remove.apply(this, words); };
    }""")
    for index in range(20):
        shop.show(id=f"w{index}")
        shop.run("(id) => pathfora.closeWidget(id)", f"w{index}")
    for index in range(20):
        shop.show(id=f"v{index}")
    shop.run("pathfora.clearAll()")
    shop.tick(1000)
    assert shop.run("balance") == 0
    assert shop.run("document.querySelectorAll('.pf-widget').length") == 0


def test_a_modal_that_phones_do_not_show_leaves_the_keyboard_alone(shop: Shop) -> None:
    shop.page.set_viewport_size({"width": 390, "height": 844})
    try:
        shop.page.wait_for_function("document.styleSheets.length > 0")
        opened(shop, responsive=False)
        assert shop.run(FOCUSED) == "before"
        assert press(shop, "Tab") == ["body"]
        shop.page.keyboard.press("Escape")
        assert shop.events() == ["show"]
    finally:
        shop.page.set_viewport_size({"width": 1280, "height": 800})


def test_focus_stays_in_a_dialog_without_controls(shop: Shop) -> None:
    opened(shop, okShow=False, cancelShow=False)
    shop.run("document.querySelector('#w .pf-widget-close').style.display = 'none'")
    assert press(shop, "Tab", "Shift+Tab") == ["container", "container"]


INERT = "[...document.body.children].filter((node) => node.inert).map((node) => node.id || node.localName)"


def test_11_2_a_modal_has_the_page_to_itself(shop: Shop) -> None:
    shop.open(body='<main style="height:3000px"><button id="before">b</button></main><div id="own" inert></div>')
    shop.show(id="slide", layout="slideout")
    opened(shop)
    assert shop.run(INERT) == ["main", "own", "slide"]
    assert shop.run("getComputedStyle(document.documentElement).overflowY") == "hidden"
    shop.run("pathfora.closeWidget('w')")
    assert shop.run(INERT) == ["own"]
    assert shop.run("getComputedStyle(document.documentElement).overflowY") == "visible"


def test_11_2_of_two_modals_the_upper_one_can_be_used(shop: Shop) -> None:
    opened(shop)
    shop.show(id="upper")
    shop.tick(50)
    assert "w" in shop.run(INERT)
    shop.run("pathfora.closeWidget('upper')")
    assert "w" not in shop.run(INERT)
    assert "main" in shop.run(INERT)
    shop.run("pathfora.clearAll()")
    assert shop.run(INERT) == []


def test_11_2_a_modal_that_is_not_displayed_leaves_the_page_alone(shop: Shop) -> None:
    opened(shop, responsive=False)
    assert "main" in shop.run(INERT)
    shop.page.set_viewport_size({"width": 400, "height": 800})
    shop.page.wait_for_function("!document.querySelector('main').inert")
    shop.page.set_viewport_size({"width": 1280, "height": 800})
    shop.page.wait_for_function("document.querySelector('main').inert")


def test_11_2_a_page_that_takes_a_modal_out_by_itself_can_be_used_again(shop: Shop) -> None:
    shop.open(body='<main style="height:3000px"><button id="before">b</button></main>')
    opened(shop)
    shop.show(id="upper")
    shop.tick(50)
    assert shop.run(INERT) == ["main", "w"]
    shop.run("document.getElementById('upper').remove()")
    assert shop.run(INERT) == ["main"]
    shop.run("document.getElementById('w').remove()")
    assert shop.run(INERT) == []
    assert shop.run("document.documentElement.className") == ""
    shop.page.keyboard.press("Escape")
    assert shop.events() == ["show", "show"]


def test_11_2_a_page_that_swaps_its_body_scrolls(shop: Shop) -> None:
    shop.open(body='<main style="height:3000px"></main>')
    opened_style = "getComputedStyle(document.documentElement).overflowY"
    shop.show()
    shop.tick(50)
    shop.page.wait_for_function(f"{opened_style} === 'hidden'")
    shop.run("""() => { const body = document.createElement('body'); body.innerHTML = '<p style="height:3000px">x</p>';
      document.body = body; }""")
    assert shop.run(opened_style) == "visible"
    shop.run("pathfora.clearAll()")
    assert shop.run("document.documentElement.className") == ""


def test_11_2_what_a_page_adds_over_a_modal_can_be_used(shop: Shop) -> None:
    opened(shop)
    shop.run("() => { const list = document.createElement('ul'); list.id = 'choices'; document.body.append(list); }")
    assert shop.run("document.getElementById('choices').inert") is False
    assert "main" in shop.run(INERT)


def test_9_2_a_page_that_does_not_scroll_keeps_its_width(shop: Shop) -> None:
    opened(shop)
    assert shop.run("document.documentElement.className") == ""


def test_5_9_the_close_button_is_called_what_the_page_says(shop: Shop) -> None:
    for config, name in (({}, "Close"), ({"closeMessage": "Fermer"}, "Fermer")):
        shop.run("config => pathfora.initializeWidgets([pathfora.Message({id: 'w', ...config})])", config)
        shop.tick(50)
        assert shop.page.get_by_role("button", name=name, exact=True).count() == 1
        shop.run("pathfora.clearAll()")

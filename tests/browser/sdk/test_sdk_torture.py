"""Host pages that do their worst (issue: torture-proof): widgets are still seen, read, pressed and closed."""

import pytest
from sdk_shop import BODY, Shop

WIDGETS = """
window.pressed = [];
pathfora.initializeWidgets([...['modal', 'slideout', 'bar', 'button', 'inline'].map((layout) => pathfora.Message({
  id: layout, layout, position: { inline: '#host', bar: 'bottom-fixed' }[layout] ?? '',
  headline: 'Hello', msg: 'A <b>text</b>', confirmAction: { callback: () => { pressed.push(layout); } },
  displayConditions: { impressions: { session: 9 }, urlContains: ['*'], hideAfterAction: { closed: { hideCount: 9 } } },
})), pathfora.Form({ id: 'form', layout: 'slideout', position: 'top-right' })]);
"""
NAMES = ("modal", "slideout", "bar", "button", "inline", "form")

HTML = {
    "universal resets": "* { all: unset; margin: 0; padding: 0; box-sizing: content-box; line-height: 1; }",
    "the highest z-index there is": "main { position: relative; z-index: 2147483647; background: #eee; }",
    "a transform on the body": "body { transform: translateZ(0); min-height: 100vh; margin: 0; }",
    "a huge root font": "html { font-size: 40px; }",
    "elements that are nothing": "button { display: none; } p { visibility: hidden; } h2 { font-size: 0; }",
}

SCRIPTS = {
    "frozen built-ins": """for (const name of ['Array', 'Object', 'String', 'Map', 'Set', 'Promise', 'Function'])
      { Object.freeze(window[name].prototype); Object.freeze(window[name]); }
      Object.freeze(JSON); Object.freeze(Math);""",
    # As its 1.6: lists and texts write JSON of their own, lists cannot be added up, all that is inherited is a key.
    "an old Prototype": """
      const own = (object, pick) => { const all = []; for (const key in object) all.push(pick(key)); return all; };
      const list = (many) => { const all = []; for (const one of many) all.push(one); return all; };
      const methods = { each(act) { this.forEach((one, index) => act(one, index)); return this; },
        entries() { return list(this); }, toArray() { return list(this); }, clone() { return list(this); },
        reduce() { return this.length > 1 ? this : this[0]; }, include(one) { return this.indexOf(one) > -1; },
        toJSON() { return '[' + list(this).map((one) => JSON.stringify(one)).join(', ') + ']'; } };
      for (const name in methods) Array.prototype[name] = methods[name];
      String.prototype.toJSON = function () { return '"' + this + '"'; };
      Number.prototype.toJSON = Boolean.prototype.toJSON = function () { return String(this); };
      Object.keys = (object) => own(object, (key) => key);
      Object.values = (object) => own(object, (key) => object[key]);
      Array.from = list; window.$ = (id) => document.getElementById(id);
      Element.prototype.remove = function () { this.parentNode.removeChild(this); return this; };
      for (const name of ['hide', 'show', 'select', 'match', 'up', 'down', 'update', 'insert', 'wrap'])
        Element.prototype[name] = function () { return this; };""",
    "patched built-ins": """const { stringify, parse } = JSON; JSON.stringify = (...all) => stringify(...all);
      JSON.parse = (...all) => parse(...all); const { entries } = Object; Object.entries = (...all) => entries(...all);
      Array.prototype.includes = function (x) { return this.indexOf(x) !== -1; };
      NodeList.prototype.forEach = undefined; window.requestAnimationFrame = undefined;
      Element.prototype.append = Element.prototype.append; Node.prototype.contains2 = 1;""",
    "no storage": """for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });""",
    "null storage": """for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: () => null });""",
    "full storage": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "no newer observers": "delete window.ResizeObserver; delete window.IntersectionObserver;",
}


def works(shop: Shop) -> None:
    """All widgets open, their texts are there, and each answers a press and closes; what is counted is counted on."""
    shop.tick(600)
    for name in NAMES:
        assert shop.run("(id) => document.getElementById(id)?.classList.contains('opened')", name), name
    assert shop.run("[...document.querySelectorAll('.pf-widget-message b')].length") == 5
    for name in ("modal", "slideout", "bar", "button"):
        shop.run("(id) => document.querySelector(`#${id} .pf-widget-ok`).click()", name)
    assert shop.run("pressed") == ["modal", "slideout", "bar", "button"]
    shop.run("document.querySelector('#form .pf-widget-close').click()")
    shop.tick(600)
    assert shop.run("[...document.querySelectorAll('.pf-widget')].map((node) => node.id)") == ["inline"]
    shop.run("pathfora.clearAll()")
    assert shop.run("document.querySelectorAll('.pf-widget').length") == 0
    assert [line for line in shop.run("logged") if "failed" in line] == []


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_that_bend_the_language(shop: Shop, script: str) -> None:
    shop.open(before=SCRIPTS[script])
    shop.run(f"() => {{ {WIDGETS} }}")
    works(shop)


ON_TOP = """(id) => {
  const control = document.querySelector(`#${id} .pf-widget-ok`);
  const { left, top, width, height } = control.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  return [width > 20 && height > 20, control.contains(hit)];
}"""


@pytest.mark.parametrize("style", HTML)
def test_styles_of_the_page(shop: Shop, style: str) -> None:
    shop.open(head=f"<style>{HTML[style]}</style>", body=BODY)
    shop.page.wait_for_function("document.styleSheets.length > 1")
    for layout, position in (("modal", ""), ("slideout", "bottom-left"), ("bar", "bottom-fixed")):
        shop.show(id=layout, layout=layout, position=position, msg="Text", headline="Hello")
        shop.tick(100)
        shop.page.wait_for_function("(id) => getComputedStyle(document.getElementById(id)).opacity === '1'", arg=layout)
        seen, on_top = shop.run(ON_TOP, layout)
        assert (layout, seen) == (layout, True)
        assert (layout, on_top) == (layout, True)
        shop.run("pathfora.clearAll()")


@pytest.mark.parametrize("wall", ["wrapper", "wall"])
def test_11_7_a_modal_is_above_what_nobody_could_put_away_under_it(shop: Shop, wall: str) -> None:
    style = {"wrapper": "position: relative; height: 3000px", "wall": "position: fixed; inset: 0"}[wall]
    shop.open(body=f'<div id="wall" style="{style}; z-index: 2147483647; background: #fff">Shop</div>')
    shop.page.wait_for_function("document.styleSheets.length > 0")
    for widget in ("a", "b"):
        shop.show(id=widget, headline="Hello")
        shop.tick(50)
        # Only what is not inert is found at a point, so look at what would be painted there.
        top = shop.run("""() => { for (const node of document.querySelectorAll('[inert]')) node.inert = false;
          return document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('.pf-widget, #wall').id; }""")
        assert top == widget


@pytest.mark.parametrize(
    ("layout", "position"),
    [("modal", ""), ("slideout", "bottom-left"), ("bar", "bottom-fixed"), ("button", "top-left")],
)
def test_9_2_what_is_fixed_to_the_window_stays_so_in_a_body_that_moves(shop: Shop, layout: str, position: str) -> None:
    shop.open(
        head="<style>body { transform: translateY(0); margin: 0 }</style>", body='<main style="height: 5000px"></main>'
    )
    shop.page.wait_for_function("document.styleSheets.length > 1")
    shop.run("scrollTo(0, 900)")
    shop.show(layout=layout, position=position, msg="Hello")
    shop.tick(50)
    assert shop.run(ON_TOP, "w") == [True, True]
    shop.run("pathfora.clearAll()")
    shop.show(layout="bar", position="top-absolute", msg="Hello")
    shop.tick(50)
    # What belongs to the page scrolls with it.
    assert shop.run("document.getElementById('w').getBoundingClientRect().top") == -900


def test_2_5_what_is_put_into_a_box_that_moves_stays_there(shop: Shop) -> None:
    shop.open(body='<div id="host" style="transform: scale(1); width: 500px; height: 300px"></div>')
    shop.page.wait_for_function("document.styleSheets.length > 0")
    shop.show(layout="slideout", positionSelector="#host", msg="Hello")
    shop.tick(50)
    assert shop.run("document.getElementById('w').getBoundingClientRect().bottom") < 300


@pytest.mark.parametrize("layout", ["modal", "slideout"])
def test_9_2_otherwise_the_pages_own_order_holds(shop: Shop, layout: str) -> None:
    shop.open(body='<div style="position: fixed; inset: auto 0 0; height: 200px; z-index: 99999">cookies</div>')
    shop.page.wait_for_function("document.styleSheets.length > 0")
    shop.show(layout=layout)
    shop.tick(50)
    assert shop.run("[getComputedStyle(document.getElementById('w')).zIndex, document.querySelector('div').inert]") == [
        "9999",
        layout == "modal",
    ]


def test_what_is_remembered_beside_an_old_prototype_is_counted_on(shop: Shop) -> None:
    for shown in (True, True, False):
        shop.open(before=SCRIPTS["an old Prototype"], keep=True)
        shop.show(layout="slideout", msg="Hello {{name}}", displayConditions={"impressions": {"total": 2}})
        assert shop.there() is shown
        if shown:
            assert shop.run("document.querySelector('#w .pf-widget-message').textContent") == "Hello Ada"
    assert shop.stored("PathforaImpressions_w").startswith("2|")
    assert shop.stored("PathforaPageView") == "4"
    assert shop.run("localStorage.PathforaImpressions_w").startswith('{"$":"2|')


def test_quirks_mode(shop: Shop) -> None:
    shop.open()
    shop.html = shop.html.replace("<!doctype html>", "")
    shop.page.reload()
    assert shop.run("document.compatMode") == "BackCompat"
    shop.run(f"() => {{ {WIDGETS} }}")
    works(shop)


def test_a_host_that_is_taken_out_takes_its_widget_along(shop: Shop) -> None:
    shop.show(layout="inline", positionSelector="#host", displayConditions={"hideAfter": 1})
    shop.tick(50)
    shop.run("document.getElementById('host').remove()")
    shop.tick(2000)
    assert not shop.there()
    shop.run("() => { const host = document.createElement('div'); host.id = 'host'; document.body.append(host); }")
    shop.show(layout="inline", positionSelector="#host")
    assert shop.there()


def test_a_page_that_empties_its_body_loses_its_widgets_and_may_show_them_again(shop: Shop) -> None:
    shop.show()
    shop.tick(50)
    shop.run("document.body.replaceChildren()")
    shop.page.keyboard.press("Tab")
    shop.run("pathfora.clearById(['w'])")
    shop.show()
    shop.tick(50)
    assert shop.there()


def test_back_and_forward_the_cached_page_goes_on(shop: Shop) -> None:
    shop.show(displayConditions={"showDelay": 5})
    shop.show(id="open", layout="slideout", displayConditions={"hideAfter": 9})
    shop.run("""() => { for (const type of ['pagehide', 'pageshow'])
      dispatchEvent(new PageTransitionEvent(type, { persisted: true })); }""")
    shop.tick(5000)
    assert (shop.there("w"), shop.there("open")) == (True, True)
    shop.tick(5000)
    assert shop.there("open") is False
    assert shop.stored("PathforaPageView") == "1"


def test_a_second_script_and_a_second_instance_leave_the_first_alone(shop: Shop) -> None:
    shop.show()
    same = shop.run("""async () => { const first = pathfora; const script = document.createElement('script');
      script.src = '/static/pathfora.js?again'; script.type = 'text/javascript';
      await new Promise((done) => { script.onload = script.onerror = done; document.head.append(script); });
      new pathfora.constructor(); return pathfora === first; }""")
    assert same
    assert shop.there()


def test_a_form_on_its_way_out_does_not_take_the_page_along(shop: Shop) -> None:
    shop.run("pathfora.initializeWidgets([pathfora.Form({ id: 'w', layout: 'modal' })]); window.stays = true")
    shop.tick(50)
    shop.run(
        "document.querySelector('#w .pf-widget-cancel').click(); document.querySelector('#w .pf-widget-ok').click()"
    )
    shop.tick(600)
    assert not shop.there()
    assert shop.run("[window.stays, location.search]") == [True, ""]

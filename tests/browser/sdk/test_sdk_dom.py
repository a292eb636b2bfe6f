"""widgets.md 2.4, 2.5, 5: the nodes, class names and texts of each layout."""

from typing import Any

import pytest
from sdk_shop import Shop

# tag.class#id[attributes]{children}, as section 5 writes it; the order counts.
OUTLINE = """() => {
  const line = (node) => {
    const names = [...node.classList].map((name) => '.' + name).join('');
    const attributes = [...node.attributes].filter(({name}) => !['class', 'id', 'value'].includes(name))
      .map(({name, value}) => `[${name}=${value}]`).join('');
    const inner = node.children.length ? [...node.children].map(line).join(' ') : node.textContent;
    return node.localName + names + (node.id ? '#' + node.id : '') + attributes + (inner ? `{${inner}}` : '');
  };
  return [...document.getElementById('w').children].map(line).join(' ');
}"""

OK = "button.pf-widget-btn.pf-widget-ok[type=button]{Confirm}"
CANCEL = "button.pf-widget-btn.pf-widget-cancel[type=button]{Cancel}"
CLOSE = "button.pf-widget-close[type=button][aria-label=Close]{\u00d7}"
TITLE = "h2.pf-widget-headline#w-pf-widget-headline{Hi}"
TEXT = "p.pf-widget-message#w-pf-widget-message{There}"

TREES = {
    "modal": (
        "div.pf-widget-container[role=dialog][aria-modal=true][tabindex=-1]"
        "[aria-labelledby=w-pf-widget-headline][aria-describedby=w-pf-widget-message]"
        "{div.pf-va-middle{div.pf-widget-content{" + CLOSE + " div.pf-widget-text{" + TITLE + " div.pf-widget-body{"
        "div.pf-va-middle{" + TEXT + " a.pf-content-unit " + OK + " " + CANCEL + " div.pf-widget-footer{Foot}}}}}}}"
    ),
    "slideout": (
        f"{CLOSE} div.pf-widget-body div.pf-widget-content{{{TITLE} {TEXT} a.pf-content-unit.stack {OK} {CANCEL} "
        "div.pf-widget-footer{Foot}}"
    ),
    "bar": f"div.pf-widget-body {CLOSE} div.pf-bar-content{{{TEXT} span{{{OK} {CANCEL}}}}}",
    "button": "button.pf-widget-message.pf-widget-ok#w-pf-widget-message[type=button]{There}",
    "inline": (
        "div.pf-widget-container{div.pf-va-middle{div.pf-widget-content{div.pf-widget-text{"
        + TITLE
        + " div.pf-widget-body{"
        "div.pf-va-middle{" + TEXT + " a.pf-content-unit " + OK + "}}}}}}"
    ),
}


@pytest.mark.parametrize("layout", TREES)
def test_5_2_to_5_5_the_tree(shop: Shop, layout: str) -> None:
    shop.show(layout=layout, headline="Hi", msg="There", footerText="Foot")
    assert shop.run(OUTLINE) == TREES[layout]


@pytest.mark.parametrize(
    ("config", "names"),
    [
        ({}, "pf-widget pf-message pf-widget-modal pf-widget-variant-1 pathfora"),
        (
            {"layout": "slideout"},
            "pf-widget pf-message pf-widget-slideout pf-position-bottom-left pf-widget-variant-1 pathfora",
        ),
        ({"layout": "bar"}, "pf-widget pf-message pf-widget-bar pf-position-top-absolute pf-widget-variant-1 pathfora"),
        (
            {"layout": "button"},
            "pf-widget pf-message pf-widget-button pf-position-top-left pf-widget-variant-1 pathfora",
        ),
        (
            {"layout": "inline", "position": "#host"},
            "pf-widget pf-message pf-widget-inline pf-position-#host pf-widget-variant-1 pathfora",
        ),
        (
            {"layout": "bar", "position": "top-fixed", "pushDown": "main", "origin": "o", "variant": 2, "theme": "dark"}
            | {"className": "brand blue", "branding": True, "responsive": False},
            "pf-widget pf-message pf-widget-bar pf-position-top-fixed pf-has-push-down pf-origin-o pf-widget-variant-2 "
            "pf-theme-dark brand blue pf-widget-has-branding pf-mobile-hide",
        ),
    ],
)
def test_5_1_the_class_string(shop: Shop, config: dict[str, Any], names: str) -> None:
    shop.show(**config)
    assert shop.run("document.getElementById('w').className") == names
    shop.tick(50)
    assert shop.run("document.getElementById('w').className") == names + " opened"


def test_2_4_a_wrong_position_warns_and_goes_on(shop: Shop) -> None:
    shop.show(layout="slideout", position="middle")
    assert "warn: middle is not a valid position for slideout" in shop.run("logged")
    assert shop.run("document.getElementById('w').classList.contains('pf-position-middle')")


@pytest.mark.parametrize("layout", ["modal", "slideout", "bar", "button", "inline"])
def test_2_4_accepted_positions_do_not_warn(shop: Shop, layout: str) -> None:
    positions = {
        "modal": ["", "middle-center"],
        "bar": ["top-absolute", "top-fixed", "bottom-fixed", "top-center", "bottom-center"],
    }
    corners = ["left", "right", "top-left", "top-right", "bottom-left", "bottom-right"]
    for position in positions.get(layout, ["#host"] if layout == "inline" else corners):
        shop.show(id="p" + position.strip("#"), layout=layout, position=position)
    assert shop.run("logged") == []


@pytest.mark.parametrize("layout", ["modal", "slideout", "bar"])
def test_2_5_buttons_can_be_left_out_and_named(shop: Shop, layout: str) -> None:
    shop.show(layout=layout, okShow=False, cancelMessage="<b>No</b> thanks")
    assert shop.run("document.querySelector('#w .pf-widget-ok')") is None
    found = shop.run("(n => [n.innerHTML, n.value])(document.querySelector('#w .pf-widget-cancel'))")
    assert found == ["<b>No</b> thanks", "<b>No</b> thanks"]


@pytest.mark.parametrize("layout", ["bar", "button", "inline"])
def test_11_1_13_a_footer_where_there_is_none_is_no_error(shop: Shop, layout: str) -> None:
    shop.show(layout=layout, footerText="Foot")
    assert shop.there()


def test_2_5_a_button_without_message_reads_its_ok_text(shop: Shop) -> None:
    shop.show(layout="button")
    assert shop.run("document.querySelector('#w .pf-widget-message').textContent") == "Confirm"


@pytest.mark.parametrize(
    ("layout", "parent"),
    [
        ("modal", "pf-widget-content"),
        ("inline", "pf-widget-content"),
        ("slideout", "pf-widget-body"),
        ("bar", "pf-widget-body"),
    ],
)
def test_2_5_the_image(shop: Shop, layout: str, parent: str) -> None:
    shop.show(layout=layout, image="/a.png", variant=2)
    found = shop.run("""(n => [n.parentNode.className, n.getAttribute('src'), n.alt, n === n.parentNode.lastChild])
        (document.querySelector('#w img.pf-widget-img'))""")
    assert found == [parent, "/a.png", "", True]


def test_11_3_a_script_address_is_no_image(shop: Shop) -> None:
    shop.show(image="javascript:alert(1)")
    assert shop.run("document.querySelector('#w img')") is None


def test_2_5_position_selector_appends_to_its_host(shop: Shop) -> None:
    shop.show(layout="slideout", positionSelector="#host")
    assert shop.run("document.getElementById('w').parentNode.id") == "host"


def test_11_1_11_a_missing_host_leaves_no_phantom_impression(shop: Shop) -> None:
    shop.run(
        """() => { try { pathfora.initializeWidgets([pathfora.Message({id: 'w', positionSelector: '#none'})]); }
          catch {} }"""
    )
    assert shop.events() == []
    assert shop.stored("PathforaImpressions_w") is None
    assert shop.run("sessionStorage.length") == 0
    assert shop.explain()["verdict"] == "failed"
    shop.show()
    assert shop.there()


def test_2_5_push_down(shop: Shop) -> None:
    shop.show(layout="bar", pushDown="main", displayConditions={"hideAfter": 1})
    names = "document.querySelector('main').className"
    assert shop.run(names) == " pf-push-down opened"
    shop.tick(1000)
    assert shop.run(names) == " pf-push-down"


def test_11_1_13_push_down_without_its_element_is_traced(shop: Shop) -> None:
    shop.show(layout="bar", pushDown="#none")
    assert shop.there()
    gate = shop.gate("pushDown")
    assert (gate["actual"], gate["required"]) == ("missing", "#none")


def test_11_8_two_open_modals_share_no_id(shop: Shop) -> None:
    shop.show(id="a", headline="A", msg="x")
    shop.show(id="b", headline="B", msg="y")
    ids = shop.run("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("config", "name"),
    [
        ({"headline": "<i>Hi</i>", "msg": "There"}, "Hi"),
        ({"msg": "There"}, "There"),
        ({}, "w"),
        ({"layout": "slideout", "headline": "Hi"}, "Hi"),
        ({"layout": "bar", "msg": "There"}, "There"),
        ({"layout": "button", "msg": "There"}, "There"),
    ],
)
def test_11_8_every_widget_over_the_page_has_a_name(shop: Shop, config: dict[str, Any], name: str) -> None:
    shop.show(**config)
    shop.tick(50)
    role = {"bar": "region", "button": "region"}.get(config.get("layout", "modal"), "dialog")
    assert shop.page.get_by_role(role, name=name, exact=True).count() == 1  # type: ignore[arg-type]


def test_12_the_merged_widget_is_the_object_the_factory_made(shop: Shop) -> None:
    found = shop.run("""() => {
      const w = pathfora.Message({id: 'w', msg: 'x', confirmAction: {name: 'n'}});
      pathfora.initializeWidgets([w]);
      return [w.msg, w.layout, w.type, w.valid, w.confirmAction.name, w.confirmAction !== w.config.confirmAction];
    }""")
    assert found == ["x", "modal", "message", True, "n", True]


def test_2_1_precedence_widget_over_type_over_generic(shop: Shop) -> None:
    found = shop.run("""() => {
      const w = pathfora.Message({id: 'w', displayConditions: {hideAfter: 3}});
      const generic = {okMessage: 'g', msg: 'g', extra: 'g'};
      pathfora.initializeWidgets([w], {generic, message: {msg: 'm', headline: 'm'}});
      return [w.okMessage, w.msg, w.headline, w.extra, w.displayConditions.hideAfter, w.displayConditions.showOnInit];
    }""")
    assert found == ["Confirm", "m", "m", "g", 3, True]

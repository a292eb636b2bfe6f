"""widgets.md 10: preview."""

from sdk_shop import Shop

FLAT = """({id: 'w', type: 'message', layout: 'modal', variant: 1, headline: 'Hello', msg: '<b>x</b>', okShow: true,
  okMessage: 'Go', responsive: true, listeners: {}})"""


def test_10_a_node_that_nobody_counts(shop: Shop) -> None:
    found = shop.run(f"""() => {{
      window.flat = {FLAT}; window.node = pathfora.previewWidget(flat);
      return [node.id === flat.id, node.id.length, node.isConnected, node.className,
        node.querySelector('h2').textContent];
    }}""")
    assert found == [True, 36, False, "pf-widget pf-message pf-widget-modal pf-widget-variant-1", "Hello"]
    assert shop.run("[sent.length, pathfora.explain().length, Object.keys(localStorage)]") == [
        0,
        0,
        ["PathforaPageView"],
    ]
    shop.show(id="x")
    assert shop.run("pathfora.previewWidget(flat).id") != shop.run("node.id")


def test_10_its_buttons_are_live(shop: Shop) -> None:
    shop.run(
        f"() => {{ window.node = pathfora.previewWidget({FLAT}); node.className += ' opened';"
        " document.body.append(node); }"
    )
    shop.run("node.querySelector('.pf-widget-ok').click()")
    assert shop.events() == ["confirm:default confirm"]
    assert not shop.run("node.classList.contains('opened')")


def test_10_a_widget_from_a_factory_is_not_flat(shop: Shop) -> None:
    script = """() => {
      try { pathfora.previewWidget(pathfora.Message({id: 'w'})); } catch (error) { return error.message; }
    }"""
    assert shop.run(script) == "Could not get pathfora template based on type and layout."

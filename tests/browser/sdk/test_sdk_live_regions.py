"""widgets.md 11.2: what comes up without taking the focus is read out, once."""

import pytest
from sdk_shop import Shop

LIVE = "[document.getElementById('w').ariaLive, document.querySelectorAll('#w [aria-live]').length]"


@pytest.mark.parametrize("layout", ["slideout", "bar", "button"])
def test_11_2_what_opens_over_the_page_is_a_live_region(shop: Shop, layout: str) -> None:
    shop.show(layout=layout, headline="Hi", msg="There")
    assert shop.run(LIVE) == ["polite", 0]
    shop.tick(50)
    assert shop.run(LIVE) == ["polite", 0]


@pytest.mark.parametrize("layout", ["modal", "gate", "inline"])
def test_11_2_what_takes_the_focus_or_stands_in_the_page_is_none(shop: Shop, layout: str) -> None:
    shop.show(layout=layout, positionSelector="#host" if layout == "inline" else "", headline="Hi", msg="There")
    assert shop.run(LIVE) == [None, 0]


@pytest.mark.parametrize("layout", ["slideout", "bar"])
def test_11_2_a_form_that_speaks_for_itself_is_not_read_out_twice(shop: Shop, layout: str) -> None:
    shop.run(
        "layout => pathfora.initializeWidgets([pathfora.Subscription({id: 'w', layout, formStates: {success: {}}})])",
        layout,
    )
    shop.tick(50)
    assert shop.run(LIVE) == ["polite", 0]
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    assert shop.run(LIVE) == [None, 0]
    said = "document.querySelector('#w [role=status]').textContent"
    assert "Email" in shop.run(said)
    shop.run("""() => { document.querySelector('#w input').value = 'a@b.example';
      document.querySelector('#w .pf-widget-ok').click(); }""")
    assert shop.run(said) == "Thank You. We have received your submission."


def test_11_2_a_bar_is_called_what_it_asks_and_not_what_may_come_of_it(shop: Shop) -> None:
    called = """(node => document.getElementById(node.getAttribute('aria-labelledby')).textContent)(
      document.getElementById('w'))"""
    shop.run("""pathfora.initializeWidgets([pathfora.Subscription({id: 'w', layout: 'bar', msg: 'News?',
      formStates: {success: {}, error: {}}, confirmAction: {
        waitForAsyncResponse: true, callback: (name, payload, answer) => { window.answer = answer; } }})])""")
    shop.tick(50)
    assert shop.run(called) == "News?"
    shop.run("""() => { document.querySelector('#w input').value = 'a@b.example';
      document.querySelector('#w .pf-widget-ok').click(); answer(false); }""")
    assert shop.run(called) == "Error"
    shop.tick(3000)
    assert shop.run(called) == "News?"

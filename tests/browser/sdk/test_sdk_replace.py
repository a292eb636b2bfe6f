"""`pathfora.replaceWidget`: a new version in the place of the old, for live editing."""

from typing import Any

import pytest
from sdk_shop import EDITABLE, Shop


@pytest.fixture(autouse=True)
def _edited(shop: Shop) -> None:
    """The SDK as the server gives it to its own pages."""
    shop.open(entry=EDITABLE)


def test_what_visitors_get_exchanges_nothing(shop: Shop) -> None:
    assert shop.run("typeof pathfora.replaceWidget") == "function"
    assert shop.run("Object.keys(pathfora).includes('replaceWidget')") is False
    shop.open()
    assert shop.run("typeof pathfora.replaceWidget") == "undefined"


def replace(shop: Shop, **config: Any) -> None:
    shop.run("(config) => pathfora.replaceWidget(pathfora.Message(config))", {"id": "w", **config})


def test_in_place_and_unnoticed(shop: Shop) -> None:
    shop.show(headline="Old", positionSelector="#host", displayConditions={"impressions": {"session": 1}})
    shop.run("document.getElementById('host').append(document.createElement('i'))")
    shop.tick(50)
    shop.run("sessionStorage.seen = sessionStorage.PathforaImpressions_w")
    replace(shop, headline="New", positionSelector="#host", displayConditions={"impressions": {"session": 1}})
    found = shop.run("""[document.querySelectorAll('#w').length,
      document.querySelector('#w .pf-widget-headline').textContent,
      document.getElementById('host').firstElementChild.id, document.getElementById('w').classList.contains('opened'),
      sessionStorage.PathforaImpressions_w]""")
    assert found == [1, "New", "w", True, "1"]
    assert shop.events() == ["show"]
    assert shop.explain()["reason"] == "Shown: replaced in place"
    assert [gate["gate"] for gate in shop.explain()["gates"]] == ["showOnInit", "impressions", "render"]


def test_the_new_one_works(shop: Shop) -> None:
    shop.show(displayConditions={"hideAfter": 9})
    shop.tick(50)
    replace(shop, okMessage="Go", confirmAction={"name": "new"})
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    assert shop.events() == ["show", "confirm:new"]
    shop.tick(500)
    assert not shop.there()


@pytest.mark.parametrize("control", ["ok", "cancel", "close"])
def test_focus_is_kept(shop: Shop, control: str) -> None:
    shop.show()
    shop.tick(50)
    shop.page.locator(f"#w .pf-widget-{control}").focus()
    replace(shop, headline="New")
    assert shop.run(f"document.activeElement.classList.contains('pf-widget-{control}')")
    shop.page.keyboard.press("Escape")
    assert shop.events() == ["show", "close:close"]


def test_focus_on_a_control_that_is_gone_goes_to_the_dialog(shop: Shop) -> None:
    shop.show()
    shop.tick(50)
    shop.page.locator("#w .pf-widget-cancel").focus()
    replace(shop, cancelShow=False)
    assert shop.run("document.activeElement.className") == "pf-widget-container"


def test_it_returns_focus_to_the_first_opener(shop: Shop) -> None:
    shop.run("document.getElementById('before').focus()")
    shop.show()
    shop.tick(50)
    replace(shop, headline="New")
    shop.page.keyboard.press("Escape")
    assert shop.run("document.activeElement.id") == "before"


def test_another_layout_takes_over(shop: Shop) -> None:
    shop.show()
    shop.tick(50)
    replace(shop, layout="bar")
    assert shop.run("document.getElementById('w').classList.contains('pf-widget-bar')")
    shop.page.keyboard.press("Escape")
    shop.tick(600)
    assert shop.there()


def test_before_it_has_opened(shop: Shop) -> None:
    shop.show()
    replace(shop, headline="New")
    shop.tick(50)
    assert shop.run("document.getElementById('w').classList.contains('opened')")


def test_a_version_that_cannot_be_built_leaves_the_old_one(shop: Shop) -> None:
    shop.show(headline="Old")
    script = """() => { try { pathfora.replaceWidget(pathfora.Message({id: 'w', layout: 'x'})); }
      catch (error) { return error.message; } }"""
    assert "Could not get pathfora template" in shop.run(script)
    assert shop.run("document.querySelector('#w .pf-widget-headline').textContent") == "Old"
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    assert shop.explain()["verdict"] == "closed"


def test_a_closed_one_is_initialised(shop: Shop) -> None:
    shop.show(displayConditions={"pageVisits": 9})
    replace(shop, headline="New")
    assert shop.there()
    shop.run("document.querySelector('#w .pf-widget-ok').click()")
    replace(shop, headline="Newer")
    assert shop.there()
    assert shop.events() == ["show", "confirm:default confirm", "show"]


def test_one_that_its_audience_keeps_away_stays_away(shop: Shop) -> None:
    shop.run("pathfora.initializeWidgets({target: [{segment: 'vip', widgets: [pathfora.Message({id: 'w'})]}]})")
    replace(shop, headline="New")
    assert not shop.there()


def test_one_that_waits_for_the_tag_is_exchanged(shop: Shop) -> None:
    shop.open(user=None, entry=EDITABLE)
    shop.run(
        """pathfora.initializeWidgets(
          {target: [{segment: 'all', widgets: [pathfora.Message({id: 'w', headline: 'Old'})]}]})"""
    )
    replace(shop, headline="New")
    assert not shop.there()
    shop.run("jstag.arrive({name: 'Bo'})")
    assert shop.run("document.querySelector('#w .pf-widget-headline').textContent") == "New"


def test_4_7_the_new_one_has_its_fields_filled_in(shop: Shop) -> None:
    content = [{"title": "Own", "url": "/own"}]
    shop.show(headline="Old", recommend={}, content=content)
    replace(shop, headline="Hi {{name}}", recommend={}, layout="slideout")
    assert shop.run("document.querySelector('#w .pf-widget-headline').textContent") == "Hi Ada"
    assert shop.run("document.querySelector('#w .pf-content-unit').textContent") == "Own"

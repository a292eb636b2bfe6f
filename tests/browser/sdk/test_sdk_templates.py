"""widgets.md 4.7: profile fields in texts."""

from typing import Any

import pytest
from playwright.sync_api import Error
from sdk_shop import TAG, Shop

TEXTS = """['.pf-widget-headline', '.pf-widget-message']
  .map((selector) => document.querySelector('#w ' + selector)?.textContent)"""
CODE = "() => { pathfora.initializeWidgets([pathfora.Message({id: 'w', %s})]) }"


def press(shop: Shop) -> None:
    shop.run("document.querySelector('#w .pf-widget-ok').click()")


def test_4_7_fields_and_defaults(shop: Shop) -> None:
    shop.open(user={"name": "Ada", "home": {"town": "Bonn"}, "zero": 0, "none": None})
    shop.run("pathfora.customData = {shop: {name: 'Hut'}, name: 'not used', none: 'theirs'}")
    shop.show(
        headline="{{name}} from {{ home.town }}, {{name}}, {{zero}}",
        msg="{{ shop.name }}: {{colour | red | blue}}, {{none}}, {{home.street|}}!",
        variant=2,
        image="/{{name}}.png",
        okMessage="{{name}}",
    )
    assert shop.run(TEXTS) == ["Ada from Bonn, Ada, 0", "Hut: red, theirs, !"]
    assert shop.run("document.querySelector('#w .pf-widget-img').getAttribute('src')") == "/Ada.png"
    assert shop.run("document.querySelector('#w .pf-widget-ok').textContent") == "{{name}}"
    assert shop.run("pathfora.getWidgetDependencies().w") == {
        "entityField": [*("shop.name", "colour", "none", "home.street"), *("name", "home.town", "name", "zero"), "name"]
    }
    assert shop.explain()["reason"] == "Shown: fields"


@pytest.mark.parametrize("text", ["{{size}}", "{{home.street.name}}", "{{none}}", "{{}}"])
def test_4_7_a_missing_field_hides_or_is_left_out(shop: Shop, text: str) -> None:
    shop.open(user={"name": "Ada", "home": None, "none": None})
    shop.show(msg=f"Size: {text}")
    assert not shop.there()
    assert shop.explain()["reason"].startswith('Hidden: fields is {"missing":["')
    assert shop.run("pathfora.getWidgetDependencies().w.entityField.length") == 1
    shop.show(msg=f"Size: {text}", displayConditions={"showOnMissingFields": True})
    assert shop.run(TEXTS) == ["", "Size: "]
    assert "showOnMissingFields" not in [gate["gate"] for gate in shop.explain()["gates"]]


def test_4_7_values_are_text(shop: Shop) -> None:
    evil = "<img src=x onerror=alert(1)>$& $1 \"'&amp;"
    shop.open(user={"name": evil, "link": 'x" onclick="alert(1)', "image": "javascript:alert(1)"})
    shop.show(headline="{{name}}", msg='<a href="/?{{link}}">{{name}}</a> {{else|<b>you</b>}}', image="{{image}}")
    assert shop.run(TEXTS) == [evil, f"{evil} you"]
    assert shop.run("document.querySelectorAll('#w img, #w [onclick]').length") == 0
    assert shop.run("document.querySelector('#w a[href]').getAttribute('href')") == '/?x" onclick="alert(1)'
    assert shop.run("document.querySelectorAll('#w b').length") == 1


def test_4_7_lio_wins_over_jstag(shop: Shop) -> None:
    shop.open(
        tag=TAG + "window.lio = {loaded: true, data: {name: 'Lio'}, account: {id: 7}};",
        user={"name": "Js", "town": "x"},
    )
    shop.show(msg="{{name}}{{town|}}")
    assert shop.run(TEXTS)[1] == "Lio"
    assert shop.run("pathfora.acctid") == 7


def test_2_1_only_widgets_with_templates_wait_for_the_tag(shop: Shop) -> None:
    shop.open(user=None)
    shop.run("""pathfora.initializeWidgets([
      pathfora.Message({id: 'w', msg: 'Hi {{name}}'}), pathfora.Message({id: 'plain', layout: 'bar'})])""")
    assert [shop.there(), shop.there("plain")] == [False, True]
    assert shop.explain()["reason"] == "Waiting: profile is not known yet"
    shop.run("jstag.arrive({name: 'Bo'})")
    assert shop.run(TEXTS)[1] == "Hi Bo"
    assert shop.explain()["verdict"] == "shown"


def test_3_14_ordered_widgets_wait_for_the_one_before(shop: Shop) -> None:
    shop.open(user=None)
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w', msg: 'Hi {{size}}'}),
      pathfora.Message({id: 'next'}), pathfora.Message({id: 'last'})], {}, {priority: 'ordered'})""")
    assert shop.run("document.querySelectorAll('.pf-widget').length") == 0
    shop.run("jstag.arrive({name: 'Bo'})")
    assert [shop.there(), shop.there("next"), shop.there("last")] == [False, True, False]


def test_3_1_templates_come_before_the_date(shop: Shop) -> None:
    shop.show(msg="{{size}}", displayConditions={"date": {"end_at": "2001-01-01"}, "impressions": {"session": 1}})
    assert shop.run("pathfora.explain('w').gates.map(({gate, pass}) => gate + ' ' + pass)") == [
        *("profile true", "fields false", "date null", "showOnInit null", "impressions null"),
    ]


def test_1_3_clearing_ends_the_waiting(shop: Shop) -> None:
    shop.open(user=None)
    shop.show(msg="Hi {{name}}")
    shop.run("pathfora.clearById(['w']); jstag.arrive({name: 'Bo'})")
    assert not shop.there()


def test_4_6_without_an_account_it_fails_and_the_caller_is_told(shop: Shop) -> None:
    shop.open()
    shop.run("jstag.config = {}; pathfora.clearAll()")
    with pytest.raises(Error, match="Could not get account id from Lytics Javascript tag"):
        shop.show(msg="Hi {{name}}")
    assert shop.explain()["reason"] == "Failed: Could not get account id from Lytics Javascript tag."


CALLBACKS = [
    "function (name, payload) { got.push(name, 'Hi {{name}}', payload.config.id); }",
    "(name, payload) => { got.push(name, `Hi {{name}}`, payload.config.id); }",
]
EVIL = "');alert(1);('</script>`${alert(1)}\n"


@pytest.mark.parametrize("source", CALLBACKS)
@pytest.mark.parametrize("policy", ["", "script-src 'nonce-n'", "script-src 'nonce-n' 'strict-dynamic'"])
def test_4_7_callbacks_are_written_anew_without_eval(shop: Shop, source: str, policy: str) -> None:
    shop.open(user=None, policy=policy, head='<script nonce="n">window.got = [];</script>')
    shop.run("(name) => jstag.arrive({name})", EVIL)
    shop.run(CODE % f"confirmAction: {{callback: {source}}}")
    press(shop)
    assert shop.run("got") == ["modalConfirm", f"Hi {EVIL}", "w"]
    assert shop.run("[alerts, 'revived' in pathfora, document.head.querySelectorAll('script').length]") == [0, False, 3]


def test_4_7_where_a_policy_forbids_that_the_callback_is_called_as_it_is(shop: Shop) -> None:
    shop.open(policy="require-trusted-types-for 'script'")
    seen: Any = "{callback: (name, {config}) => { window.got = ['{{ name }}', config.entityFields.name]; }}"
    shop.run(CODE % f"confirmAction: {seen}")
    press(shop)
    assert shop.run("got") == ["{{ name }}", "Ada"]


def test_12_the_configuration_keeps_its_templates(shop: Shop) -> None:
    shop.run("""() => {
      window.w = pathfora.Message({id: 'w', msg: 'Hi {{name}}'});
      pathfora.initializeWidgets([w]); pathfora.clearAll(); jstag.user.name = 'Bo'; pathfora.initializeWidgets([w]);
    }""")
    assert shop.run(TEXTS)[1] == "Hi Bo"
    assert shop.run("[w.msg, w.config.msg]") == ["Hi Bo", "Hi {{name}}"]

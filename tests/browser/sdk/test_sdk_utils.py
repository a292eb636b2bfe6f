"""widgets.md 1.6, 4.3: utilities and rules."""

from typing import Any

import pytest
from sdk_shop import Shop

UTILITIES: list[tuple[str, Any]] = [
    ("u.addClass(n, 'a'), n.className", " a"),
    ("n.className = 'x a', u.addClass(n, 'a'), n.className", "x a"),
    ("n.className = 'pf-opened-x opened Opened', u.removeClass(n, 'opened'), n.className", "pf-opened-x"),
    ("n.className = 'a OPENED b', u.hasClass(n, 'opened')", True),
    ("n.className = 'pf-opened', u.hasClass(n, 'opened')", False),
    ("u.constructQueries({a: 1, b: [2, 3], c: undefined})", "?a=1&b[]=2&b[]=3&c=undefined"),
    ("u.escapeURI('a b/ü?x=ł%20', {})", "a%20b/%FC?x=ł%2520"),
    ("u.escapeURI('a b%20c', {usePlus: true, keepEscaped: true})", "a+b%20c"),
    ("u.decodeSafe('%41%')", "%41%"),
    ("u.decodeSafe('%41')", "A"),
    ("[u.isNotEncoded('a b'), u.isNotEncoded('a%20b'), u.isNotEncoded('ab')]", [True, False, False]),
    ("new RegExp(u.escapeRegex('a.b*c[d]')).test('a.b*c[d]')", True),
    ("new RegExp(u.escapeRegex('a.b')).test('axb')", False),
    ("['a@b.co', '\"x y\"@b.co', 'ü@b.co', 'a@[1.2.3.4]'].map(u.emailValid)", [True] * 4),
    ("['a', 'a@b', 'a@b.c', 'a b@c.de', '@b.co'].map(u.emailValid)", [False] * 5),
    ("/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(u.generateUniqueId())", True),
    ("u.generateUniqueId() === u.generateUniqueId()", False),
    ("u.initWidgetScaffold()", {"target": [], "exclude": [], "inverse": []}),
    ("(o => (u.setObjectValue(o, 'a.b.c', 1), o))({a: {x: 2}})", {"a": {"x": 2, "b": {"c": 1}}}),
    ("u.getObjectValue({a: {b: 3}}, 'a.b')", 3),
    ("u.getObjectValue({a: null}, 'a.b') === undefined", True),
    (
        "(o => (u.updateObject(o, {a: {y: 2}, l: [3]}), o))({a: {x: 1}, l: [1, 2]})",
        {"a": {"x": 1, "y": 2}, "l": [3]},
    ),
    ("(o => (u.updateObject(o, {d: new Date(5)}), o.d.getTime()))({})", 5),
]


def test_1_6_utilities(shop: Shop) -> None:
    for script, wanted in UTILITIES:
        setting = "const u = pathfora.utils, n = document.createElement('i');"
        assert shop.run(f"() => {{ {setting} return ({script}); }}") == wanted, script


@pytest.mark.parametrize(
    "script",
    [
        'pathfora.utils.updateObject({}, JSON.parse(`{"__proto__": {"polluted": 1}}`))',
        'pathfora.utils.updateObject({}, JSON.parse(`{"constructor": {"prototype": {"polluted": 1}}}`))',
        "pathfora.utils.setObjectValue({}, '__proto__.polluted', 1)",
        "pathfora.utils.setObjectValue({}, 'constructor.prototype.polluted', 1)",
        'pathfora.initializeWidgets([pathfora.Message(JSON.parse(`{"id": "p", "__proto__": {"polluted": 1}}`))])',
        'pathfora.initializeWidgets([], JSON.parse(`{"generic": {"constructor": {"prototype": {"polluted": 1}}}}`))',
    ],
)
def test_11_3_no_prototype_is_polluted(shop: Shop, script: str) -> None:
    shop.run(script)
    assert shop.run("({}).polluted === undefined && (() => {}).polluted === undefined")


def test_1_6_insert_widget(shop: Shop) -> None:
    found = shop.run("""() => {
      const scaffold = pathfora.utils.initWidgetScaffold(), insert = pathfora.utils.insertWidget;
      insert('target', 'a', 1, scaffold); insert('target', 'a', 2, scaffold); insert('exclude', 'b', 3, scaffold);
      return scaffold;
    }""")
    assert found == {
        "target": [{"segment": "a", "widgets": [1, 2]}],
        "exclude": [{"segment": "b", "widgets": [3]}],
        "inverse": [],
    }


def test_11_3_a_merge_keeps_its_targets_prototype(shop: Shop) -> None:
    shop.run('window.o = {}; pathfora.utils.updateObject(o, JSON.parse(`{"__proto__": {"x": 1}, "y": 2}`))')
    assert shop.run("[Object.getPrototypeOf(o) === Object.prototype, o.x === undefined, o.y]") == [True, True, 2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("'x', 'a', 1, {target: [], exclude: [], inverse: []}", "Invalid method (x)."),
        ("'target', 'a', 1, {}", "Invalid scaffold. No target array."),
        ("'target', 'a', 1, {target: []}", "Invalid scaffold. No exclude array."),
        ("'target', 'a', 1, {target: [], exclude: []}", "Invalid scaffold. No inverse array."),
    ],
)
def test_1_6_insert_widget_errors(shop: Shop, arguments: str, message: str) -> None:
    script = (
        f"() => {{ try {{ pathfora.utils.insertWidget({arguments}); }} catch (error) {{ return error.message; }} }}"
    )
    assert shop.run(script) == message


RULES = [
    ("includes('tags', 'a')", True),
    ("includes('none', 'a')", False),
    ("excludes('tags', 'z')", True),
    ("excludes('none', 'z')", True),
    ("eq('n', '12 bags')", True),
    ("notEq('n', 1)", True),
    ("gt('n', 11)", True),
    ("gte('n', 12)", True),
    ("lt('n', 12)", False),
    ("lte('n', 12)", True),
    ("inFlowStep('f', 2, 's')", True),
    ("inFlowStep('g', 2, 's')", False),
    ("inSegment('vip')", True),
]


def test_4_3_rules(shop: Shop) -> None:
    data = "{tags: ['a'], n: '12 bags', _flows: {'f-2': {step: 's'}}, segments: ['vip']}"
    for rule, wanted in RULES:
        assert shop.run(f"pathfora.rules.{rule}({data})") is wanted, rule


def test_1_6_cookies(shop: Shop) -> None:
    shop.run("pathfora.utils.saveCookie('a b', 'c;d', new Date(Date.now() + 1e7))")
    assert shop.run("pathfora.utils.readCookie('a b')") == "c;d"
    shop.run("pathfora.utils.deleteCookie('a b')")
    assert shop.run("pathfora.utils.readCookie('a b')") is None

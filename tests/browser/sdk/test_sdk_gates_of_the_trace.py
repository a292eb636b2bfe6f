"""debugger.md 7.1: each gate that can hold a widget back is the one that `pathfora.explain()` names."""

from sdk_shop import NOON, Shop

STORED = """
const keep = (key, value) => localStorage.setItem(
  key, JSON.stringify({$: String(value), '@': '2999-01-01T00:00:00Z', PATHFORA: '1'}));
keep('PathforaUnlocked_unlocked', true);
keep('PathforaConfirm_action', '3|1');
keep('PathforaTest_test', 0.1);
keep('PathforaImpressions_total', '5|1');
sessionStorage.setItem('PathforaImpressions_session', '2');
"""

BLOCKED = """() => {
  const message = (id, displayConditions = {}, more = {}) => pathfora.Message({id, displayConditions, ...more});
  const [first, second] = ['abFirst', 'abSecond'].map((id) => message(id));
  pathfora.initializeABTesting([pathfora.ABTest({id: 'test', type: '50/50', groups: [[first], [second]]})]);
  const each = [
    first,
    pathfora.SiteGate({id: 'unlocked'}),
    message('fields', {}, {msg: '{{missing}}'}),
    message('date', {date: {start_at: '2999-01-01'}}),
    message('pageVisits', {pageVisits: 9}),
    message('action', {hideAfterAction: {confirm: {hideCount: 3}}}),
    message('url', {urlContains: [{match: 'exact', value: '/elsewhere'}]}),
    message('meta', {metaContains: [{name: 'none'}]}),
    message('init', {showOnInit: false, manualTrigger: true}),
    message('session', {impressions: {widget: {session: 2}}}),
    message('total', {impressions: {widget: {total: 5}}}),
    message('manual', {manualTrigger: true}),
    message('exit', {showOnExitIntent: true}),
    message('scroll', {scrollPercentageToDisplay: 50}),
    message('element', {displayWhenElementVisible: '#none'}),
    message('delay', {showDelay: 5}),
    message('host', {}, {positionSelector: '#none'}),
    message('template', {}, {layout: 'folding'}),
  ];
  for (const widget of each) { try { pathfora.initializeWidgets([widget]); } catch {} }
  try { pathfora.initializeWidgets([message('manual')]); } catch {}
  pathfora.initializeWidgets([message('winner', {manualTrigger: true}), message('loser')], null, {priority: 'ordered'});
  pathfora.initializeWidgets({target: [{segment: 'vip', widgets: [message('audience')]}]});
  const out = message('exclude');
  const exclude = [{segment: 'smt_new', widgets: [out]}];
  pathfora.initializeWidgets({target: [{segment: 'all', widgets: [out]}], exclude});
  pathfora.initializeWidgets({target: [{segment: 'all', widgets: [message('aimed')]}], inverse: [message('inverse')]});
}"""

GATES = {
    "abFirst": ("hidden", "abTest"),
    "unlocked": ("hidden", "unlocked"),
    "fields": ("hidden", "fields"),
    "date": ("hidden", "date"),
    "pageVisits": ("hidden", "pageVisits"),
    "action": ("hidden", "hideAfterAction"),
    "url": ("hidden", "urlContains"),
    "meta": ("hidden", "metaContains"),
    "init": ("hidden", "showOnInit"),
    "session": ("hidden", "impressions"),
    "total": ("hidden", "impressions"),
    "loser": ("hidden", "priority"),
    "audience": ("hidden", "audience"),
    "exclude": ("hidden", "exclude"),
    "inverse": ("hidden", "inverse"),
    "manual": ("waiting", "manualTrigger"),
    "exit": ("waiting", "showOnExitIntent"),
    "scroll": ("waiting", "scrollPercentageToDisplay"),
    "element": ("waiting", "displayWhenElementVisible"),
    "delay": ("waiting", "showDelay"),
    "host": ("failed", "host"),
    "template": ("failed", "render"),
    "manual (again)": ("failed", "duplicate"),
}

FIRST = "(entry) => [entry.id, [entry.verdict, entry.gates.find(({pass}) => pass === PASS)?.gate]]"


def test_7_1_each_widget_names_the_gate_that_holds_it(shop: Shop) -> None:
    shop.open(before=STORED, keep=True)
    shop.run(BLOCKED)
    script = FIRST.replace("PASS", "(entry.verdict === 'waiting' ? null : false)")
    found = {name: tuple(rest) for name, rest in shop.run(f"pathfora.explain().map({script})")}
    assert {name: found.get(name) for name in GATES} == GATES
    assert shop.run("pathfora.explain('delay').gates.at(-1).until") == NOON + 1000 + 5000


def test_7_1_without_a_tag_or_a_profile_a_targeted_widget_waits_and_says_for_what(shop: Shop) -> None:
    script = "pathfora.initializeWidgets({target: [{segment: 'a', widgets: [pathfora.Message({id: 'w'})]}]})"
    for tag, found in ((True, "not known yet"), (False, "not known: no tag on this page yet")):
        shop.open(user=None, **({} if tag else {"tag": ""}))
        shop.run(script)
        assert shop.explain()["verdict"] == "waiting"
        assert (shop.gate("profile")["pass"], shop.gate("profile")["actual"]) == (None, found)

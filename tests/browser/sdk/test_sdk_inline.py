"""widgets.md 4.9: inline personalisation."""

from typing import Any

import pytest
from content_api import API, FAKE, answer, asked_urls, document
from sdk_shop import Shop

SEEN = """[...document.querySelectorAll('main > *')].filter((node) => getComputedStyle(node).display !== 'none')
  .map(({id}) => id).join(' ')"""
TOGGLES = """<main>
  <p id="a1" data-pftrigger="vip" data-pfgroup="a"></p><p id="a2" data-pftrigger="default" data-pfgroup="a"></p>
  <p id="a3" data-pftrigger="smt_new" data-pfgroup="a"></p><p id="a4" data-pftrigger="all" data-pfgroup="a"></p>
  <p id="b1" data-pftrigger="default" data-pfgroup="b"></p><p id="b2" data-pftrigger="vip" data-pfgroup="b"></p>
  <p id="b3" data-pftrigger="default" data-pfgroup="b"></p>
  <p id="c1" data-pftrigger="all"></p><p id="c2" data-pftrigger="smt_new"></p>
  <p id="c3" data-pftrigger="default"></p><p id="c4" data-pftrigger="vip"></p><p id="d1"></p></main>"""


def block(name: str, collection: str, block: str = "", more: str = "") -> str:
    inside = '<b data-pftype="title">-</b>'
    named = f' data-pfblock="{block}"' if block else ""
    return f'<div id="{name}" data-pfrecommend="{collection}"{named} {more}>{inside}</div>'


def opened(shop: Shop, body: str, **options: Any) -> Shop:
    return shop.open(body=f"<main>{body}</main>", before=FAKE + "document.cookie = 'seerid=u-1';", **options)


def test_4_9_toggles_by_group(shop: Shop) -> None:
    shop.open(body=TOGGLES)
    assert shop.run(SEEN) == "a3 b3 c1 c2 d1"
    assert shop.run("[a3.outerHTML, c1.outerHTML]") == [
        '<p id="a3" data-pfgroup="a" data-pfmodified="true"></p>',
        '<p id="c1" data-pfmodified="true"></p>',
    ]
    shop.run("pathfora.inline.procElements()")
    assert shop.run(SEEN) == "a3 b3 c1 c2 d1"
    shop.run("""() => { document.querySelector('main').replaceChildren(...['default', 'vip', 'all'].map((name) => {
      const node = document.createElement('p');
      Object.assign(node, {id: 'n-' + name});
      Object.assign(node.dataset, {pftrigger: name, pfgroup: 'a'});
      return node; })); }""")
    assert shop.run(SEEN) == ""
    shop.run("pathfora.inline.procElements()")
    assert shop.run(SEEN) == "n-all"


@pytest.mark.parametrize("body", [TOGGLES, "<main>" + block("a", "c1") + "</main>"])
def test_4_9_it_waits_for_the_tag(shop: Shop, body: str) -> None:
    shop.open(user=None, body=body, before=FAKE)
    assert shop.run(SEEN) in {"d1", ""}
    shop.run("jstag.arrive({name: 'Bo'})")
    assert shop.run("document.querySelectorAll('[data-pfmodified]').length + requests.length") > 0
    assert shop.run("pathfora.acctid") == "acc1"


PARTS = """<i data-pftype="title">-</i><i data-pftype="description"></i><i data-pftype="author"></i>
  <i data-pftype="published"></i><img data-pftype="image"><i data-pftype="image"></i>
  <a data-pftype="url">go</a><i data-pftype="url"></i><i data-pftype="x">x</i>"""


def test_4_9_recommendations_fill_in_order(shop: Shop) -> None:
    parts = f'<div id="a" data-pfrecommend="c1" data-pfshuffle="true">{PARTS}</div>'
    opened(shop, parts + block("b", "c2", "two") + block("c", "c1") + block("d", "default") + block("e", "c1"))
    assert asked_urls(shop) == [f"{API}u-1?contentsegment=c1&shuffle=true", f"{API}u-1?contentsegment=c2"]
    shop.run("Object.assign(pathfora, {locale: 'de-DE', dateOptions: {month: 'long'}})")
    answer(shop, document("<b>One</b>", url="/1"), document("Two"))
    assert shop.run(SEEN) == "a c"
    answer(shop)
    assert shop.run(SEEN) == "a c"
    assert shop.run("[...a.children].map((n) => n.getAttribute('src') ?? n.getAttribute('href') ?? n.textContent)") == [
        *("<b>One</b>", "About <b>One</b>", "Ada", "März", "/<b>One</b>.png", "", "/1", "/1", "x"),
    ]
    assert "</b>.png" in shop.run("a.children[5].style.backgroundImage")
    assert shop.run("c.textContent + [a.dataset.pfrecommend, a.dataset.pfmodified]") == "Two,true"
    assert shop.run("Object.keys(sessionStorage)") == ["PathforaRecommend_c1"]


def test_4_9_defaults_after_all_requests(shop: Shop) -> None:
    opened(shop, block("a", "c1") + block("b", "default") + block("c", "c2", "two") + block("d", "default", "two"))
    answer(shop, document("One"))
    assert shop.run(SEEN) == "a"
    answer(shop, status=500)
    assert shop.run(SEEN) == "a d"


def test_4_9_a_later_run_knows_what_is_there_now(shop: Shop) -> None:
    body = block("a", "c1") + block("b", "default")
    opened(shop, body)
    answer(shop, document("One"))
    shop.run("pathfora.inline.procElements()")
    assert [shop.run(SEEN), asked_urls(shop)] == ["a", []]
    shop.run(
        "(body) => { const page = new DOMParser().parseFromString(body, 'text/html').body;"
        " document.querySelector('main').replaceChildren(...page.children); sessionStorage.clear(); }",
        body,
    )
    shop.run("pathfora.inline.procElements()")
    answer(shop)
    assert shop.run(SEEN) == "b"
    shop.run("pathfora.inline.procElements()")
    assert [shop.run(SEEN), asked_urls(shop)] == ["b", []]


def test_4_9_both_attributes_have_to_go(shop: Shop) -> None:
    opened(shop, block("a", "c1", more='data-pftrigger="vip"') + block("b", "c1", more='data-pftrigger="all"'))
    answer(shop, document("One"), document("Two"))
    assert shop.run(SEEN) == "b"


def test_4_9_without_an_account(shop: Shop) -> None:
    opened(shop, block("a", "c1"), user=None)
    script = "() => { try { pathfora.inline.procElements(); } catch (error) { return error.message; } }"
    assert shop.run(script) == "Could not get account id from Lytics Javascript tag."


def told(shop: Shop) -> dict[str, str]:
    """The reasons that the trace gives, by id; those that events told have to be the same."""
    script = """() => {
      const inline = decisions.filter(({ layout }) => layout === 'inline');
      const told = Object.fromEntries(inline.map(({ id, verdict, reason }) => [id, [verdict, reason]]));
      for (const { id, verdict, reason } of pathfora.explain()) {
        if (told[id]?.join() !== [verdict, reason].join()) throw new Error(id);
      }
      return Object.fromEntries(Object.entries(told).map(([id, [, reason]]) => [id, reason]));
    }"""
    return dict(shop.run(script))


def test_4_9_the_trace_says_which_variant_shows_and_why(shop: Shop) -> None:
    shop.open(body=TOGGLES)
    segments = '["all","smt_new"]'
    assert told(shop) == {
        "a: vip": f"Hidden: data-pftrigger is {segments}, needs vip",
        "a: default": f"Hidden: data-pftrigger is {segments}, needs default",
        "a: smt_new": "Shown: data-pftrigger",
        "a: all": "Hidden",
        "b: default": "Shown: data-pftrigger",
        "b: vip": f"Hidden: data-pftrigger is {segments}, needs vip",
        "default: all": "Shown: data-pftrigger",
        "default: smt_new": "Shown: data-pftrigger",
        "default: default": f"Hidden: data-pftrigger is {segments}, needs default",
        "default: vip": f"Hidden: data-pftrigger is {segments}, needs vip",
    }


def test_4_9_the_trace_says_that_blocks_wait_for_the_tag(shop: Shop) -> None:
    body = '<p data-pftrigger="vip" data-pfgroup="a"></p><p data-pftrigger="all"></p>' + block("x", "c1")
    ids = ["a: vip", "default: all", "default: c1"]
    opened(shop, body, tag="")
    assert told(shop) == dict.fromkeys(ids, "Waiting: profile is not known: no tag on this page yet")
    opened(shop, body, user=None)
    assert told(shop) == dict.fromkeys(ids, "Waiting: profile is not known yet")
    assert shop.gate("profile", "a: vip")["pass"] is None
    shop.run("jstag.arrive({name: 'Bo'})")
    hidden = 'Hidden: data-pftrigger is ["all","smt_new"], needs vip'
    assert told(shop) == dict(zip(ids, [hidden, "Shown: data-pftrigger", "Waiting: recommend"], strict=True))
    assert shop.gate("profile", "default: c1")["pass"] is True
    answer(shop, document("One"))
    assert told(shop)["default: c1"] == "Shown: data-pfrecommend"


def test_4_9_the_trace_says_which_block_was_filled(shop: Shop) -> None:
    opened(shop, block("a", "c1") + block("b", "default") + block("c", "c2", "two") + block("d", "default", "two"))
    assert told(shop) == dict.fromkeys(
        ["default: c1", "default: default", "two: c2", "two: default"], "Waiting: recommend"
    )
    answer(shop, document("One"))
    answer(shop, status=500)
    assert told(shop) == {
        "default: c1": "Shown: data-pfrecommend",
        "default: default": "Hidden: data-pfrecommend needs default",
        "two: c2": "Hidden: data-pfrecommend needs c2",
        "two: default": "Shown: data-pfrecommend",
    }


def test_11_3_addresses_are_checked(shop: Shop) -> None:
    opened(shop, f'<div id="a" data-pfrecommend="c1">{PARTS}</div>')
    answer(shop, document("One", url="javascript:alert(1)", primary_image="javascript:alert(1)"))
    assert shop.run("[a.querySelector('a').hasAttribute('href'), a.querySelector('img').hasAttribute('src')]") == [
        False,
        False,
    ]


def test_4_9_the_surface(shop: Shop) -> None:
    assert shop.run("Object.keys(pathfora.inline)") == [
        *("elements", "preppedElements", "defaultElements", "parent"),
        *("prepElements", "procElements", "procTriggerElements", "procRecommendElements", "setDefaultRecommend"),
    ]
    assert shop.run("pathfora.inline.parent === pathfora")
    shop.run("pathfora.inline.elements = []; pathfora.inline.procElements()")


@pytest.mark.parametrize("policy", ["style-src 'none'; script-src 'nonce-n'", "require-trusted-types-for 'script'"])
def test_11_4_variants_are_hidden_under_any_policy(shop: Shop, policy: str) -> None:
    shop.open(body=TOGGLES, policy=policy, user=None)
    assert shop.run(SEEN) == "d1"
    assert shop.run("document.querySelectorAll('style').length") == 0

"""widgets.md 4.8, 5.6: recommended documents in messages, and `recommendContent`."""

from typing import Any

import pytest
from content_api import API, FAKE, answer, asked_urls, document
from sdk_shop import TAG, Shop

UNIT = "document.querySelector('#w .pf-content-unit')"
ASK = """([params, id]) => {
  window.got = []; pathfora.recommendContent('acc1', params, id, (docs) => got.push(docs)); }"""
STORED = "(key) => JSON.parse(decodeURIComponent(sessionStorage[key]))"


@pytest.fixture
def api(shop: Shop) -> Shop:
    return shop.open(before=FAKE + "document.cookie = 'seerid=u-1';")


def ask(shop: Shop, params: dict[str, Any], name: str = "x") -> list[str]:
    """The addresses that one call asks."""
    shop.run(ASK, [params, name])
    return asked_urls(shop)


@pytest.mark.parametrize(
    ("params", "query"),
    [
        ({}, ""),
        (
            {"contentsegment": "c1", "visited": False, "rank": "popular"},
            "?contentsegment=c1&visited=false&rank=popular",
        ),
        ({"collection": "c1", "rollups": ["a", "b"]}, "?rollups[]=a&rollups[]=b&contentsegment=c1"),
        ({"ql": {"raw": 'FILTER AND (url LIKE "x/y", n > 1)'}}, '?ql=FILTER AND (url LIKE "x/y", n > 1)'),
        ({"rank": "r", "ql": {"raw": "a&b#c"}}, "?rank=r&ql=a%26b%23c"),
        (
            {"shuffle": True, "ast": {"op": "and"}},
            "?shuffle=true&contentsegments=[%7B%22table%22%3A%22content%22%2C%22ast%22%3A%7B%22op%22%3A%22and%22%7D%7D]",
        ),
        ({"contentsegment": "c", "ql": {"raw": "a"}, "ast": {}, "display": {"title": True}}, "?contentsegment=c"),
        ({"contentsegment": "c&rank=x#y"}, "?contentsegment=c%26rank=x%23y"),
    ],
)
def test_4_8_the_address(api: Shop, params: dict[str, Any], query: str) -> None:
    assert ask(api, params) == [f"{API}u-1{query}"]


def test_4_8_whom_it_is_for(api: Shop) -> None:
    api.run("document.cookie = 'other=a%2Fb'; jstag.config.cookie = 'other'")
    assert ask(api, {}) == [f"{API}a%2Fb"]
    api.run("window.liosetup = {field: 'email', value: ''}")
    assert ask(api, {})[1:] == [f"{API}a%2Fb"]
    api.run("window.liosetup = {field: 'user_id', value: '7'}")
    assert ask(api, {})[2:] == [f"{API.replace('_uids', 'user_id')}7"]


def test_4_8_the_tag_says_which_server_to_ask(api: Shop) -> None:
    api.run("jstag.config.url = 'http://127.0.0.1:8765'")
    assert ask(api, {"visited": False}) == [
        "http://127.0.0.1:8765/api/content/recommend/acc1/user/_uids/u-1?visited=false"
    ]


def test_4_8_answers_and_failures(api: Shop) -> None:
    ask(api, {})
    urls = ["www.a.com/1", "/b.html", "https://c.com/d.e", "f/g.html"]
    answer(api, *[document("d", url=url) for url in urls])
    wanted = ["http://www.a.com/1", "/b.html", "https://c.com/d.e", "f/g.html"]
    assert api.run("got[0].map(({url}) => url)") == wanted
    assert api.run("({data}) => data.map(({url}) => url)", api.run(STORED, "PathforaRecommend_x")) == wanted
    for number, (status, body) in enumerate(
        [(200, {"data": []}), (200, {}), (500, {"data": [1]}), (0, ""), (200, "{")]
    ):
        ask(api, {}, f"y{number}")
        api.run("([status, body]) => requests.shift().answer(status, body)", [status, body])
        assert api.run("got") == [[]]
    assert api.run("Object.keys(sessionStorage)") == ["PathforaRecommend_x"]
    assert "warn: Could not parse json response:SyntaxError" in " ".join(api.run("logged"))
    api.run("pathfora.recommendContent('a', {}, 'z')")
    assert api.run("logged.at(-1)") == "warn: Could not make recommendation - missing callback function."


def test_4_8_the_session_remembers_every_time(api: Shop) -> None:
    ask(api, {})
    answer(api, document("a"), document("b"))
    for _ in range(3):
        assert ask(api, {}) == []
        assert api.run("got[0].map(({title}) => title)") == ["a", "b"]
    assert ask(api, {"visited": False}) == [f"{API}u-1?visited=false"]
    api.run("requests.length = 0; sessionStorage.PathforaRecommend_x = '{'")
    assert ask(api, {}) == [f"{API}u-1"]
    assert "warn: Could not parse json stored response:SyntaxError" in api.run("logged.at(-1)")


def test_4_8_shuffle_takes_the_next_and_asks_anew_when_none_is_left(api: Shop) -> None:
    ask(api, {"shuffle": True})
    answer(api, document("a"), document("b"))
    assert ask(api, {"shuffle": True}) == []
    assert api.run("got[0].map(({title}) => title)") == ["b"]
    assert ask(api, {"shuffle": True}) == [f"{API}u-1?shuffle=true"]
    answer(api, document("c"))
    assert api.run("got[0].map(({title}) => title)") == ["c"]


def recommend(shop: Shop, **config: Any) -> None:
    shop.show(**{"recommend": {"collection": "c1"}, "variant": 3, **config})


def test_5_6_the_unit(api: Shop) -> None:
    recommend(
        api,
        recommend={"collection": "c1", "display": {"author": True, "date": True, "dateOptions": {"month": "long"}}},
        layout="slideout",
    )
    assert asked_urls(api) == [f"{API}u-1?contentsegment=c1"]
    assert not api.there()
    assert api.explain()["reason"] == "Waiting: recommend"
    answer(api, document("Boots", description="<b>x</b> " + "word " * 40), document("other"))
    assert api.run(f"[...{UNIT}.querySelectorAll('*')].map((n) => n.localName + '.' + n.className)") == [
        *("div.pf-content-unit-img", "div.pf-content-unit-meta", "h4.", "span.pf-content-unit-info", "p."),
    ]
    assert api.run(f"[...{UNIT}.querySelectorAll('h4, span, p')].map((n) => n.textContent)") == [
        *("Boots", "by Ada | March", "<b>x</b> " + "word " * 29 + "word..."),
    ]
    assert api.run(f"[{UNIT}.href, {UNIT}.className, {UNIT}.firstChild.style.backgroundImage]") == [
        *("https://shop.example/Boots", "pf-content-unit stack", 'url("/Boots.png")'),
    ]
    assert api.run("pathfora.getDataObject().displayedWidgets[0]['pf-widget-content']") == {
        "title": "Boots",
        "description": "<b>x</b> " + "word " * 40,
        "url": "https://shop.example/Boots",
        "image": "/Boots.png",
        "date": "2026-03-04T12:00:00Z",
        "author": "Ada",
    }
    assert api.explain()["reason"] == "Shown: recommend"
    assert api.gate("recommend")["actual"] == "https://shop.example/Boots"


@pytest.mark.parametrize(
    ("layout", "display", "text"),
    [
        ("modal", {}, "a" * 150 + " " + "b" * 60 + "..."),
        ("slideout", {}, "a" * 150 + "..."),
        ("slideout", {"descriptionLimit": -1}, None),
        ("inline", {"descriptionLimit": 20}, "a" * 20 + "..."),
        ("modal", {"description": False}, ""),
    ],
)
def test_5_6_descriptions_are_cut_between_words(api: Shop, layout: str, display: Any, text: str | None) -> None:
    whole = "a" * 150 + " " + "b" * 60 + " " + "c" * 30
    content = [{"title": "t", "description": whole, "url": "/x", "default": True}]
    api.show(layout=layout, positionSelector="#host", recommend={"display": display}, content=content)
    assert asked_urls(api) == [f"{API}u-1"]
    answer(api)
    assert api.run(f"{UNIT}.querySelector('p')?.textContent ?? ''") == (whole if text is None else text)


@pytest.mark.parametrize(("word", "text"), [({}, "by Ada"), ({"by": "von"}, "von Ada"), ({"by": ""}, "Ada")])
def test_5_6_the_word_before_the_author_is_the_pages(api: Shop, word: Any, text: str) -> None:
    content = [{"title": "t", "author": "Ada", "url": "/x", "default": True}]
    api.show(layout="slideout", recommend={"display": {"author": True, **word}}, content=content)
    answer(api)
    assert api.run(f"{UNIT}.querySelector('.pf-content-unit-info').textContent.trim()") == text


def test_4_8_an_empty_recommend_shows_content_without_asking(api: Shop) -> None:
    api.show(recommend={}, content=[{"title": "Own", "url": "/own", "image": "/a.png"}], theme="dark")
    assert asked_urls(api) == []
    assert api.run(f"[{UNIT}.getAttribute('href'), {UNIT}.textContent]") == ["/own", "Own"]
    assert api.run(f"getComputedStyle({UNIT}.querySelector('h4')).color") == "rgb(255, 255, 255)"


def test_11_3_recommended_addresses_are_checked(api: Shop) -> None:
    bad = {"title": "t", "url": "javascript:alert(1)", "image": "javascript:alert(1)"}
    api.show(recommend={}, content=[bad])
    assert api.run(f"[{UNIT}.hasAttribute('href'), {UNIT}.querySelector('div').style.backgroundImage]") == [False, ""]


def test_6_1_a_click_inside_of_the_unit_is_a_recommendation(api: Shop) -> None:
    api.show(recommend={}, content=[{"title": "t", "url": "#x"}])
    api.run(f"{UNIT}.querySelector('h4').click()")
    assert api.events() == ["show", "confirm:content recommendation"]


FAULTS = [
    ("Form", {}, "Unsupported widget type for content recommendation"),
    ("Message", {"layout": "bar"}, "Unsupported layout for content recommendation"),
    ("Message", {"content": [{"title": "x"}]}, "Cannot define recommended content unless it is a default"),
]


@pytest.mark.parametrize(("factory", "config", "message"), FAULTS)
def test_4_8_errors(api: Shop, factory: str, config: Any, message: str) -> None:
    script = """([factory, config]) => {
      try { pathfora.initializeWidgets([pathfora[factory]({id: 'w', recommend: {rank: 'x'}, ...config})]); }
      catch (error) { return error.message; }
    }"""
    assert api.run(script, [factory, config]) == message
    assert asked_urls(api) == []


def test_4_8_without_a_document_the_default_shows_or_nothing(api: Shop) -> None:
    recommend(api, content=[{"title": "Ours", "url": "/ours", "default": True}])
    answer(api, status=500)
    assert api.run(f"{UNIT}.textContent") == "Ours"
    recommend(api, id="v")
    answer(api)
    assert api.explain("v")["reason"] == "Failed: Could not get recommendation and no default defined"
    assert not api.there("v")


def test_2_1_it_waits_for_the_tag_and_in_order(shop: Shop) -> None:
    shop.open(user=None, before=FAKE + "document.cookie = 'seerid=u-1';")
    shop.run("""pathfora.initializeWidgets([pathfora.Message({id: 'w', msg: '{{name}}', recommend: {rank: 'x'}}),
      pathfora.Message({id: 'next'})], {}, {priority: 'ordered'})""")
    assert asked_urls(shop) == []
    shop.run("jstag.arrive({name: 'Bo'})")
    assert asked_urls(shop) == [f"{API}u-1?rank=x"]
    answer(shop)
    assert [shop.there(), shop.there("next")] == [False, True]


def test_1_3_an_answer_after_clear_all_shows_nothing(api: Shop) -> None:
    recommend(api)
    api.run("pathfora.clearAll()")
    answer(api, document("late"))
    assert not api.there()


def test_5_6_narrow_units_are_stacked(api: Shop) -> None:
    content = [{"title": "t", "url": "/x"}]
    api.show(recommend={}, content=content, layout="inline", positionSelector="#host")
    api.show(id="m", layout="inline", positionSelector="#host")
    api.show(id="plain")
    api.show(id="modal", recommend={}, content=content)
    classes = "['w', 'm', 'modal', 'plain'].map((id) => document.querySelector(`#${id} .pf-content-unit`).className)"
    assert api.run(classes) == ["pf-content-unit"] * 4
    for width, stacked in ((600, True), (1280, False)):
        api.page.set_viewport_size({"width": width, "height": 800})
        api.page.wait_for_function(
            f"document.querySelector('#w .pf-content-unit').matches('.stack') === {str(stacked).lower()}"
        )
        wanted = "pf-content-unit stack" if stacked else "pf-content-unit"
        assert api.run(classes) == [wanted, wanted, wanted, "pf-content-unit"]


def test_4_8_lio_needs_no_cookie(shop: Shop) -> None:
    shop.open(
        tag=TAG + "window.lio = {loaded: true, data: {}, account: {id: 7}}; jstag.config.cookie = 'none';", before=FAKE
    )
    recommend(shop)
    assert asked_urls(shop) == [f"{API.replace('acc1', '7')}null?contentsegment=c1"]

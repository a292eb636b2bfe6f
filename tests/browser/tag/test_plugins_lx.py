"""Events by HTML attributes (tag.md 7.5)."""

from tag_page import TagPage

ON = {"lx": {"disabled": False}}
PAGE = """
    <div lx-trigger="click" lx-send="outer=1">
        <button id="a" lx-trigger="click" lx-send="k=v%201&amp;k2=" lx-send-user-name="Ann" lx-stream="web">
            <b>inner</b>
        </button>
        <button id="b" data-lx-trigger="click" data-lx-send="d=1" data-lx-send-e="2" data-lx-stream="data">b</button>
    </div>
    <input id="c" lx-trigger="focus" lx-send-focused="yes">
    <form id="f" lx-trigger="submit" lx-send="form=join&amp;plan=mine" action="/left">
        <input name="email" value="ann@example.com"><input name="plan" value="theirs">
        <input name="secret" type="password" value="x">
        <input name="card" autocomplete="cc-number" value="4"><input type="file" name="file">
        <input type="checkbox" name="topic" value="a" checked><input type="checkbox" name="topic" value="b" checked>
        <input type="checkbox" name="no" value="n"><button id="go">go</button>
    </form>
    <form id="g" lx-trigger="change"><input id="h" name="q"></form>
"""


def own(fields: dict[str, str]) -> dict[str, str]:
    automatic = {"_ts", "_nmob", "_device", "url", "_v", "_uid", "_getid", "_eid"}
    return {key: value for key, value in fields.items() if key not in automatic}


def put(tag: TagPage) -> None:
    """The page's own markup, added after the tag has started, as a framework would."""
    tag.run("(html) => { document.body.append(document.createRange().createContextualFragment(html)); }", PAGE)


def test_7_5_attributes_send(tag: TagPage) -> None:
    tag.start(ON)
    put(tag)
    tag.page.click("#a b")
    first, outer = tag.events(2)
    assert (first.path, own(first.fields)) == ("/c/acct/web", {"k": "v 1", "k2": "", "user.name": "Ann"})
    assert (outer.path, own(outer.fields)) == ("/c/acct", {"outer": "1"})
    tag.run("() => { document.querySelector('div').removeAttribute('lx-trigger'); }")
    tag.page.click("#b")
    third = tag.events(3)[2]
    assert (third.path, own(third.fields)) == ("/c/acct/data", {"d": "1", "e": "2"})
    tag.page.focus("#c")
    assert own(tag.events(4)[3].fields) == {"focused": "yes"}
    tag.page.click("#go")
    sent = tag.events(5)[4]
    assert own(sent.fields) == {
        "email": "ann@example.com", "plan": "mine", "form": "join",
        "topic_len": "2", "topic_json": '["a","b"]', "topic": "b",
    }  # fmt: skip
    assert tag.page.url.endswith("/page")
    tag.run("() => { document.querySelector('#b').setAttribute('data-lx-trigger', 'mine'); }")
    tag.run("() => new Promise((done) => setTimeout(done))")
    tag.run("() => { document.querySelector('#b').dispatchEvent(new Event('mine')); }")
    assert own(tag.events(6)[5].fields) == {"d": "1", "e": "2"}
    tag.page.fill("#h", "x")
    tag.page.focus("#c")
    assert [own(event.fields) for event in tag.events(8)[6:]] == [{}, {"focused": "yes"}]  # fields go on `submit` alone
    tag.run("() => { jstag.config.lx.disabled = true; document.querySelector('#a').click(); jstag.send({n: 1}); }")
    assert own(tag.events(9)[8].fields) == {"n": "1"}
    assert tag.errors == []


def test_2_2_it_is_off_by_default(tag: TagPage) -> None:
    tag.start()
    put(tag)
    tag.page.click("#a")
    tag.run("() => { jstag.send({n: 1}); }")
    assert own(tag.events(1)[0].fields) == {"n": "1"}

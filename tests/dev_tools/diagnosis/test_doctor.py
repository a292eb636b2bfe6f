"""`understudy doctor`: each finding on a small page, without a browser (debugger.md 7.2, rank 4; tag.md 1)."""

import json
from pathlib import Path
from typing import Any

import pytest

from understudy.dev_tools.cli import main
from understudy.dev_tools.diagnosis.checks import Subject, check_markup
from understudy.dev_tools.diagnosis.csp import check_policies, policies_of
from understudy.dev_tools.diagnosis.findings import Finding
from understudy.dev_tools.diagnosis.markup import Markup
from understudy.dev_tools.diagnosis.policy import hash_of, matches
from understudy.dev_tools.snippet_text import Install, html_snippet

ADDRESS = "https://shop.example/page"
SRC = "https://c.lytics.io/api/tag/acct/latest.min.js"
OWN = html_snippet(Install(SRC))


def findings(html: str, *headers: str, account: str = "", address: str = ADDRESS) -> list[Finding]:
    markup = Markup(f"<!doctype html>\n{html}".encode(), address)
    return [*check_markup(Subject(markup, account)), *check_policies(markup, policies_of(markup, headers))]


def only(html: str, code: str, *headers: str, **options: str) -> Finding:
    """The one finding of that code."""
    [found] = [finding for finding in findings(html, *headers, **options) if finding.code == code]
    return found


def codes(html: str, *headers: str, **options: str) -> list[str]:
    return [finding.code for finding in findings(html, *headers, **options)]


@pytest.mark.parametrize("target", ["own", "1", "2", "3"])
def test_a_page_with_a_snippet_has_no_problem(target: str) -> None:
    found = findings(f"<head>{html_snippet(Install(SRC, generation=target))}</head>", account="acct")
    assert [finding.code for finding in found if not finding.note] == []
    assert [finding.code for finding in found] == ([] if target == "own" else ["generation"])


def test_missing() -> None:
    found = only("<script>var a;</script>", "tag-missing", account="acct")
    assert found.message.endswith("it has 1")
    assert only("<p>page", "tag-missing").message.endswith("it has none")
    assert "/api/tag/acct/latest.min.js" in found.fix
    assert codes(found.fix.replace("YOUR-HOST", "c.lytics.io"), account="acct") == []


def test_missing_where_a_tag_manager_may_add_it() -> None:
    html = '<p>\n<script async src="https://www.googletagmanager.com/gtm.js?id=GTM-ABC123"></script>'
    found = only(html, "tag-missing")
    assert (found.line, found.note) == (3, False)
    assert "--allow www.googletagmanager.com" in found.change


def test_twice() -> None:
    found = only(f"{OWN}\n{OWN}", "tag-twice")
    assert found.line == 8
    assert "line 2" in found.message


def test_twice_with_different_accounts() -> None:
    html = OWN + OWN.replace("/acct/", "/other/")
    assert codes(html, account="acct") == ["tag-twice", "wrong-account"]


def test_wrong_account_in_the_address() -> None:
    found = only(OWN, "wrong-account", account="shop")
    assert found.message == "the account is 'acct', and it should be 'shop'"
    assert (found.fix, found.line) == (SRC.replace("acct", "shop"), 2)


def test_wrong_account_in_the_configuration() -> None:
    html = f'<script src="{SRC}"></script><script>jstag.init({{cid: ["acct"]}})</script>'
    assert codes(html, account="acct") == []
    one = OWN.replace('jstag.init({"src"', 'jstag.init({"cid": "other", "src"')
    assert "'other'" in only(one, "wrong-account", account="acct").message


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Google Ad Manager", '<script async src="https://securepubads.g.doubleclick.net/tag/js/gpt.js"></script>'),
        ("Google Ad Manager", "<script>googletag.cmd.push(function () {});</script>"),
        ("Google AdSense", '<script src="https://pagead2.googlesyndication.com/pagead/js/adsbygoogle.js"></script>'),
        ("Amazon Publisher Services", '<script src="https://c.amazon-adsystem.com/aax2/apstag.js"></script>'),
        ("Prebid", '<script src="/js/prebid9.1.js"></script>'),
        ("Criteo", '<script src="https://static.criteo.net/js/ld/ld.js"></script>'),
        ("Taboola", '<script src="https://cdn.taboola.com/x/loader.js"></script>'),
        ("AdRoll", '<script>adroll_adv_id = "A";</script>'),
    ],
)
def test_1_4_an_ad_tag_before_the_tag(name: str, script: str) -> None:
    found = only(f"{script}\n{OWN}", "order-ads")
    assert found.message.startswith(f"{name} stands before the tag, which is loaded in line 3")
    assert found.line == 2
    assert codes(f"{OWN}{script}") == []


def test_a_call_before_the_snippet() -> None:
    found = only(f"<script>jstag.send({{a: 1}})</script>\n{OWN}", "order-calls")
    assert found.message == "jstag.send() is called before line 3, where the tag is installed"
    assert found.line == 2
    for sound in ("if (window.jstag) jstag.send()", "jstag?.send()", "function f() { return 1; }"):
        assert codes(f"<script>{sound}</script>{OWN}") == []


def test_a_call_that_nothing_keeps() -> None:
    html = f'<script async src="{SRC}"></script>\n<script>jstag.init(); jstag.send()</script>'
    found = only(html, "calls-lost")
    assert found.line == 3
    assert SRC in found.fix
    assert codes(html.replace(" async", "")) == []


def test_an_init_that_may_come_before_the_script() -> None:
    html = f'<script async src="{SRC}"></script>\n<script>jstag.init({{cid: "acct"}})</script>'
    assert only(html, "calls-lost").message.startswith("jstag.init() may run before the script of line 2")
    assert codes(html.replace(" async", "")) == codes(html.replace("jstag.init", "window.jstag && jstag.init")) == []


@pytest.mark.parametrize("outer", ["template", "noscript"])
def test_a_snippet_where_nothing_runs(outer: str) -> None:
    found = only(f"<body>\n<{outer}>{OWN}</{outer}>", "tag-missing")
    assert f"<{outer}>" in found.message
    assert found.line == 3
    assert codes(f"<{outer}>{OWN}</{outer}>{OWN}") == []


def test_a_snippet_in_a_shadow_tree_runs() -> None:
    assert codes(f'<div><template shadowrootmode="open">{OWN}</template></div>') == []


def test_without_init() -> None:
    found = only(f'<script src="{SRC}"></script>', "init-missing")
    assert found.fix == 'jstag.init({"cid": "acct"});'


LEGACY = """<script>
window.jstag = function(){var t={_q:[],_c:{},ts:(new Date).getTime(),ver:"2.0.0"};
t.init=function(c){t._c=c;t.loadtagmgr(c)};t.loadtagmgr=function(c){
var s=document.createElement("script");s.src=c.url+"/api/tag/"+c.cid+"/lio.js"};return t}();
window.jstag.init({cid: "acct", url: "//c.lytics.io", src: "//c.lytics.io/api/tag/acct/lio.js"});
</script>"""


def test_1_4_a_snippet_of_an_old_generation() -> None:
    found = only(LEGACY, "old-generation")
    assert "//c.lytics.io/api/tag/acct/lio.js" in found.message
    assert "/api/tag/acct/latest.min.js" in found.fix
    assert codes('<script src="//c.lytics.io/api/tag/acct/lio.js"></script><script>jstag.init()</script>') == [
        "old-generation"
    ]


def test_1_1_the_vendor_s_generations_are_told_apart() -> None:
    assert "first" in only(html_snippet(Install(SRC, generation="1")), "generation").message
    for later in ("2", "3"):
        assert "second or third" in only(html_snippet(Install(SRC, generation=later)), "generation").message


def test_a_script_over_http_on_a_page_over_https() -> None:
    html = html_snippet(Install(SRC.replace("https", "http")))
    assert only(html, "mixed-content").fix == SRC
    assert codes(html, address="http://shop.example/") == []


def test_8_3_an_integrity_that_no_browser_can_check() -> None:
    html = f'<script src="{SRC}" integrity="sha384-x"></script><script>jstag.init()</script>'
    assert only(html, "integrity-crossorigin").fix == 'crossorigin="anonymous"'
    assert codes(html.replace("integrity", "crossorigin integrity")) == []


def test_8_6_a_consent_gate() -> None:
    gated = OWN.replace("<script>", '<script type="text/plain" class="optanon-category-C0004">')
    manager = '<script src="https://cdn.cookielaw.org/scripttemplates/otSDKStub.js"></script>'
    found = only(manager + gated, "consent-gate")
    assert found.note
    assert "OneTrust" in found.message
    assert "optanon-category-C0004" in found.message
    alone = only(gated.replace("optanon-category-C0004", "later"), "consent-gate")
    assert not alone.note
    assert "never runs" in alone.message


def test_8_6_starts_blocked() -> None:
    found = only(OWN.replace('jstag.init({"src"', 'jstag.init({"blocked": true, "src"'), "starts-blocked")
    assert found.note


def test_an_address_of_the_site_s_own_is_recognised() -> None:
    html = html_snippet(Install("/assets/t.js"))
    assert codes(html) == []
    assert Markup(html.encode(), ADDRESS).installations[0].url == "https://shop.example/assets/t.js"


ALL = "img-src *; connect-src *; style-src *"


@pytest.mark.parametrize(
    ("policy", "html", "expected"),
    [
        ("script-src 'unsafe-inline' https://c.lytics.io; " + ALL, OWN, []),
        ("script-src 'unsafe-inline' https:; " + ALL, OWN, []),
        ("script-src 'unsafe-inline' https://*.lytics.io:443; " + ALL, OWN, []),
        ("script-src 'unsafe-inline' 'self'; " + ALL, OWN, ["csp-script"]),
        ("script-src 'self' c.lytics.io; " + ALL, OWN, ["csp-inline"]),
        (f"script-src {hash_of(OWN[8:-10])} c.lytics.io; {ALL}", OWN, []),
        (f"script-src {hash_of(OWN[8:-10])} 'strict-dynamic'; {ALL}", OWN, []),
        ("script-src 'nonce-A'; " + ALL, OWN.replace("<script>", '<script nonce="A">'), []),
        ("script-src 'nonce-A'; " + ALL, OWN.replace("<script>", '<script nonce="B">'), ["csp-inline", "csp-script"]),
        ("script-src 'nonce-A' 'strict-dynamic'; " + ALL, OWN.replace("<script>", '<script nonce="A">'), []),
        ("script-src c.lytics.io/api/tag/ 'unsafe-inline'; " + ALL, OWN, ["csp-script"]),
        ("default-src 'self' 'unsafe-inline' c.lytics.io", OWN, []),
        ("default-src 'self'; script-src * 'unsafe-inline'", OWN, ["csp-style", "csp-connect", "csp-img"]),
        ("style-src 'self'", OWN, ["csp-style"]),
        ("frame-ancestors 'none'", OWN, []),
        ("require-trusted-types-for 'script'", OWN, ["csp-trusted-types"]),
        ("require-trusted-types-for 'script'; trusted-types a", OWN, ["csp-trusted-types", "csp-trusted-types"]),
        (
            "require-trusted-types-for 'script'; trusted-types jstag understudy",
            html_snippet(Install(SRC, trusted_types=True)),
            [],
        ),
    ],
)
def test_what_a_policy_does_to_the_tag(policy: str, html: str, expected: list[str]) -> None:
    assert codes(html, policy) == expected


@pytest.mark.parametrize(
    ("policy", "code", "fix"),
    [
        ("script-src 'unsafe-inline'", "csp-script", "script-src 'unsafe-inline' https://c.lytics.io"),
        ("script-src-elem 'unsafe-inline'", "csp-script", "script-src-elem 'unsafe-inline' https://c.lytics.io"),
        ("default-src 'self' 'unsafe-inline'", "csp-script", "script-src 'self' 'unsafe-inline' https://c.lytics.io"),
        ("style-src 'none'; connect-src 'none'", "csp-style", "style-src https://c.lytics.io"),
        ("connect-src 'self'", "csp-connect", "connect-src 'self' https://c.lytics.io"),
        ("img-src data:", "csp-img", "img-src data: https://c.lytics.io"),
        ("script-src c.lytics.io", "csp-inline", f"script-src c.lytics.io {hash_of(OWN[8:-10])}"),
        (
            "require-trusted-types-for 'script'; trusted-types a",
            "csp-trusted-types",
            "trusted-types a jstag understudy",
        ),
    ],
)
def test_the_directive_to_write_instead(policy: str, code: str, fix: str) -> None:
    found = next(finding for finding in findings(OWN, policy) if finding.code == code)
    assert found.fix == fix
    if code != "csp-trusted-types":
        assert code not in codes(OWN, f"{fix}; {policy}")  # of two directives of one name the first counts


def test_every_policy_of_a_page_counts_and_is_named() -> None:
    meta = '<meta http-equiv="content-security-policy" content="img-src \'self\'">'
    found = findings(meta + OWN, "img-src *, connect-src 'self'")
    assert [(one.code, one.line) for one in found] == [("csp-connect", 0), ("csp-img", 2)]
    assert "header" in found[0].change
    assert "meta" in found[1].change


def test_a_blocked_stylesheet_that_the_sdk_may_fetch_is_a_note() -> None:
    assert only(OWN, "csp-style", "style-src 'self'; connect-src *").note
    assert not only(OWN, "csp-style", "style-src 'self'; connect-src 'self'").note


@pytest.mark.parametrize(
    ("source", "url", "expected"),
    [
        ("*", "https://a.example/", True),
        ("*", "data:x", False),
        ("'self'", "https://shop.example/x", True),
        ("'self'", "https://shop.example:444/x", False),
        ("https:", "https://a.example/", True),
        ("http:", "https://a.example/", True),
        ("https:", "http://a.example/", False),
        ("a.example", "https://a.example/", True),
        ("a.example", "http://a.example/", False),
        ("http://a.example", "https://a.example/", True),
        ("*.a.example", "https://b.a.example/", True),
        ("*.a.example", "https://a.example/", False),
        ("a.example:*", "https://a.example:81/", True),
        ("a.example:81", "https://a.example/", False),
        ("a.example/js/", "https://a.example/js/x.js", True),
        ("a.example/js", "https://a.example/js/x.js", False),
        ("A.Example", "https://a.example/", True),
        ("a.example:port", "https://a.example/", False),
        ("'unsafe-inline'", "https://a.example/", False),
    ],
)
def test_source_expressions(source: str, url: str, expected: bool) -> None:
    assert matches(source, url, "https://shop.example") is expected


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "understudy.toml").write_text('account = "acct"\n')
    return tmp_path


def doctor(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["doctor", *arguments, "--no-browser"])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


def test_a_sound_file_ends_with_0(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    page = shop / "page.html"
    page.write_text(OWN)
    assert doctor(capsys, str(page), "--workspace", str(shop)) == (
        0,
        f"{page}: No problems found, and the tag was not run.\n",
    )


def test_problems_end_with_1_and_say_what_to_copy(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    page = shop / "page.html"
    page.write_text(OWN.replace("acct", "other"))
    code, text = doctor(capsys, str(page), "--workspace", str(shop))
    assert code == 1
    assert text.splitlines() == [
        "problem wrong-account: line 1: the account is 'other', and it should be 'acct'",
        "    change: Write the account's id in the address of the script, and as `cid` if you name it there.",
        f"    | {SRC}",
        f"{page}: 1 problem.",
    ]


def test_json(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    page = shop / "page.html"
    page.write_text(OWN)
    told: dict[str, Any] = json.loads(doctor(capsys, str(page), "--json")[1])
    assert told == {
        "target": str(page),
        "verdict": "fine",
        "findings": [],
        "facts": {
            "installations": [{"line": 1, "generation": "own", "src": SRC, "account": "acct"}],
            "policies": 0,
            "browser": False,
        },
    }
    page.write_text("<p>nothing")
    told = json.loads(doctor(capsys, str(page), "--json")[1])
    assert told["verdict"] == "problems"
    assert [(finding["code"], finding["line"]) for finding in told["findings"]] == [("tag-missing", 0)]


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\x89PNG\0\0", "binary"), (b"hello", "no markup"), (b"<p>" + b"x" * 5_000_001, "larger than 5 MB")],
)
def test_what_is_no_page_ends_with_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, message: str
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(content)
    code, text = doctor(capsys, str(page))
    assert code == 2
    assert message in text


def test_what_cannot_be_read_ends_with_2(capsys: pytest.CaptureFixture[str], tmp_path: Path, shop: Path) -> None:
    assert doctor(capsys, str(tmp_path / "none.html"))[0] == 2
    assert doctor(capsys, str(tmp_path))[0] == 2
    assert "scheme" in doctor(capsys, "ftp://shop.example/")[1]
    assert "http://" in doctor(capsys, "shop.example/page")[1]
    (shop / "page.html").write_text(OWN)
    assert doctor(capsys, str(shop / "page.html"), "--workspace", str(tmp_path / "none"))[0] == 2
    with pytest.raises(SystemExit) as stopped:
        main(["doctor", "x.html", "--timeout", "0"])
    assert stopped.value.code == 2


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    for html in (
        "<script>",
        f"<script src={SRC}",
        "<meta http-equiv=content-security-policy content=';;,;'>",
        "<base href>",
    ):
        findings(html + OWN)

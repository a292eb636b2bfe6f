"""`understudy snippet`: what it prints, for whom, and what it refuses (tag.md 1)."""

import json
import re
from pathlib import Path

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from understudy.dev_tools.cli import main
from understudy.dev_tools.snippet import TARGETS
from understudy.dev_tools.snippet_text import GENERATIONS, VENDOR_STUBS, Install, own_stub, script

JAVASCRIPT = Language(tree_sitter_javascript.language())
NEWER_THAN_ES5 = {
    "arrow_function",
    "spread_element",
    "rest_pattern",
    "template_string",
    "lexical_declaration",
    "class_declaration",
    "optional_chain",
    "for_of_statement",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "understudy.toml").write_text('account = "shop"\n')
    return tmp_path


def snippet(capsys: pytest.CaptureFixture[str], shop: Path, *options: str) -> str:
    assert main(["snippet", str(shop), *options]) == 0
    return capsys.readouterr().out


def kinds(source: str) -> set[str]:
    """The kinds of node in a script; `ERROR` is one where it cannot be read."""

    def walk(node: Node) -> set[str]:
        found = {node.type} | ({"ERROR"} if node.is_missing else set())
        return found.union(*(walk(child) for child in node.children))

    return walk(Parser(JAVASCRIPT).parse(source.encode()).root_node)


def test_our_snippet_has_at_most_700_bytes() -> None:
    assert len(own_stub().encode()) <= 700


def test_1_2_our_snippet_keeps_every_call_that_the_vendor_s_snippets_keep() -> None:
    twelve = set(VENDOR_STUBS[1].split())
    for text in (own_stub(), own_stub(es5=True)):
        names = max(re.findall(r'"([^"]*)"', text), key=len).split()
        assert twelve <= set(names)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_every_generation_is_sound_javascript(generation: str) -> None:
    for extra in ({}, {"nonce": "n", "integrity": "sha384-x", "trusted_types": True}):
        assert "ERROR" not in kinds(script(Install("/tag.js", generation=generation, **extra)))  # type: ignore[arg-type]


def test_what_tag_manager_gets_is_syntax_that_its_editor_takes(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    for generation in GENERATIONS:
        text = snippet(capsys, shop, "--for", "gtm", "--generation", generation)
        found = kinds(text.removeprefix("<script>").removesuffix("</script>\n"))
        assert not found & (NEWER_THAN_ES5 | {"ERROR"})
        assert "{{" not in text  # a variable of the tag manager's


def test_the_container_file_has_one_custom_html_tag_for_all_pages(
    capsys: pytest.CaptureFixture[str], shop: Path
) -> None:
    text = snippet(capsys, shop, "--for", "gtm-container")
    container = json.loads(text)
    assert container["exportFormatVersion"] == 2
    [tag] = container["containerVersion"]["tag"]
    assert (tag["type"], tag["firingTriggerId"], tag["tagFiringOption"]) == ("html", ["2147479573"], "ONCE_PER_LOAD")
    parameters = {parameter["key"]: parameter["value"] for parameter in tag["parameter"]}
    assert parameters["html"] == snippet(capsys, shop, "--for", "gtm")
    assert parameters["html"] == snippet(capsys, shop, "--gtm")
    assert text == snippet(capsys, shop, "--for", "gtm-container")


def test_the_component_is_sound_jsx(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    for options in ((), ("--csp-nonce", 'a"b')):
        assert "ERROR" not in kinds(snippet(capsys, shop, "--for", "next", *options))


def test_a_theme_s_string_cannot_be_left(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    for target in ("drupal", "wordpress"):
        text = snippet(capsys, shop, "--for", target, "--csp-nonce", "a'b\\")
        assert r"'nonce' => 'a\'b\\'" in text
        assert len(re.findall(r"^\s*UNDERSTUDY\b", text, re.MULTILINE)) == 1
        assert text.count("<<<'UNDERSTUDY'\n") == 1
    assert "function shop_theme_page_attachments_alter(" in snippet(
        capsys, shop, "--for", "drupal", "--theme", "shop_theme"
    )


def test_a_nonce_may_be_a_template_s_expression(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    assert snippet(capsys, shop, "--csp-nonce", "<?= $nonce ?>").startswith('<script nonce="<?= $nonce ?>">')
    assert snippet(capsys, shop, "--csp-nonce", 'a"b').startswith('<script nonce="a&quot;b">')


def test_2_4_the_host_comes_from_the_workspace_or_the_command_line(
    capsys: pytest.CaptureFixture[str], shop: Path
) -> None:
    def given(*options: str) -> dict[str, object]:
        text = snippet(capsys, shop, *options)
        found = re.search(r"^jstag\.init\((.*)\);$", text, re.MULTILINE)
        assert found
        config: dict[str, object] = json.loads(found[1])
        return config

    assert given()["src"] == "http://127.0.0.1:8765/api/tag/shop/latest.min.js"
    (shop / "understudy.toml").write_text('account = "shop"\n[tag]\nurl = "https://c.shop.example/"\n')
    assert given()["src"] == "https://c.shop.example/api/tag/shop/latest.min.js"
    assert "url" not in given()
    assert given("--server-side-host", "//c.lytics.io")["src"] == "//c.lytics.io/api/tag/shop/latest.min.js"
    deep = given("--server-side-host", "https://shop.example/metrics/")
    assert deep["src"] == "https://shop.example/metrics/api/tag/shop/latest.min.js"
    assert deep["url"] == "https://shop.example/metrics"
    apart = given("--server-side-host", "https://c.example", "--src", "https://cdn.example/t.js", "--no-page-view")
    assert apart == {"src": "https://cdn.example/t.js", "url": "https://c.example"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--server-side-host", "c.lytics.io"), "https://tags.example.com"),
        (("--server-side-host", "https://me:pw@c.example"), "every visitor sees"),
        (("--server-side-host", "https://"), "names no host"),
        (("--server-side-host", "https://a b"), "' ', which no web address has"),
        (("--server-side-host", 'https://a"b'), "which no web address has"),
        (("--server-side-host", "https://[::1"), "Invalid IPv6"),
        (("--src", "https://c.example/a<b.js"), "which no web address has"),
        (("--server-side-host", "https://c.example:99999"), "wrong port"),
        (("--src", "javascript:alert(1)"), "no web address"),
        (("--integrity", "md5-x"), "manifest.json"),
        (("--csp-nonce", " "), "no nonce"),
        (("--theme", "My Theme"), "machine name"),
        (("--for", "joomla"), "joomla"),
    ],
)
def test_usage_errors_say_what_to_write(
    capsys: pytest.CaptureFixture[str], shop: Path, options: tuple[str, ...], message: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["snippet", str(shop), *options])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_folder_without_a_workspace_is_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["snippet", str(tmp_path)]) == 2
    assert "understudy.toml" in capsys.readouterr().err


def test_no_snippet_for_an_account_that_is_not_known(capsys: pytest.CaptureFixture[str], shop: Path) -> None:
    (shop / "understudy.toml").write_text('acount = "shop"\n')
    assert main(["snippet", str(shop)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "acount" in printed.err


@pytest.mark.parametrize("target", TARGETS)
def test_json_has_the_snippet_and_what_it_is_made_of(
    capsys: pytest.CaptureFixture[str], shop: Path, target: str
) -> None:
    plain = snippet(capsys, shop, "--for", target)
    told = json.loads(snippet(capsys, shop, "--for", target, "--json"))
    assert told.pop("stub_bytes") == len(own_stub(es5=target.startswith("gtm")).encode())
    assert told == {
        "for": target,
        "generation": "own",
        "account": "shop",
        "src": "http://127.0.0.1:8765/api/tag/shop/latest.min.js",
        "snippet": plain,
    }

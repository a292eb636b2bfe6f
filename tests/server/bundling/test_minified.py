import json
import logging
import os
from pathlib import Path

import pytest

from understudy.server.bundling import minified
from understudy.server.bundling.minified import join_minified, minify, write_dist
from understudy.server.bundling.modules import load_module, parse_module

OUTER = "export function outer(first) {\n  return first;\n}\n"
TWO = 'import { outer } from "./m.js";\nexport const two = [outer, outer(2)];\n'


@pytest.fixture
def static(tmp_path: Path) -> Path:
    for name, text in {
        "sdk/m.js": OUTER,
        "sdk/n.js": TWO,
        "eslint.config.js": "export default [];\n",
        "node_modules/a.js": "export default [];\n",
        "dist/stale.js": "old",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def forget() -> None:
    for cached in (minified.join_minified, minified._shipped, minified._minified, minified._warn_once):
        cached.cache_clear()


@pytest.fixture
def no_minifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minified, "minify", lambda _source: None)
    forget()


def minified_text(static: Path, entry: str, *names: str) -> str:
    generated = parse_module(static / "sdk" / "(entry).js", entry)
    modules = [load_module(static / "sdk" / name) for name in names]
    return join_minified((*modules, generated), static / "dist")


def test_minify_keeps_top_level_names_and_shortens_the_rest() -> None:
    text = minify("function outer(first) {\n  const second = first + 1; // why\n  return () => second;\n}\n")
    assert text is not None
    assert text.startswith("function outer(")
    assert "second" not in text
    assert "why" not in text


def test_modules_are_joined_without_what_the_entry_does_not_reach(static: Path) -> None:
    two = 'import { two } from "./n.js";\nuse(two);\n'
    assert minified_text(static, two, "n.js", "m.js") == "let e=e=>e,t=[e,e(2)];use(t)"
    outer = 'import { outer } from "./m.js";\nuse( outer );\n'
    assert minified_text(static, outer, "m.js") == "use( e=>e )"
    assert minified_text(static, "use();\n", "m.js") == "use()"


def test_dist_holds_the_modules_by_digest(static: Path) -> None:
    write_dist(static)
    (file,) = (static / "dist").iterdir()
    first, second = (load_module(static / "sdk" / name).digest for name in ("m.js", "n.js"))
    assert json.loads(file.read_text()) == {
        first: [["outer=e=>e", "function", ["outer"], ["outer"], True]],
        second: [["two=[outer,outer(2)]", "let", ["two"], ["two", "outer"], False]],
    }


OUTER_ENTRY = 'import { outer } from "./m.js";\nouter({ outer: 1 }, outer);\n'


def test_what_is_shipped_is_used_and_an_edited_module_is_made_anew(static: Path, no_minifier: None) -> None:
    statement = ["outer=()=>3", "function", ["outer"], [], True]
    shipped = {load_module(static / "sdk" / "m.js").digest: [statement]}
    (static / "dist" / minified.SHIPPED).write_text(json.dumps(shipped))
    assert minified_text(static, OUTER_ENTRY, "m.js") == "let e=()=>3;e({ outer: 1 }, e)"
    (static / "sdk" / "m.js").write_text("export const outer = [4];\n")
    os.utime(static / "sdk" / "m.js", ns=(1, 1))
    assert minified_text(static, OUTER_ENTRY, "m.js") == "let e = [4];e({ outer: 1 }, e)"


def test_without_a_minifier_only_the_names_are_short_and_it_is_said_once(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        text = minified_text(static, OUTER_ENTRY, "m.js", "n.js")
    assert text == "let e = (e) => {\n  return e;\n},t = [e, e(2)];e({ outer: 1 }, e)"
    assert len([record for record in caplog.records if "no minifier" in record.message]) == 1


def test_a_generated_entry_is_no_reason_to_warn(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert minified_text(static, OUTER_ENTRY) == "outer({ outer: 1 }, outer)"
    assert caplog.records == []


def test_a_wheel_is_not_built_without_a_minifier(static: Path, no_minifier: None) -> None:
    with pytest.raises(RuntimeError, match="tdewolff-minify"):
        write_dist(static)

import json
import logging
import os
from pathlib import Path

import pytest

from understudy.server import minified
from understudy.server.minified import join_minified, load_room, minify, write_dist
from understudy.server.modules import load_module, parse_module

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
    for cached in (minified._room, minified._minified, minified._warn_once):
        cached.cache_clear()


@pytest.fixture
def no_minifier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minified, "minify", lambda _source: None)
    forget()


def minified_text(static: Path, entry: str, *names: str) -> str:
    generated = parse_module(static / "sdk" / "(entry).js", entry)
    modules = [load_module(static / "sdk" / name) for name in names]
    return join_minified([*modules, generated], load_room(static, "sdk"))


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
    assert minified_text(static, outer, "m.js") == "let e=e=>e;use( e )"
    assert minified_text(static, "use();\n", "m.js") == "use()"


def test_dist_holds_for_each_room_the_table_and_the_modules_by_digest(static: Path) -> None:
    write_dist(static)
    (file,) = (static / "dist").iterdir()
    first, second = (load_module(static / "sdk" / name).digest for name in ("m.js", "n.js"))
    assert json.loads(file.read_text()) == {
        "names": {"outer": "e", "two": "t"},
        "shipped": {
            first: [["e=e=>e", "function", ["e"], ["e"], True]],
            second: [["t=[e,e(2)]", "let", ["t"], ["t", "e"], False]],
        },
    }


def test_an_edit_of_one_module_makes_the_room_anew(static: Path) -> None:
    write_dist(static)
    forget()
    before = load_room(static, "sdk")
    assert load_room(static, "sdk") is before
    assert before.shipped
    (static / "sdk" / "m.js").write_text(OUTER + "export const one = [outer, 1];\n")
    os.utime(static / "sdk" / "m.js", ns=(1, 1))
    assert not load_room(static, "sdk").shipped


OUTER_ENTRY = 'import { outer } from "./m.js";\nouter({ outer: 1 });\n'


def test_what_is_shipped_is_used_and_the_entry_gets_the_shipped_names(static: Path, no_minifier: None) -> None:
    modules = [load_module(static / "sdk" / name) for name in ("m.js", "n.js")]
    statement = ["ours=()=>3", "function", ["ours"], [], True]
    shipped = {"names": {"outer": "ours"}, "shipped": {modules[0].digest: [statement]}}
    minified._file(static / "dist", modules).write_text(json.dumps(shipped))
    assert minified_text(static, OUTER_ENTRY, "m.js") == "let ours=()=>3;ours({ outer: 1 })"


def test_without_a_minifier_only_the_names_are_short_and_it_is_said_once(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        text = minified_text(static, OUTER_ENTRY, "m.js", "n.js")
    assert text == "let e = (first) => {\n  return first;\n},t = [e, e(2)];e({ outer: 1 })"
    assert len([record for record in caplog.records if "no minifier" in record.message]) == 1


def test_a_generated_entry_is_no_reason_to_warn(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert minified_text(static, OUTER_ENTRY) == "e({ outer: 1 })"
    assert caplog.records == []


def test_a_wheel_is_not_built_without_a_minifier(static: Path, no_minifier: None) -> None:
    with pytest.raises(RuntimeError, match="tdewolff-minify"):
        write_dist(static)

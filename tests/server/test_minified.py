import json
import logging
import os
from pathlib import Path

import pytest

from understudy.server import minified
from understudy.server.minified import load_room, minified_body, minify, write_dist
from understudy.server.modules import load_module, parse_module

OUTER = "export function outer(first) {\n  return first;\n}\n"


@pytest.fixture
def static(tmp_path: Path) -> Path:
    for name, text in {
        "sdk/m.js": OUTER,
        "sdk/n.js": 'import { outer } from "./m.js";\nexport const two = [outer, outer(2)];\n',
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


def body(static: Path, name: str) -> str:
    return minified_body(load_module(static / "sdk" / name), load_room(static, "sdk"))


def test_minify_keeps_top_level_names_and_shortens_the_rest() -> None:
    text = minify("function outer(first) {\n  const second = first + 1; // why\n  return () => second;\n}\n")
    assert text is not None
    assert text.startswith("function outer(")
    assert "second" not in text
    assert "why" not in text


def test_dist_holds_the_table_and_each_module_under_digests_of_the_room(static: Path) -> None:
    write_dist(static)
    room = load_room(static, "sdk")
    files = [room.file_of(load_module(static / "sdk" / name)) for name in ("m.js", "n.js")]
    table = static / "dist" / f"{room.key}.json"
    assert set((static / "dist").iterdir()) == {*files, table}
    assert json.loads(table.read_text()) == {"outer": "e", "two": "t"}
    assert [file.read_text() for file in files] == ["function e(e){return e}", "const t=[e,e(2)]"]


def test_an_edit_of_one_module_makes_the_room_anew(static: Path) -> None:
    before = load_room(static, "sdk")
    assert load_room(static, "sdk") is before
    (static / "sdk" / "m.js").write_text(OUTER + "export const one = [outer, 1];\n")
    os.utime(static / "sdk" / "m.js", ns=(1, 1))
    assert load_room(static, "sdk").key != before.key


def test_what_is_shipped_is_used_and_the_entry_gets_the_shipped_names(static: Path, no_minifier: None) -> None:
    room = load_room(static, "sdk")
    (static / "dist" / f"{room.key}.json").write_text('{"outer": "shipped"}')
    forget()
    room = load_room(static, "sdk")
    room.file_of(load_module(static / "sdk" / "m.js")).write_text("function shipped(){}")
    assert body(static, "m.js") == "function shipped(){}"
    entry = parse_module(static / "sdk" / "(entry).js", 'import { outer } from "./m.js";\nouter({ outer: 1 });\n')
    assert minified_body(entry, room) == "shipped({ outer: 1 })"


def test_without_a_minifier_only_the_names_are_short_and_it_is_said_once(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert body(static, "m.js") == "function e(first) {\n  return first;\n}"
        assert body(static, "n.js") == "const t = [e, e(2)]"
    assert len([record for record in caplog.records if "no minifier" in record.message]) == 1


def test_a_generated_entry_is_no_reason_to_warn(
    static: Path, no_minifier: None, caplog: pytest.LogCaptureFixture
) -> None:
    entry = parse_module(static / "sdk" / "(entry).js", 'import { outer } from "./m.js";\nouter( 1 );\n')
    assert minified_body(entry, load_room(static, "sdk")) == "e( 1 )"
    assert caplog.records == []


def test_a_wheel_is_not_built_without_a_minifier(static: Path, no_minifier: None) -> None:
    with pytest.raises(RuntimeError, match="tdewolff-minify"):
        write_dist(static)

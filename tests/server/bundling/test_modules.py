import os
from pathlib import Path

import pytest

from understudy.server.bundling.modules import ModuleError, load_module, parse_module

SOURCE = """/** A module. */
import { a, b } from "./b.js";
import {
  c,
} from "../shared/c.js";
import "./side.js";

const Limit = 3;

export function show(widget) {
  return a(widget) + Limit;
}
export const names = ["x"];
"""


def test_parse_reads_imports_exports_and_names() -> None:
    module = parse_module(Path("/s/sdk/m.js"), SOURCE)
    assert module.imports == (
        (Path("/s/sdk/b.js"), ("a", "b")),
        (Path("/s/shared/c.js"), ("c",)),
        (Path("/s/sdk/side.js"), ()),
    )
    assert module.exports == {"show", "names"}
    assert module.names == ("Limit", "show", "names")
    assert "import" not in module.body
    assert "export" not in module.body


@pytest.mark.parametrize(
    "line",
    [
        'import { a as b } from "./b.js";',
        'import * as b from "./b.js";',
        'import b from "./b.js";',
        "export default 3;",
        "export { a };",
        'export * from "./b.js";',
        "const { a } = b;",
        "let [a] = b;",
        "var a = 1;",
    ],
)
def test_syntax_that_cannot_be_joined_is_refused_with_the_file(line: str) -> None:
    with pytest.raises(ModuleError, match=r"m\.js"):
        parse_module(Path("m.js"), f"{line}\n")


def test_the_digest_tells_apart_modules_that_import_other_names() -> None:
    """An imported name is shortened, a global of the same name is not."""
    imported = parse_module(Path("m.js"), 'import { find } from "./b.js";\nexport const a = find();\n')
    free = parse_module(Path("m.js"), "export const a = find();\n")
    assert imported.body == free.body
    assert imported.digest != free.digest


def test_an_edited_module_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "c.js"
    path.write_text("export const c = 1;\n")
    assert "c = 1" in load_module(path).body
    before = path.stat().st_mtime_ns
    path.write_text("export const c = 5;\n")
    os.utime(path, ns=(before + 1, before + 1))
    assert "c = 5" in load_module(path).body

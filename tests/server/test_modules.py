from pathlib import Path

import pytest

from understudy.server import modules
from understudy.server.modules import ModuleError, minify, parse_module, write_dist

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


def test_minify_keeps_top_level_names_and_shortens_the_rest() -> None:
    minified = minify("function outer(first) {\n  const second = first + 1; // why\n  return () => second;\n}\n")
    assert minified is not None
    assert minified.startswith("function outer(")
    assert "second" not in minified
    assert "why" not in minified


def test_dist_holds_each_module_under_its_digest(tmp_path: Path) -> None:
    (tmp_path / "sdk").mkdir()
    (tmp_path / "sdk" / "m.js").write_text("export function outer(first) {\n  return first;\n}\n")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "stale.js").write_text("old")
    (tmp_path / "eslint.config.js").write_text("export default [];\n")
    write_dist(tmp_path)
    module = parse_module(tmp_path / "sdk" / "m.js", (tmp_path / "sdk" / "m.js").read_text())
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [f"{module.digest}.js"]
    assert (tmp_path / "dist" / f"{module.digest}.js").read_text() == "function outer(e){return e}"


def test_a_wheel_is_not_built_without_a_minifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m.js").write_text("export const a = 1;\n")
    monkeypatch.setattr(modules, "minify", lambda _source: None)
    with pytest.raises(RuntimeError, match="tdewolff-minify"):
        write_dist(tmp_path)


def test_the_build_hook_can_load_it_without_the_package() -> None:
    assert "understudy" not in {
        line.split()[1].split(".")[0]
        for line in Path(modules.__file__).read_text().splitlines()
        if line.startswith(("import ", "from "))
    }

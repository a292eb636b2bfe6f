from pathlib import Path

import pytest

from understudy.server.bundling import bundle as bundle_module
from understudy.server.bundling.bundle import bundle, link
from understudy.server.bundling.modules import ModuleError, parse_module


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bundle_module, "STATIC", tmp_path)
    (tmp_path / "room").mkdir()
    write(tmp_path, "a.js", 'import { b } from "./b.js";\nimport { c } from "./c.js";\nexport const a = b + c;\n')
    write(tmp_path, "b.js", 'import { c } from "./c.js";\nexport const b = c * 2;\n')
    write(tmp_path, "c.js", "export const c = 1;\n")
    return tmp_path


def write(static: Path, name: str, text: str) -> None:
    (static / "room" / name).write_text(text)


ENTRY = 'import { a } from "./a.js";\nwindow.answer=a;\n'


def test_dependencies_come_first_and_once(static: Path) -> None:
    order = link(parse_module(static / "room" / "(entry).js", ENTRY))
    assert [module.path.name for module in order] == ["c.js", "b.js", "a.js", "(entry).js"]


def test_both_builds_are_one_strict_function_that_leaks_no_name(static: Path) -> None:
    readable = bundle(ENTRY, "room", banner="it is")
    minified = bundle(ENTRY, "room", minified=True)
    assert readable.startswith('/*! it is */\n//# allFunctionsCalledOnLoad\n(() => {\n"use strict";')
    assert minified.startswith('(()=>{"use strict";let e=1,n=e*2,t=n+e;window.answer=t})();')


def test_the_entry_can_run_outside_of_the_big_function(static: Path) -> None:
    text = bundle('import { a } from "./a.js";\nrun(a);\n', "room", minified=True, apart=True)
    assert text == '(()=>{"use strict";let e=1,n=e*2,t=n+e;return()=>run(t)})()();\n'


def test_only_what_the_entry_reaches_is_included(static: Path) -> None:
    assert "a = b + c" not in bundle('import { c } from "./c.js";\nwindow.answer = c;\n', "room")


def test_a_taken_name_is_refused_with_both_files(static: Path) -> None:
    write(static, "b.js", "export const b = 1;\nconst c = 2;\n")
    with pytest.raises(ModuleError, match=r"b\.js.*'c' is taken by .*c\.js|c\.js.*'c' is taken by .*b\.js"):
        bundle(ENTRY, "room")


def test_a_missing_export_and_a_missing_file_are_refused(static: Path) -> None:
    with pytest.raises(ModuleError, match=r"c\.js does not export nothing"):
        bundle('import { nothing } from "./c.js";\n', "room")
    with pytest.raises(ModuleError, match=r"gone\.js: no such module"):
        bundle('import { x } from "./gone.js";\n', "room")


def test_a_module_that_the_entry_names_stands_in_for_its_neighbour(static: Path) -> None:
    (static / "room" / "without").mkdir()
    write(static, "without/b.js", "export const b = 7;\n")
    order = link(parse_module(static / "room" / "(entry).js", f'{ENTRY}import "./without/b.js";\n'))
    assert [module.path.relative_to(static / "room").as_posix() for module in order] == [
        "without/b.js",
        "c.js",
        "a.js",
        "(entry).js",
    ]
    write(static, "without/b.js", "export const other = 7;\n")
    with pytest.raises(ModuleError, match=r"b\.js does not export b"):
        bundle(f'{ENTRY}import "./without/b.js";\n', "room")
